/* A matcher: tables, frequencies and model, and records as it sees them. */
#include "manumit/resolve/match.h"

bool
mn_matcher_open(struct mn_matcher *m, struct mn_arena *a, const char *dir,
    const struct mn_countries *countries, struct mn_err *err)
{
	const char *model = mn_arena_fmt(a, "%s/model.json%c", dir, 0).p;
	*m = (struct mn_matcher){.analyst = NULL};
	if (!mn_model_load(a, model, &m->model, err))
		return false;
	m->analyst = mn_analyst_new(a, dir, countries, err);
	return m->analyst != NULL;
}

void
mn_matcher_close(struct mn_matcher *m)
{
	mn_analyst_free(m->analyst);
	m->analyst = NULL;
}

bool
mn_crew_open(struct mn_crew *c, struct mn_matcher *of, uint32_t jobs, struct mn_err *err)
{
	jobs = jobs ? jobs : 1;
	*c = (struct mn_crew){.of = of, .jobs = jobs};
	if (jobs == 1) {
		c->m[0] = *of;
		return true;
	}
	for (uint32_t i = 0; i < jobs; i++) {
		c->m[i].model = of->model;
		c->m[i].analyst = mn_analyst_share(of->analyst, err);
		if (!c->m[i].analyst)
			return false;
	}
	return true;
}

void
mn_crew_follow(struct mn_crew *c)
{
	for (uint32_t i = 0; c->jobs > 1 && i < c->jobs; i++)
		mn_analyst_follow(c->m[i].analyst, c->of->analyst);
}

void
mn_crew_close(struct mn_crew *c)
{
	for (uint32_t i = 0; c->jobs > 1 && i < c->jobs; i++)
		mn_analyst_free(c->m[i].analyst);
	c->jobs = 0;
}

void
mn_profile_read(struct mn_matcher *m, struct mn_str name, struct mn_str country,
    struct mn_str address, struct mn_profile *out)
{
	mn_names_analyse(m->analyst, name, country, &out->names);
	mn_address_read(m->analyst, address, &out->address);
	out->party = (struct mn_party){
	    .name = &out->names.name[0], .address = address.n ? &out->address : NULL};
	mn_party_country(&out->party, country);
}

void
mn_profile_compare(const struct mn_matcher *m, struct mn_profile *a, struct mn_profile *b,
    struct mn_verdict *out)
{
	mn_pair_best(
	    m->analyst, &m->model, &a->party, &a->names, &b->party, &b->names, out);
}
