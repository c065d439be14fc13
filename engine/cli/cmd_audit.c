/* manumit audit: the journal, shown and believed only after a walk. */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/run/decide.h"
#include "manumit/run/reproduce.h"

#include "cli.h"

struct show {
	struct mn_buf out;
	bool json;
	struct mn_err err;
	int status;
};

static struct mn_str
text(const struct mn_json *map, const char *key)
{
	struct mn_str s = MN_STR_NONE;
	mn_json_str(mn_json_get(map, key), &s);
	return s;
}

/* The payload's members as they come: key value, key value. */
static void
members(struct mn_buf *b, const struct mn_json *payload)
{
	for (size_t i = 0; i < mn_json_count(payload); i++) {
		struct mn_str key, s;
		int64_t n;
		const struct mn_json *v = mn_json_member(payload, i, &key);
		mn_buf_fmt(b, "%s%.*s ", i ? ", " : "", MN_FMT(key));
		if (mn_json_str(v, &s))
			mn_buf_fmt(b, "%.*s", MN_FMT(s));
		else if (mn_json_int(v, &n))
			mn_buf_fmt(b, "%lld", (long long)n);
	}
}

static void
flush(struct show *x)
{
	if (x->out.n > MN_MAX_RECORD && x->status == 0)
		x->status = mn_cli_print(&x->out);
	if (x->out.n > MN_MAX_RECORD)
		mn_buf_clear(&x->out);
}

/* JSON Lines: the text that was hashed, byte for byte, beside its hash. */
static bool
show_one(void *ctx, const struct mn_journal_record *r)
{
	struct show *x = ctx;
	if (x->json) {
		mn_buf_fmt(&x->out, "{\"sha256\":\"%.*s\",\"record\":%.*s}\n",
		    MN_FMT(r->hash), MN_FMT(r->text));
		flush(x);
		return x->status == 0;
	}
	struct mn_json *j = mn_json_parse(r->text, "journal", &x->err);
	if (!j) {
		x->status = 65;
		return false;
	}
	mn_buf_fmt(&x->out, "%6llu  %.*s  %-8.*s %.*s  %.12s\n        ",
	    (unsigned long long)r->seq, MN_FMT(text(j, "time")), MN_FMT(text(j, "kind")),
	    MN_FMT(text(j, "by")), r->hash.p);
	members(&x->out, mn_json_get(j, "payload"));
	mn_buf_byte(&x->out, '\n');
	mn_json_free(j);
	flush(x);
	return x->status == 0;
}

static int
show(struct mn_cli *c)
{
	struct show x = {
	    .out = mn_buf_new(8u << 20), .json = c->json, .err = MN_ERR_NONE};
	struct mn_state *s = mn_run_state_open(c->data_dir, &x.err);
	bool good = s && mn_journal_each(s, show_one, &x, &x.err);
	mn_state_close(s);
	if (!good || x.err.code != MN_E_NONE)
		x.status = mn_cli_fail(&x.err);
	else if (x.status == 0)
		x.status = mn_cli_print(&x.out);
	mn_buf_free(&x.out);
	return x.status;
}

static int
verify(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_journal_head head = {.n = 0};
	if (!mn_run_audit(c->data_dir, &c->arena, &head, &err))
		return mn_cli_fail(&err);
	if (c->json)
		printf("{\"records\":%llu,\"head\":\"%s\",\"whole\":true}\n",
		    (unsigned long long)head.n, head.hash);
	else if (!c->quiet)
		printf("%llu records, each follows from the one before; head %s\n",
		    (unsigned long long)head.n, head.hash);
	return 0;
}

/* reproduce [GENERATION] FILE|FOLDER...: 0 the same, 65 another or not to be had. */
static int
reproduce(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_reproduced r;
	struct mn_reproduce_opts o = {.dir = c->data_dir,
	    .share_dir = mn_cli_share(c),
	    .path = c->arg + 1,
	    .n_path = c->n_arg - 1,
	    .jobs = (uint32_t)c->jobs,
	    .country_pack = c->country_pack,
	    .tailor = c->tailor,
	    .n_tailor = c->n_tailor,
	    .said = {.mapping = c->mapping, .encoding = c->encoding},
	    .no_sandbox = c->no_sandbox};
	if (o.n_path && mn_str_u64(mn_str_c(o.path[0]), &o.generation)) {
		o.path++;
		o.n_path--;
	}
	if (o.n_path == 0) {
		fprintf(stderr,
		    "manumit: audit reproduce wants the files of that run, or the "
		    "folders that they are in\n");
		return 64;
	}
	if (!mn_run_reproduce(&o, &c->arena, &r, &err))
		return mn_cli_fail(&err);
	for (uint32_t i = 0; i < r.n_lacks; i++)
		fprintf(stderr, "manumit: %.*s\n", MN_FMT(r.lacks[i]));
	if (r.n_lacks) {
		fprintf(stderr, "  generation %llu cannot be made again without\n",
		    (unsigned long long)r.generation);
		return 65;
	}
	if (!r.same)
		fprintf(stderr,
		    "manumit: generation %llu has the digest %s, made again %s\n"
		    "  what to do: the result is not what these files give: ask who "
		    "changed "
		    "the store, or whether other options were given\n",
		    (unsigned long long)r.generation, r.was, r.now);
	else if (!c->quiet)
		printf("generation %llu made again from %u files: the same digest %s\n",
		    (unsigned long long)r.generation, r.files, r.now);
	return r.same ? 0 : 65;
}

int
mn_cmd_audit(struct mn_cli *c)
{
	static const struct {
		const char *verb;
		uint32_t most; /* words */
		int (*fn)(struct mn_cli *c);
	} VERBS[] = {{"show", 1, show}, {"verify", 1, verify},
	    {"reproduce", UINT32_MAX, reproduce}, {"export", 2, mn_cli_audit_export}};
	for (size_t i = 0; c->data_dir && c->n_arg && i < countof(VERBS); i++)
		if (mn_str_eq(mn_str_c(c->arg[0]), mn_str_c(VERBS[i].verb)) &&
		    c->n_arg <= VERBS[i].most)
			return VERBS[i].fn(c);
	fprintf(stderr,
	    "manumit: audit wants show, verify, reproduce or export, and -d DIR\n\n");
	mn_cli_usage(stderr, c->command);
	return 64;
}
