/* Any bytes as a name: cut, analysed, compared with itself and with another, explained;
 * bounded, and the order of two names changes nothing. Runs in the project's folder. */
#include <stdlib.h>

#include "manumit/base/json.h"
#include "manumit/resolve/match.h"
#include "manumit/resolve/reason.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static struct mn_matcher once;

static void
close_once(void)
{
	mn_matcher_close(&once);
}

static struct mn_matcher *
matcher(void)
{
	struct mn_err err = MN_ERR_NONE;
	if (!once.analyst) {
		struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL);
		need(mn_matcher_open(&once, &a, "connectors/names", NULL, &err));
		need(atexit(close_once) == 0);
	}
	return &once;
}

static void
check_name(const struct mn_name *n)
{
	need(n->n <= MN_NAME_TOKENS);
	for (uint32_t i = 0; i < n->n; i++) {
		const struct mn_token *t = &n->tok[i];
		need(t->n <= MN_TOKEN_BYTES && strlen(t->text) == t->n);
		need(t->n_base <= t->n && t->n_skel <= MN_SKELETON);
		need(t->cls < MN_W_COUNT && t->n_syl <= MN_SYLLABLES);
		need(t->w_q16 >= 0 && t->w_q16 <= 65536);
		for (uint32_t k = 0; k < t->n; k++)
			need((t->text[k] >= 'a' && t->text[k] <= 'z') ||
			     (t->text[k] >= '0' && t->text[k] <= '9'));
	}
}

static void
explain(const struct mn_matcher *m, const struct mn_profile *a,
    const struct mn_profile *b, const struct mn_verdict *v)
{
	struct mn_buf text = mn_buf_new(1u << 20), json = mn_buf_new(1u << 20);
	struct mn_jsonw w = mn_jsonw_buf(&json, false);
	struct mn_err err = MN_ERR_NONE;
	mn_reason_short(&a->party, &b->party, v, &text);
	mn_reason_text(&m->model, &a->party, &b->party, v, &text);
	mn_jsonw_map(&w, NULL);
	mn_reason_json(&m->model, &a->party, &b->party, v, &w);
	mn_jsonw_end_map(&w);
	need(!text.failed && !json.failed && !w.bad);
	struct mn_json *j = mn_json_parse(mn_buf_str(&json), "reason", &err);
	need(j != NULL);
	mn_json_free(j);
	mn_buf_free(&text);
	mn_buf_free(&json);
}

static void
compare(struct mn_matcher *m, struct mn_profile *a, struct mn_profile *b)
{
	struct mn_verdict one, two;
	mn_profile_compare(m, b, a, &two);
	mn_profile_compare(m, a, b, &one);
	need(one.p_q16 >= 0 && one.p_q16 <= 65536);
	need(one.p_q16 == two.p_q16);
	explain(m, a, b, &one);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct mn_profile name, itself, other;
	struct mn_matcher *m = matcher();
	/* A line end parts the name from an address. */
	struct mn_str address = mn_str((const char *)data, n),
		      text = mn_str_cut(&address, '\n');
	mn_profile_read(m, text, MN_S("cn"), address, &name);
	mn_profile_read(m, text, MN_S("cn"), address, &itself);
	mn_profile_read(m, MN_S("Xinjiang Velmora Textile Unit 2 (VXT) Co., Ltd."),
	    MN_S("bd"), MN_S("Plot 12, Mirpur Road"), &other);
	need(name.names.n >= 1 && name.names.n <= MN_VARIANTS);
	for (uint32_t i = 0; i < name.names.n; i++)
		check_name(&name.names.name[i]);
	compare(m, &name, &itself);
	compare(m, &name, &other);
	return 0;
}
