/* What is bought: codes and words of the items, and where they are delivered. */
#include "manumit/base/sort.h"
#include "manumit/text/utf8.h"

#include "ocds.h"

#define CODES_SHOWN 64  /* codes of one kind kept for a row: more say no more about it */
#define ITEMS_SHOWN 20  /* descriptions */
#define ITEM_BYTES 200u /* of each */

/* Values with ';' between, each once. */
static void
add_value(struct mn_ocds *x, struct mn_str *list, struct mn_str value, uint32_t most)
{
	uint32_t n = 0;
	if (value.n == 0)
		return;
	for (struct mn_str rest = *list; rest.p && rest.n; n++)
		if (mn_str_eq(mn_str_cut(&rest, ';'), value))
			return;
	if (n >= most)
		return;
	*list = list->n ? mn_arena_fmt(&x->a, "%.*s;%.*s", MN_FMT(*list), MN_FMT(value))
			: value;
}

/* Digits up to a check digit: "18110000-3" is 18110000, "6109.10" is 610910. */
static struct mn_str
digits(struct mn_ocds *x, struct mn_str s)
{
	char *out = mn_arena_alloc(&x->a, 1, 1, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n && s.p[i] != '-' && n < 16; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			out[n++] = s.p[i];
	return mn_str(out, n);
}

static void
add_code(struct mn_ocds *x, struct mn_view c, struct mn_bought *b)
{
	struct mn_str *const TO[] = {[MN_GOODS_OTHER] = NULL,
	    [MN_GOODS_CPV] = &b->cpv,
	    [MN_GOODS_UNSPSC] = &b->unspsc,
	    [MN_GOODS_HS] = &b->hs};
	struct mn_str *to = TO[mn_goods_scheme(mn_view_text(x, c, "scheme"))];
	if (to)
		add_value(x, to, digits(x, mn_view_id(x, c, "id")), CODES_SHOWN);
}

static struct mn_str
one_line(struct mn_ocds *x, struct mn_str s)
{
	s = mn_utf8_cut(s, ITEM_BYTES);
	char *out = mn_arena_alloc(&x->a, 1, 1, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		out[i] = s.p[i] == ';'                      ? ','
			 : s.p[i] == '\n' || s.p[i] == '\r' ? ' '
							    : s.p[i];
	return mn_str_trim(mn_str(out, s.n));
}

static void
deliver_to(struct mn_ocds *x, struct mn_view a, struct mn_bought *b)
{
	static const char *const PARTS[] = {"locality", "region", "countryName"};
	struct mn_str place = MN_STR_NONE;
	if (b->place.n || a.n == 0)
		return;
	for (size_t i = 0; i < countof(PARTS); i++) {
		struct mn_str part = mn_view_text(x, a, PARTS[i]);
		if (part.n)
			place = place.n ? mn_arena_fmt(&x->a, "%.*s, %.*s", MN_FMT(place),
					      MN_FMT(part))
					: part;
	}
	b->place = place;
	b->country = mn_view_text(x, a, "country");
	if (b->country.n == 0)
		b->country = mn_view_text(x, a, "countryName");
}

static void
add_item(struct mn_ocds *x, struct mn_view item, struct mn_bought *b)
{
	struct mn_view *more;
	struct mn_view c = mn_view_map(x, item, "classification");
	struct mn_str words = mn_view_text(x, item, "description");
	add_code(x, c, b);
	uint32_t n = mn_view_list(x, item, "additionalClassifications", &more);
	for (uint32_t i = 0; i < n; i++)
		add_code(x, more[i], b);
	if (words.n == 0)
		words = mn_view_text(x, c, "description");
	add_value(x, &b->items, one_line(x, words), ITEMS_SHOWN);
	deliver_to(x, mn_view_map(x, item, "deliveryAddress"), b);
	n = mn_view_list(x, item, "deliveryAddresses", &more);
	if (n)
		deliver_to(x, more[0], b);
}

/* ---- items and lots ---- */

static void
relate(struct mn_ocds *x, uint32_t lot, uint32_t item)
{
	if (lot == 0 || item == UINT32_MAX || x->n_related == x->cap_related)
		return;
	x->related[x->n_related++] = (struct mn_related){lot, item};
}

/* Lots that an item names. */
static void
relate_item(struct mn_ocds *x, uint32_t at)
{
	struct mn_view none = {0};
	const struct mn_json *m = mn_view_get(x->item[at], "relatedLots");
	struct mn_str s;
	for (size_t i = 0; i < mn_json_count(m); i++)
		if (mn_json_str(mn_json_at(m, i), &s))
			relate(x, mn_ocds_lot(x, mn_str_trim(s), none), at);
	if (!m)
		relate(x, mn_ocds_lot(x, mn_view_id(x, x->item[at], "relatedLot"), none),
		    at);
}

/* Items that a lot lists by their ids, as Paraguay's do. */
static void
relate_lot(struct mn_ocds *x, uint32_t lot)
{
	const struct mn_json *m = mn_view_get(x->lot[lot].v, "items");
	struct mn_str s;
	for (size_t i = 0; i < mn_json_count(m); i++)
		if (mn_json_str(mn_json_at(m, i), &s))
			relate(x, lot, mn_ocds_find(x, 'm', mn_str_trim(s)));
}

static size_t
most_related(const struct mn_ocds *x)
{
	size_t n = 0;
	for (uint32_t i = 0; i < x->n_item; i++)
		n += 1 + mn_json_count(mn_view_get(x->item[i], "relatedLots"));
	for (uint32_t i = 1; i < x->n_lot; i++)
		n += mn_json_count(mn_view_get(x->lot[i].v, "items"));
	return n < UINT32_MAX ? n : UINT32_MAX;
}

static int
by_lot(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_related *a = pa, *b = pb;
	(void)ctx;
	if (a->lot != b->lot)
		return a->lot < b->lot ? -1 : 1;
	return a->item < b->item ? -1 : a->item > b->item;
}

void
mn_ocds_goods(struct mn_ocds *x)
{
	x->n_item = mn_view_list(x, x->tender, "items", &x->item);
	x->count[MN_N_ITEMS].n += x->n_item;
	for (uint32_t i = 0; i < x->n_item; i++)
		mn_ocds_name(x, 'm', mn_view_id(x, x->item[i], "id"), i);
	x->n_related = 0;
	x->cap_related = (uint32_t)most_related(x);
	x->related = MN_NEW(&x->a, struct mn_related, x->cap_related);
	for (uint32_t i = 0; i < x->n_item; i++)
		relate_item(x, i);
	for (uint32_t i = 1; i < x->n_lot; i++)
		relate_lot(x, i);
	mn_sort(x->related, x->n_related, sizeof *x->related, by_lot, NULL, x->a);
}

/* The items of a lot; all of them for the tender, and when none is said to be of a lot.
 */
static void
read_lot(struct mn_ocds *x, uint32_t lot, struct mn_bought *b)
{
	uint32_t lo = 0, hi = x->n_related;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (x->related[mid].lot < lot)
			lo = mid + 1;
		else
			hi = mid;
	}
	bool all = lot == 0 || x->n_related == 0;
	for (uint32_t i = 0; all && i < x->n_item; i++)
		add_item(x, x->item[i], b);
	for (; !all && lo < x->n_related && x->related[lo].lot == lot; lo++)
		add_item(x, x->item[x->related[lo].item], b);
}

const struct mn_bought *
mn_ocds_bought(struct mn_ocds *x, uint32_t lot, uint32_t award)
{
	struct mn_bought *b = &x->lot[lot].bought;
	struct mn_view *item;
	uint32_t n = 0;
	if (award) {
		struct mn_award *w = &x->award[award - 1];
		if (w->bought.read)
			return &w->bought;
		n = mn_view_list(x, w->v, "items", &item);
		if (n == 0 && x->n_item == 0)
			n = mn_view_list(x, w->contract, "items", &item);
		w->bought.read = n > 0;
		for (uint32_t i = 0; i < n; i++)
			add_item(x, item[i], &w->bought);
		if (n)
			return &w->bought;
	}
	if (!b->read)
		read_lot(x, lot, b);
	b->read = true;
	return b;
}
