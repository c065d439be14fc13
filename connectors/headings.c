/* The languages of the template: reading their files, and their headers as words. */
#include "manumit/base/file.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/connectors/headings.h"

#include "mapping_impl.h"

static const char *const TYPES[] = {
    [MN_T_TEXT] = "text",
    [MN_T_ID] = "id",
    [MN_T_COUNTRY] = "country",
    [MN_T_DATE] = "date",
    [MN_T_NUMBER] = "number",
    [MN_T_COUNT] = "count",
    [MN_T_SHARE] = "share",
    [MN_T_BOOL] = "bool",
    [MN_T_CHOICE] = "choice",
    [MN_T_CODES] = "codes",
    [MN_T_LIST] = "list",
    [MN_T_CURRENCY] = "currency",
    [MN_T_LEI] = "lei",
    [MN_T_OSID] = "osid",
    [MN_T_INTERVALS] = "intervals",
};

/* ---- one file ---- */

struct reading {
	struct mn_arena *a;
	const char *path;
	struct mn_headings *h;
	struct mn_err *err;
};

static bool
text_of(struct reading *x, const char *key, const struct mn_json *v, struct mn_str *out)
{
	struct mn_str s;
	if (!mn_json_str(v, &s) || s.n == 0)
		return mn_fail(
		    x->err, MN_E_PACK_TYPE, "%s: %s: text is wanted", x->path, key);
	*out = mn_arena_str(x->a, s);
	return true;
}

static bool
read_field(struct reading *x, struct mn_str name, const struct mn_json *pair)
{
	enum mn_field f = mn_field_by_name(name);
	if (f == MN_F_NONE)
		return mn_fail(x->err, MN_E_PACK_REF, "%s: fields: no field \"%.*s\"",
		    x->path, MN_FMT(name));
	const char *key = mn_field_def(f)->name;
	return text_of(x, key, mn_json_at(pair, 0), &x->h->head[f]) &&
	       text_of(x, key, mn_json_at(pair, 1), &x->h->remark[f]);
}

static bool
read_lists(struct reading *x, const struct mn_json *root)
{
	const struct mn_json *fields = mn_json_get(root, "fields");
	const struct mn_json *types = mn_json_get(root, "types");
	const struct mn_json *intro = mn_json_get(root, "intro");
	struct mn_str name;
	for (size_t i = 0; i < mn_json_count(fields); i++) {
		const struct mn_json *pair = mn_json_member(fields, i, &name);
		if (!read_field(x, name, pair))
			return false;
	}
	for (size_t t = 0; t < countof(TYPES); t++)
		if (!text_of(x, TYPES[t], mn_json_get(types, TYPES[t]), &x->h->type[t]))
			return false;
	for (size_t i = 0; i < mn_json_count(intro) && i < MN_HEADINGS_INTRO; i++)
		if (!text_of(
			x, "intro", mn_json_at(intro, i), &x->h->intro[x->h->n_intro++]))
			return false;
	return true;
}

static bool
read_headings(struct reading *x)
{
	struct mn_str text;
	struct mn_json *root = NULL;
	bool good =
	    mn_file_read(x->a, x->path, MN_MAX_PACK, &text, x->err) &&
	    (root = mn_json_parse(text, x->path, x->err)) != NULL &&
	    text_of(x, "language", mn_json_get(root, "language"), &x->h->language) &&
	    text_of(x, "name", mn_json_get(root, "name"), &x->h->name) &&
	    text_of(x, "required", mn_json_get(root, "required"), &x->h->required) &&
	    text_of(x, "worker", mn_json_get(root, "worker"), &x->h->worker) &&
	    read_lists(x, root);
	if (good)
		mn_json_bool(mn_json_get(root, "reviewed"), &x->h->reviewed);
	mn_json_free(root);
	return good;
}

/* ---- all of them ---- */

const struct mn_headings *
mn_headings_all(struct mn_arena *a, const char *dir, uint32_t *n, struct mn_err *err)
{
	const char *folder = mn_arena_fmt(a, "%s/template%c", dir, 0).p;
	struct mn_str *name = NULL;
	size_t count = 0;
	*n = 0;
	/* A folder of mappings of one's own need not have it. */
	if (mn_path_exists(folder) && !mn_dir_list(a, folder, &name, &count, err))
		return NULL;
	struct mn_headings *h = MN_NEW(a, struct mn_headings, count + 1);
	for (size_t i = 0; i < count; i++) {
		struct reading x = {.a = a, .h = &h[*n], .err = err};
		x.path = mn_arena_fmt(a, "%s/%.*s%c", folder, MN_FMT(name[i]), 0).p;
		if (!mn_str_ends(name[i], MN_S(".json")))
			continue;
		if (!read_headings(&x))
			return NULL;
		++*n;
	}
	return h;
}

const struct mn_headings *
mn_headings_load(
    struct mn_arena *a, const char *dir, const char *language, struct mn_err *err)
{
	uint32_t n;
	struct mn_buf names = mn_buf_new(1u << 10);
	const struct mn_headings *h = mn_headings_all(a, dir, &n, err), *found = NULL;
	for (uint32_t i = 0; h && i < n; i++) {
		if (mn_str_eq(h[i].language, mn_str_c(language)))
			found = &h[i];
		mn_buf_fmt(&names, ", %.*s", MN_FMT(h[i].language));
	}
	if (h && !found)
		mn_fail(err, MN_E_USAGE,
		    "--lang %s: the template has no such language; there are en%.*s",
		    language, MN_FMT(mn_buf_str(&names)));
	mn_buf_free(&names);
	return found;
}

/* ---- headers as words ---- */

/* Headers that mean nothing yet mean their field, in the tables that have it. What
 * fields.json says comes first. */
bool
mn_headings_words(
    struct mn_mappings *m, struct mn_arena *a, const char *dir, struct mn_err *err)
{
	uint32_t n, at = m->n_word;
	const struct mn_headings *h = mn_headings_all(a, dir, &n, err);
	if (!h)
		return false;
	struct mn_map_word *word = MN_NEW(
	    a, struct mn_map_word, m->n_word + (size_t)n * MN_F_COUNT * MN_K_COUNT);
	memcpy(word, m->word, m->n_word * sizeof *word);
	for (uint32_t i = 0; i < n; i++)
		for (unsigned f = 0; f < MN_F_COUNT; f++) {
			if (h[i].head[f].n == 0)
				continue;
			struct mn_str s = mn_map_fold(a, h[i].head[f]);
			for (unsigned k = 0; k < MN_K_COUNT; k++)
				if (mn_field_in((enum mn_field)f, (enum mn_kind)k) &&
				    mn_map_word_field(m, (enum mn_kind)k, s) == MN_F_NONE)
					word[at++] = (struct mn_map_word){
					    (enum mn_kind)k, s, (enum mn_field)f};
		}
	mn_map_words_sort(word, at, *a);
	m->word = word;
	m->n_word = at;
	return true;
}
