/* Packed bytes unpacked, here or by a child, and what came of it as one text. */
#ifndef TEST_UNPACK_FIXTURE_H
#define TEST_UNPACK_FIXTURE_H

#include <sys/mman.h>

#include "../../connectors/unpack.h"
#include "read_fixture.h"

/* "GOOD BYTES SHA CODE MESSAGE|" and what is in it; the caller frees it. */
static inline struct mn_buf
unpacked(mn_unpacker *fn, struct mn_str bytes, bool apart)
{
	struct mn_buf b = mn_buf_new(1u << 22);
	struct mn_err err = MN_ERR_NONE;
	struct mn_sha256 sha;
	uint64_t n = 0;
	char hex[MN_HEX256_CHARS + 1] = "", block[4096];
	int from = memfd_create("packed", MFD_CLOEXEC);
	int to = memfd_create("plain", MFD_CLOEXEC);
	assert_true(from >= 0 && to >= 0);
	assert_int_equal(write(from, bytes.p, bytes.n), bytes.n);
	assert_int_equal(lseek(from, 0, SEEK_SET), 0);
	mn_sha256_init(&sha);
	bool good = apart ? mn_unpack_apart(fn, from, to, "f", &sha, &n, &err)
			  : fn(from, to, "f", &sha, &n, &err);
	if (good && n)
		mn_sha256_hex(&sha, hex);
	mn_buf_fmt(&b, "%d %llu %s %s %s|", good, good ? (unsigned long long)n : 0, hex,
	    mn_code_name(err.code), err.msg);
	lseek(to, 0, SEEK_SET);
	for (ssize_t r; good && (r = read(to, block, sizeof block)) > 0;)
		mn_buf_add(&b, mn_str(block, (size_t)r));
	close(from);
	close(to);
	return b;
}

static inline void
unpacked_alike(mn_unpacker *fn, struct mn_str bytes)
{
	struct mn_buf here = unpacked(fn, bytes, false),
		      apart = unpacked(fn, bytes, true);
	if (!mn_str_eq(mn_buf_str(&here), mn_buf_str(&apart)))
		fail_msg("here: %.*s\napart: %.*s", MN_FMT(mn_buf_str(&here)),
		    MN_FMT(mn_buf_str(&apart)));
	mn_buf_free(&here);
	mn_buf_free(&apart);
}

#endif
