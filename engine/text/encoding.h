/* Private to the room: the table of encodings. */
#ifndef MN_TEXT_ENCODING_H
#define MN_TEXT_ENCODING_H

#include "manumit/text/decode.h"

struct mn_encoding_row {
	const char *name, *icu; /* icu NULL: UTF-8, no converter */
	const char *others;     /* other names, ' ' between, folded as by the search */
	bool single;            /* one byte a character: C1 controls mean nothing */
};
const struct mn_encoding_row *mn_encoding_row(enum mn_encoding e);
/* What windows-1252 makes of a byte from 0x80. */
uint32_t mn_cp1252_char(unsigned char c);
/* How many bytes a UTF-8 character that starts with c has; 1 for anything odd. */
size_t mn_utf8_wanted(unsigned char c);

#endif
