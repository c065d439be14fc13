/* Catalogues of messages: reading one file. */
#include <ctype.h>
#include <stdio.h>

#include "manumit/base/file.h"
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"
#include "manumit/report/messages.h"

struct reading {
	struct mn_arena *a;
	const char *path;
	struct mn_messages *m;
	struct mn_err *err;
};

static int
by_english(const void *a, const void *b, const void *ctx)
{
	const struct mn_message *x = a, *y = b;
	(void)ctx;
	return mn_str_cmp(x->english, y->english);
}

static bool
text_of(struct reading *x, const struct mn_json *doc, const char *key, struct mn_str *out)
{
	struct mn_str s;
	if (!mn_json_str(mn_json_get(doc, key), &s) || s.n == 0)
		return mn_fail(
		    x->err, MN_E_PACK_TYPE, "%s: %s: text is wanted", x->path, key);
	*out = mn_arena_str(x->a, s);
	return true;
}

/* What goes into a page as it is must not bring tags, and what is printed must take the
 * arguments that the program gives. */
static bool
read_message(struct reading *x, struct mn_str english, const struct mn_json *v)
{
	struct mn_str text;
	if (!mn_json_str(v, &text) || text.n == 0 || text.n > MN_MAX_MESSAGE)
		return mn_fail(x->err, MN_E_PACK_TYPE,
		    "%s: \"%.*s\": a text of at most %d bytes is wanted", x->path,
		    MN_FMT(mn_str_sub(english, 0, 60)), MN_MAX_MESSAGE);
	bool marked = mn_str_find_byte(text, '<') < text.n ||
		      mn_str_find_byte(text, '>') < text.n ||
		      mn_str_find_byte(text, '"') < text.n;
	if (marked || !mn_message_fits(english, text))
		return mn_fail(x->err, MN_E_PACK_TYPE, "%s: \"%.*s\": %s", x->path,
		    MN_FMT(mn_str_sub(english, 0, 60)),
		    marked ? "a text has no < > or \" in it"
			   : "the text has other conversions (%s, %u) than the English "
			     "one, or in another order");
	struct mn_message *row = (struct mn_message *)&x->m->row[x->m->n++];
	row->english = mn_arena_str(x->a, english);
	row->text = mn_str(mn_arena_cstr(x->a, text), text.n);
	return true;
}

static bool
read_all(struct reading *x, const struct mn_json *doc)
{
	struct mn_messages *m = x->m;
	const struct mn_json *list = mn_json_get(doc, "messages");
	size_t n = mn_json_count(list);
	if (!text_of(x, doc, "language", &m->language) ||
	    !text_of(x, doc, "name", &m->name) ||
	    !text_of(x, doc, "unreviewed", &m->unreviewed))
		return false;
	if (!mn_json_bool(mn_json_get(doc, "reviewed"), &m->reviewed))
		return mn_fail(x->err, MN_E_PACK_TYPE,
		    "%s: reviewed: true or false is wanted", x->path);
	struct mn_str colon = MN_S(": ");
	mn_json_str(mn_json_get(doc, "colon"), &colon);
	m->colon = mn_arena_str(x->a, colon);
	struct mn_message *row = MN_NEW(x->a, struct mn_message, n + 1);
	m->row = row;
	for (size_t i = 0; i < n; i++) {
		struct mn_str english;
		const struct mn_json *v = mn_json_member(list, i, &english);
		if (!read_message(x, english, v))
			return false;
	}
	mn_sort(row, m->n, sizeof *row, by_english, NULL, *x->a);
	return true;
}

/* The name of a file, not a way to one. */
static bool
is_language(const char *s)
{
	size_t n = strlen(s);
	for (size_t i = 0; i < n; i++)
		if (!islower((unsigned char)s[i]))
			return false;
	return n >= 2 && n <= 3;
}

static bool
unknown(struct mn_arena *a, const char *dir, const char *language, struct mn_err *err)
{
	struct mn_str *name;
	size_t n;
	if (!mn_dir_list(a, dir, &name, &n, err))
		return false;
	struct mn_buf there = mn_buf_new(1u << 10);
	for (size_t i = 0; i < n; i++)
		if (mn_str_ends(name[i], MN_S(".json")))
			mn_buf_fmt(&there, ", %.*s",
			    MN_FMT(mn_str_sub(name[i], 0, name[i].n - 5)));
	mn_fail(err, MN_E_USAGE,
	    "--lang %.20s: reports have no such language; there are en%.*s", language,
	    MN_FMT(mn_buf_str(&there)));
	mn_buf_free(&there);
	return false;
}

const struct mn_messages *
mn_messages_load(
    struct mn_arena *a, const char *dir, const char *language, struct mn_err *err)
{
	const char *folder = mn_arena_fmt(a, "%s/messages%c", dir, 0).p;
	const char *path = mn_arena_fmt(a, "%s/%.8s.json%c", folder, language, 0).p;
	struct reading x = {
	    .a = a, .path = path, .m = MN_NEW(a, struct mn_messages, 1), .err = err};
	struct mn_str text;
	if (!is_language(language) || !mn_path_exists(path)) {
		unknown(a, folder, language, err);
		return NULL;
	}
	*x.m = (struct mn_messages){0};
	if (!mn_file_read(a, path, MN_MAX_PACK, &text, err))
		return NULL;
	struct mn_json *doc = mn_json_parse(text, path, err);
	bool good = doc && read_all(&x, doc);
	mn_json_free(doc);
	return good ? x.m : NULL;
}
