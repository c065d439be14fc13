/* An archive of all that a dossier rests on, with the hash of each of its files. */
#include "manumit/base/limits.h"
#include "manumit/report/export.h"

#include "export.h"
#include "html.h"
#include "zipw.h"

#define PART_BYTES ((size_t)1 << 28)

enum part {
	P_README,
	P_DOSSIER,
	P_ENTITY,
	P_EXPLAIN,
	P_DECISIONS,
	P_JOURNAL,
	P_PACK_ROWS,
	P_MANIFEST,
	P_SUMS,
	P_COUNT
};

static const struct {
	const char *name, *what;
} PART[P_COUNT] = {
    [P_README] = {"README.txt", "this text"},
    [P_DOSSIER] = {"dossier.html", "the dossier; its links to other pages lead nowhere"},
    [P_ENTITY] = {"entity.json",
	"evidence with citations (file, row, column), gates with the entries met and "
	"what "
	"was decided, context, questions, remedy: the record of results.jsonl"},
    [P_EXPLAIN] = {"explain.txt", "every contribution to the band, down to its row"},
    [P_DECISIONS] = {"decisions.jsonl",
	"what people decided about it, in the order of the journal; of one pair the last "
	"counts"},
    [P_JOURNAL] = {"journal.jsonl",
	"records of the journal that concern it: its run with inputs and packs, "
	"decisions, "
	"what was recorded, changes of plans; sha256 is the hash of the text of record; "
	"a "
	"recorded row that tells how many workers is withheld, and entity.json has it as "
	"the dossier tells it"},
    [P_PACK_ROWS] = {"pack-rows.jsonl", "rows of the packs that it was read by"},
    [P_MANIFEST] = {"manifest.json", "the run: inputs, packs and options with their "
				     "hashes, digest, head of the journal"},
    [P_SUMS] = {"SHA256SUMS", "hashes of these files: sha256sum -c SHA256SUMS"},
};

struct export
{
	const struct mn_report *r;
	const struct mn_export_in *in;
	struct mn_view v;
	struct mn_arena a;
	struct mn_zip_part part[P_COUNT];
	struct mn_err *err;
};

static void
put(struct export *x, enum part p, struct mn_str content)
{
	x->part[p] = (struct mn_zip_part){PART[p].name, content};
}

static void
put_buf(struct export *x, enum part p, struct mn_buf *b)
{
	put(x, p, mn_arena_str(&x->a, mn_buf_str(b)));
	mn_buf_free(b);
}

/* Pages and the manifest are written to files, so they go through the folder. */
static bool
put_file(struct export *x, enum part p)
{
	struct mn_str s;
	const char *path = mn_arena_fmt(&x->a, "%s/%s%c", x->in->work, PART[p].name, 0).p;
	if (!mn_file_read(&x->a, path, PART_BYTES, &s, x->err))
		return false;
	put(x, p, s);
	return true;
}

static bool
put_dossier(struct export *x)
{
	const char *path =
	    mn_arena_fmt(&x->a, "%s/%s%c", x->in->work, PART[P_DOSSIER].name, 0).p;
	struct mn_out *o = mn_out_open(path, 0600, x->err);
	if (!o)
		return false;
	mn_html_dossier(o, x->r, &x->v, &x->a);
	return mn_out_commit(o, true, NULL, x->err) && put_file(x, P_DOSSIER);
}

static bool
put_texts(struct export *x)
{
	struct mn_buf record = mn_buf_new(PART_BYTES), why = mn_buf_new(PART_BYTES),
		      rows = mn_buf_new(PART_BYTES);
	bool good = mn_report_record(x->r, &x->v, &x->a, &record, x->err) &&
		    mn_report_explain(x->r, x->in->who, false, &why, x->err);
	mn_export_pack_rows(x->r, &x->v, &x->a, &rows);
	if (good && (record.failed || why.failed || rows.failed))
		good = mn_fail(x->err, MN_E_IO, "the export is too long");
	put_buf(x, P_ENTITY, &record);
	put_buf(x, P_EXPLAIN, &why);
	put_buf(x, P_PACK_ROWS, &rows);
	return good;
}

static void
put_readme(struct export *x)
{
	char hex[33];
	struct mn_buf b = mn_buf_new(1u << 20);
	mn_eid_hex(x->v.ent.id, hex);
	mn_buf_fmt(&b,
	    "What the dossier on \"%.*s\" (id %s) rests on: generation %llu, digest %s.\n"
	    "%s\n\nRows of ledgers and of interviews are not in it: they are cited by "
	    "file "
	    "and line. That this was exported stands in the journal of the store, not "
	    "here.\n\n",
	    MN_FMT(x->v.ent.rec.v[MN_F_NAME]), hex, (unsigned long long)x->r->generation,
	    x->r->digest, MN_HTML_LIMITS);
	for (int p = 0; p < P_COUNT; p++)
		mn_buf_fmt(&b, "%-16s %s\n", PART[p].name, PART[p].what);
	put_buf(x, P_README, &b);
}

static void
put_sums(struct export *x)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	for (int p = 0; p < P_SUMS; p++) {
		char hex[MN_HEX256_CHARS + 1];
		struct mn_sha256 h;
		mn_sha256_init(&h);
		mn_sha256_add(&h, x->part[p].content);
		mn_sha256_hex(&h, hex);
		mn_buf_fmt(&b, "%s  %s\n", hex, PART[p].name);
	}
	put_buf(x, P_SUMS, &b);
}

bool
mn_report_export(const struct mn_report *r, const struct mn_export_in *in,
    struct mn_buf *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL);
	struct export x = {.r = r, .in = in, .a = root, .err = err};
	put(&x, P_JOURNAL, in->journal);
	put(&x, P_DECISIONS, in->decisions);
	bool good = mn_view_load(r, in->who, true, &x.a, &x.v, err) && put_dossier(&x) &&
		    mn_report_manifest(r, in->work, err) && put_file(&x, P_MANIFEST) &&
		    put_texts(&x);
	if (good) {
		put_readme(&x);
		put_sums(&x);
		good = mn_zip_make(x.part, P_COUNT, "the export", out, err);
	}
	mn_arena_free(root);
	return good;
}
