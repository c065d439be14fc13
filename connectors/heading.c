/* What columns mean by their headers: the words, what stands round them, their units. */
#include "input_impl.h"

/* ---- words ---- */

/* A share of workers is no number of them. */
static enum mn_field
of_share(enum mn_field f, const struct mn_heading *h)
{
	if (!h || !h->unit.share || f == MN_F_NONE || mn_field_def(f)->type != MN_T_COUNT)
		return f;
	return f == MN_F_MIGRANT_WORKERS ? MN_F_MIGRANT_SHARE : MN_F_NONE;
}

static enum mn_field
by_heading(const struct mn_input *in, enum mn_kind kind, const struct mn_heading *h)
{
	enum mn_field f = MN_F_NONE;
	if (h && h->word.n)
		f = mn_map_word_field(in->mappings, kind, h->word);
	if (f == MN_F_NONE && h && h->rest.n) {
		f = mn_map_word_field(in->mappings, kind, h->rest);
		f = f != MN_F_NONE && mn_heading_rest_field(f) ? f : MN_F_NONE;
	}
	return f;
}

/* What a header cell means. Of a header of two rows the joined words come first, then the
 * lower one alone: but under a group that is something of its own (a parent, a contact) a
 * name is not the supplier's. */
static enum mn_field
by_words(const struct mn_input *in, enum mn_kind kind, struct mn_str folded,
    const struct mn_str *sub, const struct mn_heading *h, uint32_t i)
{
	enum mn_field f = mn_map_word_field(in->mappings, kind, folded);
	if (f != MN_F_NONE)
		return f;
	if (!sub || sub[i].n == 0)
		return by_heading(in, kind, h);
	struct mn_str group = folded.n > sub[i].n + 1
				  ? mn_str_sub(folded, 0, folded.n - sub[i].n - 1)
				  : MN_STR_NONE;
	enum mn_field own = mn_map_word_field(in->mappings, kind, group);
	bool other = own == MN_F_PARENT || own == MN_F_RECRUITER ||
		     (own != MN_F_NONE && (mn_field_def(own)->flags & MN_FF_DROP));
	f = other ? own : mn_map_word_field(in->mappings, kind, sub[i]);
	return f != MN_F_NONE ? f : by_heading(in, kind, h);
}

enum mn_field
mn_heading_field(const struct mn_input *in, enum mn_kind kind, struct mn_str folded,
    const struct mn_str *sub, const struct mn_heading *heading, uint32_t i)
{
	const struct mn_heading *h = heading ? &heading[i] : NULL;
	return of_share(by_words(in, kind, folded, sub, h, i), h);
}

struct mn_heading *
mn_headings_read(
    struct mn_arena *a, const struct mn_csv_row *row, const struct mn_str *folded)
{
	struct mn_heading *h = MN_NEW(a, struct mn_heading, row->n + 1);
	for (uint32_t i = 0; i < row->n; i++)
		mn_heading_read(a, row->cell[i], folded[i], &h[i]);
	return h;
}

/* ---- numbers of suppliers ---- */

/* Words for the supplier that head its number where another column is its name: exports
 * of ERP systems have "Vendor" and "Vendor Name", "Lieferant" and "Name 1". */
static const struct mn_str NUMBERED[] = {MN_S("supplier"), MN_S("vendor"),
    MN_S("lieferant"), MN_S("kreditor"), MN_S("fournisseur"), MN_S("proveedor"),
    MN_S("fornecedor"), MN_S("fornitore"), MN_S("leverancier"), MN_S("dostawca"),
    MN_S("leverandor"), MN_S("factory"), MN_S("employer"), MN_S("creditor")};
static const struct mn_str NAMES[] = {MN_S("name_1"), MN_S("name1")};

/* Lists of pairs to compare have "name_1" and "name_2", and nothing that suppliers have.
 */
bool
mn_heading_pair(const struct mn_str *folded, uint32_t n, const bool *has)
{
	bool first = false, numbered = has[MN_F_ID] || has[MN_F_COUNTRY] ||
				       has[MN_F_CITY] || has[MN_F_TAX_ID];
	for (uint32_t i = 0; i < n; i++) {
		first = first || mn_str_among(NAMES, countof(NAMES), folded[i]);
		numbered =
		    numbered || mn_str_among(NUMBERED, countof(NUMBERED), folded[i]);
	}
	return first && !numbered;
}

static struct mn_str
heading_word(const struct mn_input *in, uint32_t i)
{
	return in->heading[i].word.n ? in->heading[i].word : in->folded[i];
}

static bool
names_it(const struct mn_input *in, struct mn_str word, struct mn_str other)
{
	if (mn_str_among(NAMES, countof(NAMES), other))
		return true;
	size_t n = word.n;
	struct mn_str rest = mn_str_sub(other, n, other.n);
	(void)in;
	return mn_str_starts(other, word) &&
	       (mn_str_eq(rest, MN_S("_name")) || mn_str_eq(rest, MN_S("name")) ||
		   mn_str_eq(rest, MN_S("_name_1")) ||
		   mn_str_eq(rest, MN_S("_description")));
}

bool
mn_heading_numbered(const struct mn_input *in, uint32_t i)
{
	struct mn_str word = heading_word(in, i);
	if (!mn_str_among(NUMBERED, countof(NUMBERED), word))
		return false;
	for (uint32_t k = 0; k < in->n_column; k++)
		if (k != i && names_it(in, word, heading_word(in, k)))
			return true;
	return false;
}

/* ---- units ---- */

static bool
is_money(enum mn_field f)
{
	return f != MN_F_NONE && mn_field_def(f)->type == MN_T_NUMBER && f != MN_F_LAT &&
	       f != MN_F_LNG && f != MN_F_HOURS && f != MN_F_RATE &&
	       f != MN_F_INDEX_VALUE;
}

static enum mn_field
field_of(const struct mn_input_column *c)
{
	return c->n_field && !c->drop ? c->field[0] : MN_F_NONE;
}

static void
tell_unit(struct mn_input *in, uint32_t i, const char *where)
{
	const struct mn_unit *u = &in->column[i].unit;
	static const char *const TIMES[] = {"1", "10", "100", "1,000", "10,000",
	    "100,000", "1,000,000", "10,000,000", "100,000,000", "1,000,000,000"};
	if (u->tens)
		mn_input_remark(in, 0, MN_E_COLUMN_UNIT, in->info.header[i], MN_STR_NONE,
		    mn_arena_fmt(in->arena, "each taken times %s%s%s, as %s says%c",
			TIMES[u->tens], u->currency[0] ? ", in " : "", u->currency, where,
			0)
			.p);
}

/* The unit of a cell below the header, or of a line above it; the last line wins. */
static bool
said_in_row(struct mn_input *in, const struct mn_csv_row *row, struct mn_unit *u)
{
	bool said = false;
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_unit one;
		struct mn_str s = mn_str_trim(row->cell[i]);
		if (s.n && mn_unit_said(in->arena, s, &one)) {
			*u = one;
			said = true;
		}
	}
	return said;
}

void
mn_input_units(struct mn_input *in, const struct mn_head_row *r, uint32_t n,
    uint32_t before, uint32_t end)
{
	struct mn_unit above = {0};
	bool below = !in->source && end + 1 < n && mn_input_units_row(&r[end + 1].row);
	for (uint32_t i = 0; !in->source && i < before; i++)
		said_in_row(in, &r[i].row, &above);
	for (uint32_t i = 0; !in->source && i < in->n_column; i++) {
		struct mn_input_column *c = &in->column[i];
		enum mn_field f = field_of(c);
		struct mn_unit one;
		if (f == MN_F_NONE)
			continue;
		const char *where = "the header";
		if (below && c->unit.tens == 0 && i < r[end + 1].row.n &&
		    mn_unit_said(in->arena, r[end + 1].row.cell[i], &one)) {
			c->unit = one;
			where = "the row below it";
		} else if (is_money(f) && c->unit.tens == 0 && above.tens) {
			one = above;
			if (!one.currency[0])
				memcpy(
				    one.currency, c->unit.currency, sizeof one.currency);
			c->unit = one;
			where = "a line above the table";
		}
		tell_unit(in, i, where);
	}
}

/* A number in the unit of its column, and the currency that the header says. */
static struct mn_str
in_unit(struct mn_input *in, uint32_t column, enum mn_field f, struct mn_cell *c)
{
	const struct mn_unit *u = &in->column[column].unit;
	enum mn_field_type type = mn_field_def(f)->type;
	if (c->out.n == 0 || (type != MN_T_NUMBER && type != MN_T_COUNT))
		return c->out;
	/* "5 million" in a column of thousands says its own. */
	struct mn_str out =
	    u->tens == 0 || c->scaled ? c->out : mn_unit_scale(c->out, u->tens, &in->row);
	if (out.n == 0) {
		c->code = MN_E_CELL_NUMBER;
		c->detail = "too large in the unit of its column";
	} else if (u->currency[0] && !c->currency[0] && is_money(f)) {
		memcpy(c->currency, u->currency, sizeof c->currency);
	}
	return out;
}

/* What a workbook stores as a number has no marks to be understood. */
static const struct mn_cell_rules *
rules_of(const struct mn_input *in, uint32_t column)
{
	static const struct mn_cell_rules STORED = {.serial = true};
	const struct mn_cell_rules *r = &in->column[column].rules;
	bool number =
	    in->numeric && in->numeric[column] && (r->decimal_comma || r->point_either);
	return number ? &STORED : r;
}

struct mn_cell
mn_input_cell(struct mn_input *in, uint32_t column, enum mn_field f, struct mn_str s)
{
	struct mn_cell c = mn_cell_read(f, s, rules_of(in, column), &in->row);
	if (!in->source)
		c.out = in_unit(in, column, f, &c);
	return c;
}
