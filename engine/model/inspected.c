/* Counts of inspections by authority and selection: names, comparability, stored form. */
#include "manumit/model/codec.h"
#include "manumit/model/inspected.h"

#define VERSION 1

static const char *const ACTS[MN_ACTS_COUNT] = {
    "inspections", "claims", "decisions", "register"};

const char *
mn_acts_name(unsigned acts_on)
{
	return acts_on < countof(ACTS) ? ACTS[acts_on] : "?";
}

bool
mn_acts_by_name(struct mn_str s, uint8_t *out)
{
	for (uint8_t i = 0; i < countof(ACTS); i++)
		if (mn_str_eq(s, mn_str_c(ACTS[i]))) {
			*out = i;
			return true;
		}
	return false;
}

/* A rate tells of other sites only where the authority did not already suspect this one,
 * and where what it found clean is told as well. */
const char *
mn_inspected_why_not(const struct mn_inspected *x)
{
	if (x->acts_on == MN_ACTS_CLAIMS)
		return "claims of workers: how many complain is no rate of violations";
	if (x->acts_on != MN_ACTS_INSPECTIONS)
		return "no inspections: no rate";
	switch ((enum mn_selection)x->selection) {
	case MN_SEL_COMPLAINT:
	case MN_SEL_REFERRAL:
		return "somebody had complained: not comparable with programmed or "
		       "random ones";
	case MN_SEL_RANKED:
		return "chosen because risk was expected: not comparable with others";
	case MN_SEL_RESERVE:
		return "replacements of other sites: not comparable";
	case MN_SEL_RANDOM:
	case MN_SEL_PROGRAMMED:
	case MN_SEL_UNSTATED:
	case MN_SELECTIONS:
		break;
	}
	if (x->all.violation + x->all.none == 0)
		return "no result is stated: no rate";
	if (x->all.none == 0)
		return "only cases with a violation are in the files: no rate";
	return x->selection == MN_SEL_UNSTATED
		   ? "why these sites were chosen is not stated: not comparable"
		   : NULL;
}

void
mn_inspected_key(const struct mn_inspected *x, struct mn_buf *key)
{
	mn_put_u8(key, x->acts_on);
	mn_put_u8(key, (uint8_t)x->authority.n);
	mn_buf_add(key, mn_str_sub(x->authority, 0, UINT8_MAX));
	mn_put_u8(key, x->selection);
}

static void
put_tally(struct mn_buf *b, const struct mn_tally *t)
{
	mn_put_u64(b, t->cases);
	mn_put_u64(b, t->violation);
	mn_put_u64(b, t->none);
	mn_put_u64(b, t->sized);
	mn_put_u64(b, t->workers);
	mn_put_u64(b, t->concerned);
}

static struct mn_tally
get_tally(struct mn_get *g)
{
	struct mn_tally t = {0};
	t.cases = mn_get_u64(g);
	t.violation = mn_get_u64(g);
	t.none = mn_get_u64(g);
	t.sized = mn_get_u64(g);
	t.workers = mn_get_u64(g);
	t.concerned = mn_get_u64(g);
	return t;
}

void
mn_inspected_encode(const struct mn_inspected *x, struct mn_buf *body)
{
	mn_put_u8(body, VERSION);
	put_tally(body, &x->all);
	put_tally(body, &x->ours);
}

bool
mn_inspected_decode(
    struct mn_str key, struct mn_str body, struct mn_inspected *out, struct mn_err *err)
{
	struct mn_get k = mn_get(key), b = mn_get(body);
	*out = (struct mn_inspected){.acts_on = mn_get_u8(&k)};
	uint8_t n = mn_get_u8(&k);
	out->authority = mn_str_sub(key, 2, n);
	out->selection = key.n == (size_t)n + 3 ? (uint8_t)key.p[n + 2] : MN_SELECTIONS;
	uint8_t version = mn_get_u8(&b);
	out->all = get_tally(&b);
	out->ours = get_tally(&b);
	if (version == VERSION && mn_get_done(&b) && out->acts_on < MN_ACTS_COUNT &&
	    out->selection < MN_SELECTIONS)
		return true;
	return mn_fail(err, MN_E_STORE, "damaged count of inspections");
}
