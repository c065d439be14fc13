/* When the events of an entity's evidence were, on a line of years: a row an indicator.
 * What the copy does not tell of days has no day here either. */
#include "manumit/base/clock.h"

#include "pages.h"

enum { LEFT = 250, BAR = 480, WIDTH = 760, ROW = 26, MARKS = 200, YEARS = 12 };

struct span {
	int32_t from, to;
};

static bool
drawn(const struct mn_evidence *e, const struct span *s)
{
	return e->event_day != MN_DAY_NONE && e->event_day >= s->from &&
	       e->event_day <= s->to;
}

/* Twelve years are seen, older ones counted: a line of a century shows nothing. */
static struct span
span_of(const struct mn_report *r, const struct mn_view *v)
{
	struct span s = {r->as_of, r->as_of};
	int32_t oldest = r->as_of - YEARS * 365;
	for (uint32_t k = 0; k < v->n_ev; k++) {
		int32_t d = v->ev[k].event_day;
		if (d != MN_DAY_NONE && d < s.from)
			s.from = d < oldest ? oldest : d;
	}
	s.from = s.from > r->as_of - 365 ? r->as_of - 365 : s.from;
	return s;
}

static int
at(const struct span *s, int32_t day)
{
	return LEFT + (int)((int64_t)(day - s->from) * BAR / (s->to - s->from));
}

static void
in_words(
    struct mn_out *o, const struct mn_report *r, const struct mn_view *v, struct span s)
{
	char day[11];
	uint32_t n = 0;
	for (uint32_t k = 0; k < v->n_ev; k++) {
		const struct mn_evidence *e = &v->ev[k];
		if (!drawn(e, &s) || n++ == MARKS)
			continue;
		mn_html_text(o, mn_day_print(e->event_day, day));
		mn_html(o, " ");
		if (e->indicator < MN_INDICATORS)
			mn_html_told(o, r->pack->indicator[e->indicator].name);
		mn_html_c(o, e->direction == MN_CLEAR ? ", nothing found. "
			     : e->status == MN_OPEN   ? ", finding, open. "
						      : ", finding. ");
	}
}

static void
years(struct mn_out *o, struct span s, int high)
{
	char day[11];
	for (int32_t d = s.from, last = -1; d <= s.to; d++) {
		struct mn_str text = mn_day_print(d, day);
		if (!mn_str_eq(mn_str_sub(text, 5, 5), MN_S("01-01")))
			continue;
		int x = at(&s, d);
		mn_out_fmt(o,
		    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"%d\"/>", x, x,
		    high - 20);
		if (last < 0 || x - last > 44)
			mn_out_fmt(o,
			    "<text class=\"soft\" x=\"%d\" y=\"%d\">%.4s</text>", x + 3,
			    high - 6, text.p);
		last = last < 0 || x - last > 44 ? x : last;
	}
}

/* A finding is a disc, filled while it is open; nothing found is a bar across. */
static void
mark(struct mn_out *o, const struct mn_evidence *e, int x, int y)
{
	if (e->direction == MN_CLEAR)
		mn_out_fmt(o,
		    "<rect class=\"f-low\" x=\"%d\" y=\"%d\" width=\"4\" "
		    "height=\"16\"/>",
		    x - 2, y - 8);
	else if (e->status == MN_OPEN)
		mn_out_fmt(
		    o, "<circle class=\"f-high\" cx=\"%d\" cy=\"%d\" r=\"6\"/>", x, y);
	else
		mn_out_fmt(
		    o, "<circle class=\"edge\" cx=\"%d\" cy=\"%d\" r=\"5\"/>", x, y);
}

static int
rows(struct mn_out *o, const struct mn_report *r, const struct mn_view *v, struct span s,
    bool draw)
{
	int row = 0;
	for (unsigned i = 0; i <= MN_INDICATORS; i++) {
		bool any = false;
		for (uint32_t k = 0, n = 0; k < v->n_ev; k++) {
			if (!drawn(&v->ev[k], &s) || n++ >= MARKS ||
			    v->ev[k].indicator != i)
				continue;
			any = true;
			if (draw)
				mark(o, &v->ev[k], at(&s, v->ev[k].event_day),
				    row * ROW + 14);
		}
		if (any && draw) {
			mn_out_fmt(o, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">",
			    LEFT - 12, row * ROW + 18);
			mn_html_told(o, i < MN_INDICATORS
					    ? r->pack->indicator[i].name
					    : mn_str_c(MN_SAY("without an indicator")));
			mn_html(o, "</text>");
		}
		row += any;
	}
	return row;
}

void
mn_svg_timeline(struct mn_out *o, const struct mn_report *r, const struct mn_view *v)
{
	struct span s = span_of(r, v);
	uint32_t n = 0;
	for (uint32_t k = 0; k < v->n_ev; k++)
		n += drawn(&v->ev[k], &s);
	if (n == 0)
		return;
	int high = rows(o, r, v, s, false) * ROW + 24;
	mn_html_say(o,
	    "<svg role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">"
	    "<title>when it was</title><desc>",
	    WIDTH, high, WIDTH, high);
	in_words(o, r, v, s);
	mn_html(o, "</desc>");
	years(o, s, high);
	rows(o, r, v, s, true);
	mn_html(o, "</svg>\n<p class=\"soft legend\">By day of the event: a filled disc "
		   "is an open "
		   "finding, an empty one a finding closed or of unknown state, a bar a "
		   "check that found nothing.");
	n = n > MARKS ? MARKS : n;
	if (v->n_ev > n)
		mn_html_fmt(o,
		    " %u more are older, without a day, or too many to be drawn.",
		    v->n_ev - n);
	mn_html(o, " All of them follow in words.</p>\n");
}
