/* The three lenses of a dossier. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "coarse.h"
#include "html.h"
#include "lenses.h"

#define SMALL "<span class=\"soft\">" MN_SAY("not shown") "</span>"

struct page {
	struct mn_out *o;
	const struct mn_report *r;
	const struct mn_view *v;
	struct mn_arena *a;
	int64_t least;
	struct mn_lens_reader reader;
};

static void
count(struct page *x, const char *before, uint32_t n, bool shown)
{
	mn_html(x->o, before);
	if (shown)
		mn_out_fmt(x->o, "%u", mn_coarse_count(x->r, n));
	else
		mn_html(x->o, SMALL);
}

static void
ilo(struct page *x)
{
	unsigned level, n = mn_lens_together(x->v, &level);
	mn_html(x->o, "<ul><li>ILO indicators: ");
	if (n)
		mn_html_fmt(x->o,
		    "indications on %u of eleven; they occur together at most at the "
		    "level of the %s.",
		    n, mn_html_word(x->o, mn_cooccurrence_name(level)));
	else
		mn_html(x->o, "no indication at hand.");
	mn_html(x->o, "</li>");
}

/* ---- one survey ---- */

static bool
same_survey(const struct mn_lens_stat *a, const struct mn_lens_stat *b)
{
	return a->survey.hi == b->survey.hi && a->survey.lo == b->survey.lo;
}

/* The group of a survey that a row counts, once for all lenses. */
struct heard {
	uint32_t workers, talks, groups;
	bool talks_shown;
};

static void
hear(struct page *x, uint32_t from, uint32_t to, struct heard *h)
{
	const struct mn_lens_stat *s = &x->v->lens[from];
	*h = (struct heard){.talks_shown = true};
	for (uint32_t i = from; i < to; i++) {
		struct mn_lens_cells c;
		const struct mn_lens_stat *t = &x->v->lens[i];
		mn_lens_cells(&x->reader, x->v->lens, x->v->n_lens, i, &c);
		if (!mn_str_eq(t->lens, s->lens) || !c.group)
			continue;
		h->groups++;
		if (!c.interviewed)
			continue;
		h->workers += mn_coarse_count(x->r, t->interviewed);
		h->talks += mn_coarse_count(x->r, t->private_talk);
		h->talks_shown = h->talks_shown && c.private_talk;
	}
}

/* How many were interviewed, of how many who work there. Groups that are left out are
 * left out here too: a total would tell how large they are. */
static void
coverage(struct page *x, const struct heard *h)
{
	int64_t site;
	mn_html_fmt(x->o, ": %u workers were interviewed", h->workers);
	if (h->talks_shown)
		mn_html_fmt(x->o, ", %u of them off site or in private", h->talks);
	if (mn_record_count(&x->v->ent.rec, MN_F_WORKERS, &site) && site >= h->workers)
		mn_html_fmt(x->o, "; %lld work there (%lld in a hundred interviewed).",
		    (long long)site, (long long)h->workers * 100 / (long long)site);
	else
		mn_html(x->o, "; how many work there is not stated.");
}

static void
survey_head(struct page *x, uint32_t from, uint32_t to)
{
	const struct mn_lens_stat *s = &x->v->lens[from];
	struct heard h;
	hear(x, from, to, &h);
	mn_html(x->o, "<p>Interviews");
	if (h.groups == 0) {
		mn_html_say(x->o,
		    " with fewer than %lld workers of an age group: not shown.</p>\n",
		    (long long)x->least);
		return;
	}
	if (s->first_day != MN_DAY_NONE) {
		mn_html(x->o, " from ");
		mn_html_day(x->o, s->first_day);
		mn_html(x->o, " to ");
		mn_html_day(x->o, s->last_day);
	}
	if (h.workers)
		coverage(x, &h);
	else
		mn_html(x->o, ": how many is not shown, because few of them could not be "
			      "judged.");
	mn_html(x->o, " Reference period: ");
	mn_html_text(x->o, s->period.n ? s->period : MN_S("not stated"));
	mn_html(x->o, ". <span class=\"cite\">");
	mn_html_text(x->o, mn_view_cite(x->r, s->rid, MN_F_CODES, x->a));
	mn_html(x->o, "</span></p>\n");
}

/* ---- one lens and age group ---- */

static void
dimensions(struct page *x, const struct mn_lens_stat *s, const struct mn_lens_cells *c)
{
	for (uint32_t i = 0; i < s->n_dim; i++) {
		const struct mn_p_lens_dim *d = mn_lens_nth_dim(x->r->pack, s->lens, i);
		if (!d)
			continue;
		mn_html(x->o, "<tr><th scope=\"row\">");
		mn_html_told(x->o, d->name);
		mn_html(x->o, "</th>");
		count(x, "<td class=\"n\">", s->dim[i], c->dim[i]);
		mn_html(x->o, "</td></tr>\n");
	}
}

static bool
of_age(const struct mn_p_lens_case *k, unsigned age)
{
	return mn_str_eq(k->age, MN_S("any")) ||
	       mn_str_eq(k->age, MN_S("child")) == (age == MN_AGE_CHILD);
}

/* Cases in words; of those of nobody only what the lens is about. */
static void
cases(struct page *x, const struct mn_lens_stat *s, const struct mn_lens_cells *c)
{
	for (uint32_t i = 0; i < s->n_case; i++) {
		const struct mn_p_lens_case *k = mn_lens_nth_case(x->r->pack, s->lens, i);
		if (!k || !of_age(k, s->age) ||
		    (s->kase[i] == 0 && c->kase[i] && !k->pattern))
			continue;
		mn_html(x->o, "<tr><th scope=\"row\">");
		mn_html_told(x->o, k->text);
		mn_html_mark(x->o, &k->prov);
		mn_html(x->o, "</th>");
		count(x, "<td class=\"n\">", s->kase[i], c->kase[i]);
		mn_html(x->o, "</td></tr>\n");
	}
}

static void
group(struct page *x, const struct mn_p_lens *lens, uint32_t which)
{
	const struct mn_lens_stat *s = &x->v->lens[which];
	struct mn_lens_cells c;
	mn_lens_cells(&x->reader, x->v->lens, x->v->n_lens, which, &c);
	if (!c.group)
		return;
	if (s->assessable == 0) {
		mn_html(x->o, "<p>");
		mn_html_told(x->o, lens->name);
		mn_html_say(x->o, " (%s): not assessable. %s</p>\n",
		    mn_html_word(x->o,
			s->age == MN_AGE_CHILD ? MN_SAY("under 18") : MN_SAY("adults")),
		    mn_html_word(x->o, lens->needs_period && s->period.n == 0
					   ? MN_SAY("No reference period is stated.")
					   : MN_SAY("Its questions were not asked.")));
		return;
	}
	mn_html(x->o, "<div class=\"table\" tabindex=\"0\"><table><caption>");
	mn_html_told(x->o, lens->name);
	mn_html_c(x->o, s->age == MN_AGE_ADULT   ? ": adults. "
			: s->age == MN_AGE_CHILD ? ": under 18. "
						 : ": age not stated, read as adults. ");
	count(x, MN_SAY("Assessable: "), s->assessable, c.assessable);
	mn_html(x->o, " workers. ");
	mn_html_told(x->o, lens->note);
	mn_html_mark(x->o, &lens->prov);
	mn_html(x->o, "</caption><thead><tr><th scope=\"col\">Of one worker</th><th "
		      "scope=\"col\" class=\"n\">Workers</th></tr></thead><tbody>\n");
	dimensions(x, s, &c);
	cases(x, s, &c);
	mn_html(x->o, "</tbody></table></div>\n");
}

static const struct mn_p_lens *
lens_of(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_lens; i++)
		if (mn_str_eq(p->lens[i].code, code))
			return &p->lens[i];
	return NULL;
}

static void
surveys(struct page *x)
{
	const struct mn_view *v = x->v;
	for (uint32_t from = 0, to; from < v->n_lens; from = to) {
		for (to = from;
		     to < v->n_lens && same_survey(&v->lens[from], &v->lens[to]);)
			to++;
		survey_head(x, from, to);
		for (uint32_t i = from; i < to; i++) {
			const struct mn_p_lens *lens =
			    lens_of(x->r->pack, v->lens[i].lens);
			if (lens)
				group(x, lens, i);
		}
	}
	mn_html(x->o, "<p class=\"soft\">");
	mn_html_fmt(x->o,
	    "Counts are of workers, each judged alone. Fewer than %lld workers, all but "
	    "fewer than that, and what could be worked out of the rest are not shown. ",
	    (long long)x->least);
	mn_html(x->o, "They say what was reported, not how common it is.</p>\n");
}

void
mn_html_lenses(struct mn_out *o, const struct mn_report *r, const struct mn_view *v,
    struct mn_arena *a)
{
	struct page x = {.o = o, .r = r, .v = v, .a = a, .least = mn_view_min_cell(r)};
	mn_lens_reader(r, a, &x.reader);
	mn_html(o, "<h2>5 Three lenses</h2>\n");
	ilo(&x);
	if (v->n_lens == 0) {
		mn_html(o,
		    "<li>Statistical pattern (involuntariness and menace of penalty "
		    "together): not assessable; the "
		    "rule applies to one worker, and no survey rows per worker are part "
		    "of this "
		    "run.</li><li>Delphi "
		    "operational indicators: not assessable, for the same "
		    "reason.</li></ul>\n");
		return;
	}
	mn_html(o, "</ul>\n<h3>What workers reported, one worker at a time</h3>\n");
	surveys(&x);
}
