/* Signatures of packs: by a pinned key, of the version the pack states, no step back. */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

#include "lists.h"

bool
mn_cli_keys(struct mn_cli *c, struct mn_sign_keys *keys, struct mn_err *err)
{
	const char *dir =
	    mn_arena_fmt(&c->arena, "%s/connectors/keys%c", mn_cli_share(c), 0).p;
	return c->key ? mn_sign_keys_file(keys, c->key, err)
		      : mn_sign_keys_dir(keys, dir, err);
}

static struct mn_str
last_part(const char *path)
{
	struct mn_str part = MN_STR_NONE, rest = mn_str_c(path);
	while (rest.p)
		part = mn_str_cut(&rest, '/');
	return part;
}

/* What the pack calls itself. */
static bool
identify(struct mn_cli *c, const char *path, struct mn_str *id, struct mn_str *version,
    struct mn_err *err)
{
	struct mn_str text, s;
	if (!mn_file_read(&c->arena, path, MN_MAX_PACK, &text, err))
		return false;
	struct mn_json *root = mn_json_parse(text, path, err);
	if (!root)
		return false;
	*id = mn_json_str(mn_json_get(root, "pack"), &s) ? mn_arena_str(&c->arena, s)
							 : MN_STR_NONE;
	*version = mn_json_str(mn_json_get(root, "version"), &s)
		       ? mn_arena_str(&c->arena, s)
		       : MN_STR_NONE;
	mn_json_free(root);
	return true;
}

static bool
verify(struct mn_cli *c, const struct mn_sign_keys *keys, const char *path,
    const char *minisig, struct mn_err *err)
{
	struct mn_str text, id, version;
	struct mn_sign sign;
	struct mn_sign_before before = {MN_STR_NONE, 0};
	const struct mn_pack *in_use = mn_cli_packs(c, err);
	if (!in_use || !identify(c, path, &id, &version, err) ||
	    !mn_file_read(&c->arena, minisig, MN_MAX_SIGN, &text, err) ||
	    !mn_sign_parse(text, minisig, &sign, err))
		return false;
	for (uint32_t i = 0; i < in_use->n_file; i++)
		if (mn_str_eq(in_use->file[i].id, id))
			before.version = in_use->file[i].version;
	if (!mn_sign_verify(
		keys, &sign, path, last_part(path), mn_day_today(), &before, err))
		return false;
	return mn_str_eq(sign.version, version) ||
	       mn_fail(err, MN_E_SIGNATURE,
		   "%s: says that it is version %.*s, but was signed as %.*s", path,
		   MN_FMT(version), MN_FMT(sign.version));
}

bool
mn_cli_pack_signed(
    struct mn_cli *c, const char *path, const char **how, struct mn_err *err)
{
	struct mn_sign_keys keys = {.n = 0};
	const char *minisig = mn_arena_fmt(&c->arena, "%s.minisig%c", path, 0).p;
	bool there = mn_path_exists(minisig);
	if (!mn_cli_keys(c, &keys, err))
		return false;
	*how = !there        ? ""
	       : keys.n == 0 ? "; its signature was not checked, because no key is pinned"
			     : "; signed by a pinned key";
	if (!there && c->key)
		return mn_fail(err, MN_E_SIGNATURE,
		    "%s: comes without a signature %.*s.minisig", path,
		    MN_FMT(last_part(path)));
	return !there || keys.n == 0 || verify(c, &keys, path, minisig, err);
}
