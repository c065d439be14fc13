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

static void
write_column(struct mn_jsonw *w, const struct mn_input *in, uint32_t i)
{
	const struct mn_input_column *c = &in->column[i];
	char key[1024];
	struct mn_str name = mn_str_sub(in->info.header[i], 0, sizeof key - 1);
	if (c->n_field < 2) {
		const char *field = c->drop      ? "drop"
				    : c->n_field ? mn_field_def(c->field[0])->name
						 : "-";
		mn_jsonw_str_k(w, name, mn_str_c(field));
		return;
	}
	memcpy(key, name.p, name.n);
	key[name.n] = 0;
	mn_jsonw_list(w, key);
	for (uint32_t k = 0; k < c->n_field; k++)
		mn_jsonw_c(w, NULL, mn_field_def(c->field[k])->name);
	mn_jsonw_end_list(w);
}

/* A header that occurs twice is one key: its first column is the one that is read. */
static bool
seen_before(const struct mn_input *in, uint32_t i)
{
	for (uint32_t k = 0; k < i; k++)
		if (mn_str_eq(in->folded[k], in->folded[i]))
			return true;
	return false;
}

/* The order that all columns of dates have. */
static enum mn_date_order
common_order(const struct mn_input *in)
{
	enum mn_date_order order = MN_ORDER_UNKNOWN;
	for (uint32_t i = 0; i < in->n_column; i++) {
		enum mn_date_order own = in->column[i].rules.order;
		if (own == MN_ORDER_UNKNOWN)
			continue;
		if (order != MN_ORDER_UNKNOWN && order != own)
			return MN_ORDER_UNKNOWN;
		order = own;
	}
	return order;
}

static void
write_columns(struct mn_jsonw *w, const struct mn_input *in)
{
	mn_jsonw_list(w, "match");
	for (uint32_t i = 0; i < in->n_column; i++)
		if (in->column[i].n_field && !seen_before(in, i))
			mn_jsonw_str(w, NULL, in->info.header[i]);
	mn_jsonw_end_list(w);
	mn_jsonw_map(w, "columns");
	for (uint32_t i = 0; i < in->n_column; i++)
		if (!seen_before(in, i))
			write_column(w, in, i);
	mn_jsonw_end_map(w);
}

bool
mn_input_write_mapping(const struct mn_input *in, struct mn_buf *out, struct mn_err *err)
{
	static const char *const ORDERS[] = {NULL, "ymd", "dmy", "mdy"};
	struct mn_buf id = mn_buf_new(64);
	if (in->source && !in->source->said)
		return mn_fail(err, MN_E_USAGE,
		    "%.*s: the known layout %.*s reads it; copy "
		    "connectors/sources/%.*s.json and edit that",
		    MN_FMT(in->info.file), MN_FMT(in->info.source),
		    MN_FMT(in->info.source));
	if (in->source)
		return mn_fail(err, MN_E_USAGE,
		    "%.*s: it is read by your mapping already", MN_FMT(in->info.file));
	struct mn_jsonw w = mn_jsonw_buf(out, true);
	source_id(in->info.file, &id);
	mn_jsonw_map(&w, NULL);
	mn_jsonw_str(&w, "source", mn_buf_str(&id));
	mn_buf_free(&id);
	mn_jsonw_c(&w, "kind", mn_kind_name(in->info.kind));
	mn_jsonw_str(&w, "title", in->info.file);
	mn_jsonw_c(&w, "licence", "not stated");
	if (in->stream.guess.trust != MN_TRUST_CERTAIN)
		mn_jsonw_c(&w, "encoding", mn_encoding_name(in->info.encoding));
	if (common_order(in))
		mn_jsonw_c(&w, "date_order", ORDERS[common_order(in)]);
	write_columns(&w, in);
	mn_jsonw_end_map(&w);
	mn_jsonw_line(&w);
	return !out->failed || mn_fail(err, MN_E_NOMEM, "mapping");
}
