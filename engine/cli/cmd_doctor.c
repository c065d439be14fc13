/* manumit doctor: what this machine offers the program, one line a fact. */
#include <stdarg.h>

#include "doctor.h"

static const char *const HEALTH[MN_HEALTHS] = {"ok", "note", "problem"};

void
mn_doctor_say(struct mn_doctor *d, enum mn_health health, const char *fmt, ...)
{
	char text[1024];
	va_list ap;
	if (d->n == countof(d->finding))
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	d->finding[d->n++] = (struct mn_finding){
	    health, d->topic, mn_arena_str(&d->c->arena, mn_str_c(text))};
}

static void
print_text(const struct mn_doctor *d, struct mn_buf *b, bool quiet)
{
	for (uint32_t i = 0; i < d->n; i++)
		if (!quiet || d->finding[i].health == MN_PROBLEM)
			mn_buf_fmt(b, "%-8s %-10s %.*s\n", HEALTH[d->finding[i].health],
			    d->finding[i].topic, MN_FMT(d->finding[i].text));
}

static void
print_json(const struct mn_doctor *d, struct mn_buf *b, enum mn_health worst)
{
	struct mn_jsonw w = mn_jsonw_buf(b, false);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_c(&w, "program", "manumit");
	mn_jsonw_c(&w, "version", MN_VERSION);
	mn_jsonw_c(&w, "status", HEALTH[worst]);
	mn_jsonw_list(&w, "findings");
	for (uint32_t i = 0; i < d->n; i++) {
		mn_jsonw_map(&w, NULL);
		mn_jsonw_c(&w, "status", HEALTH[d->finding[i].health]);
		mn_jsonw_c(&w, "topic", d->finding[i].topic);
		mn_jsonw_str(&w, "text", d->finding[i].text);
		mn_jsonw_end_map(&w);
	}
	mn_jsonw_end_list(&w);
	mn_jsonw_end_map(&w);
	mn_buf_byte(b, '\n');
}

int
mn_cmd_doctor(struct mn_cli *c)
{
	struct mn_doctor *d = MN_NEW(&c->arena, struct mn_doctor, 1);
	struct mn_buf b = mn_buf_new(1u << 20);
	enum mn_health worst = MN_FINE;
	if (c->n_arg) {
		fprintf(stderr, "manumit: doctor takes no arguments\n");
		return 64;
	}
	d->c = c;
	for (size_t i = 0; i < MN_N_CHECKS; i++) {
		d->topic = MN_CHECKS[i].topic;
		MN_CHECKS[i].fn(d);
	}
	for (uint32_t i = 0; i < d->n; i++)
		worst = d->finding[i].health > worst ? d->finding[i].health : worst;
	if (c->json)
		print_json(d, &b, worst);
	else
		print_text(d, &b, c->quiet);
	int printed = mn_cli_print(&b);
	mn_buf_free(&b);
	return worst == MN_PROBLEM ? 78 : printed;
}
