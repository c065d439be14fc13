/* The table of canonical fields. */
#include "manumit/model/field.h"

const struct mn_field_def mn_field_table[MN_F_COUNT] = {
#define MN_X(id, name, kinds, type, flags, choices, help) \
	{name, kinds, type, flags, choices, help},
    MN_FIELDS(MN_X)
#undef MN_X
};

static const char *const KINDS[MN_K_COUNT] = {"suppliers", "fees", "inspections",
    "findings", "watchlist", "categories", "own_codes", "activities", "actions",
    "training", "remediation", "profile", "survey", "edges", "tenders", "reference"};

enum mn_field
mn_field_by_name(struct mn_str name)
{
	/* A header has tens of columns and is read once: a linear look is enough. */
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_str_eq(mn_str_c(mn_field_table[f].name), name))
			return (enum mn_field)f;
	return MN_F_NONE;
}

bool
mn_kind_is_done(enum mn_kind k)
{
	return k < MN_K_COUNT && (MN_IN_DONE >> k & 1u);
}

bool
mn_kind_is_kept(enum mn_kind k)
{
	return k == MN_K_INSPECTIONS || mn_kind_is_done(k);
}

const char *
mn_kind_name(enum mn_kind k)
{
	return k < MN_K_COUNT ? KINDS[k] : "unknown";
}

bool
mn_kind_by_name(struct mn_str s, enum mn_kind *out)
{
	for (unsigned k = 0; k < MN_K_COUNT; k++)
		if (mn_str_eq(mn_str_c(KINDS[k]), s)) {
			*out = (enum mn_kind)k;
			return true;
		}
	return false;
}
