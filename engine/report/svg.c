/* Pictures. Coordinates are integers computed from fixed point: same input, same bytes.
 */
#include <stdio.h>

#include "manumit/base/fx.h"

#include "html.h"

/* A value 0..1 on a scale of `width` units. */
static int
at(int64_t v_q16, int width)
{
	return (int)mn_fx_mul(v_q16, (int64_t)width);
}

/* The interval on a track from 0 to 1, the likelihood as a tick, thresholds as hairlines.
 */
void
mn_svg_interval(struct mn_out *o, const struct mn_pack *p, const struct mn_card *c)
{
	enum { W = 160 };
	char lo[32], hi[32];
	const int64_t line[] = {p->k.elevated_p, p->k.high_p, p->k.severe_p};
	int from = at(c->low_q16, W), to = at(c->high_q16, W);
	mn_html_say(o,
	    "<svg role=\"img\" width=\"%d\" height=\"16\" viewBox=\"0 0 %d "
	    "16\"><title>likelihood between %s "
	    "and %s</title><rect class=\"track\" y=\"3\" width=\"%d\" height=\"10\" "
	    "rx=\"3\"/>",
	    W, W, mn_fx_print(c->low_q16, 2, lo).p, mn_fx_print(c->high_q16, 2, hi).p, W);
	mn_out_fmt(o,
	    "<rect class=\"range\" x=\"%d\" y=\"3\" width=\"%d\" height=\"10\" "
	    "rx=\"2\"/>",
	    from, to - from > 2 ? to - from : 2);
	for (size_t i = 0; i < countof(line); i++)
		mn_out_fmt(o,
		    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"16\"/>",
		    at(line[i], W), at(line[i], W));
	mn_out_fmt(o,
	    "<rect class=\"tick\" x=\"%d\" y=\"0\" width=\"2\" height=\"16\"/></svg>",
	    at(c->p_q16, W) > W - 2 ? W - 2 : at(c->p_q16, W));
}

static void
bar(struct mn_out *o, int row, struct mn_str label, int64_t from, int64_t share,
    int64_t sum, const char *class)
{
	enum { LEFT = 290, W = 400 };
	char text[32];
	int x = LEFT + (sum > 0 ? (int)(from * W / sum) : 0),
	    w = sum > 0 ? (int)(share * W / sum) : 0;
	int y = 8 + row * 24;
	mn_out_fmt(o, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">", LEFT - 10, y + 13);
	mn_html_told(o, label);
	mn_out_fmt(o,
	    "</text><rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" "
	    "rx=\"2\"/>",
	    class, x, y, w > 1 ? w : 1);
	mn_out_fmt(o, "<text class=\"soft\" x=\"%d\" y=\"%d\">%s</text>",
	    x + (w > 1 ? w : 1) + 6, y + 13, mn_fx_print(share, 2, text).p);
}

/* Each share begins where the one before ended; the last row is their sum. */
void
mn_svg_waterfall(struct mn_out *o, const struct mn_pack *p, const struct mn_card *c)
{
	int rows = 2, row = 0;
	int64_t from = c->base_s_q16;
	for (size_t i = 0; i < MN_INDICATORS; i++)
		rows += c->ind[i].s_q16 != 0;
	mn_html_say(o,
	    "<svg role=\"img\" width=\"760\" height=\"%d\" viewBox=\"0 0 760 "
	    "%d\"><title>what the band is made "
	    "of: context and the indicators with evidence</title>",
	    rows * 24 + 12, rows * 24 + 12);
	bar(o, row++, mn_str_c(MN_SAY("context")), 0, c->base_s_q16, c->s_q16, "range");
	for (size_t i = 0; i < MN_INDICATORS; i++) {
		if (c->ind[i].s_q16 == 0)
			continue;
		bar(o, row++, p->indicator[i].name, from, c->ind[i].s_q16, c->s_q16,
		    "f-high");
		from += c->ind[i].s_q16;
	}
	bar(o, row, mn_str_c(MN_SAY("sum")), 0, c->s_q16, c->s_q16, "f-unknown");
	mn_html(o, "</svg>");
}

void
mn_svg_bands(struct mn_out *o, const struct mn_report *r)
{
	enum { LEFT = 110, W = 420 };
	uint64_t most = 1;
	for (unsigned b = 0; b < MN_BANDS; b++)
		most = r->bands[b] > most ? r->bands[b] : most;
	mn_html_say(o,
	    "<svg role=\"img\" width=\"600\" height=\"%d\" viewBox=\"0 0 600 "
	    "%d\"><title>entities by "
	    "band</title>",
	    MN_BANDS * 28, MN_BANDS * 28);
	for (unsigned b = MN_BANDS, row = 0; b-- > 0; row++) {
		int w = (int)(r->bands[b] * W / most), y = (int)row * 28;
		mn_out_fmt(o,
		    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text><rect "
		    "class=\"f-%s\" x=\"%d\" y=\"%d\" "
		    "width=\"%d\" height=\"18\" rx=\"2\"/><text class=\"soft\" x=\"%d\" "
		    "y=\"%d\">%llu</text>",
		    LEFT - 10, y + 17, mn_html_word(o, mn_band_name(b)), mn_band_name(b),
		    LEFT, y + 4, w > 1 ? w : 1, LEFT + (w > 1 ? w : 1) + 8, y + 17,
		    (unsigned long long)r->bands[b]);
	}
	mn_html(o, "</svg>");
}
