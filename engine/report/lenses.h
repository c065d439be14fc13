/*
 * Private to the room: the three lenses. Of one entity they say at most that indications
 * occur together; rules that are about one worker are counted over the workers of a
 * survey, and small counts are left out.
 */
#ifndef MN_REPORT_LENSES_H
#define MN_REPORT_LENSES_H

#include "manumit/report/report.h"

/* For whom cells are told: the minimums as mn_withhold wants them, its own last. */
struct mn_lens_reader {
	const struct mn_pack *pack;
	int64_t least[MN_AUDIENCES];
	uint32_t n_least;
	struct mn_arena scratch;
};
void mn_lens_reader(
    const struct mn_report *r, struct mn_arena *a, struct mn_lens_reader *out);

/* Which counts of row `which` of all n rows of an entity may be said. */
struct mn_lens_cells {
	bool group; /* anything at all */
	bool interviewed, assessable, private_talk, pattern;
	bool dim[MN_LENS_DIMS], kase[MN_LENS_CASES];
};
void mn_lens_cells(const struct mn_lens_reader *r, const struct mn_lens_stat *all,
    uint32_t n, uint32_t which, struct mn_lens_cells *out);

/* May n of `of` workers be said? As mn_withhold_part_shown, and nobody of many is nobody.
 */
bool mn_lens_shown(uint32_t n, uint32_t of, int64_t least);

/* The n-th dimension or case of a lens, as counted in a row; NULL: the pack changed. */
const struct mn_p_lens_dim *mn_lens_nth_dim(
    const struct mn_pack *p, struct mn_str lens, uint32_t n);
const struct mn_p_lens_case *mn_lens_nth_case(
    const struct mn_pack *p, struct mn_str lens, uint32_t n);

/* How ILO indications of an entity occur together: how many, and at which level. */
unsigned mn_lens_together(const struct mn_view *v, unsigned *level);

/* Section 5 of a dossier, and the member "lenses" of a record. */
void mn_html_lenses(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a);
void mn_json_lenses(struct mn_jsonw *w, const struct mn_report *r,
    const struct mn_view *v, struct mn_arena *a);

#endif
