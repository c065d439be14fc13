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
