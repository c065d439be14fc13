/* Editions in reports: an old list finds less, and a reader has to be told. */
#include "manumit/base/clock.h"

#include "edition.h"
#include "html.h"

struct age {
	int64_t days;
	bool stale;
};

static bool
age_of(const struct mn_report *r, struct mn_str edition, int64_t after, struct age *out)
{
	int32_t day;
	if (!mn_day_parse_iso(edition, &day))
		return false;
	out->days = (int64_t)r->as_of - day;
	out->stale = after > 0 && out->days > after;
	return true;
}

void
mn_html_edition(struct mn_out *o, const struct mn_report *r, struct mn_str edition,
    int64_t stale_after_days, struct mn_str missing)
{
	struct age age;
	if (!age_of(r, edition, stale_after_days, &age))
		return;
	mn_html(o, "edition of ");
	mn_html_text(o, edition);
	mn_html_fmt(o, " (%lld days old", (long long)age.days);
	if (age.stale) {
		mn_html(o, ": <strong>stale</strong>");
		mn_html_fmt(o, ", more than %lld", (long long)stale_after_days);
	}
	mn_html(o, ")");
	if (missing.n) {
		mn_html(o, ". Known to be missing: ");
		mn_html_text(o, missing);
	}
}

void
mn_json_edition(struct mn_jsonw *w, const struct mn_report *r, struct mn_str edition,
    int64_t stale_after_days, struct mn_str missing)
{
	struct age age;
	if (!age_of(r, edition, stale_after_days, &age))
		return;
	mn_jsonw_str(w, "edition", edition);
	mn_jsonw_int(w, "age_days", age.days);
	mn_jsonw_bool(w, "stale", age.stale);
	mn_jsonw_str(w, "missing", missing);
}
