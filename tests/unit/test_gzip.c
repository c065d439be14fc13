/* Compressed files: every format is read through gzip, and what is wrong with one is
 * said. */
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "read_fixture.h"

#include "unpack_fixture.h"

#define LIST "name,country\nHeron Reed Mills,DE\nPond Lily Knits,BD\n"
#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

/* One gzip member of n copies of s. */
static void
pack(struct mn_buf *b, struct mn_str s, size_t n)
{
	unsigned char out[1u << 16];
	z_stream z = {0};
	assert_int_equal(
	    deflateInit2(&z, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY), Z_OK);
	for (size_t i = 0; i < n; i++) {
		z.next_in = (unsigned char *)(uintptr_t)s.p;
		z.avail_in = (unsigned)s.n;
		do {
			z.next_out = out;
			z.avail_out = sizeof out;
			deflate(&z, i + 1 == n ? Z_FINISH : Z_NO_FLUSH);
			mn_buf_add(b, mn_str((char *)out, sizeof out - z.avail_out));
		} while (z.avail_out == 0);
	}
	deflateEnd(&z);
}

static struct mn_buf
packed(struct mn_str s)
{
	struct mn_buf b = mn_buf_new(1u << 20);
	pack(&b, s, 1);
	return b;
}

static void
a_packed_table_is_read_as_the_table(void **state)
{
	struct mn_buf b = packed(MN_S(LIST));
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	got_records(&g, "Heron Reed Mills|DE;Pond Lily Knits|BD;");
	assert_true(g.info.packed);
	assert_int_equal(g.info.bytes, b.n);
	got_end(&g);
	mn_buf_free(&b);
}

static void
the_digest_is_that_of_the_packed_file(void **state)
{
	struct mn_buf b = packed(MN_S(LIST));
	struct mn_sha256 h;
	char hex[MN_HEX256_CHARS + 1];
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	mn_sha256_init(&h);
	mn_sha256_add(&h, mn_buf_str(&b));
	mn_sha256_hex(&h, hex);
	assert_string_equal(g.info.sha256, hex);
	got_end(&g);
	mn_buf_free(&b);
}

static void
json_lines_are_read_packed(void **state)
{
	struct mn_buf b =
	    packed(MN_S("{\"name\":\"Heron Reed Mills\",\"country\":\"DE\"}\n"));
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	(void)state;
	got_records(&g, "Heron Reed Mills|DE;");
	got_end(&g);
	mn_buf_free(&b);
}

static void
members_follow_each_other_and_noughts_fill_a_block(void **state)
{
	struct mn_buf b = packed(MN_S("name,country\nHeron Reed Mills,DE\n"));
	(void)state;
	pack(&b, MN_S("Pond Lily Knits,BD\n"), 1);
	for (size_t i = 0; i < 512; i++)
		mn_buf_byte(&b, 0);
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	got_records(&g, "Heron Reed Mills|DE;Pond Lily Knits|BD;");
	got_end(&g);
	mn_buf_free(&b);
}

static void
refused(struct mn_str bytes, enum mn_code code, const char *words)
{
	struct got g = got_bytes(bytes, MN_K_SUPPLIERS, NAMES);
	assert_false(g.opened);
	assert_int_equal(g.err.code, code);
	if (mn_str_find(mn_str_c(g.err.msg), mn_str_c(words)) == SIZE_MAX)
		fail_msg("\"%s\" does not say \"%s\"", g.err.msg, words);
	got_end(&g);
}

static void
a_truncated_file_is_refused_at_every_length(void **state)
{
	struct mn_buf b = packed(MN_S(LIST));
	(void)state;
	for (size_t n = 3; n < b.n; n++)
		refused(mn_str(b.p, n), MN_E_FILE_GZIP, "ends too early");
	mn_buf_free(&b);
}

static void
damage_and_what_follows_are_told_apart(void **state)
{
	struct mn_buf b = packed(MN_S(LIST));
	(void)state;
	mn_buf_add(&b, MN_S("<html>"));
	refused(mn_buf_str(&b), MN_E_FILE_GZIP, "something else follows");
	b.n -= 6;
	b.p[b.n - 6] ^= 1; /* the check sum */
	refused(mn_buf_str(&b), MN_E_FILE_GZIP, "damaged");
	mn_buf_free(&b);
}

static void
a_bomb_is_refused_before_it_fills_the_disk(void **state)
{
	static char block[1u << 20];
	struct mn_buf b = mn_buf_new(4u << 20);
	(void)state;
	memset(block, ' ', sizeof block);
	pack(&b, mn_str(block, sizeof block), 300);
	refused(mn_buf_str(&b), MN_E_FILE_LARGE, "as no table does");
	mn_buf_free(&b);
}

/* ---- by a child ---- */

static void
a_child_unpacks_the_same_and_says_the_same(void **state)
{
	static const char block[1u << 16];
	struct mn_buf b = packed(MN_S(LIST)), bomb = mn_buf_new(4u << 20);
	(void)state;
	unpacked_alike(mn_gunzip, mn_buf_str(&b));
	unpacked_alike(mn_gunzip, mn_str(b.p, b.n / 2));
	unpacked_alike(mn_gunzip, MN_S(""));
	mn_buf_add(&b, MN_S("<html>"));
	unpacked_alike(mn_gunzip, mn_buf_str(&b));
	b.p[b.n / 2] ^= 1;
	unpacked_alike(mn_gunzip, mn_buf_str(&b));
	pack(&bomb, mn_str(block, sizeof block), 300);
	unpacked_alike(mn_gunzip, mn_buf_str(&bomb));
	mn_buf_free(&bomb);
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_packed_table_is_read_as_the_table),
	    cmocka_unit_test(the_digest_is_that_of_the_packed_file),
	    cmocka_unit_test(json_lines_are_read_packed),
	    cmocka_unit_test(members_follow_each_other_and_noughts_fill_a_block),
	    cmocka_unit_test(a_truncated_file_is_refused_at_every_length),
	    cmocka_unit_test(damage_and_what_follows_are_told_apart),
	    cmocka_unit_test(a_child_unpacks_the_same_and_says_the_same),
	    cmocka_unit_test(a_bomb_is_refused_before_it_fills_the_disk),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
