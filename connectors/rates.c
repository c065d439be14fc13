/*
 * Tables of exchange rates with a column a currency: each of its cells becomes a record
 * of its own, with the currency that the header names and the base that the layout says.
 */
#include "input_impl.h"

/* Three capitals: what a header of such a table calls a currency. */
static bool
is_code(struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'A' || s.p[i] > 'Z')
			return false;
	return s.n == 3;
}

bool
mn_input_rate_column(const struct mn_input *in, uint32_t column)
{
	return in->source && in->source->rates.n && in->column[column].n_field == 0 &&
	       is_code(in->info.header[column]);
}

bool
mn_input_more_rates(struct mn_input *in, struct mn_record *rec)
{
	while (in->at_name < in->n_rate) {
		const struct mn_input_rate *r = &in->rate[in->at_name++];
		*rec = in->common;
		rec->v[MN_F_CURRENCY] = in->info.header[r->column];
		rec->v[MN_F_RATE] = r->value;
		rec->v[MN_F_RATE_BASE] = in->source->rates;
		return true;
	}
	return false;
}

bool
mn_input_rates(struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	if (!in->source || in->source->rates.n == 0)
		return true;
	in->rate = MN_NEW(&in->row, struct mn_input_rate, row->n + 1);
	for (uint32_t i = 0; i < row->n && i < in->n_column; i++) {
		struct mn_str s = mn_str_trim(row->cell[i]);
		if (s.n == 0 || !mn_input_rate_column(in, i) ||
		    in->n_rate == MN_RID_PARTS)
			continue;
		struct mn_cell c = mn_cell_read(MN_F_RATE, s, &in->rules, &in->row);
		if (c.code)
			mn_input_note(in, c.code, i, s, c.detail);
		if (c.out.n)
			in->rate[in->n_rate++] = (struct mn_input_rate){i, c.out};
	}
	in->common = *rec;
	return mn_input_more_rates(in, rec);
}
