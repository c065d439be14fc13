/* Walking through a JSON text that is longer than memory. */
#include "json_scan.h"

#define STEP ((size_t)1 << 20) /* bytes asked for when the text at hand ends */
#define COMMIT (STEP / 16)     /* bytes behind us from which they are given up */

void
mn_jscan_init(struct mn_jscan *x, struct mn_stream *s)
{
	memset(x, 0, sizeof *x);
	x->s = s;
	x->frame[0].list = true;
	x->want = MN_JSCAN_VALUE;
}

/* Characters of s behind its last line end, or of all of it added to what was before. */
static uint64_t
column_after(uint64_t before, struct mn_str s)
{
	const char *nl = s.n ? memrchr(s.p, '\n', s.n) : NULL;
	uint64_t n = nl ? 0 : before;
	for (const char *p = nl ? nl + 1 : s.p; p < s.p + s.n; p++)
		n += ((unsigned char)*p & 0xc0) != 0x80;
	return n;
}

/* Gives up the first n bytes of the text at hand. */
static void
give_up(struct mn_jscan *x, size_t n)
{
	x->column = column_after(x->column, mn_str_sub(mn_stream_text(x->s), 0, n));
	mn_stream_skip(x->s, n);
	x->at -= n;
	x->start -= n < x->start ? n : x->start;
}

/* Gives up what is behind us. */
static void
commit(struct mn_jscan *x)
{
	give_up(x, x->at);
}

/* Is there a byte at `at`? False at the end of the file, and when it cannot be read. */
static bool
more(struct mn_jscan *x)
{
	if (x->at < mn_stream_text(x->s).n)
		return true;
	return !x->s->eof && mn_stream_fill(x->s, x->at + STEP, &x->io) &&
	       x->at < mn_stream_text(x->s).n;
}

static enum mn_jscan_token
damage(struct mn_jscan *x, const char *what)
{
	if (x->io.code != MN_E_NONE)
		return MN_JSCAN_ERR;
	struct mn_str before = mn_str_sub(mn_stream_text(x->s), 0, x->at);
	x->fault = what;
	x->start = x->at;
	/* Nothing is given up: texts of one value a line go back and on from here. */
	x->fault_line = x->s->line;
	for (size_t i = 0; i < before.n; i++)
		x->fault_line += before.p[i] == '\n' ||
				 (before.p[i] == '\r' &&
				     !(i + 1 < before.n && before.p[i + 1] == '\n'));
	x->fault_column = column_after(x->column, before) + 1;
	return MN_JSCAN_DAMAGE;
}

void
mn_jscan_place(struct mn_jscan *x, uint64_t *line, uint64_t *column)
{
	give_up(x, x->start);
	*line = x->s->line;
	*column = x->column + 1;
}

struct mn_str
mn_jscan_path(const struct mn_jscan *x)
{
	return x->path_n <= sizeof x->path ? mn_str(x->path, x->path_n) : MN_STR_NONE;
}

struct mn_str
mn_jscan_pointer(const struct mn_jscan *x, struct mn_arena *a)
{
	struct mn_str path = mn_jscan_path(x);
	struct mn_buf b = mn_buf_new(4096);
	uint32_t list = 0;
	for (size_t i = 0; i < path.n; i++) {
		if (mn_str_starts(mn_str_sub(path, i, 2), MN_S("[]"))) {
			while (++list < x->depth && !x->frame[list].list)
				;
			mn_buf_fmt(&b, "/%llu", (unsigned long long)x->frame[list].index);
			i++;
			continue;
		}
		if (i == 0)
			mn_buf_byte(&b, '/');
		mn_buf_byte(&b, path.p[i] == '.' ? '/' : path.p[i]);
	}
	struct mn_str out = mn_arena_str(a, mn_buf_str(&b));
	mn_buf_free(&b);
	return out;
}

static char
byte_at(const struct mn_jscan *x, size_t at)
{
	return x->s->text.p[x->s->at + at];
}

/* Blanks, and the byte order marks with which files are glued together. */
static bool
skip_blanks(struct mn_jscan *x)
{
	while (more(x)) {
		char c = byte_at(x, x->at);
		struct mn_str text = mn_stream_text(x->s);
		if (c == '\xef' &&
		    mn_str_starts(mn_str_sub(text, x->at, 3), MN_S("\xef\xbb\xbf")))
			x->at += 3;
		else if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
			x->at++;
		else
			return true;
		if (x->at >= STEP)
			commit(x);
	}
	return false;
}

/* Bytes of s up to the quote that ends a text; s.n: it goes on. */
static size_t
text_end(struct mn_str s, bool *escaped)
{
	for (size_t i = 0; i < s.n; i++) {
		if (*escaped)
			*escaped = false;
		else if (s.p[i] == '\\')
			*escaped = true;
		else if (s.p[i] == '"')
			return i;
	}
	return s.n;
}

/* Behind the quote that closes the text whose opening quote is behind us. The bytes from
 * start on stay at hand unless they become more than max: then *gone. */
static bool
skip_text(struct mn_jscan *x, size_t max, bool *gone)
{
	bool escaped = false;
	while (more(x)) {
		struct mn_str rest = mn_str_sub(mn_stream_text(x->s), x->at, SIZE_MAX);
		size_t n = text_end(rest, &escaped);
		x->at += n + (n < rest.n);
		*gone = *gone || x->at - x->start > max;
		if (n < rest.n)
			return true;
		if (*gone)
			commit(x);
	}
	return false;
}

static bool
of_scalar(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

static void
skip_word(struct mn_jscan *x)
{
	while (more(x) && of_scalar(byte_at(x, x->at))) {
		x->at++;
		if (x->at >= STEP)
			commit(x);
	}
}

/* ---- paths ---- */

static void
lengthen(struct mn_jscan *x, struct mn_str s)
{
	if (s.n && x->path_n + s.n <= sizeof x->path)
		memcpy(x->path + x->path_n, s.p, s.n);
	x->path_n += s.n;
}

/* The path of the value at hand: that of what it stands in and, in a map, its name. */
static void
name_value(struct mn_jscan *x, struct mn_str key)
{
	x->path_n = x->frame[x->depth].path;
	if (x->path_n)
		lengthen(x, MN_S("."));
	lengthen(x, key);
}

static bool
open_value(struct mn_jscan *x, bool list)
{
	if (x->depth == MN_JSCAN_DEPTH)
		return false;
	if (list)
		lengthen(x, MN_S("[]"));
	x->frame[++x->depth] = (struct mn_jscan_frame){.list = list, .path = x->path_n};
	x->want = MN_JSCAN_FIRST;
	return true;
}

static void
after_value(struct mn_jscan *x)
{
	x->path_n = x->frame[x->depth].path;
	x->frame[x->depth].index++;
	x->want = x->depth == 0 ? MN_JSCAN_VALUE : MN_JSCAN_NEXT;
}

static void
close_value(struct mn_jscan *x)
{
	x->depth--;
	after_value(x);
}

/* ---- values that are cut out or stepped over ---- */

/* Bytes of s up to the one behind the bracket that closes the `open` ones, or up to and
 * with a quote, or all. */
static size_t
bracket_end(struct mn_str s, size_t *open)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '"')
			return i + 1;
		if (c == '{' || c == '[')
			++*open;
		else if ((c == '}' || c == ']') && --*open == 0)
			return i + 1;
	}
	return s.n;
}

/* Behind the bracket that closes the one before `at`. */
static bool
skip_brackets(struct mn_jscan *x, size_t max, bool *gone)
{
	size_t open = 1;
	while (open && more(x)) {
		struct mn_str rest = mn_str_sub(mn_stream_text(x->s), x->at, SIZE_MAX);
		size_t n = bracket_end(rest, &open);
		x->at += n;
		if (open && rest.p[n - 1] == '"' && !skip_text(x, max, gone))
			return false;
		*gone = *gone || x->at - x->start > max;
		if (*gone && x->at >= STEP)
			commit(x);
	}
	return open == 0;
}

int
mn_jscan_take(struct mn_jscan *x, size_t max, struct mn_str *text)
{
	bool gone = false;
	bool whole = skip_brackets(x, max, &gone);
	size_t start = x->start;
	close_value(x);
	*text = MN_STR_NONE;
	if (!gone)
		*text = mn_str_sub(mn_stream_text(x->s), start, x->at - start);
	if (whole)
		return !gone;
	if (damage(x, "the file ends here, inside a map or list") == MN_JSCAN_ERR)
		return -2;
	x->start = start;
	return -1;
}

bool
mn_jscan_skip(struct mn_jscan *x)
{
	bool gone = true;
	if (skip_brackets(x, 0, &gone)) {
		close_value(x);
		return true;
	}
	damage(x, "the file ends here, inside a map or list");
	return false;
}

bool
mn_jscan_resync(struct mn_jscan *x, size_t from)
{
	bool line_end = false;
	x->fault = NULL;
	x->depth = 0;
	x->at = from;
	while (more(x)) {
		char c = byte_at(x, x->at);
		if (line_end && c == '{')
			break;
		line_end = c == '\n' || c == '\r';
		x->at++;
		if (x->at >= STEP)
			commit(x);
	}
	after_value(x);
	return x->at < mn_stream_text(x->s).n;
}

/* ---- tokens ---- */

static enum mn_jscan_token
value(struct mn_jscan *x)
{
	char c = byte_at(x, x->at);
	bool list = c == '[', gone = true;
	if (list || c == '{') {
		x->at++;
		if (open_value(x, list))
			return list ? MN_JSCAN_LIST : MN_JSCAN_MAP;
		if (!skip_brackets(x, 0, &gone))
			return damage(x, "the file ends here, inside a map or list");
	} else if (c == '"') {
		x->at++;
		if (!skip_text(x, 0, &gone))
			return damage(x, "the file ends here, inside a text");
	} else if (of_scalar(c)) {
		skip_word(x);
		if (x->io.code != MN_E_NONE)
			return MN_JSCAN_ERR;
	} else {
		return damage(x, "a value is wanted here");
	}
	after_value(x);
	return MN_JSCAN_SCALAR;
}

/* The name of a member and the colon behind it. */
static enum mn_jscan_token
name(struct mn_jscan *x)
{
	bool gone = false;
	x->start = ++x->at;
	if (!skip_text(x, sizeof x->key_room, &gone))
		return damage(x, "the file ends here, inside a name");
	x->key = MN_STR_NONE;
	if (!gone) {
		size_t n = x->at - 1 - x->start;
		memcpy(x->key_room, x->s->text.p + x->s->at + x->start, n);
		x->key = mn_str(x->key_room, n);
	}
	commit(x);
	if (!skip_blanks(x) || byte_at(x, x->at) != ':')
		return damage(x, "a colon is wanted here");
	x->at++;
	name_value(x, x->key);
	if (gone)
		x->path_n = sizeof x->path + 1;
	x->want = MN_JSCAN_VALUE;
	return MN_JSCAN_KEY;
}

static enum mn_jscan_token
in_between(struct mn_jscan *x, char c)
{
	bool list = x->frame[x->depth].list;
	if (c == (list ? ']' : '}') && x->want != MN_JSCAN_NAME) {
		x->at++;
		close_value(x);
		return MN_JSCAN_CLOSE;
	}
	if (x->want == MN_JSCAN_NEXT) {
		if (c != ',')
			return damage(x, "a comma or a closing bracket is wanted here");
		x->at++;
		x->want = list ? MN_JSCAN_VALUE : MN_JSCAN_NAME;
		return mn_jscan_next(x);
	}
	if (list)
		return value(x);
	return c == '"' ? name(x) : damage(x, "a name in quotes is wanted here");
}

enum mn_jscan_token
mn_jscan_next(struct mn_jscan *x)
{
	if (x->fault)
		return MN_JSCAN_DAMAGE;
	if (x->at >= COMMIT)
		commit(x);
	if (!skip_blanks(x)) {
		x->start = x->at;
		if (x->depth == 0 && x->io.code == MN_E_NONE)
			return MN_JSCAN_END;
		return damage(x, "the file ends here, before the last bracket is closed");
	}
	x->start = x->at;
	return x->want == MN_JSCAN_VALUE ? value(x) : in_between(x, byte_at(x, x->at));
}
