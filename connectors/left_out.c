/* Rows that are left out before they are read, each with its remark. */
#include "input_impl.h"

bool
mn_str_among(const struct mn_str *list, uint32_t n, struct mn_str s)
{
	for (uint32_t i = 0; i < n; i++)
		if (mn_str_eq(list[i], s))
			return true;
	return false;
}

/* The line that the template shows how to fill in: its first cell that is used begins so.
 * Known layouts have no such lines. */
static bool
is_example(struct mn_input *in, const struct mn_csv_row *row)
{
	for (uint32_t i = 0; !in->source && i < row->n && i < in->n_column; i++) {
		struct mn_str s = mn_str_trim(row->cell[i]);
		if (s.n == 0 || in->column[i].n_field == 0)
			continue;
		if (!mn_str_starts(s, MN_S(MN_EXAMPLE)))
			return false;
		mn_input_note(in, MN_E_ROW_EXAMPLE, i, s, NULL);
		return true;
	}
	return false;
}

/* Rows that a publisher sets round the data: titles, notes, totals. */
static bool
is_furniture(struct mn_input *in, const struct mn_csv_row *row)
{
	if (mn_input_furniture(in, row)) {
		mn_input_note(in, MN_E_ROW_TOTAL, UINT32_MAX, MN_STR_NONE, NULL);
		return true;
	}
	if (!in->source)
		return false; /* only layouts say more of their rows */
	for (uint32_t i = 0; i < in->n_column; i++) {
		uint64_t n;
		struct mn_str s = i < row->n ? mn_str_trim(row->cell[i]) : MN_STR_NONE;
		if ((in->column[i].digits_only && !mn_str_u64(s, &n)) ||
		    (in->column[i].filled_only && s.n == 0)) {
			mn_input_note(in, MN_E_ROW_TOTAL, i, s, NULL);
			return true;
		}
	}
	return false;
}

/* Brazil's CNPJ has 14 digits; anything else in such a register is a natural person, who
 * is counted and not kept. */
static bool
is_person(struct mn_input *in, const struct mn_csv_row *row)
{
	/* A row too short to have the number is no company either. */
	for (uint32_t i = 0; i < in->n_column; i++) {
		if (!in->column[i].person_key)
			continue;
		struct mn_str id = i < row->n ? row->cell[i] : MN_STR_NONE;
		size_t digits = 0;
		for (size_t k = 0; k < id.n; k++)
			digits += id.p[k] >= '0' && id.p[k] <= '9';
		if (digits == 14)
			return false;
		mn_input_note(in, MN_E_PERSONAL, i, MN_S("(masked)"),
		    "natural person of a register: not kept");
		return true;
	}
	return false;
}

/* Rows about something else than an organisation. Of a natural person nothing is shown.
 */
static bool
is_other(struct mn_input *in, const struct mn_csv_row *row)
{
	for (uint32_t i = 0; i < in->n_column; i++) {
		const struct mn_map_only *only = in->column[i].only;
		struct mn_str s = i < row->n ? row->cell[i] : MN_STR_NONE;
		if (!only)
			continue;
		struct mn_str kind = mn_map_fold(&in->row, s);
		if (mn_str_among(only->use, only->n_use, kind))
			continue;
		/* "*" folds to nothing: every other value is a person's. */
		if (mn_str_among(only->person, only->n_person, kind) ||
		    mn_str_among(only->person, only->n_person, MN_S("")))
			mn_input_note(in, MN_E_PERSONAL, i, MN_S("(masked)"),
			    "natural person of a list: not kept");
		else
			mn_input_note(in, MN_E_ROW_KIND, i,
			    in->column[i].drop ? MN_S("(masked)") : s, NULL);
		return true;
	}
	return false;
}

bool
mn_input_left_out(struct mn_input *in, const struct mn_csv_row *row)
{
	return is_example(in, row) || is_furniture(in, row) ||
	       (in->source && (is_person(in, row) || is_other(in, row)));
}
