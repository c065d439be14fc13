/* Any bytes in any encoding, in any pieces: named without harm, and what comes out is
 * UTF-8 and the same however the bytes are cut. The first byte chooses the encoding, the
 * second the piece. */
#include <stdint.h>

#include "manumit/base/arena.h"
#include "manumit/text/decode.h"
#include "manumit/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static struct mn_buf
decoded(enum mn_encoding e, bool mixed, struct mn_str s, size_t piece)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_decoder *d = mn_decoder_new(e, &err);
	struct mn_buf out = mn_buf_new((size_t)1 << 24);
	need(d != NULL);
	if (mixed)
		mn_decoder_mixed(d);
	for (size_t i = 0; i < s.n; i += piece) {
		mn_decoder_add(d, mn_str_sub(s, i, piece), i + piece >= s.n, &out);
		if (mixed)
			mn_decoder_stray(d, out.n);
	}
	need(mn_utf8_valid(mn_buf_str(&out)) == out.n);
	mn_decoder_free(d);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (n < 3 || n > 65536)
		return 0;
	enum mn_encoding e = (enum mn_encoding)(data[0] % MN_ENC_COUNT);
	size_t piece = 1 + data[1] % 64;
	struct mn_str s = mn_str((const char *)data + 2, n - 2);
	static struct mn_sniff sniff;
	struct mn_guess g;
	mn_sniff_init(&sniff);
	for (size_t i = 0; i < s.n; i += piece)
		mn_sniff_add(&sniff, mn_str_sub(s, i, piece));
	mn_sniff_end(&sniff, &g);
	need(g.encoding < MN_ENC_COUNT && g.why[sizeof g.why - 1] == 0);
	bool mixed = e == MN_ENC_UTF8 && data[1] >= 128;
	struct mn_buf whole = decoded(e, mixed, s, s.n);
	struct mn_buf cut = decoded(e, mixed, s, piece);
	/* Where ICU gives a damaged character up depends on where the piece ends, so only
	 * what is UTF-8 is the same byte for byte. */
	if (e == MN_ENC_UTF8 || e == MN_ENC_UTF8_BOM)
		need(mn_str_eq(mn_buf_str(&whole), mn_buf_str(&cut)));
	mn_buf_free(&whole);
	mn_buf_free(&cut);
	return 0;
}
