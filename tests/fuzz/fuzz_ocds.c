/*
 * Bytes as Open Contracting data of any shape: every byte picks a member of the standard
 * or a kind of value, so that what is wanted as a list comes as a number and so on. Runs
 * in the project's folder.
 */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "manumit/base/buf.h"
#include "manumit/connectors/input.h"
#include "manumit/text/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const KEYS[] = {"ocid", "id", "date", "parties", "name", "identifier",
    "scheme", "legalName", "additionalIdentifiers", "address", "streetAddress",
    "locality", "region", "postalCode", "country", "countryName", "roles", "buyer",
    "tender", "title", "status", "procuringEntity", "procurementMethod", "tenderPeriod",
    "startDate", "endDate", "lots", "items", "relatedLot", "relatedLots",
    "classification", "additionalClassifications", "description", "deliveryAddress",
    "deliveryAddresses", "tenderers", "bids", "details", "value", "amount", "currency",
    "awards", "suppliers", "contracts", "awardID", "compiledRelease", "releases",
    "record", "contactPoint", "lotID"};
static const char *const TEXTS[] = {"", "1", "2", "Ash Ltd", "Elm S.A.", "tenderer",
    "supplier", "buyer", "subcontractor", "GB-COH", "XI-LEI", "BR-CPF", "01234567", "CPV",
    "UNSPSC", "HS", "18110000-3", "France", "N/A", "2026-01-02T00:00:00Z", "unsuccessful",
    "EUR", "1 Road, United Kingdom", "A &amp; B; C", "x\\u0000y", "\\ud83d\\ude00"};

struct bytes {
	const uint8_t *p;
	size_t n;
	struct mn_buf out;
};

static unsigned
next(struct bytes *b, unsigned below)
{
	if (b->n == 0)
		return 0;
	b->n--;
	return *b->p++ % below;
}

static void put_value(struct bytes *b, unsigned depth);

static void
put_members(struct bytes *b, unsigned depth)
{
	for (unsigned i = 0, n = next(b, 7); i < n; i++) {
		mn_buf_fmt(
		    &b->out, "%s\"%s\":", i ? "," : "", KEYS[next(b, countof(KEYS))]);
		put_value(b, depth + 1);
	}
}

static void
put_value(struct bytes *b, unsigned depth)
{
	unsigned what = b->n == 0 || depth > 9 ? 3 : next(b, 9);
	switch (what) {
	case 0:
	case 1:
	case 2:
		mn_buf_byte(&b->out, '{');
		put_members(b, depth);
		mn_buf_byte(&b->out, '}');
		break;
	case 4:
		mn_buf_fmt(&b->out, "%d", (int)next(b, 256) - 9);
		break;
	case 5:
		mn_buf_fmt(&b->out, "%u.%u", next(b, 256), next(b, 256));
		break;
	case 6:
	case 7:
		mn_buf_byte(&b->out, '[');
		for (unsigned i = 0, n = next(b, 5); i < n; i++) {
			mn_buf_fmt(&b->out, i ? "," : "");
			put_value(b, depth + 1);
		}
		mn_buf_byte(&b->out, ']');
		break;
	case 3:
		mn_buf_fmt(&b->out, next(b, 2) ? "null" : "true");
		break;
	default:
		mn_buf_fmt(&b->out, "\"%s\"", TEXTS[next(b, countof(TEXTS))]);
		break;
	}
}

/* A release of the one process that all of a package are of. */
static void
put_release(struct bytes *b)
{
	mn_buf_fmt(&b->out, "\"ocid\":\"o\"");
	if (next(b, 4))
		mn_buf_fmt(&b->out, ",\"date\":\"2026-01-0%uT0%u:00:00%s\"", next(b, 4),
		    next(b, 4), next(b, 2) ? "Z" : "-05:00");
	for (unsigned i = 0, n = next(b, 7); i < n; i++) {
		mn_buf_fmt(&b->out, ",\"%s\":", KEYS[next(b, countof(KEYS))]);
		put_value(b, 1);
	}
}

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

static const struct mn_mappings *
mappings(void)
{
	static const struct mn_mappings *once;
	static struct mn_arena a;
	struct mn_err err = MN_ERR_NONE;
	if (!once) {
		a = mn_arena_new((size_t)256 << 20, NULL);
		once = mn_mappings_load(&a, "connectors", &err);
		need(once != NULL);
	}
	return once;
}

static void
read_as(const char *path, enum mn_kind kind)
{
	struct mn_arena a = mn_arena_new((size_t)1 << 30, NULL), root = a;
	struct mn_diag diag = {.emit = NULL};
	struct mn_err err = MN_ERR_NONE;
	struct mn_record rec;
	bool noted;
	int more = -1;
	struct mn_input *in = mn_input_open(&a, mappings(), path, kind, &diag, &err);
	need(in != NULL);
	while ((more = mn_input_next(in, 0, &rec, &noted, &err)) == 1) {
		need(rec.v[MN_F_NAME].n || rec.v[MN_F_TAX_ID].n || rec.v[MN_F_LEI].n);
		for (unsigned f = 0; f < MN_F_COUNT; f++)
			need(mn_utf8_valid(rec.v[f]) == rec.v[f].n);
	}
	const struct mn_input_info *i = mn_input_info(in);
	need(more == 0 || err.code == MN_E_FILE_TOO_BAD);
	need(i->rows == i->accepted + i->noted + i->quarantined);
	mn_input_close(in);
	mn_arena_free(root);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	struct bytes b = {data, n, mn_buf_new((size_t)1 << 20)};
	int fd = memfd_create("release", MFD_CLOEXEC);
	unsigned packing = next(&b, 3);
	bool record = packing == 1;
	mn_buf_fmt(&b.out, record ? "{\"records\":[{\"ocid\":\"o\",\"releases\":[{"
				  : "{\"releases\":[{\"ocid\":\"o\"},{");
	while (b.n) {
		if (packing == 2)
			put_release(&b);
		else
			put_members(&b, 0);
		mn_buf_fmt(&b.out, "},{");
	}
	mn_buf_fmt(&b.out, record ? "}]}]}" : "}]}");
	need(fd >= 0 && write(fd, b.out.p, b.out.n) == (ssize_t)b.out.n);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	read_as(path, MN_K_TENDERS);
	read_as(path, MN_K_SUPPLIERS);
	close(fd);
	mn_buf_free(&b.out);
	return 0;
}
