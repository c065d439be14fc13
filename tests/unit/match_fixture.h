/*
 * A matcher over the shipped tables, and short ways to compare two names. Shared by the
 * tests of the matcher. All names are invented.
 */
#ifndef MN_TEST_MATCH_FIXTURE_H
#define MN_TEST_MATCH_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "manumit/base/fx.h"
#include "manumit/connectors/input.h"
#include "manumit/resolve/match.h"

#define MF __attribute__((unused)) static
#define P(x) ((int32_t)MN_Q16(x))

struct match_fix {
	struct mn_arena root;
	struct mn_matcher m;
	struct mn_profile left, right;
	struct mn_verdict v;
};

#define mf_ok(condition, err) \
	do { \
		if (!(condition)) \
			fail_msg("%s: %s", #condition, (err).msg); \
	} while (0)

MF void
mf_open(struct match_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	f->root = mn_arena_new((size_t)1 << 30, NULL);
	struct mn_arena a = f->root;
	const struct mn_mappings *maps =
	    mn_mappings_load(&a, MN_SOURCE_DIR "/connectors", &err);
	mf_ok(maps, err);
	mf_ok(mn_matcher_open(&f->m, &a, MN_SOURCE_DIR "/connectors/names",
		  mn_mappings_countries(maps), &err),
	    err);
}

MF void
mf_close(struct match_fix *f)
{
	mn_matcher_close(&f->m);
	mn_arena_free(f->root);
}

MF int
match_setup(void **state)
{
	struct match_fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	mf_open(f);
	*state = f;
	return 0;
}

MF int
match_teardown(void **state)
{
	struct match_fix *f = *state;
	mf_close(f);
	free(f);
	return 0;
}

/* A name with what else a record says; NULL: it says nothing. */
struct mf_side {
	const char *name, *country, *address;
};

static inline struct mn_str
mf_str(const char *s)
{
	return s ? mn_str_c(s) : MN_STR_NONE;
}

/* The verdict, in f->v too; f->left and f->right hold the sides. */
MF const struct mn_verdict *
mf_compare(struct match_fix *f, struct mf_side a, struct mf_side b)
{
	mn_profile_read(
	    &f->m, mf_str(a.name), mf_str(a.country), mf_str(a.address), &f->left);
	mn_profile_read(
	    &f->m, mf_str(b.name), mf_str(b.country), mf_str(b.address), &f->right);
	mn_profile_compare(&f->m, &f->left, &f->right, &f->v);
	return &f->v;
}

/* P of two bare names. */
MF int32_t
mf_p(struct match_fix *f, const char *a, const char *b)
{
	return mf_compare(
	    f, (struct mf_side){a, NULL, NULL}, (struct mf_side){b, NULL, NULL})
	    ->p_q16;
}

/* "text/class" of every token, one blank between; a number of a unit ends in '!'. */
MF const char *
mf_tokens(const struct mn_name *n, char *out, size_t room)
{
	size_t at = 0;
	out[0] = 0;
	for (uint32_t i = 0; i < n->n && at < room; i++)
		at += (size_t)snprintf(out + at, room - at, "%s%s/%s%s", i ? " " : "",
		    n->tok[i].text, mn_word_class_name(n->tok[i].cls),
		    n->tok[i].unit ? "!" : "");
	return out;
}

#endif
