/*
 * Romanisation of one word by its script (ICU transliterators): what an English list
 * would write. Cyrillic follows BGN, Han follows pinyin with the syllables joined, the
 * rest is ICU's Any-Latin; all end in ASCII. Opening a transliterator is slow, so they
 * are opened at first use and kept. Thread rule: one romaniser, one thread.
 */
#ifndef MN_TEXT_ROMAN_H
#define MN_TEXT_ROMAN_H

#include "manumit/base/buf.h"
#include "manumit/base/err.h"
#include "manumit/text/split.h"

struct mn_roman;
struct mn_roman *mn_roman_new(struct mn_err *err);
void mn_roman_free(struct mn_roman *r); /* NULL is fine */

/* Appends the word in lower-case ASCII letters and digits, nothing else; nothing when ICU
 * knows no reading. */
void mn_roman_word(
    struct mn_roman *r, enum mn_script script, struct mn_str word, struct mn_buf *out);
/* Appends a Han word in simplified characters. */
void mn_roman_simplify(struct mn_roman *r, struct mn_str word, struct mn_buf *out);

#endif
