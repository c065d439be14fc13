/*
 * Folding: what two spellings of the same words have in common. Compatibility form
 * (NFKC), case fold, marks stripped from Latin, Greek and Cyrillic letters, letters such
 * as ø ł ß spelled in ASCII; other scripts stay as they are. ASCII takes a fast path
 * without ICU. Appends to `out`. Idempotent. Pure but for the buffer; thread-safe.
 */
#ifndef MN_TEXT_FOLD_H
#define MN_TEXT_FOLD_H

#include "manumit/base/buf.h"

/* Compatibility form, case fold, marks off Latin and Greek letters; Cyrillic letters keep
 * theirs, punctuation and blanks stay: what romanisation starts from. */
void mn_fold_letters(struct mn_str s, struct mn_buf *out);
/* Folded text; runs of blanks and punctuation become one space, none at the ends. */
void mn_fold_words(struct mn_str s, struct mn_buf *out);
/* A header cell or key word: folded, words joined by '_' ("Número de Trabajadores" ->
 * "numero_de_trabajadores"). */
void mn_fold_key(struct mn_str s, struct mn_buf *out);
/* A name for exact joining: folded words; "&" and "+" read as "and"; dotted letters
 * joined (S.A. -> sa); the common spellings of one legal form unified at the end of the
 * name (limited -> ltd, company -> co, corporation -> corp, incorporated -> inc, private
 * -> pvt, "co ltd" stays co ltd); "the" dropped at the beginning. Different legal forms
 * stay different: exact joining must not be clever. */
void mn_fold_name(struct mn_str s, struct mn_buf *out);
/* An identifier for joining: letters and digits only, ASCII upper case. */
void mn_fold_id(struct mn_str s, struct mn_buf *out);

#endif
