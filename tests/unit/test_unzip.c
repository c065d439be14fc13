/* Zip archives of one table: which of their files is meant, what is refused, and that a
 * child in a cage does the same. All companies are invented. */
#include <sys/mman.h>
#include <unistd.h>
#include <zip.h>

#include "read_fixture.h"

#include "unpack_fixture.h"
#include "manumit/connectors/tables.h"

#define LIST "name,country\nHeron Reed Mills,DE\nPond Lily Knits,BD\n"
#define NAMES FIELDS(MN_F_NAME, MN_F_COUNTRY)

struct part {
	const char *name, *text; /* text NULL: a folder */
	size_t times;            /* 0: once */
};

/* The archive of the parts, which end with a name of NULL. */
static struct mn_buf
packed(const struct part *part)
{
	char path[] = "/tmp/manumit-zip-XXXXXX";
	struct mn_buf b = mn_buf_new(4u << 20), text[8];
	struct mn_arena a = mn_arena_new(8u << 20, NULL), root = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_str bytes;
	int fd = mkstemp(path), n = 0;
	assert_true(fd >= 0);
	close(fd);
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	assert_non_null(z);
	for (; part[n].name; n++) {
		text[n] = mn_buf_new(400u << 20);
		for (size_t i = 0; part[n].text && i < part[n].times + !part[n].times;
		     i++)
			mn_buf_add(&text[n], mn_str_c(part[n].text));
		if (part[n].text)
			assert_true(
			    zip_file_add(z, part[n].name,
				zip_source_buffer(z, text[n].p, text[n].n, 0), 0) >= 0);
		else
			assert_true(zip_dir_add(z, part[n].name, 0) >= 0);
	}
	assert_int_equal(zip_close(z), 0);
	assert_true(mn_file_read(&a, path, 4u << 20, &bytes, &err));
	mn_buf_add(&b, bytes);
	unlink(path);
	mn_arena_free(root);
	while (n-- > 0)
		mn_buf_free(&text[n]);
	return b;
}

static void
reads(const struct part *part, const char *want)
{
	struct mn_buf b = packed(part);
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	got_records(&g, want);
	assert_true(g.info.packed);
	assert_int_equal(g.info.bytes, b.n);
	got_end(&g);
	mn_buf_free(&b);
}

static void
the_one_table_is_read(void **state)
{
	(void)state;
	reads((struct part[]){{"list.csv", LIST, 0}, {0}},
	    "Heron Reed Mills|DE;Pond Lily Knits|BD;");
	reads((struct part[]){{"out/", NULL, 0}, {"out/list.CSV", LIST, 0},
		  {"out/read me.pdf", "%PDF", 0}, {"__MACOSX/out/._list.csv", "x", 0},
		  {"out/.DS_Store", "x", 0}, {0}},
	    "Heron Reed Mills|DE;Pond Lily Knits|BD;");
	/* The only file, whatever it is called. */
	reads((struct part[]){{"export", LIST, 0}, {0}},
	    "Heron Reed Mills|DE;Pond Lily Knits|BD;");
}

static void
refused(const struct part *part, enum mn_code code, const char *why)
{
	struct mn_buf b = packed(part);
	struct got g = got_bytes(mn_buf_str(&b), MN_K_SUPPLIERS, NAMES);
	assert_false(g.opened);
	assert_int_equal(g.err.code, code);
	if (!strstr(g.err.msg, why))
		fail_msg("%s", g.err.msg);
	got_end(&g);
	mn_buf_free(&b);
}

static void
several_files_are_named(void **state)
{
	(void)state;
	refused((struct part[]){{"a.csv", LIST, 0}, {"b/b.csv", LIST, 0}, {0}},
	    MN_E_FILE_ZIP, "2 files: a.csv, b.csv");
	refused((struct part[]){{"a.doc", "x", 0}, {"b.pdf", "x", 0}, {0}}, MN_E_FILE_ZIP,
	    "2 files: a.doc, b.pdf");
	refused(
	    (struct part[]){{"empty/", NULL, 0}, {0}}, MN_E_FILE_ZIP, "no file in it");
}

static void
hostile_archives_are_refused(void **state)
{
	static char block[1u << 20];
	memset(block, ' ', sizeof block - 1);
	(void)state;
	refused((struct part[]){{"a.csv", block, 300}, {0}}, MN_E_FILE_LIMIT,
	    "hundreds of times its size");
	refused((struct part[]){{"../../a.csv", LIST, 0}, {0}}, MN_E_FILE_DAMAGED,
	    "leads out of the archive");
	struct mn_buf b = packed((struct part[]){{"list.csv", LIST, 0}, {0}});
	struct got g =
	    got_bytes(mn_str_sub(mn_buf_str(&b), 0, b.n - 30), MN_K_SUPPLIERS, NAMES);
	assert_false(g.opened);
	assert_int_equal(g.err.code, MN_E_FILE_DAMAGED);
	got_end(&g);
	mn_buf_free(&b);
}

/* ---- what is left to others ---- */

static void
a_child_does_the_same(void **state)
{
	const struct part *const ALL[] = {(struct part[]){{"list.csv", LIST, 0}, {0}},
	    (struct part[]){{"a.csv", LIST, 0}, {"b.csv", LIST, 0}, {0}},
	    (struct part[]){
		{"theme/a.bin", "x", 0}, {"[Content_Types].xml", "x", 0}, {0}}};
	(void)state;
	for (size_t i = 0; i < countof(ALL); i++) {
		struct mn_buf b = packed(ALL[i]);
		struct mn_buf here = unpacked(mn_unzip, mn_buf_str(&b), false);
		unpacked_alike(mn_unzip, mn_buf_str(&b));
		/* The last is a workbook, to be read as it is. */
		assert_int_equal(mn_str_starts(mn_buf_str(&here), MN_S("1 0 ")), i == 2);
		mn_buf_free(&here);
		mn_buf_free(&b);
	}
}

static void
workbooks_and_documents_are_none(void **state)
{
	static const char *const FIRST[] = {"[Content_Types].xml", "_rels/.rels",
	    "mimetype", "xl/workbook.xml", "docProps/app.xml", "custom/item1.xml"};
	(void)state;
	for (size_t i = 0; i < countof(FIRST); i++) {
		struct mn_buf b =
		    packed((struct part[]){{FIRST[i], "x", 0}, {"b.csv", LIST, 0}, {0}});
		assert_false(
		    mn_zip_begins(mn_str_sub(mn_buf_str(&b), 0, MN_UNPACK_HEAD)));
		mn_buf_free(&b);
	}
	struct mn_buf b = packed((struct part[]){{"list.csv", LIST, 0}, {0}});
	struct mn_str head = mn_str_sub(mn_buf_str(&b), 0, MN_UNPACK_HEAD);
	assert_true(mn_zip_begins(head));
	for (size_t n = 0; n < 30; n++)
		assert_false(mn_zip_begins(mn_str_sub(head, 0, n)));
	mn_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_one_table_is_read),
	    cmocka_unit_test(several_files_are_named),
	    cmocka_unit_test(hostile_archives_are_refused),
	    cmocka_unit_test(a_child_does_the_same),
	    cmocka_unit_test(workbooks_and_documents_are_none),
	};
	return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
