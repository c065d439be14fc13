/* What `manumit record` kept, read as tables of a run. */
#include "entries.h"
#include "recorded.h"

/* The table as an input: its hash is over the rows as they are stored. */
static void
describe(struct mn_run *r, uint32_t src, const struct mn_stored *v, uint32_t n)
{
	char hex[MN_HEX256_CHARS + 1];
	struct mn_sha256 h;
	struct mn_source *s = &r->source[src];
	*s = (struct mn_source){.src = src,
	    .kind = v->kind,
	    .file = MN_S("journal"),
	    .layout = MN_S(MN_JOURNAL_LAYOUT),
	    .title = MN_S("entries of manumit record; the line is the record of the "
			  "journal (manumit audit show)"),
	    .licence = MN_S("yours"),
	    .encoding = MN_S("utf-8"),
	    .rows = n};
	mn_sha256_init(&h);
	for (uint32_t i = 0; i < n; i++) {
		mn_sha256_add(&h, v[i].value);
		s->bytes += v[i].value.n;
	}
	mn_sha256_hex(&h, hex);
	s->sha256 = mn_arena_str(&r->arena, mn_str_c(hex));
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		if (mn_field_in((enum mn_field)f, v->kind))
			s->column[f] = mn_str_c(mn_field_def((enum mn_field)f)->name);
}

bool
mn_recorded_read(struct mn_run *r,
    bool (*put)(void *ctx, const struct mn_record *rec, struct mn_err *err), void *ctx,
    uint64_t *rows, struct mn_err *err)
{
	const struct mn_entries *all = r->entries;
	for (uint32_t i = 0, to; i < all->n; i = to) {
		uint32_t src = r->n_input++;
		for (to = i + 1; to < all->n && all->v[to].kind == all->v[i].kind;)
			to++;
		describe(r, src, &all->v[i], to - i);
		for (uint32_t k = i; k < to; k++) {
			struct mn_entry e;
			if (!mn_entry_decode(all->v[k].seq, all->v[k].value, &e, err))
				return false;
			e.rec.rid = mn_rid_make(src, e.seq);
			if (!put(ctx, &e.rec, err))
				return false;
		}
		*rows += to - i;
	}
	return true;
}
