/* Whom to ask what: the questions that leave least unknown, by what is spent there. */
#include "manumit/base/fx.h"
#include "manumit/base/sort.h"

#include "questionnaire.h"

/* Candidates that are looked at closely: many times those that are asked. */
#define CLOSELY 4

struct candidate {
	struct mn_eid who;
	int64_t ask_q16;
};

struct gathering {
	struct candidate *v;
	uint32_t n, max, protected;
};

static int
by_ask(const void *pa, const void *pb, const void *ctx)
{
	const struct candidate *a = pa, *b = pb;
	(void)ctx;
	if (a->ask_q16 != b->ask_q16)
		return a->ask_q16 > b->ask_q16 ? -1 : 1;
	return mn_eid_cmp(a->who, b->who);
}

/* Keeps the best: the array is sorted, a better one pushes the last out. */
static bool
consider(void *ctx, uint64_t place, const struct mn_card *card)
{
	struct gathering *x = ctx;
	struct candidate c = {card->who, card->ask_q16};
	(void)place;
	if (card->action == MN_ACT_PROTECT) {
		x->protected ++;
		return true;
	}
	if (x->n == x->max && by_ask(&c, &x->v[x->n - 1], NULL) > 0)
		return true;
	uint32_t at = x->n < x->max ? x->n++ : x->n - 1;
	while (at > 0 && by_ask(&c, &x->v[at - 1], NULL) < 0) {
		x->v[at] = x->v[at - 1];
		at--;
	}
	x->v[at] = c;
	return true;
}

/* What an answer would leave less unknown: the part of the channel between its ends, or
 * the weight of what should be known of the indicator and is not. */
static int64_t
narrows(const struct mn_report *r, const struct mn_view *v, const struct mn_p_ask_item *i)
{
	const struct mn_pack *p = r->pack;
	int channel = mn_channel_parse(i->subject);
	enum mn_field f = mn_field_by_name(i->field);
	int64_t sum = 0;
	if (f != MN_F_NONE && v->ent.rec.v[f].n)
		return 0;
	if (channel >= 0)
		return v->inherent.known[channel]
			   ? 0
			   : mn_fx_mul(p->channel[channel].weight_q16,
				 p->channel[channel].hi_q16 - p->channel[channel].lo_q16);
	for (uint32_t k = 0; k < p->n_cell; k++)
		if (v->cell[k] == 1 && mn_str_eq(p->cell[k].subject, i->subject))
			sum += p->cell[k].weight_q16;
	return sum;
}

/* The best items not taken yet, one after another; of one worth the first of the pack. */
static void
choose(const struct mn_report *r, const struct mn_view *v, struct mn_arena scratch,
    struct mn_asked *x)
{
	const struct mn_pack *p = r->pack;
	int64_t *worth = MN_NEW(&scratch, int64_t, p->n_ask_item + 1);
	for (uint32_t i = 0; i < p->n_ask_item; i++)
		worth[i] = narrows(r, v, &p->ask_item[i]);
	while (x->n < MN_ASK_ITEMS) {
		uint32_t best = UINT32_MAX;
		for (uint32_t i = 0; i < p->n_ask_item; i++)
			if (worth[i] > 0 &&
			    (best == UINT32_MAX || worth[i] > worth[best]))
				best = i;
		if (best == UINT32_MAX)
			return;
		x->item[x->n++] = &p->ask_item[best];
		x->worth_q16 += mn_fx_mul(worth[best], v->card.ask_q16);
		worth[best] = 0;
	}
}

static int
by_worth(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_asked *a = pa, *b = pb;
	(void)ctx;
	if (a->worth_q16 != b->worth_q16)
		return a->worth_q16 > b->worth_q16 ? -1 : 1;
	return mn_eid_cmp(a->who, b->who);
}

bool
mn_ask_whom(const struct mn_report *r, uint32_t top, struct mn_arena *a,
    struct mn_asked **out, uint32_t *n, uint32_t *protected, struct mn_err *err)
{
	struct gathering x = {.max = top * CLOSELY};
	struct mn_arena scratch = mn_arena_new((size_t)1 << 30, NULL);
	/* What a supplier is asked it can compare with what it was asked before: it hangs
	 * on nothing that its own copy does not tell, least of all on a complaint. Who is
	 * not to be asked at all is known by everything. */
	struct mn_report told = *r;
	bool good = mn_report_for(&told, MN_AUD_SUPPLIER, a, err);
	x.v = MN_NEW(a, struct candidate, x.max + 1);
	*n = 0;
	good = good && mn_view_rank(r, 'N', consider, &x, err);
	struct mn_asked *v = MN_NEW(a, struct mn_asked, x.n + 1);
	for (uint32_t i = 0; good && i < x.n; i++) {
		struct mn_arena each = scratch;
		struct mn_view view;
		struct mn_asked *y = &v[*n];
		good = mn_view_load(&told, x.v[i].who, false, &each, &view, err);
		if (!good)
			break;
		y->who = x.v[i].who;
		choose(&told, &view, each, y);
		y->id = mn_arena_str(a, view.ent.rec.v[MN_F_ID]);
		y->name = mn_arena_str(a, view.ent.rec.v[MN_F_NAME]);
		y->country = mn_arena_str(a, view.ent.rec.v[MN_F_COUNTRY]);
		mn_entity_slug(&view.ent, y->slug);
		if (y->n)
			(*n)++;
		else
			*y = (struct mn_asked){.n = 0};
	}
	mn_arena_free(scratch);
	mn_sort(v, *n, sizeof *v, by_worth, NULL, *a);
	*n = *n > top ? top : *n;
	*out = v;
	*protected = x.protected;
	return good;
}
