/* Writing HTML. */
#include "manumit/base/clock.h"
#include "manumit/base/fx.h"

#include "html.h"

const char MN_HTML_LIMITS[] =
    MN_SAY("Results are screening indications; they neither establish forced labour "
	   "nor its absence.");

struct mn_out *
mn_html_open(const struct mn_report *r, const char *path, struct mn_err *err)
{
	struct mn_out *o = path ? mn_out_open(path, 0644, err) : mn_out_memory(err);
	if (o)
		mn_out_hang(o, r->messages);
	return o;
}

static const struct mn_messages *
messages(const struct mn_out *o)
{
	return mn_out_hung(o);
}

void
mn_html(struct mn_out *o, const char *markup)
{
	if (!messages(o)) {
		mn_out_c(o, markup);
		return;
	}
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_message_markup(messages(o), mn_str_c(markup), &b);
	mn_out_write(o, mn_buf_str(&b));
	mn_buf_free(&b);
}

/* Loading has seen to it that a text has the conversions of the English one. */
void
mn_html_say(struct mn_out *o, const char *fmt, ...)
{
	struct mn_buf said = mn_buf_new(1u << 20), b = said;
	va_list ap;
	mn_message_markup(messages(o), mn_str_c(fmt), &said);
	mn_buf_byte(&said, '\0');
	va_start(ap, fmt);
	mn_buf_vfmt(&b, mn_buf_str(&said).p, ap);
	va_end(ap);
	mn_out_write(o, mn_buf_str(&b));
	mn_buf_free(&b);
	mn_buf_free(&said);
}

static struct mn_str
entity_of(unsigned char c)
{
	switch (c) {
	case '&':
		return MN_S("&amp;");
	case '<':
		return MN_S("&lt;");
	case '>':
		return MN_S("&gt;");
	case '"':
		return MN_S("&quot;");
	case '\'':
		return MN_S("&#39;");
	case '\n':
	case '\t':
		return MN_S(" ");
	default:
		return c < 0x20 || c == 0x7f ? MN_S("\xef\xbf\xbd") : MN_STR_NONE;
	}
}

/* Values were repaired to valid UTF-8 on arrival, so only markup is left to escape. */
void
mn_html_text(struct mn_out *o, struct mn_str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		struct mn_str e = entity_of((unsigned char)s.p[i]);
		if (e.n == 0)
			continue;
		mn_out_write(o, mn_str(s.p + from, i - from));
		mn_out_write(o, e);
		from = i + 1;
	}
	mn_out_write(o, mn_str_sub(s, from, s.n));
}

void
mn_html_c(struct mn_out *o, const char *text)
{
	mn_html_told(o, mn_str_c(text));
}

void
mn_html_told(struct mn_out *o, struct mn_str text)
{
	if (!messages(o)) {
		mn_html_text(o, text);
		return;
	}
	struct mn_buf b = mn_buf_new((size_t)1 << 30);
	mn_message_text(messages(o), text, &b);
	mn_html_text(o, mn_buf_str(&b));
	mn_buf_free(&b);
}

const char *
mn_html_word(const struct mn_out *o, const char *english)
{
	/* Texts of a catalogue end with NUL. */
	return mn_message(messages(o), mn_str_c(english)).p;
}

void
mn_html_fmt(struct mn_out *o, const char *fmt, ...)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	va_list ap;
	va_start(ap, fmt);
	mn_message_vfmt(messages(o), &b, fmt, ap);
	va_end(ap);
	mn_html_text(o, mn_buf_str(&b));
	mn_buf_free(&b);
}

void
mn_html_el(struct mn_out *o, const char *tag, struct mn_str text)
{
	size_t n = strcspn(tag, " ");
	mn_out_fmt(o, "<%s>", tag);
	mn_html_text(o, text);
	mn_out_fmt(o, "</%.*s>", (int)n, tag);
}

void
mn_html_name(struct mn_out *o, struct mn_str s)
{
	mn_html(o, "<bdi>");
	mn_html_text(o, s);
	mn_html(o, "</bdi>");
}

void
mn_html_lines(struct mn_out *o, struct mn_str s)
{
	for (struct mn_str rest = s; rest.p && rest.n;) {
		mn_html_text(o, mn_str_cut(&rest, '\n'));
		mn_html(o, rest.n ? "<br>" : "");
	}
}

void
mn_html_begin_styled(struct mn_out *o, struct mn_str title, const char *more)
{
	struct mn_str language = messages(o) ? messages(o)->language : MN_S("en");
	mn_out_fmt(o, "<!DOCTYPE html>\n<html lang=\"%.*s\">\n", MN_FMT(language));
	mn_html(o,
	    "<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	mn_html_text(o, title);
	mn_html(o, "</title>\n<style>\n");
	mn_out_c(o, MN_HTML_STYLE);
	mn_out_c(o, more);
	mn_html(o, "</style>\n</head>\n<body>\n");
}

void
mn_html_begin(struct mn_out *o, struct mn_str title)
{
	mn_html_begin_styled(o, title, "");
}

void
mn_html_made_for(struct mn_out *o, const struct mn_report *r)
{
	if (r->audience != MN_AUD_INTERNAL)
		mn_html_fmt(o, "Copy for audience %s: made for %s. ",
		    mn_html_word(o, mn_audience_name(r->audience)),
		    mn_html_word(o, mn_audience_whom(r->audience)));
}

void
mn_html_end(struct mn_out *o, const struct mn_report *r)
{
	mn_html(o, "<footer><span class=\"again\">");
	mn_html_c(o, MN_HTML_LIMITS);
	mn_html(o, "<br></span>");
	if (messages(o) && !messages(o)->reviewed) {
		mn_html_text(o, messages(o)->unreviewed);
		mn_html(o, "<br>");
	}
	mn_out_c(o, "manumit ");
	mn_out_c(o, r->version);
	mn_html(o, ", as of ");
	mn_html_day(o, r->as_of);
	if (r->audience == MN_AUD_INTERNAL)
		mn_html(o, ", internal");
	else
		mn_html_fmt(o, ", copy for audience: %s",
		    mn_html_word(o, mn_audience_name(r->audience)));
	/* Of a portfolio: it tells a supplier that somebody else's facts changed. */
	if (mn_view_shows(r, MN_SHOW_PORTFOLIO)) {
		mn_html(o, ", digest <code>");
		mn_html_fmt(o, "%.16s", r->digest);
		mn_html(o, "</code>");
	}
	mn_html(o, "</footer>\n</body>\n</html>\n");
}

void
mn_html_band(struct mn_out *o, const struct mn_card *c)
{
	mn_out_fmt(o, "<span class=\"band b-%s\">%s</span>", mn_band_name(c->band),
	    mn_html_word(o, mn_band_name(c->band)));
	if (c->note)
		mn_out_fmt(o, " <span class=\"note\">%s</span>",
		    mn_html_word(o, mn_band_note_name(c->note)));
}

void
mn_html_status(struct mn_out *o, unsigned status)
{
	mn_out_fmt(o, "<span class=\"gate g%u\">%s</span>", status,
	    mn_html_word(o, status == MN_GATE_POSSIBLE ? MN_SAY("possible match, review")
						       : mn_gate_status_name(status)));
}

void
mn_html_day(struct mn_out *o, int32_t day)
{
	char text[11];
	if (day == MN_DAY_NONE)
		mn_html(o, "day unknown");
	else
		mn_out_fmt(o, "<time>%s</time>", mn_day_print(day, text).p);
}

void
mn_html_mark(struct mn_out *o, const struct mn_prov *p)
{
	if (!p->verified)
		mn_html(o, " <span class=\"mark\" title=\"the primary text has not been "
			   "checked\">unverified "
			   "source</span>");
}
