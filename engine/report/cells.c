/* Values of tables, and their CSV form. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"
#include "manumit/report/csvw.h"

#include "cells.h"

struct mn_val
mn_val_day(int32_t day)
{
	return day == MN_DAY_NONE ? (struct mn_val){0} : mn_val_num(MN_VAL_DAY, day);
}

struct mn_val
mn_val_styled(struct mn_val v, enum mn_style style)
{
	v.style = (uint8_t)style;
	return v;
}

/* "1234.5": no noughts that nobody wrote. */
static struct mn_str
decimal(int64_t e4, char room[40])
{
	struct mn_buf b = {room, 0, 40, 40, false};
	int64_t rest = e4 % 10000;
	mn_buf_fmt(
	    &b, "%s%lld", e4 < 0 && e4 > -10000 ? "-" : "", (long long)(e4 / 10000));
	if (rest)
		mn_buf_fmt(&b, ".%04lld", (long long)(rest < 0 ? -rest : rest));
	while (rest && b.p[b.n - 1] == '0')
		b.n--;
	return mn_buf_str(&b);
}

static struct mn_str
print(const struct mn_val *v, char room[40])
{
	struct mn_buf b = {room, 0, 40, 40, false};
	switch ((enum mn_val_kind)v->kind) {
	case MN_VAL_TEXT:
		return v->text;
	case MN_VAL_INT:
		mn_buf_fmt(&b, "%lld", (long long)v->n);
		return mn_buf_str(&b);
	case MN_VAL_Q16:
		return mn_fx_print(v->n, 4, room);
	case MN_VAL_E4:
		return decimal(v->n, room);
	case MN_VAL_DAY:
		return mn_day_print((int32_t)v->n, room);
	case MN_VAL_NONE:
		break;
	}
	return MN_STR_NONE;
}

void
mn_csvw_row(struct mn_out *o, const struct mn_val *v, uint32_t n)
{
	char room[40];
	for (uint32_t i = 0; i < n; i++)
		mn_csvw_cell(o, print(&v[i], room), i == 0);
	mn_out_c(o, "\n");
}

void
mn_csvw_head(struct mn_out *o, const struct mn_column *c, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		mn_csvw_cell(o, mn_str_c(c[i].key), i == 0);
	mn_out_c(o, "\n");
}
