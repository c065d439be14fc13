/* Several values in one cell. */
#include "manumit/base/hash.h"

#include "multi.h"

static bool
is_plain(struct mn_str s)
{
	return mn_str_find_byte(s, ';') == SIZE_MAX &&
	       mn_str_find_byte(s, '"') == SIZE_MAX;
}

/* Where the quoted value at the beginning of s ends: behind its closing quote. 0: none.
 */
static size_t
quoted_end(struct mn_str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] != '"')
			continue;
		if (i + 1 < s.n && s.p[i + 1] == '"') {
			i++;
			continue;
		}
		size_t end = i + 1;
		while (end < s.n && s.p[end] == ' ')
			end++;
		return end == s.n || s.p[end] == ';' ? i + 1 : 0;
	}
	return 0;
}

static struct mn_str
unquoted(struct mn_str s, struct mn_arena *a)
{
	char *out = mn_arena_alloc(a, 1, 1, s.n + 1);
	size_t n = 0;
	for (size_t i = 1; i + 1 < s.n; i++) {
		out[n++] = s.p[i];
		i += s.p[i] == '"';
	}
	return mn_str(out, n);
}

/* Cuts the first value off *rest; *rest.p == NULL afterwards: it was the last. */
static struct mn_str
next_value(struct mn_str *rest, struct mn_arena *a)
{
	struct mn_str s = mn_str_trim(*rest);
	size_t end = s.n && s.p[0] == '"' ? quoted_end(s) : 0;
	if (end == 0)
		return mn_str_trim(mn_str_cut(rest, ';'));
	*rest = mn_str_sub(s, end, s.n);
	mn_str_cut(rest, ';');
	return mn_str_trim(unquoted(mn_str_sub(s, 0, end), a));
}

/* Most cells hold one value. */
static struct mn_multi
one_value(struct mn_str cell, struct mn_arena *a)
{
	struct mn_str *item = MN_NEW(a, struct mn_str, 1);
	*item = mn_str_trim(cell);
	return (struct mn_multi){item, item->n > 0};
}

struct mn_multi
mn_multi_split(struct mn_str cell, struct mn_arena *a)
{
	size_t most = 1;
	uint32_t n = 0;
	if (is_plain(cell))
		return one_value(cell, a);
	for (size_t i = 0; i < cell.n; i++)
		most += cell.p[i] == ';';
	struct mn_str *item = MN_NEW(a, struct mn_str, most);
	for (struct mn_str rest = cell; rest.p;) {
		struct mn_str value = next_value(&rest, a);
		if (value.n)
			item[n++] = value;
	}
	return (struct mn_multi){item, n};
}

struct mn_str
mn_multi_join(const struct mn_multi *m, struct mn_arena *a)
{
	size_t bytes = 0;
	for (uint32_t i = 0; i < m->n; i++)
		bytes += m->item[i].n + 2;
	char *text = mn_arena_alloc(a, 1, 1, bytes), *p = text;
	for (uint32_t i = 0; i < m->n; i++) {
		if (i) {
			*p++ = ';';
			*p++ = ' ';
		}
		memcpy(p, m->item[i].p, m->item[i].n);
		p += m->item[i].n;
	}
	return mn_str(text, (size_t)(p - text));
}

void
mn_multi_quote(struct mn_buf *cell, struct mn_str value)
{
	if (is_plain(value)) {
		mn_buf_add(cell, value);
		return;
	}
	mn_buf_byte(cell, '"');
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == '"')
			mn_buf_byte(cell, '"');
		mn_buf_byte(cell, value.p[i]);
	}
	mn_buf_byte(cell, '"');
}

static bool
holds(struct mn_str list, struct mn_str value)
{
	for (struct mn_str rest = list; rest.p && rest.n;)
		if (mn_str_eq(mn_str_cut(&rest, ';'), value))
			return true;
	return false;
}

/* ---- many values ---- */

#define LOOKED_THROUGH 64 /* values up to which a list is looked through for each */

/* Where the values of a list stand in it, by their hash; n == 0: free. */
struct mn_multi_set {
	struct place {
		uint32_t from, n;
	} * place;
	uint32_t mask;
};

/* False: the list has it before. */
static bool
put(struct mn_multi_set *set, struct mn_str list, size_t from, size_t n)
{
	struct mn_str value = mn_str_sub(list, from, n);
	for (uint64_t at = mn_hash64(value);; at++) {
		struct place *p = &set->place[at & set->mask];
		if (p->n == 0) {
			*p = (struct place){(uint32_t)from, (uint32_t)n};
			return true;
		}
		if (mn_str_eq(mn_str_sub(list, p->from, p->n), value))
			return false;
	}
}

struct mn_multi_set *
mn_multi_set_new(struct mn_arena *a, struct mn_str list, uint32_t more)
{
	uint32_t room = 256;
	uint64_t values = 1 + (uint64_t)more;
	for (size_t i = 0; i < list.n; i++)
		values += list.p[i] == ';';
	if (values <= LOOKED_THROUGH || values > UINT32_MAX / 8)
		return NULL;
	while (room < 2 * values)
		room *= 2;
	struct mn_multi_set *set = MN_NEW(a, struct mn_multi_set, 1);
	set->place = MN_NEW(a, struct place, room);
	set->mask = room - 1;
	for (struct mn_str rest = list; rest.p && rest.n;) {
		struct mn_str value = mn_str_cut(&rest, ';');
		if (value.n)
			put(set, list, (size_t)(value.p - list.p), value.n);
	}
	return set;
}

void
mn_multi_add(struct mn_buf *list, struct mn_str value)
{
	mn_multi_add_new(list, NULL, value);
}

void
mn_multi_add_new(struct mn_buf *list, struct mn_multi_set *set, struct mn_str value)
{
	size_t had = list->n, from = had ? had + 1 : 0;
	if (had)
		mn_buf_byte(list, ';');
	for (size_t i = 0; i < value.n; i++)
		mn_buf_byte(list, value.p[i] == ';' ? ',' : value.p[i]);
	if (list->failed || list->n <= from)
		return;
	struct mn_str all = mn_buf_str(list);
	struct mn_str made = mn_str_sub(all, from, all.n);
	if (set ? !put(set, all, from, made.n) : holds(mn_str_sub(all, 0, had), made))
		list->n = had;
}

/* ---- cells under construction ---- */

struct mn_cell_value {
	struct mn_str value;
	bool quote;
	struct mn_cell_value *next;
};

struct mn_cells
mn_cells_new(struct mn_arena *a, uint32_t n)
{
	return (struct mn_cells){.a = a,
	    .first = MN_NEW(a, struct mn_cell_value *, n),
	    .last = MN_NEW(a, struct mn_cell_value *, n),
	    .bytes = MN_NEW(a, size_t, n),
	    .n = n};
}

void
mn_cells_add(struct mn_cells *c, uint32_t at, struct mn_str value, bool quote)
{
	struct mn_cell_value *v = MN_NEW(c->a, struct mn_cell_value, 1);
	*v = (struct mn_cell_value){value, quote, NULL};
	if (c->last[at])
		c->last[at]->next = v;
	else
		c->first[at] = v;
	c->last[at] = v;
	c->bytes[at] += 2 * value.n + 3;
}

struct mn_str
mn_cells_join(const struct mn_cells *c, uint32_t at)
{
	const struct mn_cell_value *v = c->first[at];
	if (!v)
		return MN_STR_NONE;
	if (!v->next && (!v->quote || is_plain(v->value)))
		return v->value;
	size_t room = c->bytes[at] + 1;
	char *p = mn_arena_alloc(c->a, 1, 1, room);
	struct mn_buf b = {p, 0, room, room, false};
	for (; v; v = v->next) {
		if (b.n)
			mn_buf_byte(&b, ';');
		if (v->quote)
			mn_multi_quote(&b, v->value);
		else
			mn_buf_add(&b, v->value);
	}
	return mn_buf_str(&b);
}
