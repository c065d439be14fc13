/*
 * Bytes as ownership statements (BODS) of any shape: every byte picks a member of the
 * standard or a kind of value, so that what is wanted as a list comes as a number and so
 * on. Runs in the project's folder.
 */
#include "shape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const KEYS[] = {"statementId", "statementDate", "recordId",
    "recordType", "recordStatus", "recordDetails", "name", "jurisdiction", "code",
    "identifiers", "id", "scheme", "addresses", "country", "subject", "interestedParty",
    "interests", "type", "share", "exact", "minimum", "exclusiveMinimum", "startDate",
    "endDate", "reason", "names"};
static const char *const TEXTS[] = {"", "a", "b", "c", "entity", "person", "relationship",
    "closed", "new", "2026-01-02", "2025-01-02T00:00:00Z", "shareholding", "votingRights",
    "appointmentOfBoard", "unknownInterest", "GB", "GB-SCT", "XI-LEI", "GB-COH",
    "9999ASHBROOKMILLS083", "01234567", "Ash Ltd", "A &amp; B; C", "x\\u0000y",
    "\\ud83d\\ude00"};

static bool
passes(const struct mn_record *rec)
{
	return (rec->v[MN_F_FROM].n || rec->v[MN_F_FROM_NAME].n) &&
	       (rec->v[MN_F_TO].n || rec->v[MN_F_TO_NAME].n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char path[64];
	struct bytes b = {data, n, KEYS, TEXTS, countof(KEYS), countof(TEXTS),
	    mn_buf_new((size_t)1 << 20)};
	bool lines = next(&b, 2);
	mn_buf_fmt(&b.out, lines ? "{" : "[{");
	while (b.n) {
		mn_buf_fmt(&b.out, "\"recordDetails\":{");
		put_members(&b, 1);
		mn_buf_fmt(&b.out, "},\"recordId\":\"%s\",\"recordType\":\"%s\"",
		    TEXTS[1 + next(&b, 3)], TEXTS[4 + next(&b, 3)]);
		while (next(&b, 3))
			mn_buf_fmt(&b.out, ",\"%s\":\"%s\"", KEYS[next(&b, 5)],
			    TEXTS[next(&b, countof(TEXTS))]);
		mn_buf_fmt(&b.out, lines ? "}\n{" : "},{");
	}
	mn_buf_fmt(&b.out, lines ? "}\n" : "}]");
	int fd = as_file(&b, path);
	read_as(path, MN_K_EDGES, true, passes);
	close(fd);
	mn_buf_free(&b.out);
	return 0;
}
