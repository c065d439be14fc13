/* Names of sheets that say what they hold. */
#include "manumit/base/file.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"

#include "sheet_words.h"

#define MAX_WORDS 1024

struct reading {
	struct mn_arena *a;
	const char *path;
	struct mn_sheet_word *word;
	uint32_t n;
	struct mn_err *err;
};

static bool
read_kind(struct reading *x, struct mn_str key, const struct mn_json *list)
{
	enum mn_kind kind;
	struct mn_str word;
	if (mn_str_eq(key, MN_S("note")))
		return true;
	if (!mn_kind_by_name(key, &kind))
		return mn_fail(x->err, MN_E_PACK_KEY, "%s: \"%.*s\" is no kind of table",
		    x->path, MN_FMT(key));
	for (size_t i = 0; i < mn_json_count(list); i++) {
		if (!mn_json_str(mn_json_at(list, i), &word))
			return mn_fail(x->err, MN_E_PACK_TYPE,
			    "%s: %.*s[%zu]: text is wanted", x->path, MN_FMT(key), i);
		if (x->n == MAX_WORDS)
			return mn_fail(x->err, MN_E_PACK_RANGE, "%s: more than %d words",
			    x->path, MAX_WORDS);
		x->word[x->n++] = (struct mn_sheet_word){mn_map_fold(x->a, word), kind};
	}
	return true;
}

bool
mn_sheet_words_read(
    struct mn_mappings *m, struct mn_arena *a, const char *path, struct mn_err *err)
{
	struct reading x = {.a = a, .path = path, .err = err};
	struct mn_str text, key;
	if (!mn_path_exists(path))
		return true;
	if (!mn_file_read(a, path, MN_MAX_PACK, &text, err))
		return false;
	struct mn_json *root = mn_json_parse(text, path, err);
	bool good = root != NULL;
	x.word = MN_NEW(a, struct mn_sheet_word, MAX_WORDS);
	for (size_t i = 0; good && i < mn_json_count(root); i++) {
		const struct mn_json *list = mn_json_member(root, i, &key);
		good = read_kind(&x, key, list);
	}
	mn_json_free(root);
	m->sheet_word = x.word;
	m->n_sheet_word = x.n;
	return good;
}

static enum mn_kind
find(const struct mn_mappings *m, struct mn_str folded)
{
	for (uint32_t i = 0; i < m->n_sheet_word; i++)
		if (mn_str_eq(m->sheet_word[i].word, folded))
			return m->sheet_word[i].kind;
	return MN_K_COUNT;
}

enum mn_kind
mn_map_sheet_kind(const struct mn_mappings *m, struct mn_str folded)
{
	enum mn_kind kind = find(m, folded);
	size_t n = folded.n;
	while (n > 0 && (folded.p[n - 1] == '_' ||
			    (folded.p[n - 1] >= '0' && folded.p[n - 1] <= '9')))
		n--;
	return kind < MN_K_COUNT ? kind : find(m, mn_str_sub(folded, 0, n));
}
