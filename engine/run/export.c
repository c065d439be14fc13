/* The export of an entity: its journal gathered, the archive written, and told of. */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/report/export.h"
#include "manumit/run/export.h"

#include "decide.h"

#define EXPORT_BYTES ((size_t)1 << 30)

struct exporting {
	const struct mn_export_opts *o;
	struct mn_export_result *out;
	struct mn_arena *a;
	struct mn_gen *gen;
	struct mn_report r;
	struct mn_view v;
	bool open;
	char who[33];
	struct mn_key *handle; /* of its rows, as decisions name them */
	size_t n_handle;
	struct mn_buf journal, decisions;
	struct mn_err *err;
	bool good;
};

/* ---- who is meant by a record ---- */

static void
add_handles(struct exporting *x, const struct mn_record *rec)
{
	x->n_handle += mn_decision_subjects(rec, x->handle + x->n_handle);
}

/* Decisions are kept under the handles of the row that they were made about. */
static bool
gather_handles(struct exporting *x)
{
	const struct mn_entity *e = &x->v.ent;
	size_t most = MN_HANDLES * ((size_t)e->n_member + 1) + x->v.n_gate;
	x->handle = MN_NEW(x->a, struct mn_key, most);
	add_handles(x, &e->rec);
	for (uint32_t i = 0; i < e->n_member; i++) {
		struct mn_str body;
		struct mn_record rec;
		if (mn_reader_row(x->r.reader, e->member[i], &body, x->err) != 1 ||
		    !mn_record_decode(body, e->member[i], &rec, x->err))
			return mn_fail(x->err, MN_E_STORE, "a row of it is missing");
		add_handles(x, &rec);
	}
	for (uint32_t i = 0; i < x->v.n_gate; i++)
		x->handle[x->n_handle++] = x->v.gate[i].subject;
	return true;
}

static bool
is_handle(const struct exporting *x, struct mn_str hex)
{
	char own[33];
	for (size_t i = 0; i < x->n_handle; i++) {
		mn_key_hex(x->handle[i], own);
		if (mn_str_eq(hex, mn_str_c(own)))
			return true;
	}
	return false;
}

static struct mn_str
text_of(const struct mn_json *payload, const char *key)
{
	struct mn_str s = MN_STR_NONE;
	mn_json_str(mn_json_get(payload, key), &s);
	return s;
}

/* A run rests on all that it read: that nothing was found is a statement, too. */
static bool
of_its_run(const struct exporting *x, const struct mn_json *payload, uint64_t seq)
{
	int64_t generation = 0;
	(void)seq;
	mn_json_int(mn_json_get(payload, "generation"), &generation);
	return (uint64_t)generation == x->r.generation;
}

/* Packs are told of by the run that had them first. */
static bool
of_its_packs(const struct exporting *x, const struct mn_json *payload, uint64_t seq)
{
	struct mn_str sha = text_of(payload, "sha256");
	(void)seq;
	for (uint32_t i = 0; i < x->r.pack->n_file; i++)
		if (mn_str_eq(sha, mn_str_c(x->r.pack->file[i].sha256)))
			return true;
	return false;
}

static bool
decided(const struct exporting *x, const struct mn_json *payload, uint64_t seq)
{
	(void)seq;
	return is_handle(x, text_of(payload, "subject")) ||
	       is_handle(x, text_of(payload, "entry_key"));
}

/* What was recorded is a row of the source that is the journal; its line is the number.
 */
static bool
recorded(const struct exporting *x, const struct mn_json *payload, uint64_t seq)
{
	(void)payload;
	for (uint32_t i = 0; i < x->v.n_done + x->v.n_ev; i++) {
		mn_rid rid =
		    i < x->v.n_done ? x->v.done[i].rec.rid : x->v.ev[i - x->v.n_done].rid;
		uint32_t src = mn_rid_src(rid);
		if (rid != MN_RID_NONE && src < x->r.n_source &&
		    mn_str_eq(x->r.source[src].layout, MN_S(MN_JOURNAL_LAYOUT)) &&
		    mn_rid_line(rid) == seq)
			return true;
	}
	return false;
}

static bool
planned(const struct exporting *x, const struct mn_json *payload, uint64_t seq)
{
	(void)seq;
	return mn_str_eq(text_of(payload, "out"), mn_str_c(x->who)) ||
	       mn_str_eq(text_of(payload, "in"), mn_str_c(x->who));
}

/* Earlier exports are not among them: the dossier does not rest on having been shown. */
static const struct {
	const char *kind;
	bool (*concerns)(
	    const struct exporting *x, const struct mn_json *payload, uint64_t seq);
} KINDS[] = {{"run", of_its_run}, {"input", of_its_run}, {"pack", of_its_packs},
    {"decision", decided}, {"record", recorded}, {"plan", planned}};

/* ---- the journal ---- */

/* How many workers a recorded row tells of, or what is owed to them: the dossier
 * withholds that where they are few. Looking at the number here would tell by what is
 * missing. */
static bool
tells_numbers(const struct mn_json *payload)
{
	for (size_t i = 0; i < mn_json_count(payload); i++) {
		struct mn_str name;
		mn_json_member(payload, i, &name);
		enum mn_field f = mn_field_by_name(name);
		if (f == MN_F_OWED || f == MN_F_PAID || f == MN_F_BACK_WAGES ||
		    (f != MN_F_NONE && mn_field_def(f)->type == MN_T_COUNT))
			return true;
	}
	return false;
}

/* Named by its number only. Not by its hash either: of a row that is otherwise known, a
 * few tries would find which small number gives it. */
static void
name_only(
    struct exporting *x, const struct mn_journal_record *r, const struct mn_json *payload)
{
	mn_buf_fmt(&x->journal,
	    "{\"seq\":%llu,\"kind\":\"record\",\"table\":\"%.*s\",\"withheld\":"
	    "\"numbers of workers\"}\n",
	    (unsigned long long)r->seq, MN_FMT(text_of(payload, "table")));
	x->out->records++;
	x->out->withheld++;
}

static void
take(struct exporting *x, const struct mn_journal_record *r, bool decision)
{
	struct mn_buf *to[] = {&x->journal, decision ? &x->decisions : NULL};
	for (size_t i = 0; i < countof(to); i++)
		if (to[i])
			mn_buf_fmt(to[i], "{\"sha256\":\"%.*s\",\"record\":%.*s}\n",
			    MN_FMT(r->hash), MN_FMT(r->text));
	x->out->records++;
	x->out->decisions += decision;
}

static bool
hear(void *ctx, const struct mn_journal_record *r)
{
	struct exporting *x = ctx;
	struct mn_json *j = mn_json_parse(r->text, "journal", x->err);
	if (!j)
		return x->good = false;
	struct mn_str kind = text_of(j, "kind");
	const struct mn_json *payload = mn_json_get(j, "payload");
	for (size_t i = 0; i < countof(KINDS); i++)
		if (mn_str_eq(kind, mn_str_c(KINDS[i].kind)) &&
		    KINDS[i].concerns(x, payload, r->seq)) {
			if (KINDS[i].concerns == recorded && tells_numbers(payload))
				name_only(x, r, payload);
			else
				take(x, r, KINDS[i].concerns == decided);
		}
	mn_json_free(j);
	return true;
}

static struct mn_str
note_json(struct exporting *x)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	struct mn_jsonw w = mn_jsonw_buf(&b, false);
	struct mn_source file = {.file = mn_str_c(x->o->out)};
	mn_jsonw_map(&w, NULL);
	mn_jsonw_int(&w, "generation", (int64_t)x->r.generation);
	mn_jsonw_c(&w, "entity", x->who);
	mn_jsonw_str(&w, "name", x->v.ent.rec.v[MN_F_NAME]);
	mn_jsonw_str(&w, "file", mn_source_base(&file));
	mn_jsonw_c(&w, "sha256", x->out->sha256);
	mn_jsonw_int(&w, "bytes", (int64_t)x->out->bytes);
	mn_jsonw_end_map(&w);
	struct mn_str s = mn_arena_str(x->a, mn_buf_str(&b));
	mn_buf_free(&b);
	return s;
}

/* ---- the archive ---- */

static void
measure(struct exporting *x, struct mn_str zip)
{
	struct mn_sha256 h;
	mn_sha256_init(&h);
	mn_sha256_add(&h, zip);
	mn_sha256_hex(&h, x->out->sha256);
	x->out->bytes = zip.n;
}

/* Written beside its place, told of, and only then put there. */
static bool
deliver(struct exporting *x, struct mn_state *s, struct mn_str zip)
{
	struct mn_out *o = mn_out_open(x->o->out, 0600, x->err);
	if (!o)
		return false;
	mn_out_write(o, zip);
	measure(x, zip);
	struct mn_journal_note note = {
	    "export", x->o->by.n ? x->o->by : MN_S("not said"), note_json(x)};
	if (mn_journal_append(s, x->o->now, &note, 1, NULL, 0, &x->out->head, x->err))
		return mn_out_commit(o, false, NULL, x->err);
	mn_out_abort(o);
	return false;
}

static bool
make(struct exporting *x, struct mn_state *s, struct mn_buf *zip)
{
	const char *work = mn_arena_fmt(x->a, "%s.work%c", x->o->out, 0).p;
	struct mn_err ignored = MN_ERR_NONE;
	if (mn_path_exists(work) && !x->o->force)
		return mn_fail(x->err, MN_E_EXISTS, "%s", work);
	bool good =
	    mn_dir_remove(work, x->err) && mn_journal_each(s, hear, x, x->err) && x->good;
	if (good && (x->journal.failed || x->decisions.failed))
		good = mn_fail(x->err, MN_E_IO, "the export is too long");
	struct mn_export_in in = {.who = x->v.ent.id,
	    .journal = mn_buf_str(&x->journal),
	    .decisions = mn_buf_str(&x->decisions),
	    .work = work};
	good = good && mn_dir_make(work, x->err) &&
	       mn_report_export(&x->r, &in, zip, x->err);
	return mn_dir_remove(work, good ? x->err : &ignored) && good;
}

static bool
open_entity(struct exporting *x)
{
	struct mn_eid id;
	x->gen = mn_gen_open(x->o->data_dir, 0, x->err);
	x->open = x->gen && mn_report_open(&x->r, x->gen, x->o->countries, x->a, x->err);
	if (!x->open || !mn_view_find(&x->r, x->o->entity, *x->a, &id, x->err) ||
	    !mn_view_load(&x->r, id, false, x->a, &x->v, x->err))
		return false;
	mn_eid_hex(id, x->who);
	x->out->name = mn_arena_str(x->a, x->v.ent.rec.v[MN_F_NAME]);
	x->out->generation = x->r.generation;
	return gather_handles(x);
}

static bool export(struct exporting *x)
{
	struct mn_buf zip = mn_buf_new(EXPORT_BYTES);
	struct mn_state *s = mn_state_open(x->o->data_dir, true, x->err);
	bool good = s && make(x, s, &zip) && deliver(x, s, mn_buf_str(&zip));
	mn_state_close(s);
	mn_buf_free(&zip);
	return good;
}

bool
mn_run_export(const struct mn_export_opts *o, struct mn_arena *a,
    struct mn_export_result *out, struct mn_err *err)
{
	struct mn_lock lock = {.fd = -1};
	struct exporting x = {.o = o, .out = out, .a = a, .err = err, .good = true};
	*out = (struct mn_export_result){.records = 0};
	if (mn_path_exists(o->out) && !o->force)
		return mn_fail(err, MN_E_EXISTS, "%s", o->out);
	x.journal = mn_buf_new(EXPORT_BYTES);
	x.decisions = mn_buf_new(EXPORT_BYTES);
	bool good =
	    mn_run_keeps(o->data_dir, *a, err) &&
	    mn_lock_file(mn_arena_fmt(a, "%s/lock%c", o->data_dir, 0).p, &lock, err) &&
	    open_entity(&x) && export(&x);
	if (x.open)
		mn_report_close(&x.r);
	mn_gen_close(x.gen);
	mn_lock_release(&lock);
	mn_buf_free(&x.journal);
	mn_buf_free(&x.decisions);
	return good;
}
