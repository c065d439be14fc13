/* Sources: the stored form of what the run remembers of an input file. */
#include "manumit/base/clock.h"
#include "manumit/model/codec.h"
#include "manumit/model/source.h"

#define VERSION 3 /* 1: without part and edition; 2: without unjoined */

/* Field numbers are stored in a byte. */
_Static_assert(MN_F_COUNT < UINT8_MAX, "a field number fits a byte");

struct mn_str
mn_source_base(const struct mn_source *s)
{
	/* A '/' within the name of a sheet ends no folder. */
	size_t from = s->part.n < s->file.n ? s->file.n - s->part.n : 0;
	while (from > 0 && s->file.p[from - 1] != '/')
		from--;
	return mn_str_sub(s->file, from, s->file.n);
}

bool
mn_source_age(const struct mn_source *s, int32_t as_of, int64_t *days, bool *stale)
{
	int32_t edition;
	if (!mn_day_parse_iso(s->edition, &edition))
		return false;
	*days = (int64_t)as_of - edition;
	*stale = *days > (int64_t)s->stale_after_days;
	return true;
}

static void
put_columns(const struct mn_source *s, struct mn_buf *out)
{
	for (size_t f = 0; f < MN_F_COUNT; f++) {
		if (s->column[f].n == 0)
			continue;
		mn_put_u8(out, (uint8_t)f);
		mn_put_str(out, s->column[f]);
	}
}

/* To the end of the row; each field once, in ascending order, as put_columns writes. */
static void
get_columns(struct mn_get *g, struct mn_source *s)
{
	int last = -1;
	while (!g->bad && g->p < g->end) {
		uint8_t f = mn_get_u8(g);
		struct mn_str column = mn_get_str(g);
		if (f >= MN_F_COUNT || f <= last) {
			g->bad = true;
			return;
		}
		s->column[f] = column;
		last = f;
	}
}

void
mn_source_encode(const struct mn_source *s, struct mn_buf *out)
{
	const struct mn_str texts[] = {s->file, s->sha256, s->encoding, s->delimiter,
	    s->layout, s->title, s->licence, s->url, s->gates};
	const uint64_t counts[] = {
	    s->bytes, s->header_line, s->rows, s->accepted, s->noted, s->quarantined};
	mn_put_u8(out, VERSION);
	mn_put_u32(out, s->src);
	mn_put_u8(out, (uint8_t)s->kind);
	for (size_t i = 0; i < countof(texts); i++)
		mn_put_str(out, texts[i]);
	for (size_t i = 0; i < countof(counts); i++)
		mn_put_u64(out, counts[i]);
	mn_put_str(out, s->part);
	mn_put_str(out, s->edition);
	mn_put_str(out, s->missing);
	mn_put_u64(out, s->stale_after_days);
	mn_put_u64(out, s->unjoined);
	put_columns(s, out);
}

bool
mn_source_decode(struct mn_str bytes, struct mn_source *out, struct mn_err *err)
{
	struct mn_get g = mn_get(bytes);
	struct mn_str *const texts[] = {&out->file, &out->sha256, &out->encoding,
	    &out->delimiter, &out->layout, &out->title, &out->licence, &out->url,
	    &out->gates};
	uint64_t *const counts[] = {&out->bytes, &out->header_line, &out->rows,
	    &out->accepted, &out->noted, &out->quarantined};
	*out = (struct mn_source){0};
	uint8_t version = mn_get_u8(&g);
	out->src = mn_get_u32(&g);
	uint8_t kind = mn_get_u8(&g);
	for (size_t i = 0; i < countof(texts); i++)
		*texts[i] = mn_get_str(&g);
	for (size_t i = 0; i < countof(counts); i++)
		*counts[i] = mn_get_u64(&g);
	if (version > 1) {
		out->part = mn_get_str(&g);
		out->edition = mn_get_str(&g);
		out->missing = mn_get_str(&g);
		out->stale_after_days = mn_get_u64(&g);
	}
	if (version > 2)
		out->unjoined = mn_get_u64(&g);
	get_columns(&g, out);
	if (!mn_get_done(&g) || version < 1 || version > VERSION || kind >= MN_K_COUNT ||
	    out->src > UINT16_MAX)
		return mn_fail(err, MN_E_STORE, "damaged source row");
	out->kind = (enum mn_kind)kind;
	return true;
}
