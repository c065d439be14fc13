/* Headers of two rows: groups above, columns below. */
#include "input_impl.h"

static struct mn_str
cell(const struct mn_csv_row *row, uint32_t i)
{
	return i < row->n ? mn_str_trim(row->cell[i]) : MN_STR_NONE;
}

static uint32_t
filled(const struct mn_csv_row *row)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < row->n; i++)
		n += cell(row, i).n > 0;
	return n;
}

/* Groups leave blanks beside them, and what is below is no number. */
static bool
looks_joined(const struct mn_csv_row *top, const struct mn_csv_row *low)
{
	uint32_t groups = filled(top), columns = filled(low), under = 0;
	if (groups < 1 || columns < 2 || groups >= low->n)
		return false;
	for (uint32_t i = 0; i < low->n; i++) {
		struct mn_str s = cell(low, i);
		if (s.n && s.p[0] >= '0' && s.p[0] <= '9')
			return false;
		under += s.n && cell(top, i).n == 0;
	}
	return under > 0;
}

bool
mn_header_join(struct mn_arena *a, const struct mn_csv_row *top,
    const struct mn_csv_row *low, struct mn_csv_row *out, struct mn_str **sub)
{
	if (!looks_joined(top, low))
		return false;
	uint32_t n = low->n > top->n ? low->n : top->n;
	struct mn_str group = MN_STR_NONE;
	*out = (struct mn_csv_row){.cell = MN_NEW(a, struct mn_str, n), .n = n};
	*sub = MN_NEW(a, struct mn_str, n);
	for (uint32_t i = 0; i < n; i++) {
		struct mn_str above = cell(top, i), below = cell(low, i);
		/* A group reaches over the blanks behind it, as long as columns are
		 * below. */
		group = above.n ? above : below.n ? group : MN_STR_NONE;
		if (below.n == 0 || group.n == 0 || mn_str_eq(group, below))
			out->cell[i] = below.n ? below : group;
		else
			out->cell[i] =
			    mn_arena_fmt(a, "%.*s / %.*s", MN_FMT(group), MN_FMT(below));
		(*sub)[i] = group.n && below.n ? mn_map_fold(a, below) : MN_STR_NONE;
	}
	return true;
}
