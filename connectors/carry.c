/* Reports by case: a case's first row names it, and the rows below leave those cells
 * empty, from the first on: a second party of a case has its own name. */
#include "input_impl.h"

struct mn_carried {
	char text[4096]; /* a longer cell is not carried */
	size_t n;
	uint32_t column;
};

static uint32_t
column_of(const struct mn_input *in, struct mn_str folded)
{
	uint32_t i = 0;
	while (i < in->n_column && !mn_str_eq(in->folded[i], folded))
		i++;
	return i;
}

static struct mn_carried *
begin(struct mn_input *in)
{
	const struct mn_map_source *s = in->source;
	struct mn_carried *c = MN_NEW(in->arena, struct mn_carried, s->n_carry);
	for (uint32_t i = 0; i < s->n_carry; i++)
		c[i].column = column_of(in, s->carry[i]);
	return c;
}

void
mn_input_carry(struct mn_input *in, const struct mn_csv_row *row)
{
	uint32_t n = in->source ? in->source->n_carry : 0;
	if (n == 0)
		return;
	if (!in->carried)
		in->carried = begin(in);
	bool below = true; /* up to the first cell that says something of its own */
	for (uint32_t i = 0; i < n; i++) {
		struct mn_carried *c = &in->carried[i];
		if (c->column >= row->n)
			continue;
		struct mn_str *cell = &row->cell[c->column];
		struct mn_str s = mn_str_trim(*cell);
		below = below && s.n == 0;
		if (below) {
			*cell = mn_str(c->text, c->n);
			continue;
		}
		c->n = s.n <= sizeof c->text ? s.n : 0;
		memcpy(c->text, c->n ? s.p : "", c->n);
	}
}
