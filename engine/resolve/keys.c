/* Blocking keys: what two rows must share to be one entity. */
#include <stdio.h>

#include "manumit/base/limits.h"
#include "manumit/resolve/resolve.h"
#include "manumit/text/fold.h"
#include "manumit/text/ident.h"
#include "manumit/text/utf8.h"

#include "keys.h"

struct key_list {
	struct mn_block_key *out;
	size_t n, max;
	struct mn_arena *a;
	struct mn_buf buf;
};

/* type + folded text + suffix; nothing when the text folds to nothing. */
static void
add(struct key_list *l, char type, struct mn_str text, struct mn_str suffix,
    void (*fold)(struct mn_str, struct mn_buf *))
{
	if (l->n == l->max || text.n == 0)
		return;
	struct mn_str key = mn_block_key_make(&l->buf, type, text, suffix, fold);
	if (key.n == 0)
		return;
	l->out[l->n++].key = mn_arena_str(l->a, key);
}

static void
add_name(struct key_list *l, bool alias, struct mn_str name, struct mn_str country)
{
	add(l, alias ? 'n' : 'N', name, country, mn_fold_name);
	add(l, alias ? 'm' : 'M', name, MN_STR_NONE, mn_fold_name);
}

struct mn_str
mn_block_key_make(struct mn_buf *b, char type, struct mn_str text, struct mn_str suffix,
    void (*fold)(struct mn_str, struct mn_buf *))
{
	mn_buf_clear(b);
	mn_buf_byte(b, type);
	if (type == 'R') {
		mn_buf_add(b, suffix);
		mn_buf_byte(b, ':');
	}
	size_t head = b->n;
	if (fold)
		fold(text, b);
	else
		mn_buf_add(b, text);
	if (b->n == head)
		return MN_STR_NONE;
	struct mn_str whole = mn_utf8_cut(mn_buf_str(b), MN_MAX_NAME);
	b->n = whole.n;
	if (type == 'N' || type == 'n') {
		mn_buf_byte(b, '|');
		mn_buf_add(b, suffix);
	}
	return b->failed ? MN_STR_NONE : mn_buf_str(b);
}

struct mn_str
mn_block_root(struct mn_str number, struct mn_str country, char room[MN_ROOT_BYTES])
{
	struct mn_ident id;
	if (number.n == 0 || !mn_ident_read(number, country, &id) || id.person ||
	    !id.checked || id.root_n == 0)
		return MN_STR_NONE;
	/* French numbers of three schemes share one root. */
	enum mn_ident_scheme scheme =
	    id.scheme == MN_IDENT_FR_SIRET || id.scheme == MN_IDENT_FR_VAT
		? MN_IDENT_FR_SIREN
		: id.scheme;
	int n = snprintf(room, MN_ROOT_BYTES, "%u:%.*s", (unsigned)scheme, (int)id.root_n,
	    id.text + id.root_at);
	return mn_str(room, (size_t)n);
}

size_t
mn_block_keys(
    const struct mn_record *r, struct mn_block_key *out, size_t max, struct mn_arena *a)
{
	struct mn_str country = r->v[MN_F_COUNTRY];
	struct key_list l = {out, 0, max, a, mn_buf_new(MN_MAX_CELL)};
	char root[MN_ROOT_BYTES];
	add(&l, 'L', r->v[MN_F_LEI], MN_STR_NONE, NULL);
	add(&l, 'O', r->v[MN_F_OS_ID], MN_STR_NONE, NULL);
	add(&l, 'R', r->v[MN_F_TAX_ID], country, mn_fold_id);
	add(&l, 'r', mn_block_root(r->v[MN_F_TAX_ID], country, root), MN_STR_NONE, NULL);
	add(&l, 'I', r->v[MN_F_ID], MN_STR_NONE, NULL);
	add_name(&l, false, r->v[MN_F_NAME], country);
	if (!mn_str_eq(r->v[MN_F_NATIVE_NAME], r->v[MN_F_NAME]))
		add_name(&l, true, r->v[MN_F_NATIVE_NAME], country);
	/* An agent that a ledger names has its recruiter there, who is no parent. */
	if (!mn_rid_named(r->rid))
		add(&l, 'P', r->v[MN_F_PARENT], MN_STR_NONE, mn_fold_name);
	static const enum mn_field LISTS[] = {MN_F_ALIASES, MN_F_FORMER_NAMES};
	for (size_t f = 0; f < countof(LISTS); f++)
		for (struct mn_str rest = r->v[LISTS[f]]; rest.p && rest.n;)
			add_name(&l, true, mn_str_trim(mn_str_cut(&rest, ';')), country);
	mn_buf_free(&l.buf);
	return l.n;
}
