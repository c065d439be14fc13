/*
 * Beneficial Ownership Data Standard 0.4: statements about entities, persons and the
 * relationships between them, as a list or one a line. A row is a relationship whose two
 * ends are entities: who owns or controls whom. Of persons nothing is kept, not even that
 * a name was there.
 *
 * Statements come in any order, so the file is read twice: first who is who, then the
 * relationships. Of several statements of one record the latest counts.
 */
#include <stdio.h>

#include "manumit/base/fx.h"
#include "manumit/base/limits.h"

#include "format.h"
#include "json_items.h"
#include "ocds.h"

#define LIFE_BYTES ((size_t)4 << 30)   /* addresses; an entity takes some 300 bytes */
#define ITEM_BYTES ((size_t)512 << 20) /* addresses of one statement */
#define RECORDS_MOST (1u << 24)        /* 16 million: the largest register has 14 */
#define ENOUGH MN_FX_ONE / 2           /* of votes: that controls */

enum what { W_NONE, W_ENTITY, W_PERSON, W_RELATION };

struct known {
	uint64_t hash; /* of the record's id; 0: free */
	uint8_t what;
	struct mn_str day; /* of the statement, as it is written: ISO, so it sorts */
	uint64_t item;     /* its number: of one day the later in the file counts */
	struct mn_str id, name, country;
};

struct bods {
	struct mn_items items;
	struct mn_str path; /* of the list of statements */
	struct mn_json *doc;
	struct mn_arena root, a, life_root, life;
	struct known *known;
	uint32_t n_known, cap_known;
	uint64_t rows;
	struct mn_input_count count[3];
};

static const enum mn_field FIELDS[] = {MN_F_FROM, MN_F_FROM_NAME, MN_F_FROM_COUNTRY,
    MN_F_TO, MN_F_TO_NAME, MN_F_TO_COUNTRY, MN_F_EDGE_KIND, MN_F_SHARE, MN_F_SINCE,
    MN_F_UNTIL, MN_F_REFERENCE};
static const char *const PATHS[] = {"interestedParty", "interestedParty name",
    "interestedParty jurisdiction", "subject", "subject name", "subject jurisdiction",
    "interests/type", "interests/share", "interests/startDate", "interests/endDate",
    "statementId"};

/* ---- which files ---- */

static const struct mn_json_list *
best_list(const struct mn_json_lists *l)
{
	const struct mn_json_list *best = NULL;
	for (uint32_t i = 0; i < l->n; i++) {
		const struct mn_json_list *o = &l->list[i];
		if (o->bods && (!best || o->level < best->level))
			best = o;
	}
	return best;
}

static bool
begins(struct mn_str head)
{
	struct mn_json_lists l;
	head = mn_str_trim(head);
	if (head.n == 0 || (head.p[0] != '{' && head.p[0] != '['))
		return false;
	struct mn_arena a = mn_arena_new((size_t)1 << 20, NULL);
	struct mn_arena scratch = a;
	mn_json_survey_text(head, &l, &scratch);
	bool found = best_list(&l) != NULL;
	mn_arena_free(a);
	return found;
}

/* ---- one statement ---- */

static struct mn_str
text(const struct mn_json *map, const char *key)
{
	struct mn_str s;
	return mn_json_str(mn_json_get(map, key), &s) ? mn_str_trim(s) : MN_STR_NONE;
}

static enum what
what_of(const struct mn_json *statement)
{
	struct mn_str t = text(statement, "recordType");
	return mn_str_eq(t, MN_S("entity"))         ? W_ENTITY
	       : mn_str_eq(t, MN_S("person"))       ? W_PERSON
	       : mn_str_eq(t, MN_S("relationship")) ? W_RELATION
						    : W_NONE;
}

/* Two letters of "GB" or "GB-SCT". */
static struct mn_str
country(const struct mn_json *details)
{
	struct mn_str code = text(mn_json_get(details, "jurisdiction"), "code");
	const struct mn_json *list = mn_json_get(details, "addresses");
	for (size_t i = 0; code.n < 2 && i < mn_json_count(list); i++) {
		const struct mn_json *c = mn_json_get(mn_json_at(list, i), "country");
		code = text(c, "code");
		if (code.n < 2 && !mn_json_str(c, &code))
			code = MN_STR_NONE;
	}
	return code.n == 2 || (code.n > 2 && code.p[2] == '-') ? mn_str_sub(code, 0, 2)
							       : MN_STR_NONE;
}

/* An LEI, else a number of a register, as it is written. */
static struct mn_str
identifier(const struct mn_json *details)
{
	const struct mn_json *list = mn_json_get(details, "identifiers");
	struct mn_str number = MN_STR_NONE, of;
	for (size_t i = 0; i < mn_json_count(list); i++) {
		const struct mn_json *v = mn_json_at(list, i);
		struct mn_str id = text(v, "id");
		enum mn_id_kind k = mn_id_scheme(text(v, "scheme"), &of);
		if (k == MN_ID_LEI && id.n == 20)
			return id;
		if (k == MN_ID_REGISTER && number.n == 0 && !mn_id_placeholder(id))
			number = id;
	}
	return number;
}

/* ---- who is who ---- */

static struct known *
slot_of(const struct bods *x, uint64_t hash)
{
	uint32_t at = (uint32_t)(hash >> 8) & (x->cap_known - 1);
	while (x->known[at].hash && x->known[at].hash != hash)
		at = (at + 1) & (x->cap_known - 1);
	return &x->known[at];
}

static void
more_room(struct bods *x)
{
	struct bods bigger = *x;
	bigger.cap_known = x->cap_known ? 2 * x->cap_known : 1024;
	bigger.known = MN_NEW(&x->life, struct known, bigger.cap_known);
	for (uint32_t i = 0; i < x->cap_known; i++)
		if (x->known[i].hash)
			*slot_of(&bigger, x->known[i].hash) = x->known[i];
	x->known = bigger.known;
	x->cap_known = bigger.cap_known;
}

static const struct known *
find(const struct bods *x, struct mn_str record)
{
	const struct known *k =
	    x->cap_known && record.n ? slot_of(x, mn_hash64(record) | 1) : NULL;
	return k && k->hash ? k : NULL;
}

static void
know(struct bods *x, const struct mn_json *statement, uint64_t item)
{
	struct mn_str record = text(statement, "recordId"),
		      day = text(statement, "statementDate");
	enum what what = what_of(statement);
	if (what == W_NONE || record.n == 0 || x->n_known == RECORDS_MOST)
		return;
	x->count[what - 1].n++;
	if (2 * x->n_known >= x->cap_known)
		more_room(x);
	struct known *k = slot_of(x, mn_hash64(record) | 1);
	if (k->hash && mn_str_cmp(day, k->day) < 0)
		return;
	x->n_known += k->hash == 0;
	*k = (struct known){.hash = mn_hash64(record) | 1,
	    .what = (uint8_t)what,
	    .day = mn_arena_str(&x->life, mn_str_sub(day, 0, 32)),
	    .item = item};
	if (what != W_ENTITY)
		return;
	const struct mn_json *d = mn_json_get(statement, "recordDetails");
	k->name = mn_arena_str(&x->life, mn_str_sub(text(d, "name"), 0, MN_MAX_NAME));
	k->country = mn_arena_str(&x->life, country(d));
	k->id = mn_arena_str(&x->life, mn_str_sub(identifier(d), 0, MN_MAX_NAME));
}

static enum mn_item
next_item(struct bods *x, struct mn_err *err)
{
	mn_json_free(x->doc);
	x->doc = NULL;
	x->a = x->root = mn_arena_reset(x->root, x->a);
	return mn_items_next(&x->items, MN_MAX_RECORD, &x->a, &x->doc, err);
}

static bool
read_all(struct mn_input *in, struct bods *x, struct mn_err *err)
{
	enum mn_item item;
	mn_items_begin(&x->items, &in->stream, x->path);
	while ((item = next_item(x, err)) != MN_ITEM_END && item != MN_ITEM_ERR)
		if (item == MN_ITEM)
			know(x, x->doc, x->items.n);
	return item == MN_ITEM_END;
}

/* ---- the header ---- */

static bool
map_columns(struct mn_input *in, struct mn_err *err)
{
	struct mn_str *cell = MN_NEW(in->arena, struct mn_str, countof(FIELDS));
	struct mn_str *from = MN_NEW(in->arena, struct mn_str, MN_F_COUNT);
	for (uint32_t i = 0; i < countof(FIELDS); i++)
		cell[i] = mn_str_c(mn_field_def(FIELDS[i])->name);
	if (!mn_input_header_cells(in, cell, countof(FIELDS), MN_K_EDGES, err))
		return false;
	for (uint32_t i = 0; i < countof(FIELDS); i++)
		from[FIELDS[i]] = cell[i] = mn_str_c(PATHS[i]);
	in->info.field_column = from;
	return true;
}

static struct bods *
new_state(struct mn_input *in)
{
	static const char *const COUNTED[] = {"entities", "persons", "relationships"};
	struct bods *x = MN_NEW(in->arena, struct bods, 1);
	in->state = x;
	x->root = x->a = mn_arena_new(ITEM_BYTES, in->arena->oom);
	x->life_root = x->life = mn_arena_new(LIFE_BYTES, in->arena->oom);
	for (size_t i = 0; i < countof(COUNTED); i++)
		x->count[i].name = COUNTED[i];
	in->info.count = x->count;
	in->info.n_count = countof(COUNTED);
	in->info.delimiter = '{';
	in->info.unit = "record";
	return x;
}

static bool
header(struct mn_input *in, enum mn_kind kind, struct mn_err *err)
{
	struct mn_json_lists *l = MN_NEW(in->arena, struct mn_json_lists, 1);
	if (kind != MN_K_EDGES && kind != MN_KIND_ANY)
		return mn_fail(err, MN_E_FILE_JSON,
		    "%.*s: holds statements of ownership (BODS), which cannot be read as "
		    "%s; give it with --edges",
		    MN_FMT(in->info.file), mn_kind_name(kind));
	if (!mn_json_survey(&in->stream, l, in->arena, err) ||
	    !mn_stream_rewind(&in->stream, err))
		return false;
	struct bods *x = new_state(in);
	const struct mn_json_list *best = best_list(l);
	if (!best)
		return mn_fail(err, MN_E_FILE_JSON, "%.*s: no statements of BODS 0.4",
		    MN_FMT(in->info.file));
	x->path = best->path;
	in->info.items = x->path.n ? x->path : MN_S("(the document itself)");
	if (!read_all(in, x, err) || !mn_stream_rewind(&in->stream, err) ||
	    !map_columns(in, err))
		return false;
	mn_items_begin(&x->items, &in->stream, x->path);
	in->info.source = MN_S("bods");
	in->info.source_title =
	    MN_S("Beneficial Ownership Data Standard 0.4: statements");
	return true;
}

/* ---- relationships ---- */

/* What an interest says of ownership, or of control. */
static bool
is_one_of(struct mn_str type, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (mn_str_eq(type, mn_str_c(words[i])))
			return true;
	return false;
}

static const char *const OWNERSHIP[] = {
    "shareholding", "unknownInterest", "unpublishedInterest"};
static const char *const CONTROL[] = {"votingRights", "appointmentOfBoard",
    "controlViaCompanyRulesOrArticles", "controlByLegalFramework",
    "otherInfluenceOrControl"};

/* The exact share, else the least it is; -1: not said. Percentages. */
static int64_t
share_of(const struct mn_json *interest)
{
	static const char *const KEYS[] = {"exact", "minimum", "exclusiveMinimum"};
	const struct mn_json *s = mn_json_get(interest, "share");
	int64_t percent;
	for (size_t i = 0; i < countof(KEYS); i++)
		if (mn_json_q16(mn_json_get(s, KEYS[i]), &percent) && percent >= 0 &&
		    percent <= 100 * (int64_t)MN_FX_ONE)
			return percent / 100;
	return -1;
}

struct said {
	const char *kind;
	int64_t share;
	struct mn_str since, until;
};

/* Shares first; who holds few of them and controls all the same controls. */
static struct said
read_interests(const struct mn_json *details)
{
	const struct mn_json *list = mn_json_get(details, "interests");
	struct said owns = {"owns", -1, MN_STR_NONE, MN_STR_NONE}, controls = owns;
	bool any_own = false, any_control = false;
	controls.kind = "controls";
	for (size_t i = 0; i < mn_json_count(list); i++) {
		const struct mn_json *v = mn_json_at(list, i);
		struct mn_str type = text(v, "type");
		int64_t share = share_of(v);
		struct said *to = NULL;
		if (is_one_of(type, OWNERSHIP, countof(OWNERSHIP))) {
			to = !any_own || share > owns.share ? &owns : NULL;
			any_own = true;
		} else if (is_one_of(type, CONTROL, countof(CONTROL)) &&
			   (share < 0 || share >= ENOUGH)) {
			to = any_control ? NULL : &controls;
			any_control = true;
		}
		if (!to)
			continue;
		to->share = share;
		to->since = mn_str_sub(text(v, "startDate"), 0, 10);
		to->until = mn_str_sub(text(v, "endDate"), 0, 10);
	}
	bool few = any_own && owns.share >= 0 && owns.share < ENOUGH;
	return any_control && (!any_own || few) ? controls : owns;
}

/* A statement that gives no row, counted and told. */
static void
leave_out(struct mn_input *in, struct bods *x, const char *why)
{
	in->info.rows++;
	in->info.noted++;
	in->line = ++x->rows;
	mn_input_remark(in, in->line, MN_E_EDGE_NONE, MN_STR_NONE, MN_STR_NONE, why);
}

static void
quarantine(struct mn_input *in, struct bods *x)
{
	in->info.rows++;
	in->info.quarantined++;
	in->line = ++x->rows;
	mn_input_remark(in, in->line,
	    x->items.too_long ? MN_E_ROW_LONG : MN_E_ROW_JSON_VALUE, MN_STR_NONE,
	    MN_STR_NONE, x->items.why);
}

/* An end as a reference to a record; NULL and why otherwise. */
static const struct known *
end_of(const struct bods *x, const struct mn_json *details, const char *key,
    const char **why)
{
	struct mn_str record;
	const struct known *k = mn_json_str(mn_json_get(details, key), &record)
				    ? find(x, mn_str_trim(record))
				    : NULL;
	if (!k)
		*why = "an end that no statement of the file tells of";
	else if (k->what == W_PERSON)
		*why = "the owner is a person: nothing is kept";
	else if (k->what != W_ENTITY)
		*why = "an end that is no entity";
	return k && k->what == W_ENTITY ? k : NULL;
}

static void
fill(struct mn_input *in, struct bods *x, const struct known *from,
    const struct known *to, struct mn_csv_row *row)
{
	const struct mn_json *d = mn_json_get(x->doc, "recordDetails");
	struct said s = read_interests(d);
	char share[32];
	struct mn_str until = s.until;
	if (until.n == 0 && mn_str_eq(text(x->doc, "recordStatus"), MN_S("closed")))
		until = mn_str_sub(text(x->doc, "statementDate"), 0, 10);
	struct mn_str cell[countof(FIELDS)] = {from->id, from->name, from->country,
	    to->id, to->name, to->country, mn_str_c(s.kind),
	    s.share < 0 ? MN_STR_NONE : mn_fx_print(s.share, 4, share), s.since, until,
	    text(x->doc, "statementId")};
	*row = (struct mn_csv_row){.n = countof(FIELDS),
	    .cell = MN_NEW(&in->row, struct mn_str, countof(FIELDS))};
	for (uint32_t i = 0; i < countof(FIELDS); i++)
		row->cell[i] = mn_arena_str(&in->row, cell[i]);
}

/* 1 a row, 0 none of this statement. */
static int
relationship(struct mn_input *in, struct bods *x, struct mn_csv_row *row)
{
	const struct mn_json *d = mn_json_get(x->doc, "recordDetails");
	const struct known *last = find(x, text(x->doc, "recordId")), *from, *to;
	const char *why = "";
	if (last && last->item != x->items.n) {
		leave_out(in, x, "a later statement of the record counts");
		return 0;
	}
	to = end_of(x, d, "subject", &why);
	from = to ? end_of(x, d, "interestedParty", &why) : NULL;
	if (!from) {
		leave_out(in, x, why);
		return 0;
	}
	in->row = in->row_root;
	in->line = ++x->rows;
	in->had_note = x->items.why[0] != 0;
	if (in->had_note)
		mn_input_remark(in, in->line, MN_E_ROW_JSON_TWICE, MN_STR_NONE,
		    MN_STR_NONE, x->items.why);
	fill(in, x, from, to, row);
	return 1;
}

static int
next_record(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err)
{
	struct bods *x = in->state;
	for (;;) {
		enum mn_item item = next_item(x, err);
		if (item == MN_ITEM_END || item == MN_ITEM_ERR)
			return item == MN_ITEM_END ? 0 : -1;
		if (item == MN_ITEM_BAD)
			quarantine(in, x);
		else if (what_of(x->doc) == W_RELATION && relationship(in, x, row))
			return 1;
	}
}

static void
close_bods(struct mn_input *in)
{
	struct bods *x = in->state;
	if (!x)
		return;
	mn_json_free(x->doc);
	mn_arena_free(x->root);
	mn_arena_free(x->life_root);
}

const struct mn_format mn_format_bods = {.name = "ownership statements (BODS)",
    .begins = begins,
    .header = header,
    .record = next_record,
    .close = close_bods};
