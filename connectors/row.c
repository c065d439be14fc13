/* Rows to canonical records. */
#include <stdio.h>

#include "manumit/base/fx.h"
#include "manumit/base/limits.h"
#include "manumit/text/fold.h"
#include "manumit/text/ident.h"
#include "manumit/text/utf8.h"

#include "input_impl.h"
#include "multi.h"

/* A worker's reference never appears, not even in a remark; nor does what looks like
 * personal data in a table that tells of workers. */
static struct mn_str
shown(const struct mn_input *in, enum mn_field f, struct mn_str value)
{
	enum mn_kind k = in->info.kind;
	bool firms = k == MN_K_SUPPLIERS || k == MN_K_WATCHLIST || k == MN_K_TENDERS ||
		     k == MN_K_REFERENCE || k == MN_K_CATEGORIES || k == MN_K_EDGES;
	bool worker = mn_field_def(f)->flags & MN_FF_WORKER;
	return worker || (!firms && mn_cell_personal(value)) ? MN_S("(masked)") : value;
}

void
mn_input_note(struct mn_input *in, enum mn_code code, uint32_t column,
    struct mn_str value, const char *detail)
{
	struct mn_str name =
	    column < in->n_column ? in->info.header[column] : MN_STR_NONE;
	mn_input_remark(in, in->line, code, name, value, detail);
	in->noted = true;
}

static struct mn_str
pseudonym(struct mn_input *in, struct mn_str s)
{
	char hex[33];
	if (!in->has_secret)
		return MN_STR_NONE;
	struct mn_key k = mn_hash128_keyed(in->secret, s);
	mn_eid_hex((struct mn_eid){k.hi, k.lo}, hex);
	return mn_arena_str(&in->row, mn_str(hex, 32));
}

/* The mapping's own words for a value, or for any other value ("*" folds to nothing), or
 * the value. *named tells that the map names it. */
static struct mn_str
translate_values(struct mn_input *in, enum mn_field f, struct mn_str s, bool *named)
{
	const struct mn_map_source *src = in->source;
	struct mn_buf b = mn_buf_new(1u << 17);
	mn_fold_key(s, &b);
	for (uint32_t i = 0; i < src->n_value && !*named; i++) {
		const struct mn_map_pair *v = &src->value[i];
		if (v->field != f)
			continue;
		*named = v->from.n && mn_str_eq(v->from, mn_buf_str(&b));
		if (*named || v->from.n == 0)
			s = v->to;
	}
	mn_buf_free(&b);
	return s;
}

static inline struct mn_str
translate(struct mn_input *in, enum mn_field f, struct mn_str s, bool *named)
{
	*named = false;
	return in->source && in->source->n_value ? translate_values(in, f, s, named) : s;
}

/* The place of a spelling among those seen, whoever is there now. */
static struct mn_country_seen *
seen_at(struct mn_input *in, struct mn_input_column *c, struct mn_str s)
{
	uint32_t at = (uint32_t)s.n * 5;
	if (!c->seen)
		c->seen = MN_NEW(in->arena, struct mn_country_seen, MN_COUNTRIES_SEEN);
	for (size_t i = 0; i < s.n; i++)
		at = at * 31 + (unsigned char)s.p[i];
	return &c->seen[at % MN_COUNTRIES_SEEN];
}

struct mn_str
mn_input_country(struct mn_input *in, uint32_t column, struct mn_str s)
{
	struct mn_input_column *c = &in->column[column];
	struct mn_country_seen *seen =
	    s.n <= sizeof c->seen->text ? seen_at(in, c, s) : NULL;
	if (seen && seen->n && mn_str_eq(mn_str(seen->text, seen->n), s))
		return mn_str(seen->code, 2);
	struct mn_str code = mn_country_find(c->rules.countries, s);
	if (seen && code.n == 2) {
		memcpy(seen->text, s.p, s.n);
		memcpy(seen->code, code.p, 2);
		seen->n = (uint8_t)s.n;
	}
	return code;
}

static void
country_cell(struct mn_input *in, uint32_t column, struct mn_str s, struct mn_record *rec,
    enum mn_field f)
{
	struct mn_input_column *c = &in->column[column];
	if (c->rules.na_null && mn_str_eq_ascii(s, MN_S("na")))
		return;
	rec->v[f] = mn_input_country(in, column, s);
	if (rec->v[f].n)
		return;
	struct mn_cell cell = mn_cell_read(f, s, &c->rules, &in->row);
	rec->v[f] = cell.out;
	if (cell.code)
		mn_input_note(in, cell.code, column, s, cell.detail);
}

/* Adds values to a list field, which several columns may feed. */
static void
add_values(struct mn_input *in, uint32_t column, enum mn_field f,
    const struct mn_multi *m, struct mn_record *rec)
{
	struct mn_buf b = mn_buf_new((size_t)2 * MN_MAX_CELL);
	bool fits = true;
	mn_buf_add(&b, rec->v[f]);
	struct mn_multi_set *set = mn_multi_set_new(&in->row, mn_buf_str(&b), m->n);
	for (uint32_t i = 0; i < m->n && fits; i++) {
		fits = b.n + m->item[i].n < MN_MAX_CELL;
		if (fits)
			mn_multi_add_new(&b, set, m->item[i]);
		else
			mn_input_note(in, MN_E_CELL_LONG, column, m->item[i], NULL);
	}
	rec->v[f] = mn_arena_str(&in->row, mn_buf_str(&b));
	mn_buf_free(&b);
}

static void
one_cell(struct mn_input *in, uint32_t column, enum mn_field f, struct mn_str s,
    struct mn_record *rec)
{
	bool named;
	if (rec->v[f].n && mn_field_def(f)->type != MN_T_LIST)
		return;
	s = translate(in, f, s, &named);
	/* Or the layout knows the value, and it says nothing. */
	if (s.n == 0 || (!named && mn_cell_null(f, s)))
		return;
	/* A formula that was never computed shows 0. */
	if ((f == MN_F_NAME || f == MN_F_ENTITY_NAME) && mn_str_eq(s, MN_S("0")))
		return;
	if (mn_field_def(f)->flags & MN_FF_WORKER) {
		rec->v[f] = pseudonym(in, s);
		return;
	}
	if (mn_field_def(f)->type == MN_T_COUNTRY) {
		country_cell(in, column, s, rec, f);
		return;
	}
	struct mn_cell c = mn_input_cell(in, column, f, s);
	if (c.currency[0])
		memcpy(f == MN_F_WAGE ? in->wage_currency : in->amount_currency,
		    c.currency, sizeof c.currency);
	if (c.code)
		mn_input_note(in, c.code, column,
		    c.code == MN_E_PERSONAL ? MN_S("(masked)") : shown(in, f, s),
		    c.detail);
	if (rec->v[f].n) {
		struct mn_multi m = mn_multi_split(c.out, &in->row);
		add_values(in, column, f, &m, rec);
	} else
		mn_str_set(&rec->v[f], c.out);
}

/* An entity of several countries has none that a namesake would have to share. */
static void
countries_cell(struct mn_input *in, uint32_t column, enum mn_field f, struct mn_str s,
    const struct mn_multi *m, struct mn_record *rec)
{
	struct mn_str one = MN_STR_NONE;
	for (uint32_t i = 0; i < m->n; i++) {
		rec->v[f] = MN_STR_NONE;
		one_cell(in, column, f, m->item[i], rec);
		bool other = rec->v[f].n && one.n && !mn_str_eq(rec->v[f], one);
		if (rec->v[f].n)
			one = mn_arena_str(&in->row, rec->v[f]);
		if (other) {
			mn_input_note(in, MN_E_CELL_COUNTRIES, column, s, NULL);
			one = MN_STR_NONE;
			break;
		}
	}
	rec->v[f] = one;
}

/* Of several values the first that the mapping names, else the first. */
static void
choice_cell(struct mn_input *in, uint32_t column, enum mn_field f,
    const struct mn_multi *m, struct mn_record *rec)
{
	uint32_t best = 0;
	bool named = false;
	for (uint32_t i = 0; i < m->n && !named; i++) {
		translate(in, f, m->item[i], &named);
		best = named ? i : best;
	}
	one_cell(in, column, f, m->item[best], rec);
}

/* A cell with several values, for a field that takes one or many. */
static void
several(struct mn_input *in, uint32_t column, enum mn_field f, struct mn_str s,
    struct mn_record *rec)
{
	struct mn_multi m = mn_multi_split(s, &in->row);
	enum mn_field_type type = mn_field_def(f)->type;
	if (m.n == 0)
		return;
	if (type == MN_T_LIST) {
		add_values(in, column, f, &m, rec);
		return;
	}
	if (type == MN_T_COUNTRY) {
		if (rec->v[f].n == 0)
			countries_cell(in, column, f, s, &m, rec);
		return;
	}
	if (type != MN_T_TEXT && type != MN_T_INTERVALS && type != MN_T_COUNTRIES) {
		choice_cell(in, column, f, &m, rec);
		return;
	}
	one_cell(in, column, f, m.n == 1 ? m.item[0] : mn_multi_join(&m, &in->row), rec);
}

/* The first cell in which a wrong guess of the encoding would show. Never a cell about
 * people. */
static void
keep_sample(struct mn_input *in, enum mn_field f, struct mn_str s)
{
	enum mn_field_type type = mn_field_def(f)->type;
	size_t i = 0;
	if ((type != MN_T_TEXT && type != MN_T_COUNTRY) ||
	    (mn_field_def(f)->flags & MN_FF_WORKER))
		return;
	struct mn_str line = mn_str_sub(s, 0, mn_str_find_byte(s, '\n'));
	while (i < line.n && (unsigned char)line.p[i] < 0x80)
		i++;
	if (i < line.n && !mn_cell_personal(s))
		in->info.sample = mn_arena_str(in->arena, mn_utf8_cut(line, 80));
}

static void
add_code(struct mn_input *in, enum mn_field f, const char *code, struct mn_record *rec)
{
	struct mn_str *v = &rec->v[f];
	if (v->n + strlen(code) < MN_MAX_CELL)
		*v =
		    mn_arena_fmt(&in->row, "%.*s%s%s", MN_FMT(*v), v->n ? ";" : "", code);
}

/* A column about one code: yes, reported; no, asked and not reported; empty, not asked.
 * What it says of a worker is not repeated in remarks. */
static void
code_cell(struct mn_input *in, uint32_t column, struct mn_str s, struct mn_record *rec)
{
	const char *code = in->column[column].code;
	if (mn_cell_null(MN_F_OFFSITE, s))
		return;
	struct mn_cell c =
	    mn_cell_read(MN_F_OFFSITE, s, &in->column[column].rules, &in->row);
	if (c.code || c.out.n == 0) {
		mn_input_note(in, c.code ? c.code : MN_E_CELL_VALUE, column,
		    MN_S("(masked)"), "wanted: yes, no or empty");
		return;
	}
	add_code(in, MN_F_CODES_ASKED, code, rec);
	if (mn_str_eq(c.out, MN_S("yes")))
		add_code(in, MN_F_CODES, code, rec);
}

static void
read_cells(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	for (uint32_t i = 0; i < row->n && i < in->n_column; i++) {
		const struct mn_input_column *c = &in->column[i];
		struct mn_str s = mn_str_trim(row->cell[i]);
		if (s.n && (s.p[0] == '=' || s.p[0] == '\''))
			s = mn_cell_text(s);
		if (s.n == 0 || c->drop)
			continue;
		if (c->code[0]) {
			code_cell(in, i, s, rec);
			continue;
		}
		if (in->info.sample.n == 0 && !in->stream.guess.ascii && c->n_field)
			keep_sample(in, c->field[0], s);
		for (uint32_t k = 0; k < c->n_field; k++)
			if (c->list)
				several(in, i, c->field[k], s, rec);
			else
				one_cell(in, i, c->field[k], s, rec);
	}
}

static struct mn_str
cell_of(struct mn_input *in, const struct mn_csv_row *row, struct mn_str folded)
{
	for (uint32_t i = 0; i < row->n && i < in->n_column; i++)
		if (mn_str_eq(in->folded[i], folded))
			return mn_str_trim(row->cell[i]);
	return MN_STR_NONE;
}

/* Constants, joined cells, fallbacks and derived violation codes of a known layout. */
static void
apply_source(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	const struct mn_map_source *s = in->source;
	for (uint32_t i = 0; i < s->n_constant; i++)
		if (rec->v[s->constant[i].field].n == 0)
			rec->v[s->constant[i].field] = s->constant[i].to;
	for (uint32_t i = 0; i < s->n_join; i++) {
		struct mn_str out = rec->v[s->join[i].field];
		for (uint32_t k = 0; k < s->join[i].n; k++) {
			struct mn_str part = cell_of(in, row, s->join[i].header[k]);
			if (part.n)
				out = mn_arena_fmt(&in->row, "%.*s%s%.*s", MN_FMT(out),
				    out.n ? ", " : "", MN_FMT(part));
		}
		rec->v[s->join[i].field] = out;
	}
	for (uint32_t i = 0; i < s->n_fallback; i++)
		for (uint32_t k = 0;
		     k < s->fallback[i].n && rec->v[s->fallback[i].field].n == 0; k++)
			rec->v[s->fallback[i].field] =
			    cell_of(in, row, s->fallback[i].header[k]);
	mn_input_name_address(in, row, rec);
	mn_input_derive(in, row, rec);
}

/* What the cells say of the currency, where no column does. */
static void
currencies(struct mn_input *in, struct mn_record *rec)
{
	if (!in->amount_currency[0] && !in->wage_currency[0])
		return;
	const struct {
		enum mn_field f;
		const char *said;
	} EACH[] = {{MN_F_CURRENCY, in->amount_currency},
	    {MN_F_WAGE_CURRENCY, in->wage_currency}};
	for (size_t i = 0; i < countof(EACH); i++) {
		struct mn_str said = mn_str_c(EACH[i].said), *v = &rec->v[EACH[i].f];
		if (said.n == 0 || !mn_field_in(EACH[i].f, rec->kind))
			continue;
		if (v->n == 0)
			*v = mn_arena_str(&in->row, said);
		else if (!mn_str_eq(*v, said))
			mn_input_note(in, MN_E_CELL_CURRENCY, UINT32_MAX, said, NULL);
	}
}

/* Entries that their list says are over: with a day they are history, without one they
 * would pass for current. */
static bool
is_over(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	const struct mn_map_source *s = in->source;
	if (s->n_ended == 0)
		return false;
	struct mn_str state = cell_of(in, row, s->ended_column);
	if (!mn_str_among(s->ended, s->n_ended, mn_map_fold(&in->row, state)))
		return false;
	struct mn_str day = cell_of(in, row, s->ended_on);
	if (day.n && rec->v[MN_F_ENDED_ON].n == 0)
		rec->v[MN_F_ENDED_ON] =
		    mn_cell_read(MN_F_ENDED_ON, day, &in->rules, &in->row).out;
	if (rec->v[MN_F_ENDED_ON].n)
		return false;
	mn_input_note(in, MN_E_ROW_ENDED, UINT32_MAX, state, NULL);
	return true;
}

/* Tax numbers that only natural persons have. A sole trader's own scheme is no such one.
 */
static bool
persons_number(struct mn_str s, struct mn_str country)
{
	struct mn_ident id;
	if (!mn_ident_read(s, country, &id) || !id.person)
		return false;
	return id.scheme == MN_IDENT_BR_CPF || id.scheme == MN_IDENT_ES_DNI ||
	       id.scheme == MN_IDENT_IT_CF || id.scheme == MN_IDENT_RU_INN_PERSON;
}

static void
drop_persons_numbers(struct mn_input *in, struct mn_record *rec)
{
	static const enum mn_field FIELDS[] = {MN_F_TAX_ID, MN_F_IDENTIFIERS};
	for (size_t i = 0; i < countof(FIELDS); i++) {
		struct mn_str had = rec->v[FIELDS[i]];
		if (had.n == 0)
			continue;
		struct mn_multi m = mn_multi_split(had, &in->row), left = {NULL, 0};
		struct mn_str *item = MN_NEW(&in->row, struct mn_str, m.n);
		for (uint32_t k = 0; k < m.n; k++)
			if (!persons_number(m.item[k], rec->v[MN_F_COUNTRY]))
				item[left.n++] = m.item[k];
		if (left.n == m.n)
			continue;
		left.item = item;
		rec->v[FIELDS[i]] = MN_STR_NONE;
		add_values(in, UINT32_MAX, FIELDS[i], &left, rec);
		mn_input_note(in, MN_E_PERSONAL, UINT32_MAX, MN_S("(masked)"),
		    "tax number of a natural person: not kept");
	}
}

/* Rows repeat a long name; what is joined and printed ends at MN_MAX_NAME bytes. */
static void
cut_names(struct mn_record *rec)
{
	static const enum mn_field NAMES[] = {MN_F_NAME, MN_F_NATIVE_NAME,
	    MN_F_ENTITY_NAME, MN_F_RECRUITER, MN_F_ID, MN_F_ENTITY, MN_F_TAX_ID,
	    MN_F_FROM, MN_F_FROM_NAME, MN_F_TO, MN_F_TO_NAME};
	for (size_t i = 0; i < countof(NAMES); i++)
		if (rec->v[NAMES[i]].n > MN_MAX_NAME)
			rec->v[NAMES[i]] = mn_utf8_cut(rec->v[NAMES[i]], MN_MAX_NAME);
}

static void
width_notes(struct mn_input *in, const struct mn_csv_row *row)
{
	char text[64];
	if (row->n == in->n_column && !row->too_wide)
		return;
	uint32_t cells = row->n;
	bool wide = row->n > in->n_column || row->too_wide;
	/* A trailing delimiter on every line is a habit of exports, not a lost cell. */
	while (wide && cells > in->n_column && mn_str_trim(row->cell[cells - 1]).n == 0)
		cells--;
	if (wide && cells <= in->n_column)
		return;
	snprintf(text, sizeof text, "%u cells, header has %u", row->n, in->n_column);
	mn_input_note(
	    in, wide ? MN_E_ROW_WIDE : MN_E_ROW_SHORT, UINT32_MAX, MN_STR_NONE, text);
}

/* Cells in which a publisher writes that there is nothing. */
static void
drop_nulls(struct mn_input *in, const struct mn_csv_row *row)
{
	const struct mn_map_source *s = in->source;
	for (uint32_t i = 0; s && s->n_null && i < row->n; i++)
		if (mn_str_among(s->null, s->n_null, mn_str_trim(row->cell[i])))
			row->cell[i] = MN_STR_NONE;
}

bool
mn_input_row(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	in->noted = in->had_nul || in->had_bad || in->had_note;
	if (!in->emptied)
		mn_record_clear(rec);
	in->emptied = false;
	rec->kind = in->info.kind;
	in->names.n = in->n_rate = in->at_name = 0;
	drop_nulls(in, row);
	mn_input_carry(in, row);
	in->amount_currency[0] = in->wage_currency[0] = 0;
	if (rec->kind == MN_K_REFERENCE && !in->source) {
		in->info.noted++;
		return false;
	}
	if (in->other_table && in->line >= in->other_table)
		return mn_input_quarantine(
		    in, MN_E_ROW_TABLE, MN_STR_NONE, MN_STR_NONE, NULL);
	if (mn_input_left_out(in, row)) {
		in->info.noted++;
		return false;
	}
	width_notes(in, row);
	read_cells(in, row, rec);
	currencies(in, rec);
	if (in->source)
		apply_source(in, row, rec);
	cut_names(rec);
	drop_persons_numbers(in, rec);
	if (!mn_input_complete(in, row, rec))
		return false;
	if (in->source && (is_over(in, row, rec) || !mn_input_entities(in, row, rec) ||
			      !mn_input_rates(in, row, rec))) {
		in->info.noted++;
		return false;
	}
	if (in->noted)
		in->info.noted++;
	else
		in->info.accepted++;
	return true;
}
