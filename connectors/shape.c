/*
 * Tables of another shape than rows under one header: on their side, two beside each
 * other, two below each other. Read as they stand they make suppliers of headers, or lose
 * every second one, so the first two are refused, and rows below the header of another
 * table are quarantined.
 */
#include "manumit/base/limits.h"

#include "input_impl.h"

#define SIDE_FIELDS 3 /* header words down the first column that are no accident */
#define WORD_MOST 48  /* bytes of a header word that is looked up among data */

static struct mn_str
cell(const struct mn_csv_row *row, uint32_t i)
{
	return i < row->n ? mn_str_trim(row->cell[i]) : MN_STR_NONE;
}

static enum mn_field
field_of(
    const struct mn_input *in, struct mn_arena *a, enum mn_kind kind, struct mn_str s)
{
	struct mn_heading h;
	struct mn_str folded = mn_map_fold(a, s);
	mn_heading_read(a, s, folded, &h);
	return mn_heading_field(in, kind, folded, NULL, &h, 0);
}

/* Does the first column name the fields, and the row taken for the header just one? */
static bool
on_its_side(const struct mn_input *in, const struct mn_head_row *r, uint32_t n)
{
	bool seen[MN_F_COUNT + 1] = {false};
	uint32_t fields = 0, words = 0, filled = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct mn_str s = cell(&r[i].row, 0);
		if (s.n == 0)
			continue;
		filled++;
		enum mn_field f = s.n <= WORD_MOST
				      ? field_of(in, in->arena, in->info.kind, s)
				      : MN_F_NONE;
		words += f != MN_F_NONE;
		fields += f != MN_F_NONE && !seen[f];
		seen[f] = true;
	}
	return fields >= SIDE_FIELDS && words * 5 >= filled * 3;
}

static uint32_t
mapped_columns(const struct mn_input *in)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < in->n_column; i++)
		n += in->column[i].n_field > 0 || in->column[i].drop;
	return n;
}

static bool
is_blank(const struct mn_input *in, uint32_t i)
{
	return mn_str_starts(in->info.header[i], MN_S("(column "));
}

/* The first column behind a blank one from which on the header begins again, 0: none. */
static uint32_t
begins_again(const struct mn_input *in)
{
	for (uint32_t gap = 1; gap + 2 < in->n_column; gap++) {
		uint32_t same = 0, from = gap + 1;
		if (!is_blank(in, gap))
			continue;
		for (uint32_t i = from; i < in->n_column && i - from < gap; i++)
			same += !is_blank(in, i) &&
				mn_str_eq(in->folded[i], in->folded[i - from]);
		if (same >= 2 && mn_str_eq(in->folded[from], in->folded[0]))
			return from;
	}
	return 0;
}

bool
mn_input_shape(
    struct mn_input *in, const struct mn_head_row *r, uint32_t n, struct mn_err *err)
{
	if (in->source || in->info.kind == MN_K_REFERENCE)
		return true;
	if (mapped_columns(in) == 1 && on_its_side(in, r, n))
		return mn_fail(err, MN_E_FILE_SIDE,
		    "%.*s: \"%.*s\" and the other names stand "
		    "below each other in the first column",
		    MN_FMT(in->info.file), MN_FMT(cell(&r[0].row, 0)));
	uint32_t at = begins_again(in);
	return at == 0 || mn_fail(err, MN_E_FILE_BESIDE,
			      "%.*s: the header begins again in column %u (%.*s)",
			      MN_FMT(in->info.file), at + 1, MN_FMT(in->info.header[at]));
}

/* ---- another table below ---- */

/* All cells are header words, at least two, in other columns than those of the header. */
static bool
is_other_header(const struct mn_input *in, const struct mn_csv_row *row)
{
	struct mn_arena a = in->row;
	uint32_t words = 0, moved = 0;
	bool has[MN_F_COUNT + 1] = {false};
	for (uint32_t i = 0; i < row->n; i++) {
		struct mn_str s = cell(row, i);
		if (s.n == 0)
			continue;
		/* Nearly every row ends here, at its first cell. */
		if (s.n > WORD_MOST || (s.p[0] >= '0' && s.p[0] <= '9'))
			return false;
		enum mn_field f = field_of(in, &a, in->info.kind, s);
		if (f == MN_F_NONE)
			return false;
		words++;
		has[f] = true;
		const struct mn_input_column *c =
		    i < in->n_column ? &in->column[i] : NULL;
		moved += !c || c->n_field == 0 || c->field[0] != f;
	}
	return words >= 2 && moved > 0 &&
	       (has[MN_F_NAME] || has[MN_F_ENTITY] || has[MN_F_ENTITY_NAME]);
}

static uint32_t
filled(const struct mn_csv_row *row)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < row->n; i++)
		n += cell(row, i).n > 0;
	return n;
}

void
mn_input_see_table(struct mn_input *in, const struct mn_csv_row *row)
{
	if (in->source || in->other_table || in->info.kind == MN_K_REFERENCE)
		return;
	if (is_other_header(in, row))
		in->other_table = in->title_line ? in->title_line : in->line;
	/* The title of a table stands above its header. */
	in->title_line = filled(row) == 1 ? in->line : 0;
}
