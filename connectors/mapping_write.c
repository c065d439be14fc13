/* How a file is understood, as a source file that people edit. */
#include <ctype.h>

#include "manumit/base/jsonw.h"

#include "input_impl.h"

/* Letters and digits of the file's name without its folder and ending. */
static void
source_id(struct mn_str file, struct mn_buf *out)
{
	size_t from = 0, to = file.n;
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] == '/')
			from = i + 1;
	for (size_t i = from; i < to; i++)
		if (file.p[i] == '.')
			to = i;
	mn_buf_add(out, MN_S("my-"));
	for (size_t i = from; i < to && out->n < 48; i++) {
		unsigned char c = (unsigned char)file.p[i];
		bool word = c < 0x80 && isalnum(c);
		mn_buf_byte(out, (char)(word ? tolower(c) : '-'));
	}
}

/* Fields as `mapped` lists them, ", " between. */
static void
write_column(struct mn_jsonw *w, struct mn_str header, const char *mapped)
{
	char key[1024];
	struct mn_str name = mn_str_sub(header, 0, sizeof key - 1),
		      rest = mn_str_c(mapped);
	struct mn_str first = mn_str_cut(&rest, ',');
	if (!rest.p) {
		bool drop = first.n && first.p[0] == '(';
		mn_jsonw_str_k(w, name,
		    drop      ? MN_S("drop")
		    : first.n ? first
			      : MN_S("-"));
		return;
	}
	memcpy(key, name.p, name.n);
	key[name.n] = 0;
	mn_jsonw_list(w, key);
	for (rest = mn_str_c(mapped); rest.p;)
		mn_jsonw_str(w, NULL, mn_str_trim(mn_str_cut(&rest, ',')));
	mn_jsonw_end_list(w);
}

/* A header that occurs twice is one key: its first column is the one that is read. */
static bool
seen_before(const struct mn_input_info *f, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (mn_str_eq_ascii(f->header[k], f->header[i]))
			return true;
	return false;
}

/* The order that all columns of dates have. */
static unsigned
common_order(const struct mn_input_info *f)
{
	unsigned order = MN_ORDER_UNKNOWN;
	for (uint32_t i = 0; i < f->n_column; i++) {
		unsigned own = f->why[i].date_order;
		if (own == MN_ORDER_UNKNOWN)
			continue;
		if (order != MN_ORDER_UNKNOWN && order != own)
			return MN_ORDER_UNKNOWN;
		order = own;
	}
	return order;
}

static void
write_columns(struct mn_jsonw *w, const struct mn_input_info *f)
{
	mn_jsonw_list(w, "match");
	for (uint32_t i = 0; i < f->n_column; i++)
		if (f->mapped[i][0] && f->mapped[i][0] != '(' && !seen_before(f, i))
			mn_jsonw_str(w, NULL, f->header[i]);
	mn_jsonw_end_list(w);
	mn_jsonw_map(w, "columns");
	for (uint32_t i = 0; i < f->n_column; i++)
		if (!seen_before(f, i))
			write_column(w, f->header[i], f->mapped[i]);
	mn_jsonw_end_map(w);
}

bool
mn_input_write_mapping(
    const struct mn_input_info *f, struct mn_buf *out, struct mn_err *err)
{
	static const char *const ORDERS[] = {NULL, "ymd", "dmy", "mdy"};
	struct mn_buf id = mn_buf_new(64);
	if (f->source.n)
		return mn_fail(err, MN_E_USAGE,
		    "%.*s: it is read by the mapping \"%.*s\" already; copy that (known "
		    "layouts are in connectors/sources) and edit the copy",
		    MN_FMT(f->file), MN_FMT(f->source));
	struct mn_jsonw w = mn_jsonw_buf(out, true);
	source_id(f->file, &id);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "source", mn_buf_str(&id));
	mn_buf_free(&id);
	mn_jsonw_c(&w, "kind", mn_kind_name(f->kind));
	mn_jsonw_str(&w, "title", f->file);
	mn_jsonw_c(&w, "licence", "not stated");
	if (f->guess->trust != MN_TRUST_CERTAIN)
		mn_jsonw_c(&w, "encoding", mn_encoding_name(f->encoding));
	if (common_order(f))
		mn_jsonw_c(&w, "date_order", ORDERS[common_order(f)]);
	write_columns(&w, f);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	return !out->failed || mn_fail(err, MN_E_NOMEM, "mapping");
}
