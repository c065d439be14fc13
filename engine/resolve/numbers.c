/* Identifiers of two records, compared by what names the organisation. */
#include "manumit/text/ident.h"

#include "numbers.h"

#define NUMBERS_MOST 16 /* of one record */

static const enum mn_field FIELDS[] = {
    MN_F_LEI, MN_F_OS_ID, MN_F_TAX_ID, MN_F_IDENTIFIERS};

static uint32_t
numbers_of(const struct mn_record *r, struct mn_ident out[NUMBERS_MOST])
{
	uint32_t n = 0;
	for (size_t f = 0; f < countof(FIELDS); f++)
		for (struct mn_str rest = r->v[FIELDS[f]];
		     rest.p && rest.n && n < NUMBERS_MOST;) {
			struct mn_str one = mn_str_trim(mn_str_cut(&rest, ';'));
			n += one.n && mn_ident_read(one, r->v[MN_F_COUNTRY], &out[n]) &&
			     out[n].checked;
		}
	return n;
}

enum mn_numbers
mn_numbers_compare(const struct mn_record *a, const struct mn_record *b)
{
	struct mn_ident x[NUMBERS_MOST], y[NUMBERS_MOST];
	uint32_t nx = numbers_of(a, x), ny = nx ? numbers_of(b, y) : 0;
	enum mn_numbers said = MN_NUMBERS_SILENT;
	for (uint32_t i = 0; i < nx; i++)
		for (uint32_t k = 0; k < ny; k++) {
			enum mn_ident_cmp c = mn_ident_compare(&x[i], &y[k]);
			bool world =
			    x[i].scheme == MN_IDENT_LEI || x[i].scheme == MN_IDENT_OSID;
			if (c == MN_IDENT_SAME || c == MN_IDENT_SAME_ROOT)
				return MN_NUMBERS_AGREE;
			if (c == MN_IDENT_DIFFERENT && world)
				said = MN_NUMBERS_WORLD;
			else if (c == MN_IDENT_DIFFERENT && said == MN_NUMBERS_SILENT)
				said = MN_NUMBERS_REGISTER;
		}
	return said;
}
