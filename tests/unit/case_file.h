/*
 * Reading the .case files of tests/cases: cases of three parts, written by hand.
 *
 *   case ID title
 *   facts
 *     finding indicator=I07 strength=S description="papers held"
 *   expect
 *     band high
 *   why
 *     In words, with the paragraph that says so [engine/score/README.md: Rows].
 *
 * A line of facts or of expectations begins with a word that says what it is; '#' begins
 * a comment. tests/cases/README.md lists the words.
 */
#ifndef MN_TEST_CASE_FILE_H
#define MN_TEST_CASE_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "manumit/base/file.h"

#ifndef MN_SOURCE_DIR
#define MN_SOURCE_DIR "."
#endif
#define CASE __attribute__((unused)) static
#define CASE_MOST 1024
#define CASE_FOLDER MN_SOURCE_DIR "/tests/cases"

enum case_part { CASE_FACTS, CASE_EXPECT, CASE_WHY, CASE_PARTS };

struct case_line {
	struct mn_str text;
	unsigned no; /* in its file */
};

struct case_text {
	struct mn_str id, title, file;
	unsigned line;
	struct case_line *part[CASE_PARTS];
	unsigned n[CASE_PARTS];
};

struct case_set {
	struct case_text v[CASE_MOST];
	unsigned n;
	struct mn_arena *a;
};

/* "tests/cases/floors.case:12: text" and the test fails. */
#define case_fail(file, line, ...) \
	do { \
		print_error("%.*s:%u: ", MN_FMT(file), line); \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		fail(); \
	} while (0)

/* ---- words of a line ---- */

/* The next word, "quoted" or not; empty at the end. */
CASE struct mn_str
case_word(struct mn_str *rest)
{
	size_t at = 0, from;
	bool quoted = false;
	while (at < rest->n && rest->p[at] == ' ')
		at++;
	for (from = at; at < rest->n && (quoted || rest->p[at] != ' '); at++)
		quoted = quoted != (rest->p[at] == '"');
	struct mn_str word = mn_str_sub(*rest, from, at - from);
	*rest = mn_str_sub(*rest, at, rest->n);
	return word;
}

/* Cuts key=value; the value loses its quotes. False: no '='. */
CASE bool
case_pair(struct mn_str word, struct mn_str *key, struct mn_str *value)
{
	size_t at = mn_str_find_byte(word, '=');
	if (at == SIZE_MAX)
		return false;
	*key = mn_str_sub(word, 0, at);
	*value = mn_str_sub(word, at + 1, word.n);
	if (value->n >= 2 && value->p[0] == '"' && value->p[value->n - 1] == '"')
		*value = mn_str_sub(*value, 1, value->n - 2);
	return true;
}

CASE bool
case_is(struct mn_str s, const char *text)
{
	return mn_str_eq(s, mn_str_c(text));
}

/* ---- files ---- */

CASE int
case_part_of(struct mn_str line)
{
	static const char *const NAME[CASE_PARTS] = {"facts", "expect", "why"};
	for (int i = 0; i < CASE_PARTS; i++)
		if (case_is(line, NAME[i]))
			return i;
	return -1;
}

static void
case_begin(struct case_set *set, struct mn_str file, unsigned no, struct mn_str line)
{
	struct mn_str rest = mn_str_sub(line, 5, line.n);
	struct mn_str id = case_word(&rest);
	if (set->n == CASE_MOST)
		case_fail(file, no, "more than %d cases", CASE_MOST);
	for (unsigned i = 0; i < set->n; i++)
		if (mn_str_eq(set->v[i].id, id))
			case_fail(file, no, "the id %.*s stands also in %.*s:%u",
			    MN_FMT(id), MN_FMT(set->v[i].file), set->v[i].line);
	set->v[set->n++] = (struct case_text){
	    .id = id, .title = mn_str_trim(rest), .file = file, .line = no};
}

static void
case_put(
    struct case_set *set, struct case_text *c, enum case_part part, struct case_line line)
{
	if (c->n[part] % 16 == 0) {
		struct case_line *more =
		    MN_NEW(set->a, struct case_line, c->n[part] + 16);
		if (c->n[part])
			memcpy(more, c->part[part], c->n[part] * sizeof *more);
		c->part[part] = more;
	}
	c->part[part][c->n[part]++] = line;
}

/* Every case has all its parts, in their order. */
CASE void
case_parse(struct case_set *set, struct mn_str file, struct mn_str text)
{
	unsigned no = 0;
	int part = -1;
	struct case_text *c = NULL;
	for (struct mn_str rest = text; rest.p && rest.n;) {
		struct mn_str line = mn_str_trim(mn_str_cut(&rest, '\n'));
		int head = case_part_of(line);
		no++;
		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (mn_str_starts(line, MN_S("case "))) {
			if (c && part != CASE_WHY)
				case_fail(file, no, "the case before has no why");
			case_begin(set, file, no, line);
			c = &set->v[set->n - 1];
			part = -1;
		} else if (head >= 0) {
			if (!c || head != part + 1)
				case_fail(file, no, "facts, expect, why, in this order");
			part = head;
		} else if (part < 0) {
			case_fail(file, no, "facts are expected here");
		} else {
			case_put(
			    set, c, (enum case_part)part, (struct case_line){line, no});
		}
	}
	if (c && part != CASE_WHY)
		case_fail(file, no, "the last case has no why");
}

/* All .case files of a folder, in name order. */
CASE void
case_read_all(struct case_set *set, const char *folder, struct mn_arena *a)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str *name, text;
	size_t n;
	set->a = a;
	if (!mn_dir_list(a, folder, &name, &n, &err))
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < n; i++) {
		if (!mn_str_ends(name[i], MN_S(".case")))
			continue;
		const char *path =
		    mn_arena_fmt(a, "%s/%.*s%c", folder, MN_FMT(name[i]), 0).p;
		if (!mn_file_read(a, path, 1u << 22, &text, &err))
			fail_msg("%s", err.msg);
		case_parse(
		    set, mn_arena_fmt(a, "tests/cases/%.*s", MN_FMT(name[i])), text);
	}
}

CASE const struct case_text *
case_find(const struct case_set *set, struct mn_str id)
{
	for (unsigned i = 0; i < set->n; i++)
		if (mn_str_eq(set->v[i].id, id))
			return &set->v[i];
	return NULL;
}

/* ---- citations: [path: words]; lines may break anywhere between words ---- */

/* Runs of blanks and line ends as one blank. */
static struct mn_str
case_unbroken(struct mn_arena *a, struct mn_str text)
{
	char *out = MN_NEW(a, char, text.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		bool blank = (unsigned char)text.p[i] <= ' ';
		if (!blank || (n > 0 && out[n - 1] != ' '))
			out[n++] = blank ? ' ' : text.p[i];
	}
	return mn_str(out, n);
}

static bool
case_file_says(struct mn_arena scratch, struct mn_str path, struct mn_str words)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str text;
	const char *full =
	    mn_arena_fmt(&scratch, "%s/%.*s%c", MN_SOURCE_DIR, MN_FMT(path), 0).p;
	return words.n > 0 && mn_file_read(&scratch, full, 1u << 24, &text, &err) &&
	       mn_str_find(case_unbroken(&scratch, text), words) != SIZE_MAX;
}

/* How many citations the case has; each must hold. */
CASE unsigned
case_citations(const struct case_text *c, struct mn_arena scratch)
{
	unsigned n = 0;
	struct mn_str why = MN_STR_NONE;
	for (unsigned i = 0; i < c->n[CASE_WHY]; i++)
		why = mn_arena_fmt(&scratch, "%.*s %.*s", MN_FMT(why),
		    MN_FMT(c->part[CASE_WHY][i].text));
	why = case_unbroken(&scratch, why);
	for (size_t at; (at = mn_str_find_byte(why, '[')) != SIZE_MAX; n++) {
		why = mn_str_sub(why, at + 1, why.n);
		struct mn_str words = mn_str_cut(&why, ']');
		struct mn_str path = mn_str_cut(&words, ':');
		words = mn_str_trim(words);
		if (!case_file_says(scratch, path, words))
			case_fail(c->file, c->line, "%.*s does not say \"%.*s\"",
			    MN_FMT(path), MN_FMT(words));
	}
	return n;
}

#endif
