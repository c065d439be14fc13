/*
 * Any bytes as a compiled list: refused, or read within its bounds. A file that begins
 * with "patch " is one of a sound list: pairs "offset byte" in decimal follow, so that
 * the corpus stays small and does not age with the tables. Runs in the project's folder.
 */
#include <stdlib.h>

#include "../../engine/resolve/list_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static const char *const NAMES[] = {"Velmora Textile Co., Ltd.", "Nordhalvik (NHK) Ltd",
    "新疆塔伊纺织有限公司", "Велморский завод", "Plant No. 2"};

static struct mn_matcher matcher;
static struct mn_list_build *built;
static struct mn_str sound;

static void
close_once(void)
{
	mn_list_build_free(built);
	mn_matcher_close(&matcher);
}

static void
open_once(void)
{
	struct mn_err err = MN_ERR_NONE;
	if (built)
		return;
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL);
	need(mn_matcher_open(&matcher, &a, "connectors/names", NULL, &err));
	struct mn_list_build *b = built = mn_list_build_new(&matcher, NULL, &err);
	need(b && atexit(close_once) == 0);
	for (size_t i = 0; i < countof(NAMES); i++) {
		mn_list_build_entry(b, i, MN_S("cn"), MN_S("Plot 12, Mirpur Road"));
		mn_list_build_name(
		    b, (enum mn_alias)(i % MN_ALIAS_COUNT), mn_str_c(NAMES[i]));
	}
	sound = mn_list_build_finish(b);
}

static void
look_up(const struct mn_list *l)
{
	static struct mn_profile query, right;
	struct mn_err err = MN_ERR_NONE;
	struct mn_finder *f = mn_finder_new(l, &matcher, 48, &err);
	for (size_t i = 0; f && i < countof(NAMES); i++) {
		const struct mn_match *m;
		struct mn_verdict v;
		mn_profile_read(&matcher, mn_str_c(NAMES[i]), MN_S("cn"),
		    MN_S("12 Mirpur Road"), &query);
		uint32_t n = mn_find(f, &query, &m);
		for (uint32_t k = 0; k < n; k++) {
			need(m[k].entry < l->n_entry && m[k].name < l->n_name);
			need(m[k].p_q16 >= 0 && m[k].p_q16 <= 65536);
			need(k == 0 || m[k].p_q16 <= m[k - 1].p_q16);
			mn_find_explain(f, &query, &m[k], &right, &v);
		}
	}
	mn_finder_free(f);
}

static void
patch(struct mn_str rest, char *image)
{
	uint64_t at, byte;
	while (rest.p && rest.n) {
		struct mn_str a = mn_str_cut(&rest, ' '), b = mn_str_cut(&rest, ' ');
		if (!mn_str_u64(mn_str_trim(a), &at) ||
		    !mn_str_u64(mn_str_trim(b), &byte))
			return;
		image[at % sound.n] = (char)byte;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_list list;
	struct mn_str in = mn_str((const char *)data, n), mark = MN_S("patch ");
	open_once();
	bool patched = mn_str_starts(in, mark);
	size_t size = patched ? sound.n : n;
	/* As long as the image, so that a sanitizer sees a read past its end. */
	char *p = mn_handle_new(size ? size : 1);
	need(p != NULL);
	if (size)
		memcpy(p, patched ? sound.p : in.p, size);
	if (patched)
		patch(mn_str_sub(in, mark.n, in.n), p);
	if (mn_list_open(mn_str(p, size), &list, &err))
		look_up(&list);
	mn_handle_free(p);
	return 0;
}
