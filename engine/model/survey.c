/* Survey aggregates: sort key, stored form, and which counts may be said. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/model/survey.h"

#define VERSION 1
#define KEY_FIXED 33 /* eid, survey, age */

const char *
mn_age_name(unsigned age)
{
	static const char *const NAMES[MN_AGES] = {"adult", "child", "not stated"};
	return age < MN_AGES ? NAMES[age] : "not stated";
}

void
mn_lens_stat_sort_key(const struct mn_lens_stat *s, struct mn_buf *out)
{
	mn_put_eid(out, s->who);
	mn_put_key(out, s->survey);
	mn_put_u8(out, s->age);
	mn_buf_add(out, mn_str_sub(s->lens, 0, 64));
}

static void
put_cells(struct mn_buf *b, const uint32_t *v, uint32_t n)
{
	mn_put_u8(b, (uint8_t)n);
	for (uint32_t i = 0; i < n; i++)
		mn_put_u32(b, v[i]);
}

void
mn_lens_stat_encode(const struct mn_lens_stat *s, struct mn_buf *body, struct mn_buf *pos)
{
	mn_put_u8(body, VERSION);
	mn_put_u32(body, s->interviewed);
	mn_put_u32(body, s->assessable);
	mn_put_u32(body, s->private_talk);
	mn_put_u32(body, s->pattern);
	put_cells(body, s->dim, s->n_dim);
	put_cells(body, s->kase, s->n_case);
	mn_put_u32(body, (uint32_t)s->first_day);
	mn_put_u32(body, (uint32_t)s->last_day);
	mn_put_str(body, s->period);
	mn_put_u64(pos, s->rid);
}

static uint32_t
get_cells(struct mn_get *g, uint32_t *v, uint32_t max, uint32_t of)
{
	uint32_t n = mn_get_u8(g);
	g->bad = g->bad || n > max;
	for (uint32_t i = 0; !g->bad && i < n; i++) {
		v[i] = mn_get_u32(g);
		g->bad = g->bad || v[i] > of;
	}
	return g->bad ? 0 : n;
}

bool
mn_lens_stat_decode(struct mn_str sort_key, struct mn_str body, struct mn_str pos,
    struct mn_lens_stat *out, struct mn_err *err)
{
	struct mn_get k = mn_get(mn_str_sub(sort_key, 0, KEY_FIXED)), g = mn_get(body),
		      p = mn_get(pos);
	*out = (struct mn_lens_stat){.who = mn_get_eid(&k)};
	out->survey = mn_get_key(&k);
	out->age = mn_get_u8(&k);
	out->lens = mn_str_sub(sort_key, KEY_FIXED, sort_key.n);
	uint8_t version = mn_get_u8(&g);
	out->interviewed = mn_get_u32(&g);
	out->assessable = mn_get_u32(&g);
	out->private_talk = mn_get_u32(&g);
	out->pattern = mn_get_u32(&g);
	out->n_dim = get_cells(&g, out->dim, MN_LENS_DIMS, out->assessable);
	out->n_case = get_cells(&g, out->kase, MN_LENS_CASES, out->assessable);
	out->first_day = (int32_t)mn_get_u32(&g);
	out->last_day = (int32_t)mn_get_u32(&g);
	out->period = mn_get_str(&g);
	out->rid = mn_get_u64(&p);
	if (mn_get_done(&k) && mn_get_done(&g) && mn_get_done(&p) && version == VERSION &&
	    out->age < MN_AGES && out->assessable <= out->interviewed &&
	    out->private_talk <= out->interviewed && out->pattern <= out->assessable)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged survey row");
}
