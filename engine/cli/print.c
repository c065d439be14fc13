/* Printing errors and buffers; finding the data beside the program. */
#include <errno.h>
#include <unistd.h>

#include "cli.h"

int
mn_cli_fail(const struct mn_err *err)
{
	const char *fix = mn_code_fix(err->code);
	fprintf(stderr, "manumit: %s", err->msg[0] ? err->msg : mn_code_text(err->code));
	if (err->msg[0])
		fprintf(stderr, " (%s)", mn_code_text(err->code));
	fprintf(stderr, "%s%s\n", fix[0] ? "\n  what to do: " : "", fix);
	return mn_code_exit(err->code);
}

int
mn_cli_print(const struct mn_buf *b)
{
	struct mn_str s = mn_buf_str(b);
	bool good = fwrite(s.p ? s.p : "", 1, s.n, stdout) == s.n && fflush(stdout) == 0;
	if (good || errno == EPIPE)
		return 0;
	struct mn_err err;
	mn_fail_errno(&err, errno, "write", "standard output");
	return mn_cli_fail(&err);
}

/* Places that may hold indicators/ and connectors/: beside a build tree's program, beside
 * an installed one, and where make install put them. */
static const char *const SHARES[] = {"../..", "../share/manumit"};

static bool
holds_packs(struct mn_cli *c, const char *dir)
{
	return mn_path_exists(
		   mn_arena_fmt(&c->arena, "%s/indicators/ilo-11.json%c", dir, 0).p) &&
	       mn_path_exists(
		   mn_arena_fmt(&c->arena, "%s/connectors/fields.json%c", dir, 0).p);
}

const struct mn_mappings *
mn_cli_mappings(struct mn_cli *c, struct mn_err *err)
{
	const struct mn_mappings *m = mn_mappings_load(&c->arena,
	    mn_arena_fmt(&c->arena, "%s/connectors%c", mn_cli_share(c), 0).p, err);
	const struct mn_mappings_said said = {
	    .mapping = c->mapping, .encoding = c->encoding};
	if (m)
		m = mn_mappings_with(&c->arena, m, &said, err);
	if (m)
		m = mn_mappings_jobs(&c->arena, m, (uint32_t)c->jobs);
	return m && !c->no_sandbox ? mn_mappings_apart(&c->arena, m) : m;
}

const struct mn_countries *
mn_cli_countries(struct mn_cli *c, struct mn_err *err)
{
	const struct mn_mappings *m = mn_mappings_load(&c->arena,
	    mn_arena_fmt(&c->arena, "%s/connectors%c", mn_cli_share(c), 0).p, err);
	return m ? mn_mappings_countries(m) : NULL;
}

struct mn_gen *
mn_cli_run(struct mn_cli *c, const struct mn_countries **countries, struct mn_err *err)
{
	*countries = mn_cli_countries(c, err);
	return *countries ? mn_run_open(c->data_dir, 0, err) : NULL;
}

bool
mn_cli_messages(struct mn_cli *c, const struct mn_messages **out, struct mn_err *err)
{
	*out = NULL;
	if (!c->lang || strcmp(c->lang, "en") == 0)
		return true;
	*out = mn_messages_load(&c->arena,
	    mn_arena_fmt(&c->arena, "%s/connectors%c", mn_cli_share(c), 0).p, c->lang,
	    err);
	if (*out && !(*out)->reviewed && !c->quiet)
		fprintf(stderr,
		    "  pages in %.*s: nobody whose language it is has reviewed them\n",
		    MN_FMT((*out)->name));
	return *out != NULL;
}

const char *
mn_cli_share(struct mn_cli *c)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (c->share)
		return c->share;
	while (n > 0 && self[n - 1] != '/')
		n--;
	for (size_t i = 0; n > 0 && i < countof(SHARES); i++) {
		const char *dir =
		    mn_arena_fmt(&c->arena, "%.*s%s%c", (int)n, self, SHARES[i], 0).p;
		if (holds_packs(c, dir))
			return dir;
	}
	return MN_DATADIR;
}
