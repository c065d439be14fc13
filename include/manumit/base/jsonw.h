/*
 * Writing JSON as it goes, into an output file or a buffer; commas and nesting are kept
 * here. Strings are escaped (", \, control characters, U+2028, U+2029, and '<' so that
 * the text may stand inside a script element); invalid UTF-8 becomes U+FFFD. Misuse (a
 * value without a key in a map) sets `bad`. Thread rule: one writer, one thread.
 */
#ifndef MN_BASE_JSONW_H
#define MN_BASE_JSONW_H

#include "manumit/base/file.h"

#define MN_JSONW_DEPTH 24

struct mn_jsonw {
	struct mn_out *out; /* one of the two */
	struct mn_buf *buf;
	unsigned depth;
	bool first[MN_JSONW_DEPTH];
	bool is_map[MN_JSONW_DEPTH];
	bool have_key, bad, pretty;
};

struct mn_jsonw mn_jsonw_out(struct mn_out *o, bool pretty);
struct mn_jsonw mn_jsonw_buf(struct mn_buf *b, bool pretty);
/* key is NULL inside a list or at the top, else the member's name. */
void mn_jsonw_map(struct mn_jsonw *w, const char *key);
void mn_jsonw_end_map(struct mn_jsonw *w);
void mn_jsonw_list(struct mn_jsonw *w, const char *key);
void mn_jsonw_end_list(struct mn_jsonw *w);
void mn_jsonw_str(struct mn_jsonw *w, const char *key, struct mn_str v);
void mn_jsonw_c(struct mn_jsonw *w, const char *key, const char *v); /* NULL: null */
void mn_jsonw_int(struct mn_jsonw *w, const char *key, int64_t v);
void mn_jsonw_bool(struct mn_jsonw *w, const char *key, bool v);
void mn_jsonw_null(struct mn_jsonw *w, const char *key);
/* A decimal printed from fixed point, as a JSON number. */
void mn_jsonw_q16(struct mn_jsonw *w, const char *key, int64_t v_q16, unsigned digits);
/* An integer scaled by 10^digits (0..9) as a decimal. */
void mn_jsonw_decimal(
    struct mn_jsonw *w, const char *key, int64_t v_scaled, unsigned digits);
/* A string-keyed member whose name is a slice. */
void mn_jsonw_map_k(struct mn_jsonw *w, struct mn_str key);
void mn_jsonw_str_k(struct mn_jsonw *w, struct mn_str key, struct mn_str v);
void mn_jsonw_int_k(struct mn_jsonw *w, struct mn_str key, int64_t v);
/* A line end at the top level: JSON Lines. Resets for the next document. */
void mn_jsonw_line(struct mn_jsonw *w);

#endif
