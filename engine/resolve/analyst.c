/* The analyst: its tables, opened together, and shared by those who work side by side. */
#include "manumit/base/file.h"

#include "analyst.h"

static bool
hash_tables(struct mn_analyst *s, const char *dir, struct mn_err *err)
{
	static const char *const FILES[] = {"legal.txt", "concepts.txt", "places.txt",
	    "han.txt", "acronyms.txt", "letters.txt", "address.txt", "background.tsv"};
	struct mn_sha256 h;
	mn_sha256_init(&h);
	for (size_t i = 0; i < countof(FILES); i++) {
		char hex[MN_HEX256_CHARS + 1];
		uint64_t bytes;
		struct mn_arena a = s->own;
		const char *path = mn_arena_fmt(&a, "%s/%s%c", dir, FILES[i], 0).p;
		if (!mn_file_sha256(path, hex, &bytes, err))
			return false;
		mn_sha256_add(&h, mn_str_c(hex));
	}
	mn_sha256_hex(&h, s->epoch);
	return true;
}

struct mn_analyst *
mn_analyst_new(struct mn_arena *a, const char *dir, const struct mn_countries *countries,
    struct mn_err *err)
{
	struct mn_analyst *s = MN_NEW(a, struct mn_analyst, 1);
	const char *background = mn_arena_fmt(a, "%s/background.tsv%c", dir, 0).p;
	s->oom = a->oom;
	s->root = s->own = mn_arena_new(MN_FREQ_BYTES, a->oom);
	s->scratch = mn_buf_new(1u << 20);
	s->roman = mn_roman_new(err);
	s->lex = s->roman ? mn_lexicon_load(a, dir, countries, s->roman, err) : NULL;
	if (s->lex && mn_freq_read(s, background, err) && hash_tables(s, dir, err))
		return s;
	mn_analyst_free(s);
	return NULL;
}

struct mn_analyst *
mn_analyst_share(const struct mn_analyst *of, struct mn_err *err)
{
	struct mn_analyst *s = mn_handle_new(sizeof *s);
	if (!s) {
		mn_fail(err, MN_E_NOMEM, "analyst");
		return NULL;
	}
	s->shared = true;
	s->oom = of->oom;
	s->lex = of->lex;
	memcpy(s->epoch, of->epoch, sizeof s->epoch);
	s->scratch = mn_buf_new(1u << 20);
	s->roman = mn_roman_new(err);
	mn_analyst_follow(s, of);
	if (s->roman)
		return s;
	mn_analyst_free(s);
	return NULL;
}

void
mn_analyst_follow(struct mn_analyst *s, const struct mn_analyst *of)
{
	s->freq = of->freq;
	s->freq.a = NULL; /* it is read here, and grows elsewhere */
}

void
mn_analyst_free(struct mn_analyst *s)
{
	if (!s)
		return;
	mn_roman_free(s->roman);
	mn_buf_free(&s->scratch);
	mn_arena_free(s->root);
	if (s->shared)
		mn_handle_free(s);
}

const struct mn_lexicon *
mn_analyst_lexicon(const struct mn_analyst *s)
{
	return s->lex;
}

const char *
mn_analyst_epoch(const struct mn_analyst *s)
{
	return s->epoch;
}
