/*
 * Pages in other languages: a catalogue a language, keyed by the English text, and the
 * one place that looks texts up. What a catalogue lacks stays English; codes, files that
 * programs read and the digest know nothing of it. Thread rule: read only once loaded.
 */
#ifndef MN_REPORT_MESSAGES_H
#define MN_REPORT_MESSAGES_H

#include "manumit/base/arena.h"
#include "manumit/base/buf.h"
#include "manumit/base/err.h"

/* Marks an English text that is looked up when it is written. */
#define MN_SAY(text) text

struct mn_message {
	struct mn_str english, text;
};

struct mn_messages {
	struct mn_str language;   /* "fr", as in <html lang> */
	struct mn_str name;       /* of the language, in it */
	bool reviewed;            /* by somebody whose language it is */
	struct mn_str unreviewed; /* the sentence that says that nobody did */
	struct mn_str colon;      /* between a label and its value; as in English: ": " */
	const struct mn_message *row; /* by English text */
	uint32_t n;
};

/* DIR/messages/LANGUAGE.json; NULL and err when there is none. A text has to have the
 * conversions of its English one, in their order, and no markup. */
const struct mn_messages *mn_messages_load(
    struct mn_arena *a, const char *dir, const char *language, struct mn_err *err);

/* The text for an English one, which is looked up without white space at its ends and
 * with single blanks; the English one when there is none or m is NULL. */
struct mn_str mn_message(const struct mn_messages *m, struct mn_str english);
/* Appends it, with the white space of the English text at its ends. */
void mn_message_text(
    const struct mn_messages *m, struct mn_str english, struct mn_buf *out);
/* printf with the text for the format: loading has seen to it that a text has the
 * conversions of its English one. */
void mn_message_vfmt(
    const struct mn_messages *m, struct mn_buf *out, const char *fmt, va_list ap);
struct mn_str mn_message_say(struct mn_arena *a, const struct mn_messages *m,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Appends markup with its texts, titles and labels replaced: whatever stands between
 * tags is one text. */
void mn_message_markup(
    const struct mn_messages *m, struct mn_str markup, struct mn_buf *out);

/* Cuts markup into pieces: true and the next piece, which is a text to be looked up or
 * something to be left as it is. */
bool mn_message_cut(struct mn_str *markup, struct mn_str *piece, bool *is_text);
/* Appends the form in which a text is a key; nothing when there are no words in it. */
void mn_message_key(struct mn_str text, struct mn_buf *out);
/* Do both have the same printf conversions in the same order? %.0s stands for %s. */
bool mn_message_fits(struct mn_str english, struct mn_str text);

#endif
