/* The workbook to fill in: its columns, notes, lists of choices and examples. */
#include "manumit/report/template.h"

#include "template_words.h"

/* ---- columns ---- */

/* What stands first on a sheet; the other fields follow in the order of their table. The
 * first column tells an example, so it is the one of the id. By the names of kinds: one
 * without a row here has its fields in the order of their table. */
#define FIRST 14
static const struct {
	const char *kind;
	enum mn_field field[FIRST];
} ORDER[] = {
    {"suppliers", {MN_F_ID, MN_F_NAME, MN_F_NATIVE_NAME, MN_F_COUNTRY, MN_F_CITY,
		      MN_F_ADDRESS, MN_F_SECTOR, MN_F_PRODUCT, MN_F_ROLE, MN_F_NONE}},
    {"fees",
	{MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_ENTITY_COUNTRY, MN_F_WORKER, MN_F_WORKERS,
	    MN_F_FEE_CATEGORY, MN_F_DESCRIPTION, MN_F_AMOUNT, MN_F_CURRENCY, MN_F_PAID_BY,
	    MN_F_PAID_ON, MN_F_WAGE, MN_F_WAGE_PERIOD, MN_F_NONE}},
    {"inspections", {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_AUTHORITY,
			MN_F_CASE_ID, MN_F_OPENED, MN_F_CLOSED, MN_F_OUTCOME,
			MN_F_VIOLATION, MN_F_STATUS, MN_F_NONE}},
    {"findings", {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_INDICATOR,
		     MN_F_DIRECTION, MN_F_STRENGTH, MN_F_SOURCE_CLASS, MN_F_DATE,
		     MN_F_STATUS, MN_F_DESCRIPTION, MN_F_REFERENCE, MN_F_NONE}},
    {"watchlist", {MN_F_ID, MN_F_NAME, MN_F_COUNTRY, MN_F_GATE, MN_F_LIST, MN_F_LISTED_ON,
		      MN_F_ENDED_ON, MN_F_REASON, MN_F_CITATION, MN_F_NONE}},
    {"categories", {MN_F_CATEGORY, MN_F_PRODUCT, MN_F_SECTOR, MN_F_HS,
		       MN_F_ORIGIN_COUNTRY, MN_F_NONE}},
    {"activities",
	{MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_DATE, MN_F_ACTIVITY,
	    MN_F_DONE_BY, MN_F_ABOUT, MN_F_DESCRIPTION, MN_F_REFERENCE, MN_F_ANNOUNCED,
	    MN_F_OFFSITE, MN_F_INTERVIEWED_PRIVATELY, MN_F_NONE}},
    {"actions", {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_ACTION_ID, MN_F_ABOUT,
		    MN_F_ACTION, MN_F_OWNER, MN_F_DUE, MN_F_ACTION_STATUS, MN_F_DONE_ON,
		    MN_F_VERIFY_HOW, MN_F_VERIFIED_BY, MN_F_VERIFIED_ON, MN_F_NONE}},
    {"training", {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_DATE, MN_F_TOPIC,
		     MN_F_TRAINED, MN_F_PEOPLE, MN_F_HOURS, MN_F_DONE_BY, MN_F_NONE}},
    {"remediation",
	{MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_ABOUT, MN_F_RECRUITER,
	    MN_F_ORIGIN, MN_F_DESTINATION, MN_F_OWED, MN_F_PAID, MN_F_CURRENCY,
	    MN_F_WORKERS, MN_F_WORKERS_PAID, MN_F_DUE, MN_F_NONE}},
    {"profile", {MN_F_NAME, MN_F_COUNTRY, MN_F_YEAR, MN_F_TURNOVER, MN_F_CURRENCY,
		    MN_F_EMPLOYEES, MN_F_IMPORTS_INTO, MN_F_SELLS_IN,
		    MN_F_BUYS_PUBLICLY_IN, MN_F_SELLS_PUBLICLY_IN, MN_F_NONE}},
    {"survey", {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY, MN_F_WORKER, MN_F_DATE,
		   MN_F_REFERENCE_PERIOD, MN_F_AGE_GROUP, MN_F_SETTING, MN_F_CODES,
		   MN_F_CODES_ASKED, MN_F_NONE}},
    {"own_codes",
	{MN_F_OWN_CODE, MN_F_INDICATOR, MN_F_STRENGTH, MN_F_DESCRIPTION, MN_F_NONE}},
    {"edges", {MN_F_FROM, MN_F_FROM_NAME, MN_F_FROM_COUNTRY, MN_F_EDGE_KIND, MN_F_TO,
		  MN_F_TO_NAME, MN_F_TO_COUNTRY, MN_F_GOOD, MN_F_TIER, MN_F_SHARE,
		  MN_F_SINCE, MN_F_UNTIL, MN_F_REFERENCE, MN_F_NONE}},
    {"tenders", {MN_F_LOT, MN_F_NAME, MN_F_TAX_ID, MN_F_COUNTRY, MN_F_ADDRESS,
		    MN_F_BID_ROLE, MN_F_MAKES_AT_NAME, MN_F_MAKES_AT_COUNTRY, MN_F_CPV,
		    MN_F_WORKERS, MN_F_AGENCY_USED, MN_F_NONE}},
};

static const struct type {
	enum mn_style style;
	uint16_t width;
	const char *format; /* for the note */
} TYPE[] = {
    [MN_T_TEXT] = {MN_ST_ID, 22, "Text."},
    [MN_T_ID] = {MN_ST_ID, 16, "Text; leading zeros stay."},
    [MN_T_COUNTRY] = {MN_ST_ID, 9,
	"A code of ISO 3166 such as MY; names of countries are understood too."},
    [MN_T_DATE] = {MN_ST_DAY, 12, "A day, shown as YYYY-MM-DD."},
    [MN_T_NUMBER] = {MN_ST_DECIMAL, 12, "A number."},
    [MN_T_COUNT] = {MN_ST_INT, 10, "A whole number."},
    [MN_T_SHARE] = {MN_ST_PERCENT, 10, "A share, such as 45%."},
    [MN_T_BOOL] = {MN_ST_ID, 10, "yes or no; empty: not known."},
    [MN_T_CHOICE] = {MN_ST_ID, 14, "One of: "},
    [MN_T_CODES] = {MN_ST_ID, 24, "One or more codes, ';' between."},
    [MN_T_LIST] = {MN_ST_ID, 26, "One or more texts, ';' between."},
    [MN_T_CURRENCY] = {MN_ST_ID, 9, "A code of ISO 4217, such as USD."},
    [MN_T_LEI] = {MN_ST_ID, 24, "20 characters."},
    [MN_T_OSID] = {MN_ST_ID, 19, "15 characters."},
    [MN_T_INTERVALS] = {MN_ST_ID, 28,
	"YYYY-MM-DD/YYYY-MM-DD, ';' between; without an end: YYYY-MM-DD/."},
    [MN_T_COUNTRIES] = {MN_ST_ID, 16,
	"One or more countries, ';' between, as codes such as NP or by name."},
};

static const struct type *
type_of(enum mn_field f)
{
	enum mn_field_type t = mn_field_def(f)->type;
	return &TYPE[(size_t)t < countof(TYPE) ? t : MN_T_TEXT];
}

/* ---- codes: what the packs know, and the ranges of the lists to choose from ---- */

enum code_list {
	L_COUNTRY,
	L_INDICATOR,
	L_SOURCE_CLASS,
	L_GATE,
	L_VIOLATION,
	L_FEE,
	L_COUNT
};

static const struct {
	const char *code, *name; /* heads: no words of tables, the sheet is none */
	enum mn_field field;     /* that takes these codes; countries go by type */
} LIST[L_COUNT] = {
    [L_COUNTRY] = {"Countries", "are called", MN_F_NONE},
    [L_INDICATOR] = {"Indicators", "are called", MN_F_INDICATOR},
    [L_SOURCE_CLASS] = {"Source classes", "are called", MN_F_SOURCE_CLASS},
    [L_GATE] = {"Gates", "are called", MN_F_GATE},
    [L_VIOLATION] = {"Violations", "mean", MN_F_VIOLATION},
    [L_FEE] = {"Fee categories", "are called", MN_F_FEE_CATEGORY},
};

struct pair {
	struct mn_str code, name;
};

struct template
{
	const struct mn_pack *pack;
	const struct mn_countries *countries;
	const struct mn_headings *words; /* of another language, or NULL */
	struct mn_arena a;
	struct mn_xlsxw *x;
	struct pair *list[L_COUNT];
	uint32_t n[L_COUNT];
};

static void
add(struct template *t, enum code_list l, struct mn_str code, struct mn_str name)
{
	t->list[l][t->n[l]++] = (struct pair){code, name};
}

static bool
seen(void *ctx, struct mn_str name, struct mn_str alpha2)
{
	bool *known = ctx;
	(void)name;
	if (alpha2.n == 2)
		known[(alpha2.p[0] - 'A') * 26 + (alpha2.p[1] - 'A')] = true;
	return true;
}

static void
countries(struct template *t)
{
	bool known[26 * 26] = {false};
	t->list[L_COUNTRY] = MN_NEW(&t->a, struct pair, countof(known));
	mn_country_each(t->countries, seen, known);
	for (unsigned i = 0; i < countof(known); i++) {
		if (!known[i])
			continue;
		char raw[2] = {(char)('A' + i / 26), (char)('A' + i % 26)};
		struct mn_str code = mn_arena_str(&t->a, mn_str(raw, 2));
		add(t, L_COUNTRY, code, mn_country_name(t->countries, code));
	}
}

static void
gather(struct template *t)
{
	const struct mn_pack *p = t->pack;
	countries(t);
#define GATHER(l, section, key, words) \
	t->list[l] = MN_NEW(&t->a, struct pair, p->n_##section + 1); \
	for (uint32_t i = 0; i < p->n_##section; i++) \
	add(t, l, p->section[i].key, p->section[i].words)
	GATHER(L_INDICATOR, indicator, code, name);
	GATHER(L_SOURCE_CLASS, source_class, code, name);
	GATHER(L_GATE, gate, code, name);
	GATHER(L_FEE, fee_category, code, name);
#undef GATHER
	/* Codes that serve every authority; those of one authority are its own. */
	t->list[L_VIOLATION] = MN_NEW(&t->a, struct pair, p->n_violation + 1);
	for (uint32_t i = 0; i < p->n_violation; i++)
		if (mn_str_eq(p->violation[i].authority, MN_S("generic")))
			add(t, L_VIOLATION, p->violation[i].violation,
			    p->violation[i].text);
}

/* "=codes!$C$2:$C$12" */
static const char *
range(struct template *t, enum code_list l)
{
	char column = (char)('A' + 2 * (int)l);
	return t->n[l] ? mn_arena_fmt(&t->a, "=codes!$%c$2:$%c$%u%c", column, column,
			     t->n[l] + 1, 0)
			     .p
		       : NULL;
}

/* ---- sheets ---- */

static const char *
choices(struct template *t, enum mn_kind k, enum mn_field f)
{
	const struct mn_field_def *d = mn_field_def(f);
	if (d->type == MN_T_COUNTRY)
		return range(t, L_COUNTRY);
	for (unsigned l = 0; l < L_COUNT; l++)
		if (LIST[l].field == f)
			return range(t, (enum code_list)l);
	if (f == MN_F_ABOUT)
		return range(t, L_INDICATOR);
	if (f == MN_F_PAID_BY) /* words of a pack; one field for fees and for audits */
		return k == MN_K_FEES ? "worker|employer|agency" : "supplier|buyer";
	if (d->type == MN_T_BOOL)
		return "yes|no";
	return d->type == MN_T_CHOICE ? d->choices : NULL;
}

/* "one of: a, b" */
static struct mn_str
in_words(struct mn_arena *a, const char *of)
{
	struct mn_str out = MN_STR_NONE;
	for (struct mn_str rest = mn_str_c(of); rest.p;) {
		struct mn_str c = mn_str_cut(&rest, '|');
		out = mn_arena_fmt(
		    a, "%.*s%s%.*s", MN_FMT(out), out.n ? ", " : "", MN_FMT(c));
	}
	return out;
}

/* The first letter large, where it is one that has two forms in ASCII. */
static struct mn_str
sentence(struct mn_arena *a, struct mn_str s)
{
	char *out = mn_arena_cstr(a, s);
	if (out[0] >= 'a' && out[0] <= 'z')
		out[0] = (char)(out[0] & ~32);
	return mn_str(out, s.n);
}

static const char *
note(struct template *t, enum mn_field f)
{
	const struct mn_field_def *d = mn_field_def(f);
	const struct mn_headings *w = t->words && t->words->remark[f].n ? t->words : NULL;
	struct mn_str help = w ? w->remark[f] : mn_str_c(d->help);
	struct mn_str how = w ? w->type[d->type] : mn_str_c(type_of(f)->format);
	struct mn_str of =
	    d->type == MN_T_CHOICE ? in_words(&t->a, d->choices) : MN_STR_NONE;
	struct mn_str need = w ? w->required : MN_S("Without it the row cannot be used.");
	struct mn_str worker =
	    w ? w->worker
	      : MN_S("Never a name: it is replaced by a keyed hash when it is read.");
	bool must = d->flags & MN_FF_REQ, opaque = d->flags & MN_FF_WORKER;
	return mn_arena_fmt(&t->a, "%.*s.\n%.*s%.*s%s%s%.*s%s%.*s%c",
	    MN_FMT(sentence(&t->a, help)), MN_FMT(how), MN_FMT(of), of.n ? "." : "",
	    must ? "\n" : "", MN_FMT(must ? need : MN_STR_NONE), opaque ? "\n" : "",
	    MN_FMT(opaque ? worker : MN_STR_NONE), 0)
	    .p;
}

static void
column(struct template *t, struct mn_column *c, enum mn_kind k, enum mn_field f)
{
	const struct mn_field_def *d = mn_field_def(f);
	const char *name = d->name;
	if (t->words && t->words->head[f].n)
		name = mn_arena_cstr(&t->a, t->words->head[f]);
	size_t head = 4; /* the button of the filter; Han characters are twice as wide */
	for (const char *p = name; *p; p++) {
		unsigned byte = (unsigned char)*p;
		head += ((byte & 0xc0) != 0x80) + (size_t)(byte >= 0xe0);
	}
	uint16_t width = type_of(f)->width;
	*c = (struct mn_column){.key = name,
	    .style = type_of(f)->style,
	    .width = width < head ? (uint16_t)head : width,
	    .note = note(t, f),
	    .choices = choices(t, k, f)};
	if (f == MN_F_NAME || f == MN_F_ENTITY_NAME || f == MN_F_DESCRIPTION ||
	    f == MN_F_ACTION)
		c->width = 36;
}

/* Fields of the kind in the order of the sheet. */
static uint32_t
fields(enum mn_kind k, enum mn_field *out)
{
	uint32_t n = 0;
	bool taken[MN_F_COUNT] = {false};
	for (size_t o = 0; o < countof(ORDER); o++) {
		const enum mn_field *f = ORDER[o].field;
		if (strcmp(ORDER[o].kind, mn_kind_name(k)) != 0)
			continue;
		for (; *f != MN_F_NONE; f++)
			if (mn_field_in(*f, k)) {
				taken[*f] = true;
				out[n++] = *f;
			}
	}
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_field_in((enum mn_field)f, k) && !taken[f] &&
		    !(mn_field_def((enum mn_field)f)->flags & MN_FF_DROP))
			out[n++] = (enum mn_field)f;
	return n;
}

static void
kind(struct template *t, enum mn_kind k)
{
	enum mn_field f[MN_F_COUNT];
	struct mn_val v[MN_F_COUNT];
	uint32_t n = fields(k, f);
	struct mn_column *c = MN_NEW(&t->a, struct mn_column, n);
	struct mn_xlsxw_spec *spec = MN_NEW(&t->a, struct mn_xlsxw_spec, 1);
	for (uint32_t i = 0; i < n; i++) {
		column(t, &c[i], k, f[i]);
		v[i] = mn_template_example(k, f[i]);
	}
	*spec = (struct mn_xlsxw_spec){.name = mn_kind_name(k),
	    .column = c,
	    .n_column = n,
	    .frozen = 2,
	    .example = true};
	mn_xlsxw_row(mn_xlsxw_sheet(t->x, spec), v, n);
}

static void
codes(struct template *t)
{
	struct mn_column *c = MN_NEW(&t->a, struct mn_column, 2 * L_COUNT);
	struct mn_xlsxw_spec *spec = MN_NEW(&t->a, struct mn_xlsxw_spec, 1);
	uint32_t most = 0;
	for (unsigned l = 0; l < L_COUNT; l++) {
		c[2 * l] = (struct mn_column){
		    .key = LIST[l].code, .style = MN_ST_ID, .width = l > 1 ? 22 : 11};
		c[2 * l + 1] = (struct mn_column){
		    .key = LIST[l].name, .style = MN_ST_TEXT, .width = 44};
		most = t->n[l] > most ? t->n[l] : most;
	}
	*spec =
	    (struct mn_xlsxw_spec){.name = "codes", .column = c, .n_column = 2 * L_COUNT};
	struct mn_xlsxw_sheet *s = mn_xlsxw_sheet(t->x, spec);
	for (uint32_t i = 0; i < most; i++) {
		struct mn_val v[2 * L_COUNT] = {0};
		for (unsigned l = 0; l < L_COUNT; l++)
			if (i < t->n[l]) {
				v[2 * l] = mn_val_text(t->list[l][i].code);
				v[2 * l + 1] = mn_val_text(t->list[l][i].name);
			}
		mn_xlsxw_row(s, v, countof(v));
	}
}

bool
mn_template_write(const char *path, const struct mn_pack *pack,
    const struct mn_countries *countries, const struct mn_headings *words,
    int32_t created, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new(16u << 20, NULL);
	struct template t = {
	    .pack = pack, .countries = countries, .words = words, .a = root};
	struct mn_xlsxw_opts o = {.title = "Supply-chain screening: what you know",
	    .created = created,
	    .keep_synced = true};
	t.x = mn_xlsxw_open(path, &o, err);
	if (t.x) {
		gather(&t);
		mn_template_page(t.x, words);
		for (unsigned k = 0; k < MN_K_TENDERS; k++)
			kind(&t, (enum mn_kind)k);
		codes(&t);
	}
	bool good = t.x && mn_xlsxw_commit(t.x, err);
	mn_arena_free(root);
	return good;
}
