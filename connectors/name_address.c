/* A cell that holds name and address: "Ash Mills, Inc., 4 Elm Road, Springfield". */
#include "input_impl.h"

/* Of the name are the first part and the legal forms behind it. */
static size_t
name_end(const struct mn_map_source *s, struct mn_str cell, struct mn_arena scratch)
{
	size_t end = mn_str_find_byte(cell, ',');
	while (end < cell.n) {
		struct mn_str rest = mn_str_sub(cell, end + 1, cell.n);
		size_t n = mn_str_find_byte(rest, ',');
		struct mn_str part = mn_str_trim(mn_str_sub(rest, 0, n));
		if (!mn_str_among(s->form, s->n_form, mn_map_fold(&scratch, part)))
			return end;
		end = n < rest.n ? end + 1 + n : cell.n;
	}
	return cell.n;
}

void
mn_input_name_address(
    struct mn_input *in, const struct mn_csv_row *row, struct mn_record *rec)
{
	const struct mn_map_source *s = in->source;
	bool supplier = rec->kind == MN_K_SUPPLIERS || rec->kind == MN_K_WATCHLIST;
	enum mn_field name = supplier ? MN_F_NAME : MN_F_ENTITY_NAME;
	uint32_t at = 0;
	if (s->named_column.n == 0)
		return;
	while (at < in->n_column && !mn_str_eq(in->folded[at], s->named_column))
		at++;
	if (at >= row->n)
		return;
	struct mn_str cell = mn_str_trim(row->cell[at]);
	size_t end = name_end(s, cell, in->row);
	rec->v[name] = mn_arena_str(&in->row, mn_str_trim(mn_str_sub(cell, 0, end)));
	if (end < cell.n && rec->v[MN_F_ADDRESS].n == 0)
		rec->v[MN_F_ADDRESS] = mn_arena_str(
		    &in->row, mn_str_trim(mn_str_sub(cell, end + 1, cell.n)));
}
