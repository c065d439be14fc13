/*
 * Who is meant where a row says who paid for a check or who verified a remedy. Words are
 * read whole: "confirmed to the workers by the management" is nobody's word, so that no
 * name of workers in a sentence makes a claim a verification.
 */
#include "manumit/text/fold.h"

#include "make.h"

static bool
has_word(const struct mn_p_party *p, struct mn_str word)
{
	for (uint32_t i = 0; i < p->words.n; i++)
		if (mn_str_eq(p->words.v[i], word))
			return true;
	return false;
}

static const struct mn_p_party *
find_party(const struct mn_pack *p, struct mn_str word)
{
	for (uint32_t i = 0; i < p->n_party; i++)
		if (has_word(&p->party[i], word) || mn_str_eq(p->party[i].code, word))
			return &p->party[i];
	return NULL;
}

/* A verifier may also be given as a source class: "offsite_interviews". */
static const struct mn_p_source_class *
find_class(const struct mn_pack *p, struct mn_str text)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_key(text, &b);
	int at = mn_pack_source_class(p, mn_buf_str(&b));
	mn_buf_free(&b);
	return at < 0 ? NULL : &p->source_class[at];
}

static void
hear(const struct mn_pack *p, struct mn_str part, struct mn_said_by *out)
{
	struct mn_buf b = mn_buf_new(4096);
	mn_fold_words(part, &b);
	const struct mn_p_party *who = find_party(p, mn_buf_str(&b));
	const struct mn_p_source_class *c = who ? NULL : find_class(p, part);
	mn_buf_free(&b);
	if (!who && !c) {
		out->unknown = true;
		return;
	}
	bool workers = who ? who->worker_sourced : c->worker_sourced;
	/* Of several the workers are named, for theirs is the word that counts. */
	if (out->name.n == 0 || (workers && !out->workers))
		out->name = who ? who->name : c->name;
	out->workers = out->workers || workers;
	out->checked = out->checked || (who && who->checked_party);
}

struct mn_said_by
mn_make_said_by(const struct mn_pack *p, struct mn_str text)
{
	static const char BETWEEN[] = ";,/&+";
	struct mn_said_by out = {.name = MN_STR_NONE};
	for (size_t at = 0, from = 0; at <= text.n; at++) {
		if (at < text.n && !memchr(BETWEEN, text.p[at], sizeof BETWEEN - 1))
			continue;
		struct mn_str part = mn_str_trim(mn_str_sub(text, from, at - from));
		if (part.n)
			hear(p, part, &out);
		from = at + 1;
	}
	return out;
}
