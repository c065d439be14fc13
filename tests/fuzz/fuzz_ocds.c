/*
 * Bytes as Open Contracting data of any shape: every byte picks a member of the standard
 * or a kind of value, so that what is wanted as a list comes as a number and so on. Runs
 * in the project's folder.
 */
#include "shape.h"

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

static bool
passes(const struct mn_record *rec)
{
	return rec->v[MN_F_NAME].n || rec->v[MN_F_TAX_ID].n || rec->v[MN_F_LEI].n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	struct bytes b = {data, n, KEYS, TEXTS, countof(KEYS), countof(TEXTS),
	    mn_buf_new((size_t)1 << 20)};
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
	int fd = as_file(&b, path);
	read_as(path, MN_K_TENDERS, false, passes);
	read_as(path, MN_K_SUPPLIERS, false, passes);
	close(fd);
	mn_buf_free(&b.out);
	return 0;
}
