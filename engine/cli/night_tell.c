/* What a night leaves behind: words on the terminal, a line in the log, metrics, hooks.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "manumit/base/jsonw.h"

#include "lists.h"
#include "night.h"

bool
mn_night_quiet(const struct mn_night_end *e)
{
	const struct mn_run_result *r = &e->night->result;
	return r->compared && r->diff.changed + r->diff.came + r->diff.went +
				      r->diff.united + r->diff.split ==
				  0;
}

/* 10 is the answer to --fail-on. */
bool
mn_night_failed(const struct mn_night_end *e)
{
	return e->status != 0 && e->status != 10;
}

/* ---- the terminal ---- */

static void
say(const struct mn_night_config *n, const struct mn_night_end *e)
{
	const struct mn_run_result *r = &e->night->result;
	if (!r->compared) {
		printf("  %s\n",
		    r->generation == 0
			? "a copy is not compared: what changed is told in your own "
			  "report only"
			: "the first of this store: there is nothing to compare with");
		return;
	}
	if (mn_night_quiet(e)) {
		printf("  nothing changed since generation %llu\n",
		    (unsigned long long)r->compared_with);
		return;
	}
	printf("  changed: %llu (%llu bands up, %llu down), new %llu, gone %llu: %s/"
	       "diff.txt\n",
	    (unsigned long long)r->diff.changed, (unsigned long long)r->diff.up,
	    (unsigned long long)r->diff.down, (unsigned long long)r->diff.came,
	    (unsigned long long)r->diff.went, n->output);
}

/* ---- the log: one line of JSON, appended in one write ---- */

static void
log_counts(struct mn_jsonw *w, const struct mn_run_result *r)
{
	mn_jsonw_int(w, "generation", (int64_t)r->generation);
	mn_jsonw_c(w, "digest", r->digest);
	mn_jsonw_int(w, "entities", (int64_t)r->entities);
	mn_jsonw_map(w, "bands");
	for (unsigned b = 0; b < MN_BANDS; b++)
		mn_jsonw_int(w, mn_band_name(b), (int64_t)r->bands[b]);
	mn_jsonw_end_map(w);
	mn_jsonw_int(w, "rows", (int64_t)r->rows);
	mn_jsonw_int(w, "quarantined", (int64_t)r->quarantined);
	mn_jsonw_bool(w, "compared", r->compared);
	mn_jsonw_int(w, "changed", (int64_t)r->diff.changed);
	mn_jsonw_int(w, "new", (int64_t)r->diff.came);
	mn_jsonw_int(w, "gone", (int64_t)r->diff.went);
	mn_jsonw_int(w, "united", (int64_t)r->diff.united);
	mn_jsonw_int(w, "split", (int64_t)r->diff.split);
	mn_jsonw_map(w, "changed_by");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		mn_jsonw_int(w, mn_cause_name(c), (int64_t)r->diff.by_cause[c]);
	mn_jsonw_end_map(w);
}

static void
log_alerts(struct mn_jsonw *w, const struct mn_night_end *e)
{
	mn_jsonw_list(w, "alerts");
	for (unsigned i = 0; i < MN_ALERT_WAYS; i++) {
		const struct mn_alerted *x = &e->alerted[i];
		if (!x->due)
			continue;
		mn_jsonw_map(w, NULL);
		mn_jsonw_c(w, "by", mn_alert_way_name(i));
		mn_jsonw_bool(w, "sent", x->sent);
		mn_jsonw_int(w, "tries", x->how.tries);
		mn_jsonw_int(w, "status", x->how.status);
		mn_jsonw_end_map(w);
	}
	mn_jsonw_end_list(w);
}

static bool
write_log(
    const struct mn_night_config *n, const struct mn_night_end *e, struct mn_err *err)
{
	char when[21];
	struct mn_buf b = mn_buf_new(64u << 10);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "time", mn_when_print(e->began, when));
	mn_jsonw_int(&w, "status", e->status);
	mn_jsonw_int(&w, "fetch_status", e->fetch_status);
	mn_jsonw_q16(&w, "seconds", (int64_t)(e->wall_us * 65536 / 1000000), 3);
	mn_jsonw_bool(&w, "published", e->night && e->night->done);
	if (e->night && e->night->done)
		log_counts(&w, &e->night->result);
	log_alerts(&w, e);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	int fd = open(n->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
	bool good = fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n;
	if (fd >= 0 && close(fd) != 0)
		good = false;
	mn_buf_free(&b);
	return good || mn_fail(err, MN_E_IO, "%s: the log cannot be written", n->log);
}

/* ---- metrics in the text format of Prometheus, for a collector of files ---- */

static void
metric(struct mn_out *o, const char *name, const char *help)
{
	mn_out_fmt(
	    o, "# HELP manumit_%s %s\n# TYPE manumit_%s gauge\n", name, help, name);
}

static void
one_metric(struct mn_out *o, const char *name, const char *help, uint64_t value)
{
	metric(o, name, help);
	mn_out_fmt(o, "manumit_%s %llu\n", name, (unsigned long long)value);
}

static void
result_metrics(struct mn_out *o, const struct mn_run_result *r)
{
	one_metric(o, "generation", "Number of the published generation.", r->generation);
	metric(o, "entities", "Entities by band.");
	for (unsigned b = 0; b < MN_BANDS; b++)
		mn_out_fmt(o, "manumit_entities{band=\"%s\"} %llu\n", mn_band_name(b),
		    (unsigned long long)r->bands[b]);
	metric(o, "gates", "Entities by their strongest gate status.");
	for (unsigned g = 0; g < MN_GATE_STATUS_COUNT; g++)
		mn_out_fmt(o, "manumit_gates{status=\"%s\"} %llu\n",
		    mn_gate_status_name(g), (unsigned long long)r->gates[g]);
	metric(o, "rows", "Rows of the user's files by what became of them.");
	mn_out_fmt(o,
	    "manumit_rows{outcome=\"accepted\"} %llu\nmanumit_rows{outcome=\"noted\"} "
	    "%llu\nmanumit_rows{outcome=\"quarantined\"} %llu\n",
	    (unsigned long long)r->accepted, (unsigned long long)r->noted,
	    (unsigned long long)r->quarantined);
	metric(
	    o, "changed_entities", "Entities that changed since the generation before.");
	for (unsigned c = 0; c < MN_CAUSE_COUNT; c++)
		mn_out_fmt(o, "manumit_changed_entities{cause=\"%s\"} %llu\n",
		    mn_cause_name(c), (unsigned long long)r->diff.by_cause[c]);
	metric(o, "list_age_days", "Age of the lists that came along.");
	for (uint32_t i = 0; i < r->n_list; i++)
		if (!r->list[i].replaced)
			mn_out_fmt(o, "manumit_list_age_days{list=\"%s\"} %lld\n",
			    r->list[i].file, (long long)r->list[i].days);
}

/* Whom an alert was due to: 1 it went out, 0 it did not. */
static void
alert_metrics(struct mn_out *o, const struct mn_night_end *e)
{
	bool titled = false;
	for (unsigned i = 0; i < MN_ALERT_WAYS; i++) {
		if (!e->alerted[i].due)
			continue;
		if (!titled)
			metric(o, "alert_sent", "Whether the last alert went out.");
		titled = true;
		mn_out_fmt(o, "manumit_alert_sent{by=\"%s\"} %d\n", mn_alert_way_name(i),
		    e->alerted[i].sent);
	}
}

static bool
write_metrics(
    const struct mn_night_config *n, const struct mn_night_end *e, struct mn_err *err)
{
	struct mn_out *o = mn_out_open(n->metrics, 0644, err);
	if (!o)
		return false;
	one_metric(o, "last_run_timestamp_seconds", "When the last run began.",
	    (uint64_t)e->began.day * 86400 + e->began.second);
	one_metric(
	    o, "last_run_status", "Exit status of the last run.", (uint64_t)e->status);
	one_metric(o, "last_run_published", "Whether the last run published.",
	    e->night && e->night->done);
	one_metric(
	    o, "last_run_milliseconds", "How long the last run took.", e->wall_us / 1000);
	if (e->night && e->night->done)
		result_metrics(o, &e->night->result);
	alert_metrics(o, e);
	return mn_out_commit(o, false, NULL, err);
}

/* ---- hooks ---- */

static void
call_hooks(const struct mn_night_config *n, const struct mn_night_end *e)
{
	char number[4][24];
	bool published = e->night && e->night->done;
	bool failed = mn_night_failed(e);
	const struct mn_run_result none = {.generation = 0},
				   *r = published ? &e->night->result : &none;
	const uint64_t value[] = {
	    (uint64_t)e->status, r->diff.changed, r->diff.up, r->generation};
	for (size_t i = 0; i < countof(value); i++)
		snprintf(
		    number[i], sizeof number[i], "%llu", (unsigned long long)value[i]);
	const struct mn_cli_var told[] = {
	    {"MANUMIT_OUTCOME", mn_str_c(failed ? "failed" : "changed")},
	    {"MANUMIT_STATUS", mn_str_c(number[0])},
	    {"MANUMIT_CHANGED", mn_str_c(number[1])},
	    {"MANUMIT_BANDS_UP", mn_str_c(number[2])},
	    {"MANUMIT_GENERATION", mn_str_c(number[3])},
	    {"MANUMIT_REPORT", mn_str_c(published ? n->output : "")}};
	if (failed)
		mn_cli_spawn(n->on_failure, told, countof(told));
	else if (published && r->compared && !mn_night_quiet(e))
		mn_cli_spawn(n->on_change, told, countof(told));
}

bool
mn_night_tell(
    const struct mn_night_config *n, const struct mn_night_end *e, struct mn_err *err)
{
	bool published = e->night && e->night->done;
	if (published && !e->quiet)
		say(n, e);
	bool good = (!n->log || write_log(n, e, err)) &&
		    (!n->metrics || write_metrics(n, e, err));
	call_hooks(n, e);
	return good;
}
