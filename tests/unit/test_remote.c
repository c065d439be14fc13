/* Inputs parsed by a child: the same as without one; what a child can do to its parent.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <errno.h>
#include <signal.h>
#include <unicode/ucnv.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../connectors/remote.h"
#include "../../engine/base/sandbox_impl.h"
#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/tables.h"

static struct mn_arena root;
static const struct mn_mappings *here, *apart;

static int
setup(void **state)
{
	struct mn_err err = MN_ERR_NONE;
	(void)state;
	root = mn_arena_new((size_t)256 << 20, NULL);
	here = mn_mappings_load(&root, MN_SOURCE_DIR "/connectors", &err);
	apart = here ? mn_mappings_apart(&root, here) : NULL;
	return apart ? 0 : -1;
}

static int
teardown(void **state)
{
	(void)state;
	mn_arena_free(root);
	return 0;
}

/* ---- the same with and without a child ---- */

struct seen {
	struct mn_buf b;
	struct mn_err err;
	struct mn_diag diag;
};

static void
on_issue(void *ctx, const struct mn_issue *i)
{
	struct seen *s = ctx;
	mn_buf_fmt(&s->b, "remark %.*s %llu %.*s|%.*s|%.*s %s\n", MN_FMT(i->file),
	    (unsigned long long)i->row, MN_FMT(i->column), MN_FMT(i->value),
	    MN_FMT(i->detail), mn_code_name(i->code));
}

static void
note_info(struct mn_buf *b, const struct mn_input_info *i)
{
	mn_buf_fmt(b, "%.*s %s %s %llu %s %s %c %llu %.*s|%.*s|%.*s|%.*s\n",
	    MN_FMT(i->file), mn_kind_name(i->kind), i->sha256,
	    (unsigned long long)i->bytes, mn_encoding_name(i->encoding), i->format,
	    i->delimiter, (unsigned long long)i->header_line, MN_FMT(i->source),
	    MN_FMT(i->source_title), MN_FMT(i->source_licence), MN_FMT(i->source_url));
	for (uint32_t c = 0; c < i->n_column; c++)
		mn_buf_fmt(b, "%.*s>%s %s %s %u;", MN_FMT(i->header[c]), i->mapped[c],
		    i->why[c].reason ? i->why[c].reason : "-",
		    mn_trust_name(i->why[c].trust), i->why[c].date_order);
	mn_buf_fmt(b, "%s %s %d %d %.*s\n", i->guess->why, mn_trust_name(i->guess->trust),
	    i->guess->mixed, i->packed, MN_FMT(i->sample));
	for (unsigned f = 0; f < MN_F_COUNT; f++)
		mn_buf_fmt(b, "%.*s,", MN_FMT(i->field_column[f]));
}

static void
read_all(struct seen *s, const struct mn_mappings *m, const char *path, enum mn_kind kind)
{
	static const unsigned char SECRET[32] = {7, 7, 7};
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_record rec;
	bool noted;
	int more = -1;
	*s = (struct seen){.b = mn_buf_new((size_t)64 << 20), .err = MN_ERR_NONE};
	s->diag = (struct mn_diag){.emit = on_issue, .ctx = s};
	struct mn_input *in = mn_input_open(&a, m, path, kind, &s->diag, &s->err);
	if (in) {
		mn_input_secret(in, SECRET);
		note_info(&s->b, mn_input_info(in));
	}
	while (in && (more = mn_input_next(in, 5, &rec, &noted, &s->err)) == 1) {
		const struct mn_input_info *i = mn_input_info(in);
		mn_buf_fmt(&s->b, "%llx %d %llu %llu %llu %llu ",
		    (unsigned long long)rec.rid, noted, (unsigned long long)i->rows,
		    (unsigned long long)i->accepted, (unsigned long long)i->noted,
		    (unsigned long long)i->quarantined);
		mn_record_encode(&rec, &s->b);
	}
	if (in) {
		note_info(&s->b, mn_input_info(in));
		mn_input_close(in);
	}
	mn_buf_fmt(&s->b, "end %d %s %s", more, mn_code_name(s->err.code), s->err.msg);
	mn_arena_free(whole);
}

static void
same(const char *path, enum mn_kind kind)
{
	struct seen x, y;
	read_all(&x, here, path, kind);
	read_all(&y, apart, path, kind);
	assert_false(x.b.failed);
	if (!mn_str_eq(mn_buf_str(&x.b), mn_buf_str(&y.b)))
		fail_msg("%s: with a child it is another", path);
	mn_buf_free(&x.b);
	mn_buf_free(&y.b);
}

static void
same_text(struct mn_str text, enum mn_kind kind)
{
	char path[64];
	int fd = memfd_create("input", MFD_CLOEXEC);
	assert_true(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	same(path, kind);
	close(fd);
}

static void
files_are_read_alike(void **state)
{
	static const char *const FILES[] = {"/examples/suppliers.csv",
	    "/examples/fees.csv", "/examples/inspections.csv", "/examples/findings.csv",
	    "/examples/watchlist.csv", "/examples/register.csv", "/README.md",
	    "/connectors/fields.json"};
	(void)state;
	for (size_t i = 0; i < countof(FILES); i++) {
		char path[1024];
		snprintf(path, sizeof path, MN_SOURCE_DIR "%s", FILES[i]);
		same(path, MN_KIND_ANY);
	}
}

static void
odd_texts_are_read_alike(void **state)
{
	(void)state;
	same_text(MN_S(""), MN_KIND_ANY);
	same_text(MN_S("name,country\n"), MN_K_SUPPLIERS);
	same_text(MN_S("name,country\nA,DE\n\"B,DE\nC,Atlantis\n,FR\n"), MN_K_SUPPLIERS);
	same_text(MN_S("name;country\nS\xe3o;BR\nA\x81;DE\n"), MN_K_SUPPLIERS);
	same_text(MN_S("\xef\xbb\xbfname\tcountry\nA\0B\tDE\n"), MN_K_SUPPLIERS);
	same_text(MN_S("\xff\xfen\0a\0m\0e\0\n\0A\0\n\0"), MN_K_SUPPLIERS);
	same_text(MN_S("entity,worker,amount\n1,w-1,5\n1,w-2,\n"), MN_K_FEES);
	same_text(
	    MN_S("{\"name\":\"A\",\"x\":1}\n{\"name\":\"B\"\n[]\n"), MN_K_SUPPLIERS);
	/* The names in the error are cut, in the middle of a character. */
	same_text(MN_S("\xe4\xba\x91\xe4\xba\x91\xe4\xba\x91\xe4\xba\x91\xe4\xba\x91"
		       "xx\xe4\xba\x91\xe4\xba\x91\xe4\xba\x91,b\n1,2\n"),
	    MN_KIND_ANY);
}

static void
a_long_file_crosses_many_frames(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_add(&b, MN_S("id,name,country,address\n"));
	/* Values as long as a small room, and longer. */
	for (int n = 4070; n < 4110; n++)
		mn_buf_fmt(&b, "L%d,Long Shore %d,BD,%0*d\n", n, n, n, 7);
	mn_buf_fmt(&b, "L,Long Shore,BD,%060000d\n", 7);
	for (int i = 0; i < 20000; i++)
		mn_buf_fmt(
		    &b, "%d,Quiet Harbour Works %d,%s,\n", i, i, i % 7 ? "BD" : "");
	for (int i = 0; i < 70000; i++)
		mn_buf_byte(&b, 'x');
	mn_buf_add(&b, MN_S("\n"));
	same_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	mn_buf_free(&b);
}

/* Bad rows in plenty: the error at the end comes with the counts. */
static void
a_bad_file_fails_alike(void **state)
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	(void)state;
	mn_buf_add(&b, MN_S("name,country\n"));
	for (int i = 0; i < 500; i++)
		mn_buf_add(&b, MN_S(",DE\n"));
	same_text(mn_buf_str(&b), MN_K_SUPPLIERS);
	mn_buf_free(&b);
}

/* ---- rows as they stand ---- */

static void
rows_of(
    const struct mn_mappings *m, struct mn_str text, enum mn_raw how, struct mn_buf *b)
{
	char path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL), whole = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_csv_row row;
	uint64_t line;
	int more = -1, fd = memfd_create("rows", MFD_CLOEXEC);
	assert_true(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	struct mn_rows *r =
	    mn_rows_open(&a, m, path, MN_STR_NONE, MN_STR_NONE, how, &err);
	while (r && (more = mn_rows_next(r, &row, &line, &err)) == 1) {
		mn_buf_fmt(b, "%llu:", (unsigned long long)line);
		for (uint32_t i = 0; i < row.n; i++)
			mn_buf_fmt(b, "<%.*s>", MN_FMT(row.cell[i]));
		mn_buf_byte(b, '\n');
	}
	if (r)
		mn_rows_close(r);
	const char *msg = strchr(err.msg, ':'); /* behind the file's name */
	mn_buf_fmt(b, "%d %s %s", more, mn_code_name(err.code), msg ? msg : "");
	mn_buf_byte(b, 0);
	close(fd);
	mn_arena_free(whole);
}

static void
rows_as_they_stand_are_read_alike(void **state)
{
	static const struct {
		enum mn_raw how;
		const char *text, *rows;
	} CASES[] = {
	    {MN_RAW_TABLE, "a;b\n\n\"x\n;y\"; z \n;\n1;2",
		"1:<a><b>\n3:<x\n;y><z>\n6:<1><2>\n0 NONE "},
	    {MN_RAW_TABLE, "a,b\n\"open,2\n", "1:<a><b>\n-1 ROW_QUOTE :2"},
	    {MN_RAW_TABLE, "", "-1 FILE_EMPTY "},
	    {MN_RAW_TABS, "\xef\xbb\xbfl\tr\r\n\n\"q\t\tS\xc3\xa3o",
		"1:<l><r>\n2:<>\n3:<\"q><><S\xc3\xa3o>\n0 NONE "},
	};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_buf x = mn_buf_new(1u << 16), y = mn_buf_new(1u << 16);
		rows_of(NULL, mn_str_c(CASES[i].text), CASES[i].how, &x);
		rows_of(apart, mn_str_c(CASES[i].text), CASES[i].how, &y);
		assert_string_equal(x.p, CASES[i].rows);
		assert_string_equal(y.p, CASES[i].rows);
		mn_buf_free(&x);
		mn_buf_free(&y);
	}
}

/* ---- children that end ---- */

/* More than the pipe holds, so that the child cannot be done before it is asked. */
static int
large_file(char path[64])
{
	struct mn_buf b = mn_buf_new((size_t)8 << 20);
	int fd = memfd_create("input", MFD_CLOEXEC);
	mn_buf_add(&b, MN_S("name,country,address\n"));
	for (int i = 0; i < 30000; i++)
		mn_buf_fmt(&b, "Quiet Harbour Works %d,BD,%d Long Shore Road\n", i, i);
	assert_true(fd >= 0 && write(fd, b.p, b.n) == (ssize_t)b.n);
	snprintf(path, 64, "/proc/self/fd/%d", fd);
	mn_buf_free(&b);
	return fd;
}

static void
is_reaped(int pid)
{
	assert_int_equal(waitpid(pid, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
}

static void
a_killed_child_costs_its_file(void **state)
{
	char path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_diag diag = {.emit = NULL};
	struct mn_record rec;
	bool noted;
	int more, fd = large_file(path);
	(void)state;
	struct mn_input *in = mn_input_open(&a, apart, path, MN_K_SUPPLIERS, &diag, &err);
	assert_non_null(in);
	assert_int_equal(mn_input_next(in, 0, &rec, &noted, &err), 1);
	int pid = in->remote->pid;
	assert_true(pid > 0);
	assert_int_equal(kill(pid, SIGSEGV), 0);
	while ((more = mn_input_next(in, 0, &rec, &noted, &err)) == 1)
		;
	assert_int_equal(more, -1);
	assert_int_equal(err.code, MN_E_FILE_STOPPED);
	assert_int_equal(err.sev, MN_SOURCE);
	assert_non_null(strstr(err.msg, "somewhere after line"));
	if (!MN_SANITIZED && !strstr(err.msg, "SIGSEGV"))
		fail_msg("%s", err.msg);
	is_reaped(pid);
	/* And so it stays. */
	assert_int_equal(mn_input_next(in, 0, &rec, &noted, &err), -1);
	mn_input_close(in);
	close(fd);
	mn_arena_free(whole);
}

static void
an_input_may_be_closed_early(void **state)
{
	char path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_diag diag = {.emit = NULL};
	struct mn_record rec;
	bool noted;
	int fd = large_file(path);
	(void)state;
	for (int rows = 0; rows < 2; rows++) {
		struct mn_input *in =
		    mn_input_open(&a, apart, path, MN_K_SUPPLIERS, &diag, &err);
		assert_non_null(in);
		int pid = in->remote->pid;
		for (int i = 0; i < rows; i++)
			assert_int_equal(mn_input_next(in, 0, &rec, &noted, &err), 1);
		mn_input_close(in);
		is_reaped(pid);
	}
	close(fd);
	mn_arena_free(whole);
}

static void
without_memory_the_file_is_given_up(void **state)
{
	static const struct mn_sandbox_limits NARROW = {
	    .more_bytes = 0, .cpu_seconds = 20, .files = 16};
	char path[64];
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), whole = a;
	struct mn_err err = MN_ERR_NONE;
	struct mn_diag diag = {.emit = NULL};
	int end[2], fd = large_file(path);
	(void)state;
	if (MN_SANITIZED)
		skip();
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, end), 0);
	struct mn_input_file file = {.path = path, .fd = fd, .kind = MN_K_SUPPLIERS};
	pid_t pid = fork();
	if (pid == 0)
		mn_remote_child(here, &file, end[1], &NARROW);
	close(end[1]);
	assert_null(mn_remote_attach(&a, path, end[0], pid, &diag, &err));
	if (err.code != MN_E_FILE_STOPPED || !strstr(err.msg, "more memory"))
		fail_msg("%s", err.msg);
	close(fd);
	mn_arena_free(whole);
}

/* A file may be in an encoding that nobody has used before in this run: its converter has
 * to be in the library, because the child opens no file. */
static void
converters_need_no_file(void **state)
{
	static const char *const NAMES[] = {"UTF-16LE", "UTF-32BE", "ibm-5348_P100-1997",
	    "gb18030", "Shift_JIS", "EUC-KR", "Big5", "windows-874", "KOI8-R", "IBM850"};
	static const struct mn_sandbox_limits ROOMY = {
	    .more_bytes = 64u << 20, .cpu_seconds = 20, .files = 16};
	int status = -1, fd = 0;
	pid_t pid = fork();
	(void)state;
	if (pid == 0) {
		mn_sandbox_files(&fd, 1);
		mn_sandbox_enter(MN_BOX_ALL, &ROOMY);
		for (size_t i = 0; i < countof(NAMES); i++) {
			UErrorCode st = U_ZERO_ERROR;
			UConverter *c = ucnv_open(NAMES[i], &st);
			if (U_FAILURE(st))
				_exit((int)i + 1);
			ucnv_close(c);
		}
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* ---- children that lie ---- */

struct heard {
	struct mn_err err;
	uint64_t records;
	int end; /* of the last call; -2: not opened */
};

/* Reads what somebody wrote, to the end. */
static struct heard
hear(struct mn_str bytes)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 28, NULL), whole = a;
	struct mn_diag diag = {.emit = NULL};
	struct heard h = {.err = MN_ERR_NONE, .end = -2};
	struct mn_record rec;
	bool noted;
	int fd = memfd_create("events", MFD_CLOEXEC);
	assert_true(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	struct mn_input *in = mn_remote_attach(&a, "lies.csv", fd, 0, &diag, &h.err);
	while (in && (h.end = mn_input_next(in, 1, &rec, &noted, &h.err)) == 1)
		h.records++;
	if (in)
		mn_input_close(in);
	mn_arena_free(whole);
	return h;
}

/* What an honest child would send of one row. */
static const char *const MAPPED[] = {"name"};
static const struct mn_str HEADER[] = {{"name", 4}};
static const struct mn_str FIELDS[MN_F_COUNT];
static const struct mn_guess GUESS = {
    .trust = MN_TRUST_CERTAIN, .ascii = true, .why = "nothing outside ASCII"};
static struct mn_column_why WHY[] = {{MN_TRUST_LIKELY, "header word", 0}};
static const struct mn_input_info INFO = {.format = "CSV",
    .guess = &GUESS,
    .why = WHY,
    .delimiter = ',',
    .header_line = 1,
    .header = HEADER,
    .mapped = MAPPED,
    .n_column = 1,
    .field_column = FIELDS,
    .rows = 1,
    .accepted = 1};

static struct mn_wire_out
letter(void)
{
	struct mn_wire_out w;
	mn_wire_out_init(&w, -1);
	mn_wire_info(&w, &INFO);
	return w;
}

/* The frame as it would be written. */
static struct heard
deliver(struct mn_wire_out *w)
{
	size_t n = w->buf.n - MN_FRAME_HEAD;
	for (unsigned i = 0; i < 4; i++)
		w->buf.p[4 + i] = (char)(n >> (24 - 8 * i));
	struct heard h = hear(mn_buf_str(&w->buf));
	mn_buf_free(&w->buf);
	return h;
}

static struct mn_record
named(struct mn_str name)
{
	struct mn_record r = {.kind = MN_K_SUPPLIERS, .rid = mn_rid_make(0, 2)};
	r.v[MN_F_NAME] = name;
	return r;
}

static void
an_honest_letter_is_read(void **state)
{
	struct mn_wire_out w = letter();
	struct mn_record r = named(MN_S("Quiet Harbour"));
	(void)state;
	mn_wire_record(&w, &r, false, &INFO);
	mn_wire_end(&w, &INFO);
	struct heard h = deliver(&w);
	assert_int_equal(h.end, 0);
	assert_int_equal(h.records, 1);
}

static void
refused(struct mn_wire_out *w)
{
	struct heard h = deliver(w);
	assert_true(h.end < 0);
	assert_int_equal(h.err.code, MN_E_FILE_STOPPED);
	assert_int_equal(h.records, 0);
}

static void
lies_are_not_believed(void **state)
{
	struct mn_wire_out w = letter();
	struct mn_record r = named(MN_S("no \xff text"));
	struct mn_input_info i = INFO;
	(void)state;
	mn_wire_record(&w, &r, false, &INFO);
	refused(&w);
	w = letter(); /* a record of another table */
	r = named(MN_S("A"));
	r.kind = MN_K_FEES;
	mn_wire_record(&w, &r, false, &INFO);
	refused(&w);
	w = letter(); /* counts that do not add up */
	r.kind = MN_K_SUPPLIERS;
	i.noted = 1;
	mn_wire_record(&w, &r, false, &i);
	refused(&w);
	w = letter(); /* a second beginning, and a third */
	mn_wire_info(&w, &INFO);
	mn_wire_info(&w, &INFO);
	refused(&w);
	w = letter(); /* a code that is none */
	struct mn_issue issue = {.code = MN_E_COUNT};
	mn_wire_remark(&w, &issue);
	refused(&w);
	w = letter(); /* an event that is none */
	mn_put_u8(&w.buf, 77);
	refused(&w);
	w = letter(); /* a text past the end */
	mn_put_u8(&w.buf, MN_EV_INFO);
	mn_put_u32(&w.buf, UINT32_MAX);
	refused(&w);
	w = letter(); /* a row where records are wanted */
	struct mn_str cell = MN_S("A");
	struct mn_csv_row row = {.cell = &cell, .n = 1};
	mn_wire_row(&w, 2, &row);
	refused(&w);
	w = letter(); /* no end */
	refused(&w);
}

/* A store is written in the order of rows. */
static void
rows_do_not_come_twice_or_backwards(void **state)
{
	const uint64_t LINES[][2] = {{3, 3}, {3, 2}};
	(void)state;
	for (size_t i = 0; i < countof(LINES); i++) {
		struct mn_wire_out w = letter();
		struct mn_record r = named(MN_S("A"));
		struct mn_input_info two = INFO;
		two.rows = two.accepted = 2;
		r.rid = mn_rid_make(0, LINES[i][0]);
		mn_wire_record(&w, &r, false, &INFO);
		r.rid = mn_rid_make(0, LINES[i][1]);
		mn_wire_record(&w, &r, false, &two);
		mn_wire_end(&w, &two);
		struct heard h = deliver(&w);
		assert_int_equal(h.err.code, MN_E_FILE_STOPPED);
		assert_int_equal(h.records, 1);
	}
}

static void
a_beginning_is_needed(void **state)
{
	struct mn_wire_out w;
	struct mn_record r = named(MN_S("A"));
	(void)state;
	mn_wire_out_init(&w, -1);
	mn_wire_record(&w, &r, false, &INFO);
	refused(&w);
	mn_wire_out_init(&w, -1);
	mn_wire_end(&w, &INFO);
	refused(&w);
}

static void
a_frame_is_not_longer_than_it_may(void **state)
{
	(void)state;
	struct heard h = hear(MN_S("Mn\1\0\xff\xff\xff\xff"));
	assert_int_equal(h.err.code, MN_E_FILE_STOPPED);
	h = hear(MN_S("Mn\2\0\0\0\0\1\4"));
	assert_int_equal(h.err.code, MN_E_FILE_STOPPED);
	h = hear(MN_S(""));
	assert_int_equal(h.err.code, MN_E_FILE_STOPPED);
}

/* ---- children that idle ---- */

/* What a child does once it has said what the file is. */
enum idle { SLEEPS, DRIPS, SPINS };

static int
idle_child(enum idle how, int *fd)
{
	int end[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, end), 0);
	pid_t pid = fork();
	if (pid == 0) {
		alarm(60); /* also when the test fails */
		struct mn_wire_out w;
		struct mn_issue issue = {.code = MN_E_ROW_NAME};
		mn_wire_out_init(&w, end[1]);
		mn_wire_info(&w, &INFO);
		mn_wire_flush(&w);
		for (;;) {
			if (how == SLEEPS)
				pause();
			if (how == DRIPS) {
				mn_wire_remark(&w, &issue);
				mn_wire_flush(&w);
				usleep(2000);
			}
		}
	}
	close(end[1]);
	*fd = end[0];
	return pid;
}

static void
a_child_is_not_waited_for_without_end(void **state)
{
	static const struct {
		enum idle how;
		const char *words;
	} CASES[] = {{SLEEPS, "its parser stood still"}, {DRIPS, "waited for longer"}};
	(void)state;
	for (size_t i = 0; i < countof(CASES); i++) {
		struct mn_arena a = mn_arena_new((size_t)64 << 20, NULL), whole = a;
		struct mn_err err = MN_ERR_NONE;
		struct mn_diag diag = {.emit = NULL};
		struct mn_record rec;
		struct timeval look = {.tv_usec = 5000};
		bool noted;
		int fd, pid = idle_child(CASES[i].how, &fd);
		struct mn_input *in = mn_remote_attach(&a, "x.csv", fd, pid, &diag, &err);
		assert_non_null(in);
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &look, sizeof look);
		in->remote->patience.still_us = 40000;
		in->remote->patience.most_us =
		    in->remote->patience.waited_us + (i == 1 ? 40000 : 60000000);
		assert_int_equal(mn_input_next(in, 0, &rec, &noted, &err), -1);
		assert_int_equal(err.code, MN_E_FILE_STOPPED);
		assert_int_equal(err.sev, MN_SOURCE);
		if (!strstr(err.msg, CASES[i].words))
			fail_msg("%s", err.msg);
		is_reaped(pid);
		mn_input_close(in);
		mn_arena_free(whole);
	}
}

/* A minute may pass without a byte, as long as the child computes. */
static void
a_child_that_works_is_waited_for(void **state)
{
	int fd, pid = idle_child(SPINS, &fd);
	struct mn_patience p = mn_patience_new(pid, -1, 100);
	(void)state;
	for (int i = 0; i < 3; i++) {
		uint64_t was = p.cpu_us, now = was;
		while (mn_clock_cpu_of(pid, &now) && now == was)
			;
		assert_true(mn_patience_more(&p, p.still_us - 1, false));
		assert_int_equal(p.silent_us, 0);
	}
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_true(mn_patience_more(&p, p.still_us - 1, false));
	assert_false(mn_patience_more(&p, 1, false));
	assert_true(p.still && !p.slow);
	assert_true(mn_patience_more(&p, 1, true));
	assert_false(mn_patience_more(&p, p.most_us, true));
	assert_true(p.slow && !p.still);
	close(fd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(files_are_read_alike),
	    cmocka_unit_test(odd_texts_are_read_alike),
	    cmocka_unit_test(a_long_file_crosses_many_frames),
	    cmocka_unit_test(a_bad_file_fails_alike),
	    cmocka_unit_test(rows_as_they_stand_are_read_alike),
	    cmocka_unit_test(a_killed_child_costs_its_file),
	    cmocka_unit_test(an_input_may_be_closed_early),
	    cmocka_unit_test(without_memory_the_file_is_given_up),
	    cmocka_unit_test(a_child_is_not_waited_for_without_end),
	    cmocka_unit_test(a_child_that_works_is_waited_for),
	    cmocka_unit_test(converters_need_no_file),
	    cmocka_unit_test(an_honest_letter_is_read),
	    cmocka_unit_test(lies_are_not_believed),
	    cmocka_unit_test(rows_do_not_come_twice_or_backwards),
	    cmocka_unit_test(a_beginning_is_needed),
	    cmocka_unit_test(a_frame_is_not_longer_than_it_may),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
