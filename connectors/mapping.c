/* Loading all mappings: header words, country names, known layouts. */
#include "manumit/base/json.h"
#include "manumit/base/limits.h"
#include "manumit/base/file.h"
#include "manumit/base/sort.h"
#include "manumit/text/fold.h"

#include "mapping_impl.h"
#include "sheet_words.h"

#define MAX_WORDS 8192

struct mn_str
mn_map_fold(struct mn_arena *a, struct mn_str s)
{
	struct mn_buf b = mn_buf_new(1u << 16);
	mn_fold_key(s, &b);
	struct mn_str out = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

static int
by_word(const void *pa, const void *pb, const void *ctx)
{
	const struct mn_map_word *a = pa, *b = pb;
	(void)ctx;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int c = mn_str_cmp(a->word, b->word);
	return c ? c : (a->field > b->field) - (a->field < b->field);
}

void
mn_map_words_sort(struct mn_map_word *word, uint32_t n, struct mn_arena scratch)
{
	mn_sort(word, n, sizeof *word, by_word, NULL, scratch);
}

struct reading {
	struct mn_arena *a;
	const char *file;
	struct mn_map_word *word;
	uint32_t n;
	struct mn_err *err;
};

static bool
unknown_field(struct reading *x, struct mn_str name, const char *where)
{
	struct mn_str names[MN_F_COUNT];
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		names[f] = mn_str_c(mn_field_def((enum mn_field)f)->name);
	int at = mn_str_nearest(name, names, MN_F_COUNT);
	return mn_fail(x->err, MN_E_PACK_REF, "%s: %s: no field \"%.*s\"%s%.*s", x->file,
	    where, MN_FMT(name), at < 0 ? "" : "; the nearest is ",
	    at < 0 ? 0 : (int)names[at].n, at < 0 ? "" : names[at].p);
}

static bool
read_words(
    struct reading *x, enum mn_kind kind, const char *where, const struct mn_json *map)
{
	struct mn_str name, word;
	for (size_t i = 0; i < mn_json_count(map); i++) {
		const struct mn_json *list = mn_json_member(map, i, &name);
		enum mn_field f = mn_field_by_name(name);
		if (f == MN_F_NONE)
			return unknown_field(x, name, where);
		for (size_t k = 0; k < mn_json_count(list); k++) {
			if (!mn_json_str(mn_json_at(list, k), &word))
				return mn_fail(x->err, MN_E_PACK_TYPE,
				    "%s: %s.%.*s[%zu]: text is wanted", x->file, where,
				    MN_FMT(name), k);
			if (x->n == MAX_WORDS)
				return mn_fail(x->err, MN_E_PACK_RANGE,
				    "%s: more than %d words", x->file, MAX_WORDS);
			x->word[x->n++] =
			    (struct mn_map_word){kind, mn_map_fold(x->a, word), f};
		}
	}
	return true;
}

/* {"any": {field: [words]}, "fees": {...}, ...} */
static bool
read_all_words(struct reading *x, const struct mn_json *root)
{
	struct mn_str key;
	for (size_t i = 0; i < mn_json_count(root); i++) {
		const struct mn_json *map = mn_json_member(root, i, &key);
		enum mn_kind kind = MN_K_COUNT;
		if (mn_str_eq(key, MN_S("note")))
			continue;
		if (!mn_str_eq(key, MN_S("any")) && !mn_kind_by_name(key, &kind))
			return mn_fail(x->err, MN_E_PACK_KEY,
			    "%s: \"%.*s\" is no kind of table", x->file, MN_FMT(key));
		if (!read_words(x, kind, key.p, map))
			return false;
	}
	return true;
}

static bool
load_words(
    struct mn_mappings *m, struct mn_arena *a, const char *path, struct mn_err *err)
{
	struct reading x = {.a = a,
	    .file = path,
	    .err = err,
	    .word = MN_NEW(a, struct mn_map_word, MAX_WORDS)};
	struct mn_str text;
	struct mn_json *root = NULL;
	bool good = mn_file_read(a, path, MN_MAX_PACK, &text, err) &&
		    (root = mn_json_parse(text, path, err)) != NULL &&
		    read_all_words(&x, root);
	mn_json_free(root);
	if (!good)
		return false;
	mn_map_words_sort(x.word, x.n, *a);
	m->word = x.word;
	m->n_word = x.n;
	return true;
}

static bool
load_grammars(
    struct mn_mappings *m, struct mn_arena *a, const char *path, struct mn_err *err)
{
	struct mn_str text;
	struct mn_json *root = NULL;
	bool good = mn_file_read(a, path, MN_MAX_PACK, &text, err) &&
		    (root = mn_json_parse(text, path, err)) != NULL &&
		    mn_grammars_read(a, root, path, &m->grammar, &m->n_grammar, err);
	mn_json_free(root);
	return good;
}

static bool
find_grammar(const struct mn_mappings *m, struct mn_map_source *s, const char *path,
    struct mn_err *err)
{
	for (uint32_t i = 0; i < m->n_grammar; i++)
		if (mn_str_eq(m->grammar[i].id, s->grammar_id))
			s->grammar = &m->grammar[i];
	return s->grammar_id.n == 0 || s->grammar ||
	       mn_fail(err, MN_E_PACK_REF, "%s: names.json has no grammar \"%.*s\"", path,
		   MN_FMT(s->grammar_id));
}

static bool
load_sources(
    struct mn_mappings *m, struct mn_arena *a, const char *dir, struct mn_err *err)
{
	struct mn_str *name;
	size_t n;
	if (!mn_dir_list(a, dir, &name, &n, err))
		return false;
	struct mn_map_source *s = MN_NEW(a, struct mn_map_source, n);
	for (size_t i = 0; i < n; i++) {
		if (!mn_str_ends(name[i], MN_S(".json")))
			continue;
		const char *path =
		    mn_arena_fmt(a, "%s/%.*s%c", dir, MN_FMT(name[i]), 0).p;
		s[m->n_source].rules.countries = m->countries;
		if (!mn_map_source_read(a, path, &s[m->n_source], err) ||
		    !find_grammar(m, &s[m->n_source], path, err))
			return false;
		m->n_source++;
	}
	m->source = s;
	return true;
}

const struct mn_mappings *
mn_mappings_load(struct mn_arena *a, const char *dir, struct mn_err *err)
{
	struct mn_mappings *m = MN_NEW(a, struct mn_mappings, 1);
	m->encoding = MN_ENC_COUNT;
	const char *countries = mn_arena_fmt(a, "%s/countries.json%c", dir, 0).p;
	struct mn_str text;
	if (!mn_file_read(a, countries, MN_MAX_PACK, &text, err))
		return NULL;
	m->countries = mn_countries_new(a, text, countries, err);
	if (!m->countries ||
	    !load_words(m, a, mn_arena_fmt(a, "%s/fields.json%c", dir, 0).p, err) ||
	    !load_grammars(m, a, mn_arena_fmt(a, "%s/names.json%c", dir, 0).p, err) ||
	    !mn_sheet_words_read(
		m, a, mn_arena_fmt(a, "%s/sheets.json%c", dir, 0).p, err) ||
	    !mn_headings_words(m, a, dir, err) ||
	    !load_sources(m, a, mn_arena_fmt(a, "%s/sources%c", dir, 0).p, err))
		return NULL;
	return m;
}

static bool
add_source(
    struct mn_arena *a, struct mn_mappings *m, const char *path, struct mn_err *err)
{
	struct mn_map_source *s = MN_NEW(a, struct mn_map_source, m->n_source + 1);
	memcpy(s + 1, m->source, m->n_source * sizeof *s);
	s->rules.countries = m->countries;
	if (!mn_map_source_read(a, path, s, err) || !find_grammar(m, s, path, err))
		return false;
	s->said = true;
	m->source = s;
	m->n_source++;
	return true;
}

const struct mn_mappings *
mn_mappings_with(struct mn_arena *a, const struct mn_mappings *m,
    const struct mn_mappings_said *said, struct mn_err *err)
{
	struct mn_mappings *with = MN_NEW(a, struct mn_mappings, 1);
	const char *nearest = NULL;
	*with = *m;
	if (said->encoding &&
	    !mn_encoding_find(mn_str_c(said->encoding), &with->encoding, &nearest)) {
		mn_fail(err, MN_E_USAGE, "--encoding %s: no encoding of that name%s%s%s",
		    said->encoding, nearest ? "; did you mean " : "",
		    nearest ? nearest : "", nearest ? "?" : "");
		return NULL;
	}
	if (said->mapping && !add_source(a, with, said->mapping, err))
		return NULL;
	return with;
}

const struct mn_mappings *
mn_mappings_apart(struct mn_arena *a, const struct mn_mappings *m)
{
	struct mn_mappings *apart = MN_NEW(a, struct mn_mappings, 1);
	*apart = *m;
	apart->apart = true;
	return apart;
}

const struct mn_mappings *
mn_mappings_jobs(struct mn_arena *a, const struct mn_mappings *m, uint32_t jobs)
{
	struct mn_mappings *with = MN_NEW(a, struct mn_mappings, 1);
	*with = *m;
	with->jobs = jobs;
	return with;
}

const struct mn_countries *
mn_mappings_countries(const struct mn_mappings *m)
{
	return m->countries;
}

bool
mn_mappings_source(
    const struct mn_mappings *m, size_t i, struct mn_str *source, struct mn_str *title)
{
	if (i >= m->n_source)
		return false;
	*source = m->source[i].id;
	*title = m->source[i].title;
	return true;
}

static enum mn_field
find_word(const struct mn_mappings *m, enum mn_kind kind, struct mn_str word)
{
	struct mn_map_word want = {kind, word, 0};
	uint32_t lo = 0, hi = m->n_word;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (by_word(&m->word[mid], &want, NULL) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < m->n_word && m->word[lo].kind == kind &&
		       mn_str_eq(m->word[lo].word, word)
		   ? m->word[lo].field
		   : MN_F_NONE;
}

enum mn_field
mn_map_word_field(const struct mn_mappings *m, enum mn_kind kind, struct mn_str folded)
{
	/* Folding drops '%', so "migrant workers %" would take the field of that name; a
	 * name always means itself. */
	enum mn_field f = mn_field_by_name(folded);
	if (f == MN_F_NONE || !mn_field_in(f, kind))
		f = find_word(m, kind, folded);
	if (f == MN_F_NONE)
		f = find_word(m, MN_K_COUNT, folded);
	return mn_field_in(f, kind) ? f : MN_F_NONE;
}

static bool
has_cell(const struct mn_str *header, uint32_t n, struct mn_str want)
{
	for (uint32_t i = 0; i < n; i++)
		if (mn_str_eq(header[i], want))
			return true;
	return false;
}

/* Tables of reference data have headers as short as "id,value", which tables of users
 * have as well, among others. So few cells must be all of them. */
#define FEW 4

const struct mn_map_source *
mn_map_recognise(const struct mn_mappings *m, enum mn_kind kind,
    const struct mn_str *header, uint32_t n)
{
	const struct mn_map_source *best = NULL;
	for (uint32_t i = 0; i < m->n_source; i++) {
		const struct mn_map_source *s = &m->source[i];
		bool all =
		    s->n_match > 0 && (kind == MN_K_COUNT || s->kind == kind) &&
		    !(s->kind == MN_K_REFERENCE && s->n_match < FEW && n != s->n_match);
		for (uint32_t k = 0; all && k < s->n_match; k++)
			all = has_cell(header, n, s->match[k]);
		if (all && s->said)
			return s;
		if (all && (!best || s->n_match > best->n_match))
			best = s;
	}
	return best;
}

const struct mn_map_source *
mn_map_recognise_reference(
    const struct mn_mappings *m, const struct mn_str *header, uint32_t n)
{
	return mn_map_recognise(m, MN_K_REFERENCE, header, n);
}
