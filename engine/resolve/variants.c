/* Names that hold several names: what stands in brackets, what slashes part. */
#include "manumit/text/utf8.h"

#include "analyst.h"

#define PART_BYTES 512
#define LEAST_BYTES 4 /* a shorter part is an abbreviation or a form */

struct parts {
	char outside[PART_BYTES], inside[PART_BYTES];
	size_t n_outside, n_inside;
	bool at_end; /* the last bracket ends the name */
};

static int
bracket(uint32_t c)
{
	if (c == '(' || c == '[' || c == 0xff08 || c == 0x3010)
		return 1;
	return c == ')' || c == ']' || c == 0xff09 || c == 0x3011 ? -1 : 0;
}

static void
put(char *to, size_t *n, struct mn_str s)
{
	if (*n + s.n > PART_BYTES)
		return;
	memcpy(to + *n, s.p, s.n);
	*n += s.n;
}

static void
cut_brackets(struct mn_str name, struct parts *p)
{
	int depth = 0;
	p->n_outside = p->n_inside = 0;
	p->at_end = false;
	while (name.n) {
		struct mn_str at = name;
		int b = bracket(mn_utf8_next(&name));
		struct mn_str c = mn_str(at.p, at.n - name.n);
		if (b) {
			depth += b;
			depth = depth < 0 ? 0 : depth;
			p->at_end = b < 0;
			c = MN_S(" ");
		} else if (depth == 0 && !mn_str_eq(c, MN_S(" "))) {
			p->at_end = false;
		}
		if (depth > 0)
			put(p->inside, &p->n_inside, c);
		else
			put(p->outside, &p->n_outside, c);
	}
}

/* "Name LLC/Name Company"; "A/S" and "24/7" are not two names. */
static bool
cut_slash(struct mn_str name, struct mn_str *left, struct mn_str *right)
{
	size_t at = mn_str_find_byte(name, '/');
	if (at == SIZE_MAX)
		return false;
	*left = mn_str_trim(mn_str_sub(name, 0, at));
	*right = mn_str_trim(mn_str_sub(name, at + 1, name.n));
	return left->n >= LEAST_BYTES && right->n >= LEAST_BYTES;
}

static bool
says_something(const struct mn_name *n)
{
	for (uint32_t i = 0; i < n->n; i++)
		if (n->tok[i].cls == MN_W_BRAND && n->tok[i].n >= 2)
			return true;
	return false;
}

/* The letters of a short word stand in the same order in the longer name. */
static bool
abbreviates(const struct mn_token *t, const struct mn_name *whole)
{
	size_t at = 0;
	for (uint32_t i = 0; i < whole->n; i++) {
		const struct mn_token *w = &whole->tok[i];
		if (at == 0 && w->n && t->n && w->text[0] != t->text[0])
			continue;
		for (size_t k = 0; k < w->n && at < t->n; k++)
			at += w->text[k] == t->text[at];
	}
	return t->n >= 2 && at == t->n;
}

/* What stands in brackets is another name of the same: it has a legal form, is in another
 * script, shares a telling word, or abbreviates the rest. Else it tells which of several.
 */
static bool
stands_for(const struct mn_name *inside, const struct mn_name *outside)
{
	const struct mn_token *brand = NULL;
	uint32_t brands = 0;
	if (inside->script != outside->script)
		return true;
	for (uint32_t i = 0; i < inside->n; i++) {
		const struct mn_token *t = &inside->tok[i];
		if (t->cls == MN_W_LEGAL)
			return true;
		if (t->cls != MN_W_BRAND)
			continue;
		brand = t;
		brands++;
		for (uint32_t k = 0; k < outside->n; k++)
			if (outside->tok[k].id == t->id)
				return true;
	}
	return brands == 1 && inside->n == 1 && abbreviates(brand, outside);
}

/* Adds both parts as names of their own, or neither. */
static void
add_parts(struct mn_analyst *s, struct mn_str a, struct mn_str b, struct mn_str country,
    struct mn_names *out)
{
	mn_name_analyse(s, a, country, &out->name[1]);
	mn_name_analyse(s, b, country, &out->name[2]);
	if (says_something(&out->name[1]) && says_something(&out->name[2]))
		out->n = 3;
}

void
mn_names_analyse(
    struct mn_analyst *s, struct mn_str name, struct mn_str country, struct mn_names *out)
{
	struct parts p;
	struct mn_str left, right;
	out->n = 1;
	mn_name_analyse(s, name, country, &out->name[0]);
	if (name.n > PART_BYTES)
		return;
	if (mn_str_find_byte(name, '(') == SIZE_MAX &&
	    mn_str_find_byte(name, '[') == SIZE_MAX &&
	    mn_str_find_byte(name, (char)0xef) == SIZE_MAX &&
	    mn_str_find_byte(name, (char)0xe3) == SIZE_MAX) {
		if (cut_slash(name, &left, &right))
			add_parts(s, left, right, country, out);
		return;
	}
	cut_brackets(name, &p);
	/* "Foo (East) Ltd" names one of several; "Foo Trading Ltd (Foo)" says it again.
	 */
	if (!p.at_end)
		return;
	add_parts(s, mn_str(p.outside, p.n_outside), mn_str(p.inside, p.n_inside),
	    country, out);
	if (out->n == 3 && !stands_for(&out->name[2], &out->name[1]))
		out->n = 1;
}
