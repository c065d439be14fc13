/* What a run takes from the state of its store, and what it writes into the journal. */
#include "manumit/base/limits.h"

#include "entries.h"
#include "stages.h"

static bool
same_pack(const struct mn_pack *old, const struct mn_pack_file *f)
{
	for (uint32_t i = 0; i < old->n_file; i++)
		if (mn_str_eq(old->file[i].id, f->id))
			return strcmp(old->file[i].sha256, f->sha256) == 0;
	return false;
}

/* Compares with the packs of the run before; a store without packs has none. */
static void
note_new_packs(struct mn_run *r, struct mn_state *state)
{
	struct mn_err ignored;
	struct mn_arena scratch = r->arena;
	const struct mn_pack *old = mn_pack_open_state(&scratch, state, &ignored);
	bool is_new[UINT8_MAX];
	uint32_t n = r->pack->n_file < UINT8_MAX ? r->pack->n_file : UINT8_MAX;
	for (uint32_t i = 0; i < n; i++)
		is_new[i] = !old || !same_pack(old, &r->pack->file[i]);
	/* Only now, because the old pack lies where this array will. */
	r->pack_is_new = MN_NEW(&r->arena, bool, r->pack->n_file);
	memcpy(r->pack_is_new, is_new, n * sizeof *is_new);
}

bool
mn_run_state(struct mn_run *r, struct mn_err *err)
{
	struct mn_state *state = mn_state_open(r->data_dir, true, err);
	bool good = state && mn_journal_head(state, &r->journal, err) &&
		    (r->decisions = mn_decisions_load(
			 &r->arena, state, r->o->as_of, err)) != NULL &&
		    (r->entries = mn_entries_load(&r->arena, state, err)) != NULL;
	if (good) {
		note_new_packs(r, state);
		good = mn_pack_store_state(r->pack, state, err);
	}
	mn_state_close(state);
	return good;
}

struct notes {
	struct mn_run *r;
	struct mn_journal_note *note;
	size_t n;
	struct mn_buf b;
	struct mn_jsonw w;
};

static void
begin(struct notes *x)
{
	mn_buf_clear(&x->b);
	x->w = mn_jsonw_buf(&x->b, false);
	mn_jsonw_map(&x->w, NULL);
	mn_jsonw_int(&x->w, "generation", (int64_t)x->r->result->generation);
}

static void
end(struct notes *x, const char *kind)
{
	mn_jsonw_end_map(&x->w);
	x->note[x->n++] = (struct mn_journal_note){
	    kind, MN_S("screen"), mn_arena_str(&x->r->arena, mn_buf_str(&x->b))};
}

static void
note_input(struct notes *x, const struct mn_source *s)
{
	begin(x);
	mn_jsonw_str(&x->w, "file", mn_source_base(s));
	mn_jsonw_c(&x->w, "kind", mn_kind_name(s->kind));
	mn_jsonw_str(&x->w, "sha256", s->sha256);
	mn_jsonw_int(&x->w, "bytes", (int64_t)s->bytes);
	mn_jsonw_int(&x->w, "rows", (int64_t)s->rows);
	end(x, "input");
}

static void
note_pack(struct notes *x, const struct mn_pack_file *f)
{
	begin(x);
	mn_jsonw_str(&x->w, "id", f->id);
	mn_jsonw_str(&x->w, "version", f->version);
	mn_jsonw_c(&x->w, "sha256", f->sha256);
	end(x, "pack");
}

static void
note_run(struct notes *x)
{
	char day[11];
	const struct mn_run *r = x->r;
	begin(x);
	mn_jsonw_c(&x->w, "version", MN_VERSION);
	mn_jsonw_str(&x->w, "as_of", mn_day_print(r->o->as_of, day));
	mn_jsonw_c(&x->w, "digest", r->result->digest);
	mn_jsonw_c(&x->w, "config_sha256", r->config_sha256);
	mn_jsonw_int(&x->w, "inputs", r->n_input);
	mn_jsonw_int(&x->w, "entities", (int64_t)r->result->entities);
	mn_jsonw_int(&x->w, "decisions", r->decisions->n);
	mn_jsonw_int(&x->w, "entries", r->entries->n);
	end(x, "run");
}

bool
mn_run_journal(struct mn_run *r, struct mn_err *err)
{
	struct notes x = {.r = r, .b = mn_buf_new(MN_MAX_RECORD)};
	x.note = MN_NEW(
	    &r->arena, struct mn_journal_note, 1 + (size_t)r->n_input + r->pack->n_file);
	for (uint32_t i = 0; i < r->pack->n_file; i++)
		if (r->pack_is_new[i])
			note_pack(&x, &r->pack->file[i]);
	for (uint32_t i = 0; i < r->n_input; i++)
		if (!mn_str_eq(r->source[i].layout, MN_S(MN_JOURNAL_LAYOUT)))
			note_input(&x, &r->source[i]);
	note_run(&x);
	mn_buf_free(&x.b);
	struct mn_state *state = mn_state_open(r->data_dir, true, err);
	bool good =
	    state && mn_journal_append(state, r->o->now, x.note, x.n, NULL, 0, NULL, err);
	mn_state_close(state);
	return good;
}
