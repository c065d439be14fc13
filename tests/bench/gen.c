/*
 * Makes test data of any size, the same for the same seed: gen DIR SUPPLIERS SEED writes
 * suppliers.csv, fees.csv (3 rows a supplier), inspections.csv (2), findings.csv (1 for
 * every tenth) and watchlist.csv (1 for every fiftieth). All names are made of syllables.
 */
#include <stdio.h>
#include <stdlib.h>

#include "manumit/base/str.h"

static const char *const SYLLABLES[] = {"ba", "ko", "ri", "ta", "mu", "sel", "van", "dor",
    "li", "pe", "zan", "qui", "nor", "hal", "mir", "tos", "gar", "fen", "yul", "ost"};
static const char *const FORMS[] = {
    "Ltd", "Co., Ltd.", "GmbH", "S.A.", "Sdn. Bhd.", "Pvt. Ltd."};
static const char *const COUNTRIES[] = {"BD", "China", "Viet Nam", "IN", "Türkiye", "MY",
    "TH", "Brazil", "DE", "GB", "NP", "QA"};
static const char *const SECTORS[] = {"textile", "garment manufacturing", "electronics",
    "fishing", "agriculture", "construction", "mining", "cleaning services", ""};
static const char *const PRODUCTS[] = {
    "garments", "cotton yarn", "fish", "bricks", "chargers", ""};
static const char *const CODES[] = {"PASSPORT_HELD", "WAGES_LATE", "SAFETY",
    "EXCESSIVE_HOURS", "HOUSING", "BELOW_MINIMUM_WAGE", "DEDUCTIONS"};
static const char *const FEES[] = {
    "service charge", "visa", "medical", "air ticket", "training"};
static const char *const CLASSES[] = {
    "worker_survey", "ngo_media", "audit_announced", "union"};

static unsigned long long state;

static unsigned
roll(unsigned n)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)((state >> 33) % n);
}

#define PICK(list) (list[roll((unsigned)countof(list))])

static void
word(FILE *f)
{
	unsigned n = 2 + roll(3);
	for (unsigned i = 0; i < n; i++) {
		const char *s = PICK(SYLLABLES);
		fprintf(f, "%c%s", i ? s[0] : s[0] - 32, s + 1);
	}
}

static void
supplier(FILE *f, unsigned i)
{
	fprintf(f, "S%07u,\"", i);
	word(f);
	fputc(' ', f);
	word(f);
	fprintf(f, " %s\",%s,", PICK(FORMS), PICK(COUNTRIES));
	word(f);
	fprintf(f, ",%s,%s,%s,%u,0.%02u,%u,%u\n", PICK(SECTORS), PICK(PRODUCTS),
	    PICK(COUNTRIES), 10 + roll(3000), roll(100), 1 + roll(3), 1000 * roll(2000));
}

static void
fee(FILE *f, unsigned n)
{
	unsigned employer = roll(n), months = roll(4) ? 0 : roll(9);
	fprintf(f,
	    "S%07u,Recruiter %u,W%u,Nepal,Malaysia,%s,%u,MYR,%s,2025-%02u-%02u,1500\n",
	    employer, roll(400), roll(4 * n), PICK(FEES), 300 + 900 * months,
	    roll(5) ? "employer" : "worker", 1 + roll(12), 1 + roll(28));
}

static void
inspection(FILE *f, unsigned n, unsigned i)
{
	bool clean = roll(2) > 0;
	fprintf(f,
	    "S%07u,Labour Inspectorate,C%07u,202%u-%02u-%02u,programmed,%s,%s,%s,%s,%u\n",
	    roll(n), i, 2 + roll(5), 1 + roll(9), 1 + roll(28), roll(2) ? "yes" : "no",
	    clean ? "none" : "violation", clean ? "" : PICK(CODES),
	    roll(3) ? "open" : "unknown", roll(200));
}

static void
finding(FILE *f, unsigned n, unsigned i)
{
	fprintf(f, "S%07u,I%02u,%s,%s,%s,202%u-%02u-%02u,%s,Report %u\n", roll(n),
	    1 + roll(11), roll(4) ? "adverse" : "clear", roll(3) ? "M" : "S",
	    PICK(CLASSES), 3 + roll(3), 1 + roll(12), 1 + roll(28),
	    roll(2) ? "open" : "unknown", i);
}

static void
entry(FILE *f, unsigned i)
{
	fprintf(f, "G-OWN,Bench list,%u,", i);
	word(f);
	fputc(' ', f);
	word(f);
	fprintf(f, " Ltd,%s,2024-01-01\n", PICK(COUNTRIES));
}

static FILE *
open_csv(const char *dir, const char *name, const char *header)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	if (!f) {
		perror(path);
		exit(74);
	}
	fprintf(f, "%s\n", header);
	return f;
}

static void
close_csv(FILE *f)
{
	if (fclose(f) != 0) {
		perror("write");
		exit(74);
	}
}

int
main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: gen DIR SUPPLIERS SEED\n");
		return 64;
	}
	unsigned n = (unsigned)strtoul(argv[2], NULL, 10);
	state = strtoull(argv[3], NULL, 10) * 2654435761ULL + 88172645463325252ULL;
	FILE *f = open_csv(argv[1], "suppliers.csv",
	    "id,name,country,city,sector,product,origin_country,workers,migrant_share,"
	    "tier,spend");
	for (unsigned i = 0; i < n; i++)
		supplier(f, i);
	close_csv(f);
	f = open_csv(argv[1], "fees.csv",
	    "entity,recruiter,worker,origin,destination,category,amount,currency,paid_by,"
	    "paid_on,wage");
	for (unsigned i = 0; i < 3 * n; i++)
		fee(f, n);
	close_csv(f);
	f = open_csv(argv[1], "inspections.csv",
	    "entity,authority,case_id,closed,selection,announced,outcome,violation,"
	    "status,workers_affected");
	for (unsigned i = 0; i < 2 * n; i++)
		inspection(f, n, i);
	close_csv(f);
	f = open_csv(argv[1], "findings.csv",
	    "entity,indicator,direction,strength,source_class,date,status,reference");
	for (unsigned i = 0; i < n / 10; i++)
		finding(f, n, i);
	close_csv(f);
	f = open_csv(argv[1], "watchlist.csv", "gate,list,id,name,country,listed_on");
	for (unsigned i = 0; i < n / 50; i++)
		entry(f, i);
	close_csv(f);
	return 0;
}
