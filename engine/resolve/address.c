/* Addresses as sets of words and numbers. */
#include "manumit/resolve/pair.h"

#include "analyst.h"

/* Sorted, each value once. Addresses are short: insertion is enough. */
static uint32_t
insert(uint64_t *v, uint32_t n, uint64_t value)
{
	uint32_t at = n;
	while (at > 0 && v[at - 1] > value)
		at--;
	if ((at > 0 && v[at - 1] == value) || n == MN_ADDR_TOKENS)
		return n;
	memmove(&v[at + 1], &v[at], (n - at) * sizeof v[0]);
	v[at] = value;
	return n + 1;
}

/* The usual form of a word of addresses; empty: it says nothing. */
static struct mn_str
usual(const struct mn_lexicon *x, struct mn_str word)
{
	char key[MN_TOKEN_BYTES + 1] = "~";
	word = mn_str_sub(word, 0, MN_TOKEN_BYTES - 1);
	memcpy(key + 1, word.p, word.n);
	const struct mn_lex_slot *s = mn_lexicon_find(x, mn_str(key, word.n + 1));
	return s ? x->row[s->word].id : word;
}

static struct mn_str
latin(struct mn_analyst *s, const struct mn_word *word, struct mn_str text)
{
	if (word->script == MN_SCRIPT_LATIN)
		return text;
	mn_buf_clear(&s->scratch);
	mn_roman_word(s->roman, (enum mn_script)word->script, text, &s->scratch);
	return mn_buf_str(&s->scratch);
}

void
mn_address_read(struct mn_analyst *s, struct mn_str text, struct mn_address *out)
{
	struct mn_split split;
	out->n_word = out->n_number = 0;
	mn_split_name(text, &split);
	for (uint32_t i = 0; i < split.n; i++) {
		const struct mn_word *word = &split.word[i];
		struct mn_str w = mn_split_word(&split, i);
		if (word->script == MN_SCRIPT_NONE) {
			out->n_number = insert(out->number, out->n_number, mn_hash64(w));
			continue;
		}
		w = usual(s->lex, latin(s, word, w));
		if (w.n)
			out->n_word = insert(out->word, out->n_word, mn_hash64(w));
	}
}
