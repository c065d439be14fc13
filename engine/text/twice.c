/*
 * Text encoded twice: UTF-8 that a program took for windows-1252 and wrote as UTF-8 once
 * more ("CafÃ©"). Each run of characters outside ASCII whose bytes of windows-1252 are
 * UTF-8 is taken back; other runs stay.
 */
#include "manumit/text/utf8.h"

#include "encoding.h"

#define RUN_MOST 4096 /* bytes of a run that is looked at: longer is no word */

static bool
byte_of(uint32_t c, char *out)
{
	unsigned i = c < 0x100 ? c : 0x80;
	while (c >= 0x100 && i < 0xa0 && mn_cp1252_char((unsigned char)i) != c)
		i++;
	*out = (char)i;
	return i != 0xa0 || c == 0xa0;
}

/* Bytes of the run at the beginning of s that are outside ASCII. */
static size_t
run_bytes(struct mn_str s)
{
	size_t n = 0;
	while (n < s.n && (unsigned char)s.p[n] >= 0x80)
		n++;
	return n;
}

/* Bytes of the run taken back into out, 0: it was encoded once. */
static size_t
taken_back(struct mn_str run, char out[static RUN_MOST])
{
	size_t n = 0;
	if (run.n > RUN_MOST)
		return 0;
	while (run.n)
		if (!byte_of(mn_utf8_next(&run), &out[n++]))
			return 0;
	return mn_utf8_valid(mn_str(out, n)) == n ? n : 0;
}

bool
mn_utf8_is_twice(struct mn_str s)
{
	char room[RUN_MOST];
	uint64_t twice = 0, once = 0;
	while (s.n) {
		size_t n = run_bytes(s);
		if (n && taken_back(mn_str_sub(s, 0, n), room))
			twice++;
		else
			once += n > 0;
		s = mn_str_sub(s, n ? n : 1, s.n);
	}
	return twice > 0 && twice >= 4 * once;
}

size_t
mn_utf8_take_back(char *p, size_t n, bool last, size_t *left)
{
	char room[RUN_MOST];
	size_t to = 0, from = 0;
	*left = 0;
	while (from < n) {
		size_t run = run_bytes(mn_str(p + from, n - from));
		size_t back = 0, all = run ? run : 1;
		/* It may go on in the next piece. */
		if (run && from + run == n && !last && run <= RUN_MOST) {
			*left = run;
		} else if (run && (back = taken_back(mn_str(p + from, run), room)) > 0) {
			memcpy(p + to, room, back);
			to += back;
			from += run;
			continue;
		}
		memmove(p + to, p + from, all);
		to += all;
		from += all;
	}
	return to;
}
