/* Who sees what. */
#include "manumit/model/audience.h"

static const bool POLICY[MN_SHOWN_COUNT][MN_AUDIENCES] = {
#define MN_X(what, internal, supplier, public, inspectorate) \
	[MN_SHOW_##what] = {[MN_AUD_INTERNAL] = internal, \
	    [MN_AUD_SUPPLIER] = supplier, \
	    [MN_AUD_PUBLIC] = public, \
	    [MN_AUD_INSPECTORATE] = inspectorate},
    MN_AUDIENCE_POLICY(MN_X)
#undef MN_X
};

static const char *const NAMES[MN_AUDIENCES] = {[MN_AUD_INTERNAL] = "internal",
    [MN_AUD_SUPPLIER] = "supplier",
    [MN_AUD_PUBLIC] = "public",
    [MN_AUD_INSPECTORATE] = "inspectorate"};

static const char *const WHOM[MN_AUDIENCES] = {
    [MN_AUD_INTERNAL] = "those who run the screening",
    [MN_AUD_SUPPLIER] = "the supplier, site or recruiter it is about",
    [MN_AUD_PUBLIC] = "the public",
    [MN_AUD_INSPECTORATE] = "a labour inspectorate or another authority"};

bool
mn_audience_shows(enum mn_audience a, enum mn_shown what)
{
	return POLICY[what][a];
}

const char *
mn_audience_name(enum mn_audience a)
{
	return NAMES[a];
}

const char *
mn_audience_whom(enum mn_audience a)
{
	return WHOM[a];
}

bool
mn_audience_by_name(struct mn_str s, enum mn_audience *out)
{
	for (unsigned i = 0; i < MN_AUDIENCES; i++)
		if (mn_str_eq(s, mn_str_c(NAMES[i]))) {
			*out = (enum mn_audience)i;
			return true;
		}
	return false;
}
