/* What changed since a generation before, beside the reports of the new one. */
#include "stages.h"

#define DIFF_BYTES \
	((size_t)1 << 32) /* of addresses; a page is used when it is written \
			   */

static const char *const NAME[MN_DIFF_FORMATS] = {"diff.txt", "diff.jsonl", "diff.csv"};

static bool
write_one(struct mn_run *r, int format, const struct mn_buf *b, struct mn_err *err)
{
	const char *path =
	    mn_arena_fmt(&r->arena, "%s/%s%c", r->out_tmp, NAME[format], 0).p;
	struct mn_out *o = mn_out_open(path, 0644, err);
	if (!o)
		return false;
	mn_out_write(o, mn_buf_str(b));
	return mn_out_commit(o, true, NULL, err);
}

static bool
compare(struct mn_run *r, const struct mn_report *was, const struct mn_report *now,
    struct mn_err *err)
{
	struct mn_buf b[MN_DIFF_FORMATS], *to[MN_DIFF_FORMATS];
	for (int f = 0; f < MN_DIFF_FORMATS; f++) {
		b[f] = mn_buf_new(DIFF_BYTES);
		to[f] = &b[f];
	}
	bool good = mn_diff_print(was, now, to, &r->result->diff, err);
	for (int f = 0; f < MN_DIFF_FORMATS; f++) {
		good = good && write_one(r, f, &b[f], err);
		mn_buf_free(&b[f]);
	}
	r->result->compared = good;
	return good;
}

/* The one asked for, while the store still keeps it; else the last. */
static struct mn_gen *
before(const struct mn_run *r, struct mn_err *err)
{
	struct mn_err gone = MN_ERR_NONE;
	struct mn_gen *g = r->o->compare_with
			       ? mn_gen_open(r->data_dir, r->o->compare_with, &gone)
			       : NULL;
	return g ? g : mn_gen_open(r->data_dir, 0, err);
}

bool
mn_run_compare(struct mn_run *r, const struct mn_report *now, struct mn_err *err)
{
	struct mn_err none = MN_ERR_NONE;
	struct mn_report was;
	struct mn_gen *g = before(r, &none);
	/* The first of a store has nothing to be compared with; nor has one whose
	 * predecessor was written by a program with other tables. */
	if (!g)
		return none.code == MN_E_NOTFOUND || none.code == MN_E_STORE ||
		       (*err = none, false);
	bool good = mn_report_open(&was, g, now->countries, &r->arena, err);
	if (good) {
		r->result->compared_with = mn_gen_number(g);
		good = compare(r, &was, now, err);
		mn_report_close(&was);
	}
	mn_gen_close(g);
	return good;
}
