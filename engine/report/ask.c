/* What to ask of whom, and what to do. */
#include "manumit/report/messages.h"
#include "manumit/report/view.h"

struct asking {
	const struct mn_report *r;
	const struct mn_view *v;
	const struct mn_p_question **out;
	size_t n, max;
};

static bool
asked(const struct asking *x, const struct mn_p_question *q)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->out[i] == q)
			return true;
	return false;
}

/* A copy for others asks only what its reader can answer. */
static bool
is_for(const struct mn_report *r, const struct mn_p_question *q)
{
	return mn_view_shows(r, MN_SHOW_QUESTIONS_TO_OTHERS) ||
	       mn_str_eq(q->ask, MN_S("supplier")) ||
	       mn_str_eq(q->ask, MN_S("recruiter"));
}

static void
ask(struct asking *x, struct mn_str subject)
{
	const struct mn_pack *p = x->r->pack;
	for (uint32_t i = 0; i < p->n_question; i++)
		if (mn_str_eq(p->question[i].subject, subject) && x->n < x->max &&
		    is_for(x->r, &p->question[i]) && !asked(x, &p->question[i]))
			x->out[x->n++] = &p->question[i];
}

static void
ask_gates(struct asking *x)
{
	const struct mn_card *c = &x->v->card;
	for (uint32_t i = 0; i < c->n_gate && i < x->r->pack->n_gate; i++)
		if (c->gate[i] == MN_GATE_POSSIBLE || c->gate[i] == MN_GATE_HIT ||
		    c->gate[i] == MN_GATE_ENDED)
			ask(x, x->r->pack->gate[i].code);
	/* Off a list is not put right. */
	for (uint32_t i = 0; i < c->n_gate; i++)
		if (c->gate[i] == MN_GATE_ENDED)
			ask(x, MN_S("ended"));
}

/* Empty cells, heaviest first; cells of one weight in pack order. */
static void
ask_cells(struct asking *x)
{
	const struct mn_pack *p = x->r->pack;
	int64_t below = INT64_MAX;
	for (;;) {
		int64_t most = -1;
		for (uint32_t i = 0; i < p->n_cell; i++)
			if (x->v->cell[i] == 1 && p->cell[i].weight_q16 < below &&
			    p->cell[i].weight_q16 > most)
				most = p->cell[i].weight_q16;
		if (most < 0)
			return;
		for (uint32_t i = 0; i < p->n_cell; i++)
			if (x->v->cell[i] == 1 && p->cell[i].weight_q16 == most)
				ask(x, p->cell[i].subject);
		below = most;
	}
}

size_t
mn_view_questions(const struct mn_report *r, const struct mn_view *v,
    const struct mn_p_question **out, size_t max)
{
	struct asking x = {r, v, out, 0, max};
	ask_gates(&x);
	for (unsigned c = 0; c < MN_CHANNELS; c++)
		if (!v->inherent.known[c])
			ask(&x, mn_str_c(mn_channel_code(c)));
	/* Severity then rests on what is usual in the sector. */
	if (v->inherent.workers < 0)
		ask(&x, MN_S("workforce"));
	if (v->n_fee)
		ask(&x, MN_S("fees"));
	if (mn_entity_role(&v->ent) == MN_ROLE_RECRUITER)
		ask(&x, MN_S("licence"));
	ask_cells(&x);
	return x.n;
}

const char *
mn_view_whom(struct mn_str ask)
{
	static const struct {
		struct mn_str code;
		const char *text;
	} WHOM[] = {{MN_S("supplier"), MN_SAY("ask the supplier")},
	    {MN_S("off_site_workers"), MN_SAY("ask workers, off site")},
	    {MN_S("recruiter"), MN_SAY("ask the recruiter")},
	    {MN_S("authority"), MN_SAY("ask the authority")},
	    {MN_S("buyer"), MN_SAY("look in your own files")}};
	for (size_t i = 0; i < countof(WHOM); i++)
		if (mn_str_eq(ask, WHOM[i].code))
			return WHOM[i].text;
	return MN_SAY("ask");
}

bool
mn_view_remedy_fits(const struct mn_view *v, const struct mn_p_remedy *remedy)
{
	if (v->card.state_imposed)
		return mn_str_eq(remedy->subject, MN_S("state"));
	int i = mn_indicator_parse(remedy->subject);
	return i >= 0 && v->card.ind[i].state == MN_STATE_ADVERSE;
}
