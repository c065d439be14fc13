/* What an alert says. Of the report it takes names, bands, gates and causes, by name:
 * what a row of a ledger, a finding or an interview says never gets here. */
#include "manumit/base/clock.h"
#include "manumit/base/jsonw.h"
#include "manumit/text/utf8.h"

#include "night.h"

#define ENTITIES 50           /* the rest is counted; who reads it opens the report */
#define LINE_BYTES (1u << 24) /* of diff.jsonl */
#define NAME_BYTES 160

/* A changed entity out of diff.jsonl. */
struct news {
	struct mn_str id, own_id, name, country, kind, was, now;
	bool by[MN_CAUSE_COUNT];
	const struct mn_json *items;
};

struct telling {
	void (*fn)(struct telling *x, const struct news *e);
	struct mn_jsonw w;
	struct mn_buf *out;
	uint64_t told, left;
};

static struct mn_str
text(const struct mn_json *map, const char *key)
{
	struct mn_str s = MN_STR_NONE;
	mn_json_str(mn_json_get(map, key), &s);
	return s;
}

static void
read_causes(const struct mn_json *j, struct news *e)
{
	const struct mn_json *causes = mn_json_get(j, "causes");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++) {
		int64_t moved = 0;
		mn_json_q16(
		    mn_json_get(mn_json_get(causes, mn_cause_name(c)), "likelihood"),
		    &moved);
		e->by[c] = moved != 0;
	}
	for (size_t i = 0; i < mn_json_count(e->items); i++)
		for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
			if (mn_str_eq(text(mn_json_at(e->items, i), "cause"),
				mn_str_c(mn_cause_name(c))))
				e->by[c] = true;
}

static void
tell_line(struct telling *x, struct mn_str line)
{
	struct mn_err ignored = MN_ERR_NONE;
	struct mn_json *j = mn_json_parse(line, "diff.jsonl", &ignored);
	if (j && mn_str_eq(text(j, "type"), MN_S("entity"))) {
		struct news e = {.id = text(j, "id"),
		    .own_id = text(j, "source_id"),
		    .name = mn_utf8_cut(text(j, "name"), NAME_BYTES),
		    .country = text(j, "country"),
		    .kind = text(j, "kind"),
		    .was = text(mn_json_get(j, "was"), "band"),
		    .now = text(mn_json_get(j, "now"), "band"),
		    .items = mn_json_get(j, "items")};
		read_causes(j, &e);
		if (x->told < ENTITIES)
			x->fn(x, &e);
		x->left += x->told >= ENTITIES;
		x->told++;
	}
	mn_json_free(j);
}

static void
tell_all(struct telling *x, const struct mn_night_config *n, struct mn_arena a)
{
	struct mn_err ignored = MN_ERR_NONE;
	struct mn_str line;
	const char *path = mn_arena_fmt(&a, "%s/diff.jsonl%c", n->output, 0).p;
	struct mn_lines *l = mn_lines_open(path, LINE_BYTES, &ignored);
	while (l && mn_lines_next(l, &line, &ignored) == 1)
		tell_line(x, line);
	mn_lines_close(l);
}

static bool
is_gate(const struct mn_json *item)
{
	return mn_str_eq(text(item, "what"), MN_S("gate"));
}

/* ---- JSON ---- */

static void
json_entity(struct telling *x, const struct news *e)
{
	struct mn_jsonw *w = &x->w;
	mn_jsonw_map(w, NULL);
	mn_jsonw_str(w, "id", e->id);
	mn_jsonw_str(w, "source_id", e->own_id);
	mn_jsonw_str(w, "name", e->name);
	mn_jsonw_str(w, "country", e->country);
	mn_jsonw_str(w, "kind", e->kind);
	mn_jsonw_str(w, "band_was", e->was);
	mn_jsonw_str(w, "band", e->now);
	mn_jsonw_list(w, "causes");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		if (e->by[c])
			mn_jsonw_c(w, NULL, mn_cause_name(c));
	mn_jsonw_end_list(w);
	mn_jsonw_list(w, "gates");
	for (size_t i = 0; i < mn_json_count(e->items); i++) {
		const struct mn_json *g = mn_json_at(e->items, i);
		if (!is_gate(g))
			continue;
		mn_jsonw_map(w, NULL);
		mn_jsonw_str(w, "gate", text(g, "text"));
		mn_jsonw_str(w, "was", text(g, "was"));
		mn_jsonw_str(w, "now", text(g, "now"));
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
	mn_jsonw_end_map(w);
}

static void
json_counts(struct mn_jsonw *w, const struct mn_run_result *r)
{
	mn_jsonw_int(w, "generation", (int64_t)r->generation);
	mn_jsonw_c(w, "digest", r->digest);
	mn_jsonw_int(w, "changed", (int64_t)r->diff.changed);
	mn_jsonw_int(w, "bands_up", (int64_t)r->diff.up);
	mn_jsonw_int(w, "bands_down", (int64_t)r->diff.down);
	mn_jsonw_int(w, "new", (int64_t)r->diff.came);
	mn_jsonw_int(w, "gone", (int64_t)r->diff.went);
	mn_jsonw_int(w, "united", (int64_t)r->diff.united);
	mn_jsonw_int(w, "split", (int64_t)r->diff.split);
}

void
mn_alert_json(const struct mn_night_config *n, const struct mn_night_end *e,
    struct mn_arena *a, struct mn_buf *out)
{
	char when[21];
	struct telling x = {.fn = json_entity, .w = mn_jsonw_buf(out, false), .out = out};
	mn_jsonw_map(&x.w, NULL);
	mn_jsonw_c(&x.w, "type", "manumit-alert");
	mn_jsonw_str(&x.w, "time", mn_when_print(e->began, when));
	mn_jsonw_c(&x.w, "outcome", mn_night_failed(e) ? "failed" : "changed");
	mn_jsonw_int(&x.w, "status", e->status);
	mn_jsonw_c(&x.w, "note",
	    "Screening indications; they neither establish forced labour nor its "
	    "absence.");
	if (!mn_night_failed(e)) {
		json_counts(&x.w, &e->night->result);
		mn_jsonw_list(&x.w, "entities");
		tell_all(&x, n, *a);
		mn_jsonw_end_list(&x.w);
		mn_jsonw_int(&x.w, "entities_left_out", (int64_t)x.left);
	}
	mn_jsonw_end_map(&x.w);
}

/* ---- a mail ---- */

/* A line ends where we end it. */
static void
put(struct mn_buf *b, struct mn_str s)
{
	for (size_t i = 0; i < s.n; i++)
		mn_buf_byte(b, (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i]);
}

static void
mail_entity(struct telling *x, const struct news *e)
{
	struct mn_buf *b = x->out;
	bool first = true;
	put(b, e->name);
	mn_buf_add(b, MN_S(" ("));
	put(b, e->own_id.n ? e->own_id : e->id);
	mn_buf_add(b, MN_S("): "));
	put(b, e->kind);
	mn_buf_add(b, MN_S(", "));
	if (e->was.n && e->now.n && !mn_str_eq(e->was, e->now)) {
		put(b, e->was);
		mn_buf_add(b, MN_S(" -> "));
	}
	put(b, e->now.n ? e->now : e->was);
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		if (e->by[c]) {
			mn_buf_fmt(b, "%s%s", first ? "; by " : ", ", mn_cause_name(c));
			first = false;
		}
	mn_buf_add(b, MN_S("\r\n"));
	for (size_t i = 0; i < mn_json_count(e->items); i++) {
		const struct mn_json *g = mn_json_at(e->items, i);
		if (!is_gate(g))
			continue;
		mn_buf_add(b, MN_S("  gate "));
		put(b, text(g, "text"));
		mn_buf_add(b, MN_S(": "));
		put(b, text(g, "was"));
		mn_buf_add(b, MN_S(" -> "));
		put(b, text(g, "now"));
		mn_buf_add(b, MN_S("\r\n"));
	}
}

/* RFC 5322: "Sun, 01 Nov 2026 10:00:00 +0000". The first day of the count was a
 * Thursday. */
static void
mail_date(struct mn_buf *b, struct mn_when w)
{
	static const char *const DAY[] = {
	    "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const MONTH[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int year, month, day;
	mn_day_civil(w.day, &year, &month, &day);
	mn_buf_fmt(b, "Date: %s, %02d %s %d %02u:%02u:%02u +0000\r\n",
	    DAY[((w.day % 7) + 7) % 7], day, MONTH[month - 1], year, w.second / 3600,
	    w.second / 60 % 60, w.second % 60);
}

static void
mail_head(const struct mn_where *w, const struct mn_night_end *e, const char *key,
    struct mn_buf *b)
{
	mail_date(b, e->began);
	mn_buf_fmt(b, "From: <%s>\r\nTo: ", w->from);
	for (uint32_t i = 0; i < w->n_to; i++)
		mn_buf_fmt(b, "%s<%s>", i ? ",\r\n " : "", w->to[i]);
	mn_buf_fmt(b, "\r\nMessage-ID: <%s%s>\r\n", key, strchr(w->from, '@'));
	if (mn_night_failed(e))
		mn_buf_fmt(
		    b, "Subject: manumit: the run failed (exit %d)\r\n", e->status);
	else
		mn_buf_fmt(b,
		    "Subject: manumit: %llu changed, %llu bands up, %llu new, %llu "
		    "gone\r\n",
		    (unsigned long long)e->night->result.diff.changed,
		    (unsigned long long)e->night->result.diff.up,
		    (unsigned long long)e->night->result.diff.came,
		    (unsigned long long)e->night->result.diff.went);
	mn_buf_add(b, MN_S("MIME-Version: 1.0\r\nContent-Type: text/plain; "
			   "charset=utf-8\r\nContent-Transfer-Encoding: "
			   "8bit\r\nAuto-Submitted: auto-generated\r\n\r\n"));
}

void
mn_alert_mail(const struct mn_night_config *n, const struct mn_night_end *e,
    const char *key, struct mn_arena *a, struct mn_buf *out)
{
	struct telling x = {.fn = mail_entity, .out = out};
	mail_head(&n->where[MN_BY_MAIL], e, key, out);
	if (mn_night_failed(e)) {
		mn_buf_add(out, MN_S("Nothing was published; the last report stands. The "
				     "log says why.\r\n"));
		return;
	}
	mn_buf_add(
	    out, MN_S("Screening indications; they neither establish forced labour "
		      "nor its absence.\r\n\r\n"));
	tell_all(&x, n, *a);
	if (x.left)
		mn_buf_fmt(out, "and %llu more\r\n", (unsigned long long)x.left);
	mn_buf_fmt(out,
	    "\r\nGeneration %llu. Evidence and reasons stand in the report.\r\n",
	    (unsigned long long)e->night->result.generation);
}
