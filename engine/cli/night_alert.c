/* Alerts by webhook and mail: their secrets, and sending them. The result is published
 * before; what goes wrong here is told and changes nothing of it. */
#include <stdlib.h>
#include <sys/stat.h>

#include "manumit/base/secret.h"

#include "night.h"

#define SECRET_BYTES 8192
#define ALERT_BYTES ((size_t)1 << 24)
#define BACKOFF_MS 2000
#define BACKOFF_TEST_MS 20 /* against a server of a test */

/* The first line of a file that only its owner may read, or a variable; *out stays NULL
 * where none is named. */
static bool
secret(struct mn_arena *a, const char *env, const char *file, const char **out,
    struct mn_err *err)
{
	struct stat st;
	struct mn_str s = MN_STR_NONE;
	if (!env && !file)
		return true;
	mn_no_core_dumps();
	if (env && getenv(env))
		s = mn_str_c(getenv(env));
	if (file && stat(file, &st) == 0 && (st.st_mode & 077) != 0)
		return mn_fail(err, MN_E_NOPERM,
		    "%s: others than its owner may read this secret: chmod 600", file);
	if (file && !mn_file_read(a, file, SECRET_BYTES, &s, err))
		return false;
	s = mn_str_cut(&s, '\n');
	if (s.n && s.p[s.n - 1] == '\r')
		s.n--;
	if (s.n == 0)
		return mn_fail(err, MN_E_CONFIG,
		    "the secret in %s %s is empty or missing",
		    env ? "the variable" : "the file", env ? env : file);
	*out = mn_arena_cstr(a, s);
	return true;
}

static bool
prepare(struct mn_arena *a, const struct mn_where *w, bool mail, struct mn_send *s,
    struct mn_err *err)
{
	*s = (struct mn_send){.url = w->url,
	    .user = w->user,
	    .from = w->from,
	    .to = w->to,
	    .n_to = w->n_to,
	    .ca_file = w->ca_file,
	    .loopback = w->loopback,
	    .tries = w->tries,
	    .timeout_s = w->timeout_s,
	    .backoff_ms = w->loopback ? BACKOFF_TEST_MS : BACKOFF_MS};
	if (!secret(a, w->url_env, w->url_file, &s->url, err) ||
	    !secret(a, w->secret_env, w->secret_file, &s->secret, err))
		return false;
	if (s->secret && !mail)
		s->secret = mn_arena_fmt(a, "%s %s%c",
		    w->header ? w->header : "Authorization: Bearer", s->secret, 0)
				.p;
	return true;
}

static bool
send_one(struct mn_arena *a, const struct mn_night_config *n, struct mn_night_end *e,
    unsigned way, struct mn_err *err)
{
	struct mn_send s;
	struct mn_sha256 h;
	char key[MN_HEX256_CHARS + 1];
	bool mail = way == MN_BY_MAIL;
	struct mn_buf json = mn_buf_new(ALERT_BYTES), text = mn_buf_new(ALERT_BYTES);
	bool good = prepare(a, &n->where[way], mail, &s, err);
	mn_alert_json(n, e, a, &json);
	mn_sha256_init(&h);
	mn_sha256_add(&h, mn_buf_str(&json));
	mn_sha256_hex(&h, key);
	s.key = key;
	if (mail)
		mn_alert_mail(n, e, key, a, &text);
	s.body = mn_buf_str(mail ? &text : &json);
	if (good && (json.failed || text.failed))
		good = mn_fail(err, MN_E_BUG, "the alert is too long");
	good =
	    good && (mail ? mn_send_mail : mn_send_post)(&s, &e->alerted[way].how, err);
	mn_buf_free(&json);
	mn_buf_free(&text);
	return good;
}

void
mn_night_alert(
    struct mn_arena *a, const struct mn_night_config *n, struct mn_night_end *e)
{
	bool published = e->night && e->night->done;
	bool news = published && e->night->result.compared && !mn_night_quiet(e);
	for (unsigned way = 0; way < MN_ALERT_WAYS; way++) {
		struct mn_err err = MN_ERR_NONE;
		struct mn_arena scratch = *a;
		struct mn_alerted *x = &e->alerted[way];
		x->due = n->where[way].on && (news || mn_night_failed(e));
		if (!x->due)
			continue;
		x->sent = send_one(&scratch, n, e, way, &err);
		if (!x->sent) {
			fprintf(stderr, "manumit: the alert by %s was not sent:\n",
			    mn_alert_way_name(way));
			mn_cli_fail(&err);
		}
	}
}
