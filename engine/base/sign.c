/* Detached signatures: reading minisign's files and deciding. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "manumit/base/clock.h"
#include "manumit/base/file.h"
#include "manumit/base/sign.h"

#define KEY_BYTES 42  /* "Ed", key id, key */
#define SIGN_BYTES 74 /* "ED", key id, signature */

static struct mn_str
next_line(struct mn_str *rest)
{
	return mn_str_trim(mn_str_cut(rest, '\n'));
}

/* ---- keys ---- */

static bool
add_key(struct mn_sign_keys *k, struct mn_str line)
{
	unsigned char raw[KEY_BYTES];
	if (k->n == MN_PINNED_KEYS || !mn_base64_read(line, raw, sizeof raw) ||
	    raw[0] != 'E' || raw[1] != 'd')
		return false;
	memcpy(k->key[k->n].id, raw + 2, 8);
	memcpy(k->key[k->n++].key, raw + 10, MN_ED25519_KEY);
	return true;
}

bool
mn_sign_keys_add(
    struct mn_sign_keys *k, struct mn_str text, const char *file, struct mn_err *err)
{
	uint32_t before = k->n;
	for (struct mn_str rest = text; rest.p;) {
		struct mn_str line = next_line(&rest);
		if (line.n == 0 || line.p[0] == '#' ||
		    mn_str_starts(line, MN_S("untrusted comment:")))
			continue;
		if (!add_key(k, line))
			return mn_fail(err, MN_E_CONFIG,
			    "%s: \"%.*s\" is no public key of minisign, or there are "
			    "more "
			    "than %d",
			    file, MN_FMT(mn_str_sub(line, 0, 60)), MN_PINNED_KEYS);
	}
	return k->n > before || mn_fail(err, MN_E_CONFIG, "%s: holds no key", file);
}

bool
mn_sign_keys_file(struct mn_sign_keys *k, const char *path, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_str text;
	bool good = mn_file_read(&a, path, MN_MAX_SIGN, &text, err) &&
		    mn_sign_keys_add(k, text, path, err);
	mn_arena_free(root);
	return good;
}

bool
mn_sign_keys_dir(struct mn_sign_keys *k, const char *dir, struct mn_err *err)
{
	struct mn_arena a = mn_arena_new(1u << 20, NULL), root = a;
	struct mn_str *name;
	size_t n = 0;
	bool good = !mn_path_exists(dir) || mn_dir_list(&a, dir, &name, &n, err);
	for (size_t i = 0; good && i < n; i++)
		if (mn_str_ends(name[i], MN_S(".pub")))
			good = mn_sign_keys_file(k,
			    mn_arena_fmt(&a, "%s/%.*s%c", dir, MN_FMT(name[i]), 0).p,
			    err);
	mn_arena_free(root);
	return good;
}

/* ---- a signature file ---- */

/* The value of "key:" among the words of a trusted comment. */
static struct mn_str
token(struct mn_str comment, struct mn_str key)
{
	while (comment.n) {
		size_t n = 0;
		while (n < comment.n && comment.p[n] != ' ' && comment.p[n] != '\t')
			n++;
		struct mn_str word = mn_str_sub(comment, 0, n);
		if (mn_str_starts(word, key))
			return mn_str_sub(word, key.n, word.n);
		comment = mn_str_sub(comment, n + (n < comment.n), comment.n);
	}
	return MN_STR_NONE;
}

static bool
read_comment(struct mn_sign *s, const char *file, struct mn_err *err)
{
	struct mn_str time = token(s->comment, MN_S("timestamp:"));
	s->version = token(s->comment, MN_S("version:"));
	s->file = token(s->comment, MN_S("file:"));
	if (time.n && (!mn_str_i64(time, &s->timestamp) || s->timestamp <= 0))
		return mn_fail(err, MN_E_SIGNATURE, "%s: its timestamp is none", file);
	if (s->version.n && s->file.n &&
	    mn_day_parse_iso(token(s->comment, MN_S("not-after:")), &s->not_after))
		return true;
	return mn_fail(err, MN_E_SIGNATURE,
	    "%s: its trusted comment has to say \"version:V not-after:YYYY-MM-DD "
	    "file:NAME\"; it was signed without (minisign -S -t ...)",
	    file);
}

bool
mn_sign_parse(
    struct mn_str text, const char *file, struct mn_sign *out, struct mn_err *err)
{
	unsigned char raw[SIGN_BYTES];
	struct mn_str rest = text, trusted = MN_S("trusted comment: ");
	*out = (struct mn_sign){.not_after = MN_DAY_NONE};
	struct mn_str first = next_line(&rest), sign = next_line(&rest);
	/* The comment is signed byte for byte, so only its line end goes. */
	struct mn_str line = mn_str_cut(&rest, '\n'), global = next_line(&rest);
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	if (!mn_str_starts(first, MN_S("untrusted comment:")) ||
	    !mn_base64_read(sign, raw, sizeof raw) || !mn_str_starts(line, trusted) ||
	    !mn_base64_read(global, out->global, sizeof out->global))
		return mn_fail(
		    err, MN_E_SIGNATURE, "%s: is no signature file of minisign", file);
	if (raw[0] != 'E' || raw[1] != 'D')
		return mn_fail(err, MN_E_SIGNATURE,
		    "%s: was made the old way (-l of minisign); sign again without",
		    file);
	memcpy(out->key_id, raw + 2, 8);
	memcpy(out->sign, raw + 10, sizeof out->sign);
	out->comment = mn_str_sub(line, trusted.n, line.n);
	return read_comment(out, file, err);
}

/* ---- deciding ---- */

static struct mn_str
part_of(struct mn_str *rest)
{
	size_t n = 0;
	while (n < rest->n && !strchr(".-_", rest->p[n]))
		n++;
	struct mn_str part = mn_str_sub(*rest, 0, n);
	*rest = mn_str_sub(*rest, n + (n < rest->n), rest->n);
	return part;
}

int
mn_version_cmp(struct mn_str a, struct mn_str b)
{
	while (a.n || b.n) {
		struct mn_str x = part_of(&a), y = part_of(&b);
		uint64_t m = 0, n = 0;
		bool numbers =
		    (x.n == 0 || mn_str_u64(x, &m)) && (y.n == 0 || mn_str_u64(y, &n));
		int c = numbers ? (m > n) - (m < n) : mn_str_cmp(x, y);
		if (c)
			return c;
	}
	return 0;
}

static bool
digest(const char *path, unsigned char out[MN_BLAKE512_BYTES], struct mn_err *err)
{
	struct mn_blake512 h;
	char block[65536];
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	mn_blake512_init(&h);
	while (fd >= 0 && (n = read(fd, block, sizeof block)) > 0)
		mn_blake512_add(&h, mn_str(block, (size_t)n));
	mn_blake512_end(&h, out);
	if (n < 0)
		mn_fail_errno(err, errno, "read", path);
	if (fd >= 0)
		close(fd);
	return n == 0;
}

static const struct mn_sign_key *
find_key(const struct mn_sign_keys *k, const unsigned char id[8])
{
	for (uint32_t i = 0; i < k->n; i++)
		if (memcmp(k->key[i].id, id, 8) == 0)
			return &k->key[i];
	return NULL;
}

/* The signature over the file, then the one over signature and comment. */
static bool
authentic(const struct mn_sign_key *key, const struct mn_sign *s, const char *path,
    struct mn_str name, struct mn_err *err)
{
	unsigned char hash[MN_BLAKE512_BYTES];
	struct mn_buf b = mn_buf_new(2 * MN_MAX_SIGN);
	if (!digest(path, hash, err))
		return false;
	mn_buf_add(&b, mn_str((const char *)s->sign, sizeof s->sign));
	mn_buf_add(&b, s->comment);
	bool file_good =
	    mn_ed25519_verify(s->sign, mn_str((const char *)hash, sizeof hash), key->key);
	bool comment_good =
	    !b.failed && mn_ed25519_verify(s->global, mn_buf_str(&b), key->key);
	mn_buf_free(&b);
	if (!file_good)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: was changed after it was signed, or is not the file that was "
		    "signed",
		    MN_FMT(name));
	return comment_good ||
	       mn_fail(err, MN_E_SIGNATURE,
		   "%.*s: the comment of its signature was changed", MN_FMT(name));
}

bool
mn_sign_verify(const struct mn_sign_keys *k, const struct mn_sign *s, const char *path,
    struct mn_str name, int32_t today, const struct mn_sign_before *before,
    struct mn_err *err)
{
	char day[11];
	const struct mn_sign_key *key = find_key(k, s->key_id);
	if (!key)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: is signed with a key that is not among the %u pinned ones",
		    MN_FMT(name), k->n);
	if (!authentic(key, s, path, name, err))
		return false;
	if (!mn_str_eq(s->file, name))
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: its signature is that of another file, \"%.*s\"", MN_FMT(name),
		    MN_FMT(s->file));
	if (s->not_after < today)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: its signature was good until %s; a newer one is due",
		    MN_FMT(name), mn_day_print(s->not_after, day).p);
	if (before->version.n && mn_version_cmp(s->version, before->version) < 0)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: is version %.*s, but %.*s was accepted before: a step back is "
		    "refused",
		    MN_FMT(name), MN_FMT(s->version), MN_FMT(before->version));
	if (before->timestamp && s->timestamp && s->timestamp < before->timestamp)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%.*s: was signed before the one that was accepted last: a step back "
		    "is "
		    "refused",
		    MN_FMT(name));
	return true;
}
