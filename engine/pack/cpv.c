/* CPV codes, by the longest prefix that the packs know. */
#include "manumit/pack/pack.h"

const struct mn_p_cpv *
mn_pack_cpv(const struct mn_pack *p, struct mn_str codes)
{
	for (struct mn_str rest = codes; rest.p && rest.n;) {
		struct mn_str code = mn_str_trim(mn_str_cut(&rest, ';'));
		const struct mn_p_cpv *best = NULL;
		for (uint32_t i = 0; i < p->n_cpv; i++)
			if (mn_str_starts(code, p->cpv[i].code) &&
			    (!best || p->cpv[i].code.n > best->code.n))
				best = &p->cpv[i];
		if (best)
			return best;
	}
	return NULL;
}
