/*
 * Releases of one process as one. A first pass over the file counts the releases of each
 * process; then those of a process that has several are kept as text until the last has
 * come, and read as the standard's merging routine says: the latest date first, of each
 * member the latest release that has it, lists by the id of their objects, null ends it
 * (ocds_view.c). What is kept is bounded; what is beyond that is read one by one.
 */
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/base/sort.h"

#include "ocds.h"

/* ---- when ---- */

/* A number of two digits at p; -1: none. */
static int
two(const char *p)
{
	bool digits = p[0] >= '0' && p[0] <= '9' && p[1] >= '0' && p[1] <= '9';
	return digits ? (p[0] - '0') * 10 + p[1] - '0' : -1;
}

/* Seconds east of Greenwich that "+01:00" or "-0500" says; 0: Z, nothing, or no zone. */
static int64_t
zone(struct mn_str s)
{
	if (s.n < 5 || (s.p[0] != '+' && s.p[0] != '-'))
		return 0;
	int h = two(s.p + 1), m = two(s.p + (s.p[3] == ':' && s.n > 5 ? 4 : 3));
	int64_t seconds = h < 0 || m < 0 ? 0 : (int64_t)h * 3600 + m * 60;
	return s.p[0] == '-' ? -seconds : seconds;
}

/* Milliseconds of a date and time, for comparing; INT64_MIN: it is none. */
static int64_t
instant(struct mn_str s)
{
	int64_t ms = 0, step = 100;
	int part[] = {0, 0, 0};
	size_t i = 10;
	if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' || two(s.p) < 0)
		return INT64_MIN;
	int year = two(s.p) * 100 + two(s.p + 2);
	int32_t day = mn_day_from(year, two(s.p + 5), two(s.p + 8));
	if (day == MN_DAY_NONE || two(s.p + 2) < 0)
		return INT64_MIN;
	for (size_t k = 0; k < 3 && i + 2 < s.n && two(s.p + i + 1) >= 0; k++, i += 3)
		part[k] = two(s.p + i + 1);
	if (i < s.n && s.p[i] == '.')
		for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, step /= 10)
			ms += step * (s.p[i] - '0');
	int64_t seconds = (int64_t)day * 86400 + part[0] * 3600 + part[1] * 60 + part[2];
	return (seconds - zone(mn_str_sub(s, i, SIZE_MAX))) * 1000 + ms;
}

/* ---- releases that are read as one ---- */

struct dated {
	const struct mn_json *v;
	struct mn_str path;
	int64_t when;
	size_t at;
};

/* The latest first; of one date the last in the file. */
static int
latest_first(const void *pa, const void *pb, const void *ctx)
{
	const struct dated *a = pa, *b = pb;
	(void)ctx;
	return a->when == b->when ? (a->at < b->at) - (a->at > b->at)
				  : (a->when < b->when) - (a->when > b->when);
}

static struct mn_view
united(struct mn_ocds *x, struct dated *d, size_t n, struct mn_str path)
{
	struct mn_view out = {.path = path, .n = (uint32_t)n};
	for (size_t i = 0; i < n; i++) {
		struct mn_view one = mn_view_one(x, d[i].v, d[i].path);
		d[i].at = i;
		d[i].when = instant(mn_view_id(x, one, "date"));
		if (n > 1 && d[i].when == INT64_MIN)
			mn_ocds_remark(x, MN_E_JSON_SHAPE, d[i].path, "date",
			    "no date and time: the release counts as the oldest");
	}
	mn_sort(d, n, sizeof *d, latest_first, NULL, x->a);
	const struct mn_json **v = MN_NEW(&x->a, const struct mn_json *, n);
	for (size_t i = 0; i < n; i++)
		v[i] = d[i].v;
	out.v = v;
	return out;
}

struct mn_view
mn_ocds_record(struct mn_ocds *x, struct mn_view record)
{
	const struct mn_json *list = mn_view_get(record, "releases");
	size_t n = mn_json_count(list), kept = 0;
	struct dated *d = MN_NEW(&x->a, struct dated, n);
	for (size_t i = 0; mn_json_type(list) == MN_JSON_LIST && i < n; i++) {
		const struct mn_json *v = mn_json_at(list, i);
		struct mn_str path =
		    mn_arena_fmt(&x->a, "%.*s/releases/%zu", MN_FMT(record.path), i);
		if (mn_json_type(v) == MN_JSON_MAP &&
		    mn_ocds_content(mn_view_one(x, v, path)))
			d[kept++] = (struct dated){.v = v, .path = path};
	}
	return united(
	    x, d, kept, mn_arena_fmt(&x->a, "%.*s/releases/*", MN_FMT(record.path)));
}

/* ---- the processes of a file ---- */

/* A release kept: its pointer, then its text. */
struct mn_ocds_kept {
	struct mn_ocds_kept *next;
	struct mn_buf text;
	size_t pointer;
};
/* A process with several releases. */
struct mn_ocds_process {
	uint32_t left; /* releases that are still to come */
	uint32_t n;    /* releases kept */
	size_t bytes;
	struct mn_ocds_kept *first, *last;
};
/* Any process. */
struct mn_ocds_name {
	uint64_t hash; /* of the ocid as it is written; 0: free */
	uint32_t n;    /* releases */
	uint32_t at;   /* from 1: its process; 0: it has one release */
};

struct named {
	struct mn_str ocid;
	bool record;
};

static void
name_member(void *ctx, struct mn_str key, struct mn_str value)
{
	static const struct mn_str RECORD[] = {
	    MN_S("compiledRelease"), MN_S("releases"), MN_S("record")};
	struct named *n = ctx;
	if (mn_str_eq(key, MN_S("ocid")))
		n->ocid = value;
	for (size_t i = 0; i < countof(RECORD); i++)
		n->record = n->record || mn_str_eq(key, RECORD[i]);
}

/* Hash of the process of a release; 0: it names none, or is a record. */
static uint64_t
process_of(struct mn_str text)
{
	struct named n = {0};
	mn_json_members(text, name_member, &n);
	struct mn_str id = n.ocid;
	if (id.n > 1 && id.p[0] == '"')
		id = mn_str_sub(id, 1, id.n - 1);
	id = mn_str_trim(id);
	return n.record || id.n == 0 || mn_str_eq(id, MN_S("null")) ? 0
								    : mn_hash64(id) | 1;
}

/* The place of a process in the table: its own or a free one. */
static struct mn_ocds_name *
place_of(struct mn_ocds_name *table, uint32_t cap, uint64_t hash)
{
	uint32_t at = (uint32_t)(hash >> 1) & (cap - 1);
	while (table[at].hash && table[at].hash != hash)
		at = (at + 1) & (cap - 1);
	return &table[at];
}

static void
grow(struct mn_ocds *x)
{
	uint32_t cap = x->cap_name ? 2 * x->cap_name : 1024;
	struct mn_ocds_name *more = MN_NEW(&x->life, struct mn_ocds_name, cap);
	for (uint32_t i = 0; i < x->cap_name; i++)
		if (x->name[i].hash)
			*place_of(more, cap, x->name[i].hash) = x->name[i];
	x->name = more;
	x->cap_name = cap;
}

static void
count_release(struct mn_ocds *x, uint64_t hash)
{
	if (hash == 0 || x->n_name == MN_OCDS_PROCESSES)
		return;
	if (x->n_name * 2 >= x->cap_name)
		grow(x);
	struct mn_ocds_name *p = place_of(x->name, x->cap_name, hash);
	x->n_name += p->hash == 0;
	p->hash = hash;
	p->n++;
}

static void
note(struct mn_ocds *x, enum mn_code code, const char *detail)
{
	mn_input_remark(x->in, 0, code, MN_STR_NONE, MN_STR_NONE, detail);
}

/* Makes the processes that have several releases, and tells of them. */
static void
make_processes(struct mn_ocds *x)
{
	uint64_t releases = 0;
	for (uint32_t i = 0; i < x->cap_name; i++)
		x->n_process += x->name[i].n > 1;
	x->process = MN_NEW(&x->life, struct mn_ocds_process, x->n_process);
	x->n_process = 0;
	for (uint32_t i = 0; i < x->cap_name; i++) {
		if (x->name[i].n < 2)
			continue;
		releases += x->name[i].n;
		x->process[x->n_process].left = x->name[i].n;
		x->name[i].at = ++x->n_process;
	}
	if (x->n_name == MN_OCDS_PROCESSES)
		note(x, MN_E_OCDS_AGAIN,
		    "the file names more processes than are told apart: releases of "
		    "those further down are not merged");
	if (releases == 0)
		return;
	struct mn_str detail = mn_arena_fmt(&x->life,
	    "%llu releases are read as %u process%s: of each member the one with the "
	    "latest date counts, lists are united by id%c",
	    (unsigned long long)releases, x->n_process, x->n_process == 1 ? "" : "es", 0);
	note(x, MN_E_OCDS_MERGED, detail.p);
}

bool
mn_ocds_survey(struct mn_ocds *x, struct mn_str path, struct mn_err *err)
{
	struct mn_stream *s = &x->in->stream;
	struct mn_json *none;
	enum mn_item item;
	mn_items_begin(&x->items, s, path);
	x->items.skim = true;
	do {
		x->a = x->root = mn_arena_reset(x->root, x->a);
		item = mn_items_next(&x->items, MN_MAX_RELEASE, &x->a, &none, err);
		if (item == MN_ITEM)
			count_release(x, process_of(x->items.text));
	} while (item == MN_ITEM || item == MN_ITEM_BAD);
	if (item == MN_ITEM_ERR || !mn_stream_rewind(s, err))
		return false;
	make_processes(x);
	mn_items_begin(&x->items, s, path);
	return true;
}

/* ---- keeping and reading them ---- */

static void
too_many(struct mn_ocds *x)
{
	if (!x->again)
		mn_ocds_remark(x, MN_E_OCDS_AGAIN, x->items.pointer, "",
		    "there are too many releases to be kept until the last has come: "
		    "from here on some are read one by one");
	x->again = true;
}

static bool
keep(struct mn_ocds *x, struct mn_ocds_process *p)
{
	size_t n = x->items.pointer.n + x->items.text.n;
	struct mn_ocds_kept *k = x->spare;
	if (p->bytes + n > MN_OCDS_PROCESS || x->kept_bytes + n > MN_OCDS_KEPT)
		return false;
	if (k)
		x->spare = k->next;
	else
		k = MN_NEW(&x->life, struct mn_ocds_kept, 1);
	*k = (struct mn_ocds_kept){.text = mn_buf_new(n), .pointer = x->items.pointer.n};
	mn_buf_add(&k->text, x->items.pointer);
	mn_buf_add(&k->text, x->items.text);
	if (k->text.failed) {
		mn_buf_free(&k->text);
		k->next = x->spare;
		x->spare = k;
		return false;
	}
	p->n++;
	*(p->last ? &p->last->next : &p->first) = k;
	p->last = k;
	p->bytes += n;
	x->kept_bytes += n;
	return true;
}

/* Digits between slashes, which differ between what is united, become '*'. */
static struct mn_str
starred(struct mn_ocds *x, struct mn_str path)
{
	char *out = mn_arena_alloc(&x->a, 1, 1, path.n + 2);
	size_t n = 0;
	for (size_t i = 0; i < path.n; i++) {
		bool digit = path.p[i] >= '0' && path.p[i] <= '9';
		bool number = digit && n && (out[n - 1] == '/' || out[n - 1] == '*');
		if (number && out[n - 1] == '*')
			continue;
		out[n++] = number ? '*' : path.p[i];
	}
	return mn_str(out, n);
}

/* What is kept of the process, as the release at hand. */
static void
read_process(struct mn_ocds *x, struct mn_ocds_process *p)
{
	struct dated *d = MN_NEW(&x->a, struct dated, p->n);
	struct mn_json_fault fault;
	size_t used, n = 0;
	bool twice;
	x->docs = MN_NEW(&x->a, struct mn_json *, p->n);
	x->reading = p;
	for (struct mn_ocds_kept *k = p->first; k; k = k->next) {
		struct mn_str all = mn_buf_str(&k->text);
		struct mn_json *v = mn_json_borrow_value(
		    &x->a, mn_str_sub(all, k->pointer, SIZE_MAX), &used, &twice, &fault);
		if (!v)
			continue; /* it was parsed once: cannot be */
		x->docs[n] = v;
		d[n++] = (struct dated){.v = v, .path = mn_str_sub(all, 0, k->pointer)};
	}
	x->n_doc = (uint32_t)n;
	x->count[MN_N_RELEASES].n += n ? n - 1 : 0;
	struct mn_str path = n ? d[0].path : MN_STR_NONE;
	x->release = united(x, d, n, n == 1 ? path : starred(x, path));
}

enum mn_ocds_step
mn_ocds_gather(struct mn_ocds *x)
{
	uint64_t hash = x->n_process ? process_of(x->items.text) : 0;
	uint32_t at = hash ? place_of(x->name, x->cap_name, hash)->at : 0;
	if (at == 0 || x->process[at - 1].left == 0)
		return MN_OCDS_ALONE;
	struct mn_ocds_process *p = &x->process[at - 1];
	p->left--;
	if (!keep(x, p)) {
		too_many(x);
		return MN_OCDS_ALONE;
	}
	if (p->left)
		return MN_OCDS_LATER;
	read_process(x, p);
	return MN_OCDS_WHOLE;
}

bool
mn_ocds_rest(struct mn_ocds *x)
{
	while (x->at_process < x->n_process && x->process[x->at_process].n == 0)
		x->at_process++;
	if (x->at_process == x->n_process)
		return false;
	read_process(x, &x->process[x->at_process]);
	return true;
}

void
mn_ocds_forget(struct mn_ocds *x)
{
	struct mn_ocds_process *p = x->reading;
	for (uint32_t i = 0; i < x->n_doc; i++)
		mn_json_free(x->docs[i]);
	x->n_doc = 0;
	x->reading = NULL;
	for (struct mn_ocds_kept *k = p ? p->first : NULL, *next; k; k = next) {
		next = k->next;
		mn_buf_free(&k->text);
		k->next = x->spare;
		x->spare = k;
	}
	if (p) {
		x->kept_bytes -= p->bytes;
		*p = (struct mn_ocds_process){.left = p->left};
	}
}

void
mn_ocds_merge_close(struct mn_ocds *x)
{
	mn_ocds_forget(x);
	for (uint32_t i = 0; i < x->n_process; i++) {
		x->reading = &x->process[i];
		mn_ocds_forget(x);
	}
}
