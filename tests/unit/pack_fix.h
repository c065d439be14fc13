/*
 * A small pack set that is complete and right, and ways to write it with one thing
 * changed. Shared by the tests of the pack room.
 */
#ifndef MN_TEST_PACK_FIX_H
#define MN_TEST_PACK_FIX_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "../../engine/pack/pack_impl.h"
#include "manumit/base/fx.h"

#define SV ",\"source\":\"test\",\"verified\":true}"
#define HEAD_OF(id, kind) \
	"{\"pack\":\"" id "\",\"kind\":\"" kind \
	"\",\"version\":\"1.0.0\",\"licence\":\"CC0-1.0\",\"source\":\"test\","
#define PARAM(code, value) "{\"code\":\"" code "\",\"value\":" value SV
#define CLASS(code) \
	"{\"code\":\"" code "\",\"name\":\"" code \
	"\",\"q_adverse\":0.5,\"q_clear\":0,\"kappa\":0" SV
#define LEVEL(code, value) PARAM(code, value)
#define IND(code, name) \
	"{\"code\":\"" code "\",\"name\":\"" name \
	"\",\"omega\":1,\"halflife_months\":24,\"scale\":0.5,\"irremediability\":0." \
	"25" SV
#define CHAN(code, w) \
	"{\"code\":\"" code "\",\"name\":\"" code "\",\"weight\":" w \
	",\"lo\":0.1,\"mid\":0.5,\"hi\":0.9" SV

static const char INDICATORS_JSON[] = HEAD_OF("ilo",
    "indicators") "\"note\":\"small\","
		  "\"parameters\":[" PARAM("A", "-4.0") "," PARAM("B", "3.2") "," PARAM(
		      "alpha", "-3.5") "," PARAM("delta", "1.5") "," PARAM("class_cap",
		      "1.25") "," PARAM("unknown_halflife_factor",
		      "2") "," PARAM("c_floor", "0.1") "," PARAM("swing",
		      "0.25") "," PARAM("severe_p", "0.75") "," PARAM("high_p",
		      "0.4") "," PARAM("elevated_p", "0.12") "," PARAM("low_high",
		      "0.12") "," PARAM("low_c_all", "0.5") "," PARAM("s_level_q",
		      "0.6") "," PARAM("attach_m", "0.5") "," PARAM("match_name_country",
		      "1") "," PARAM("match_name", "0.6") "," PARAM("unknown_spend",
		      "1") "," PARAM("min_cell_public",
		      "11") "," PARAM("min_cell_internal",
		      "5") "," PARAM("min_cell_supplier",
		      "11") "," PARAM("min_cell_inspectorate",
		      "5") "," PARAM("small_site", "50") "," PARAM("round_copies",
		      "5") "," PARAM("round_internal",
		      "5") "],"
			   "\"strengths\":[{\"code\":\"S\",\"name\":\"strong\",\"nats\":"
			   "4.0" SV ",{\"code\":\"M\",\"name\":\"medium\",\"nats\":2.0" SV
			   ",{\"code\":\"W\",\"name\":\"weak\",\"nats\":0.8" SV "],"
			   "\"source_classes\":[{\"code\":\"court\",\"name\":\"court\","
			   "\"q_adverse\":1,\"q_clear\":0,"
			   "\"kappa\":0" SV ",{\"code\":\"inspectorate\",\"name\":"
			   "\"inspectorate\",\"q_adverse\":0.9,"
			   "\"q_clear\":0.6,\"q_clear_supplier_paid\":0.5,\"kappa\":0.1,"
			   "\"kappa_better\":0.3,"
			   "\"kappa_better_if\":\"unannounced\",\"unannounced\":true" SV
			   ",{\"code\":\"survey\",\"name\":\"survey\",\"q_adverse\":0.75,"
			   "\"q_clear\":0.5,\"kappa\":0.3,"
			   "\"worker_sourced\":true,\"min_asked\":30,\"else_class\":"
			   "\"survey_small\"" SV
			   ",{\"code\":\"survey_small\",\"name\":\"small "
			   "survey\",\"q_adverse\":0.6,\"q_clear\":0.3,"
			   "\"kappa\":0.15" SV "," CLASS("unstated") "," CLASS(
			       "fee_ledger") "],"
					     "\"indicators\":[" IND("I01",
						 "Abuse of vulnerability") "," IND("I02",
						 "Deception") "," IND("I03",
						 "Restriction of movement") "," IND("I04",
						 "Isolation") "," IND("I05",
						 "Violence") "," IND("I06",
						 "Threats") "," IND("I07",
						 "Retention of documents") "," IND("I08",
						 "Withholding of wages") "," IND("I09",
						 "Debt bondage") "," IND("I10",
						 "Abusive conditions") "," IND("I11",
						 "Excessive overtime") "],"
								       "\"signs\":[{"
								       "\"indicator\":"
								       "\"I07\","
								       "\"text\":"
								       "\"passports "
								       "kept\"" SV "],"
								       "\"cells\":[{"
								       "\"role\":\"any\","
								       "\"subject\":"
								       "\"country\","
								       "\"source_"
								       "class\":\"any\","
								       "\"weight\":0.5" SV
								       ",{\"role\":"
								       "\"facility\","
								       "\"subject\":"
								       "\"I09\",\"source_"
								       "class\":"
								       "\"survey\","
								       "\"weight\":1,"
								       "\"halflife_"
								       "months\":36" SV
								       "],"
								       "\"questions\":[{"
								       "\"code\":\"Q-1\","
								       "\"subject\":"
								       "\"I09\",\"text\":"
								       "\"Who "
								       "paid?\","
								       "\"ask\":"
								       "\"recruiter\"" SV
								       ",{\"code\":\"Q-"
								       "2\",\"subject\":"
								       "\"G-"
								       "OWN\",\"text\":"
								       "\"Why?\","
								       "\"ask\":"
								       "\"buyer\"" SV "],"
								       "\"remediation\":["
								       "{\"subject\":"
								       "\"I09\",\"text\":"
								       "\"Repay.\","
								       "\"order\":1" SV
								       "],"
								       "\"floors\":[{"
								       "\"code\":\"one\","
								       "\"classes\":["
								       "\"court\","
								       "\"inspectorate\"]"
								       ",\"roots\":1,"
								       "\"band\":"
								       "\"high\"" SV "],"
								       "\"scope\":[{"
								       "\"workers_from\":"
								       "0,"
								       "\"value\":0.1" SV
								       ",{\"workers_"
								       "from\":50,"
								       "\"value\":0."
								       "4" SV "],"
								       "\"state_"
								       "imposed\":[{"
								       "\"code\":\"xx-"
								       "north\","
								       "\"country\":"
								       "\"XX\","
								       "\"region\":"
								       "\"north land\"" SV
								       "]}";

static const char GATES_JSON[] = HEAD_OF(
    "gates", "gates") "\"gates\":[{\"code\":\"G-OWN\",\"name\":\"Own "
		      "list\",\"jurisdiction\":\"own\",\"law\":\"none\","
		      "\"effect\":\"your "
		      "policy\",\"question\":\"Why?\",\"in_force_from\":\"2022-06-21\","
		      "\"roles\":[\"supplier\",\"facility\"],\"countries\":[\"BR\"],"
		      "\"legal\":false,"
		      "\"natural_persons\":true,\"stale_after_days\":30" SV "]}";

static const char CONTEXT_JSON[] = HEAD_OF("context", "context") "\"channels\":[" CHAN(
    "country", "0.5") "," CHAN("sector", "0.35") "," CHAN("good",
    "0.4") "," CHAN("workforce", "0.35") "," CHAN("recruitment",
    "0.35") "],"
	    "\"country_series\":[{\"code\":\"gov\",\"name\":\"governance\",\"formula\":"
	    "\"as "
	    "it is\",\"weight\":1,\"lo\":0.1,\"mid\":0.5,\"hi\":0.9" SV "],"
	    "\"countries\":[{\"code\":\"VN\",\"series\":\"gov\",\"raw\":\"x\",\"year\":"
	    "2024,"
	    "\"value\":0.6" SV ",{\"code\":\"BD\",\"series\":\"gov\",\"value\":0.7" SV
	    ",{\"code\":\"NO\",\"series\":\"gov\",\"value\":0.15" SV "],"
	    "\"sectors\":[{\"code\":\"textiles\",\"name\":\"Textiles\",\"isic\":[\"13\","
	    "\"C\"],"
	    "\"words\":[\"ready made "
	    "garments\",\"v\xe1\xba\xa3i\"],\"value\":0.7,\"workers\":250,"
	    "\"severity\":0.5" SV "],"
	    "\"goods\":[{\"country\":\"CN\",\"good\":\"cotton\",\"words\":[\"algodao\"],"
	    "\"forced\":true,"
	    "\"forced_child\":false,\"value\":0.9" SV "],"
	    "\"levels\":[{\"code\":\"workforce_base\",\"value\":0.1" SV
	    ",{\"code\":\"recruitment_direct\",\"value\":0.2" SV
	    "," LEVEL("recruitment_recruiter", "0.5") "," LEVEL(
		"recruitment_licensed", "0.3") "," LEVEL("recruitment_conditional",
		"0.6") "," LEVEL("recruitment_unlicensed",
		"0.9") "],"
		       "\"context_parts\":[{\"code\":\"workforce_migrant\",\"name\":"
		       "\"migrants\","
		       "\"weight\":0.5,\"lo\":0,\"mid\":0.2,\"hi\":1" SV "]}";

static const char VIOLATIONS_JSON[] = HEAD_OF("violations",
    "violations") "\"authorities\":[{\"code\":\"US-WHD\",\"name\":\"Wage and Hour "
		  "Division\",\"country\":\"US\","
		  "\"names\":[\"wage and hour division\"],\"covers\":[\"I08\",\"I11\"]" SV
		  "],"
		  "\"violations\":[{\"authority\":\"generic\",\"violation\":\"WAGES\","
		  "\"indicator\":\"I08\","
		  "\"strength\":\"M\",\"text\":\"wages withheld\"" SV
		  ",{\"authority\":\"US-WHD\",\"violation\":\"MW\",\"indicator\":\"I08\","
		  "\"strength\":\"W\","
		  "\"text\":\"minimum wage\",\"statute\":\"FLSA 6\"" SV
		  ",{\"authority\":\"US-WHD\",\"violation\":\"CL\",\"indicator\":"
		  "\"unspecified\","
		  "\"strength\":\"none\",\"text\":\"child labour\"" SV "]}";

static const char FEES_JSON[] = HEAD_OF("fees",
    "fees") "\"fee_categories\":[{\"code\":\"RF1\",\"class\":\"fee\",\"name\":\"service "
	    "fee\","
	    "\"employer_pays\":true" SV "],"
	    "\"fee_words\":[{\"category\":\"RF1\",\"words\":[\"agency fee\",\"service "
	    "fee\"]" SV "],"
	    "\"fee_bands\":[{\"code\":\"some\",\"months\":0,\"strength\":\"W\",\"text\":"
	    "\"some\"" SV ",{\"code\":\"six\",\"months\":6,\"strength\":\"S\",\"text\":"
	    "\"six months\"" SV "],"
	    "\"payers\":[{\"payer\":\"worker\",\"words\":[\"worker\",\"employee\"]" SV
	    "]}";

static const struct {
	const char *name, *text;
} PACK_FILES[] = {
    {"a-indicators.json", INDICATORS_JSON},
    {"b-gates.json", GATES_JSON},
    {"c-context.json", CONTEXT_JSON},
    {"d-violations.json", VIOLATIONS_JSON},
    {"e-fees.json", FEES_JSON},
};

/* One change: the first `find` of a file becomes `put`. NULL file: no change. */
struct pack_change {
	const char *file, *find, *put;
};

struct pack_fix {
	struct mn_arena root, a;
	char dir[256];  /* packs */
	char data[256]; /* stores */
};

static inline void
fix_write(const struct pack_fix *f, const char *name, const char *text, size_t n)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s", f->dir, name);
	FILE *out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
}

static inline void
fix_write_changed(const struct pack_fix *f, const char *name, const char *text,
    const struct pack_change *c)
{
	if (!c || !c->file || strcmp(c->file, name) != 0) {
		fix_write(f, name, text, strlen(text));
		return;
	}
	const char *at = strstr(text, c->find);
	if (!at)
		fail_msg("\"%s\" is not in %s", c->find, name);
	char *changed = malloc(strlen(text) + strlen(c->put) + 1);
	assert_non_null(changed);
	int n = sprintf(
	    changed, "%.*s%s%s", (int)(at - text), text, c->put, at + strlen(c->find));
	fix_write(f, name, changed, (size_t)n);
	free(changed);
}

static inline void
fix_write_all(const struct pack_fix *f, const struct pack_change *c)
{
	for (size_t i = 0; i < countof(PACK_FILES); i++)
		fix_write_changed(f, PACK_FILES[i].name, PACK_FILES[i].text, c);
}

static inline int
fix_setup(void **state)
{
	struct pack_fix *f = calloc(1, sizeof *f);
	const char *tmp = getenv("TMPDIR");
	f->root = f->a = mn_arena_new((size_t)1 << 30, NULL);
	snprintf(f->dir, sizeof f->dir, "%s/mn-pack-XXXXXX", tmp ? tmp : "/tmp");
	snprintf(f->data, sizeof f->data, "%s/mn-data-XXXXXX", tmp ? tmp : "/tmp");
	*state = f;
	return mkdtemp(f->dir) && mkdtemp(f->data) ? 0 : -1;
}

static inline int
fix_teardown(void **state)
{
	struct pack_fix *f = *state;
	struct mn_err err;
	bool ok = mn_dir_remove(f->dir, &err) && mn_dir_remove(f->data, &err);
	mn_arena_free(f->root);
	free(f);
	return ok ? 0 : -1;
}

/* The whole set, unchanged, loaded. */
static inline const struct mn_pack *
fix_load(struct pack_fix *f)
{
	struct mn_err err = MN_ERR_NONE;
	fix_write_all(f, NULL);
	const struct mn_pack *p = mn_pack_load(&f->a, f->dir, &err);
	if (!p)
		fail_msg("%s", err.msg);
	return p;
}

#define assert_text(s, lit) assert_true(mn_str_eq((s), MN_S(lit)))

#endif
