/* Lines that belong to other lines. */
#include "manumit/base/sort.h"

#include "attach.h"

/* One value for one column of the line that `key` names. */
struct mn_attached {
	struct mn_str key;
	uint32_t rule, seq; /* seq: the attached line, for totals over one */
	uint32_t column;    /* of the header, or one of the two below */
	struct mn_str value;
};
#define FROM UINT32_MAX
#define UNTIL (UINT32_MAX - 1)

static const struct mn_map_attach *
rule_of(const struct mn_input *in, mn_path_fn *value, void *ctx)
{
	const struct mn_map_source *s = in->source;
	for (uint32_t i = 0; s && i < s->n_attach; i++)
		if (mn_str_eq(value(ctx, s->attach[i].column), s->attach[i].value))
			return &s->attach[i];
	return NULL;
}

bool
mn_attach_is(const struct mn_input *in, mn_path_fn *value, void *ctx)
{
	return rule_of(in, value, ctx) != NULL;
}

static void
keep(struct mn_input *in, struct mn_attached a)
{
	if (a.value.n == 0 || in->attach_bytes > MN_ATTACH_BYTES)
		return;
	if (in->n_attached == in->cap_attached) {
		uint32_t cap = in->cap_attached ? 2 * in->cap_attached : 1024;
		struct mn_attached *more = MN_NEW(in->arena, struct mn_attached, cap);
		if (in->n_attached)
			memcpy(more, in->attached, in->n_attached * sizeof *more);
		in->attached = more;
		in->cap_attached = cap;
	}
	a.key = mn_arena_str(in->arena, a.key);
	a.value = mn_arena_str(in->arena, a.value);
	in->attached[in->n_attached++] = a;
	in->attach_bytes += 2 * sizeof a + a.key.n + a.value.n;
	if (in->attach_bytes > MN_ATTACH_BYTES)
		mn_input_remark(in, in->line, MN_E_CELL_LONG, MN_STR_NONE, MN_STR_NONE,
		    "too many related lines: what later ones say is not used");
}

/* The path of a column "as:path" of this rule, or empty. */
static struct mn_str
path_of(const struct mn_map_attach *rule, struct mn_str header)
{
	size_t n = rule->as.n;
	if (header.n <= n + 1 || header.p[n] != ':' || !mn_str_starts(header, rule->as))
		return MN_STR_NONE;
	return mn_str_sub(header, n + 1, header.n);
}

/* One value for each line that is meant. */
static void
keep_for(struct mn_input *in, const struct mn_multi *to, struct mn_attached a)
{
	for (uint32_t i = 0; i < to->n; i++) {
		a.key = to->item[i];
		keep(in, a);
	}
}

void
mn_attach_keep(struct mn_input *in, mn_path_fn *value, void *ctx)
{
	const struct mn_map_attach *rule = rule_of(in, value, ctx);
	if (!rule)
		return;
	struct mn_multi to = mn_multi_split(value(ctx, rule->by), &in->row);
	struct mn_attached a = {
	    .rule = (uint32_t)(rule - in->source->attach), .seq = in->attach_seq++};
	for (a.column = 0; a.column < in->n_column; a.column++) {
		struct mn_str path = path_of(rule, in->info.header[a.column]);
		if (path.n == 0)
			continue;
		a.value = value(ctx, path);
		keep_for(in, &to, a);
	}
	if (rule->from.n == 0)
		return;
	a.column = FROM;
	a.value = value(ctx, rule->from);
	keep_for(in, &to, a);
	a.column = UNTIL;
	a.value = value(ctx, rule->until);
	a.value = a.value.n ? a.value : MN_S("-"); /* open */
	keep_for(in, &to, a);
}

static int
by_key(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_attached *a = pa, *b = pb;
	(void)ctx;
	int c = mn_str_cmp(a->key, b->key);
	if (c == 0)
		c = (a->rule > b->rule) - (a->rule < b->rule);
	if (c == 0)
		c = (a->seq > b->seq) - (a->seq < b->seq);
	return c ? c : (a->column > b->column) - (a->column < b->column);
}

void
mn_attach_sort(struct mn_input *in)
{
	mn_sort(
	    in->attached, in->n_attached, sizeof *in->attached, by_key, NULL, *in->arena);
}

static uint32_t
first_of(const struct mn_input *in, struct mn_str key, uint32_t rule)
{
	struct mn_attached want = {.key = key, .rule = rule};
	uint32_t lo = 0, hi = in->n_attached;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (by_key(&in->attached[mid], &want, NULL) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

/* From the earliest beginning; until the latest end, if every line has one. */
struct span {
	struct mn_str from, until;
	bool open;
};

static void
widen(struct span *s, const struct mn_attached *a)
{
	bool open = mn_str_eq(a->value, MN_S("-"));
	if (a->column == FROM && (!s->from.n || mn_str_cmp(a->value, s->from) < 0))
		s->from = a->value;
	if (a->column == UNTIL && !open && mn_str_cmp(a->value, s->until) > 0)
		s->until = a->value;
	s->open = s->open || (a->column == UNTIL && open);
}

static void
fill_rule(struct mn_input *in, uint32_t rule, struct mn_str key, struct span *span,
    struct mn_cells *cells)
{
	for (uint32_t i = first_of(in, key, rule); i < in->n_attached; i++) {
		const struct mn_attached *a = &in->attached[i];
		if (a->rule != rule || !mn_str_eq(a->key, key))
			break;
		if (a->column < in->n_column)
			mn_cells_add(cells, a->column, a->value, false);
		else
			widen(span, a);
	}
}

static void
fill_span(struct mn_input *in, const struct mn_map_attach *rule, const struct span *s,
    struct mn_cells *cells)
{
	for (uint32_t i = 0; i < in->n_column; i++) {
		struct mn_str path = path_of(rule, in->info.header[i]);
		if (mn_str_eq(path, MN_S("from")) && s->from.n)
			mn_cells_add(cells, i, s->from, false);
		if (mn_str_eq(path, MN_S("until")) && s->until.n && !s->open)
			mn_cells_add(cells, i, s->until, false);
	}
}

void
mn_attach_fill(struct mn_input *in, struct mn_cells *cells)
{
	const struct mn_map_source *s = in->source;
	for (uint32_t r = 0; s && r < s->n_attach; r++) {
		struct span span = {0};
		for (uint32_t i = 0; i < in->n_column; i++) {
			if (!mn_str_eq(in->info.header[i], s->attach[r].to))
				continue;
			struct mn_multi m =
			    mn_multi_split(mn_cells_join(cells, i), &in->row);
			for (uint32_t k = 0; k < m.n; k++)
				fill_rule(in, r, m.item[k], &span, cells);
		}
		fill_span(in, &s->attach[r], &span, cells);
	}
}
