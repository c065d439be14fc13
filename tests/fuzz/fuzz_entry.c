/* Any bytes as an entry of what was done, or as a row of the table of a run: refused, or
 * one that is stored and read back as the same. The first byte says which, the second is
 * the length of what stands before the body. */
#include <stdint.h>

#include "../../engine/run/entries.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static void
same(const struct mn_record *a, const struct mn_record *b)
{
	need(a->kind == b->kind);
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		need(mn_str_eq(a->v[f], b->v[f]));
}

static void
as_entry(struct mn_str value)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_entry e, back;
	struct mn_buf key = mn_buf_new(64), again = mn_buf_new(1u << 18),
		      json = mn_buf_new(1u << 20);
	bool good = mn_entry_decode(7, value, &e, &err);
	need(good == (err.code == MN_E_NONE));
	if (good) {
		mn_entry_encode(&e, &key, &again);
		mn_entry_json(&e, &json);
		need(!again.failed && !json.failed);
		need(mn_entry_seq(mn_buf_str(&key)) == 7);
		need(mn_entry_decode(7, mn_buf_str(&again), &back, &err));
		same(&e.rec, &back.rec);
		need(mn_key_cmp(mn_done_says(&e.rec), mn_done_says(&back.rec)) == 0);
	}
	mn_buf_free(&key);
	mn_buf_free(&again);
	mn_buf_free(&json);
}

static void
as_row(struct mn_str all, size_t cut)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_done d, back;
	struct mn_buf key = mn_buf_new(64), body = mn_buf_new(1u << 18),
		      pos = mn_buf_new(64);
	struct mn_str rest = mn_str_sub(all, cut, all.n);
	bool good = mn_done_decode(mn_str_sub(all, 0, cut), mn_str_sub(rest, 8, rest.n),
	    mn_str_sub(rest, 0, 8), &d, &err);
	need(good == (err.code == MN_E_NONE));
	if (good) {
		mn_done_sort_key(&d, &key);
		mn_done_encode(&d, &body, &pos);
		need(mn_str_eq(mn_buf_str(&key), mn_str_sub(all, 0, cut)));
		need(mn_done_decode(
		    mn_buf_str(&key), mn_buf_str(&body), mn_buf_str(&pos), &back, &err));
		same(&d.rec, &back.rec);
	}
	mn_buf_free(&key);
	mn_buf_free(&body);
	mn_buf_free(&pos);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n < 2 || n > 1u << 16)
		return 0;
	struct mn_str all = mn_str((const char *)data + 2, n - 2);
	if (data[0] & 1)
		as_row(all, data[1]);
	else
		as_entry(all);
	return 0;
}
