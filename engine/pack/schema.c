/* The tables of every section: keys, where their values go, and which values they take.
 */
#include "manumit/base/fx.h"

#include "schema.h"
#include "schema_buyers.h"

/* Months: a century is more than any half-life means. People: more than any site has. */
/* Indicators a rule may ask of one dimension: no dimension has a hundred. */
enum { MAX_MONTHS = 1200, MAX_WORKERS = 100000000, MAX_LENS_COUNT = 100 };

static const struct mn_pfield PROV[] = {
    STR(mn_prov, source, REQ),
    BOOL(mn_prov, verified, REQ),
};

static const struct mn_pfield HEAD[] = {
    {.key = "pack",
	.at = offsetof(struct mn_pack_file, id),
	.shape = MN_PS_STR,
	.flags = REQ,
	.rule = MN_PR_CODE},
    STR(mn_pack_file, kind, REQ,
	.words =
	    "indicators|gates|context|violations|fees|reference|lens|graph|tailoring|"
	    "tender|law|ask"),
    STR(mn_pack_file, version, REQ),
    STR(mn_pack_file, licence, REQ),
    STR(mn_pack_file, source, REQ),
    STR(mn_pack_file, note, 0),
    STR(mn_pack_file, edition, 0, .rule = MN_PR_DAY),
    STR(mn_pack_file, missing, 0),
    INT(mn_pack_file, stale_after_days, 0, 0, 36525),
};

static const struct mn_pfield F_param[] = {
    CODE(mn_p_param, code),
    STR(mn_p_param, help, 0),
    Q16(mn_p_param, value, REQ, -1000000, 1000000),
};

static const struct mn_pfield F_strength[] = {
    STR(mn_p_strength, code, KEY, .words = "S|M|W"),
    STR(mn_p_strength, name, REQ),
    Q16(mn_p_strength, nats, REQ, 0, 16),
};

static const struct mn_pfield F_source_class[] = {
    CODE(mn_p_source_class, code),
    STR(mn_p_source_class, name, REQ),
    Q16(mn_p_source_class, q_adverse, REQ, 0, 1),
    Q16(mn_p_source_class, q_clear, REQ, 0, 1),
    Q16(mn_p_source_class, q_clear_supplier_paid, 0, 0, 1),
    Q16(mn_p_source_class, kappa, REQ, 0, 1),
    Q16(mn_p_source_class, kappa_better, 0, 0, 1),
    STR(mn_p_source_class, kappa_better_if, 0, .words = "unannounced|offsite"),
    BOOL(mn_p_source_class, worker_sourced, 0),
    BOOL(mn_p_source_class, confidential, 0),
    BOOL(mn_p_source_class, unannounced, 0),
    BOOL(mn_p_source_class, own_statement, 0),
    INT(mn_p_source_class, min_asked, 0, 0, MAX_WORKERS),
    STR(mn_p_source_class, else_class, 0, .refs = REF(source_class)),
};

static const struct mn_pfield F_indicator[] = {
    CODE(mn_p_indicator, code),
    STR(mn_p_indicator, name, REQ),
    STR(mn_p_indicator, definition, 0),
    STR(mn_p_indicator, uk_registry, 0),
    Q16(mn_p_indicator, omega, REQ, 0, 1),
    INT(mn_p_indicator, halflife_months, REQ, 1, MAX_MONTHS),
    Q16(mn_p_indicator, scale, REQ, 0, 1),
    Q16(mn_p_indicator, irremediability, REQ, 0, 1),
};

static const struct mn_pfield F_sign[] = {
    STR(mn_p_sign, indicator, REQ, .refs = REF(indicator)),
    STR(mn_p_sign, text, REQ),
};

static const struct mn_pfield F_cell[] = {
    STR(mn_p_cell, role, KEY, .words = ROLES "|any"),
    STR(mn_p_cell, subject, KEY, .refs = REF(indicator) | REF(channel)),
    STR(mn_p_cell, source_class, KEY, .refs = REF(source_class), .words = "any"),
    Q16(mn_p_cell, weight, REQ, 0, 1),
    INT(mn_p_cell, halflife_months, 0, 0, MAX_MONTHS),
};

static const struct mn_pfield F_question[] = {
    CODE(mn_p_question, code),
    STR(mn_p_question, subject, REQ, .refs = REF(indicator) | REF(channel) | REF(gate),
	.words = "fees|licence|any|ended"),
    STR(mn_p_question, text, REQ),
    STR(mn_p_question, ask, REQ,
	.words = "supplier|off_site_workers|recruiter|authority|buyer"),
};

static const struct mn_pfield F_remedy[] = {
    STR(mn_p_remedy, subject, REQ, .refs = REF(indicator), .words = "state|any"),
    STR(mn_p_remedy, text, REQ),
    INT(mn_p_remedy, order, REQ, 0, 10000),
    STR(mn_p_remedy, verify, 0),
    INT(mn_p_remedy, within_days, 0, 0, 3650),
};

static const struct mn_pfield F_floor[] = {
    CODE(mn_p_floor, code),
    LIST(mn_p_floor, classes, REQ, .refs = REF(source_class)),
    INT(mn_p_floor, roots, REQ, 1, 1000),
    STR(mn_p_floor, band, REQ, .words = "elevated|high|severe"),
};

static const struct mn_pfield F_scope[] = {
    INT(mn_p_scope, workers_from, REQ, 0, MAX_WORKERS),
    Q16(mn_p_scope, value, REQ, 0, 1),
};

static const struct mn_pfield F_state[] = {
    CODE(mn_p_state, code),
    STR(mn_p_state, country, REQ, .rule = MN_PR_COUNTRY),
    STR(mn_p_state, region, 0, .rule = MN_PR_FOLDED),
    STR(mn_p_state, note, 0),
};

static const struct mn_pfield F_party[] = {
    CODE(mn_p_party, code),
    STR(mn_p_party, name, REQ),
    LIST(mn_p_party, words, REQ, .rule = MN_PR_FOLDED),
    BOOL(mn_p_party, worker_sourced, 0),
    BOOL(mn_p_party, checked_party, 0),
};

static const struct mn_pfield F_gate[] = {
    CODE(mn_p_gate, code),
    STR(mn_p_gate, name, REQ),
    STR(mn_p_gate, jurisdiction, REQ),
    STR(mn_p_gate, law, REQ),
    STR(mn_p_gate, effect, 0),
    STR(mn_p_gate, effect_importer, 0),
    STR(mn_p_gate, effect_seller, 0),
    STR(mn_p_gate, effect_public, 0),
    STR(mn_p_gate, effect_supplier, 0),
    LIST(mn_p_gate, markets, 0, .rule = MN_PR_COUNTRY),
    STR(mn_p_gate, question, 0),
    STR(mn_p_gate, citation, 0),
    STR(mn_p_gate, in_force_from, 0, .rule = MN_PR_DAY),
    STR(mn_p_gate, in_force_to, 0, .rule = MN_PR_DAY),
    LIST(mn_p_gate, roles, 0, .words = ROLES),
    LIST(mn_p_gate, countries, 0, .rule = MN_PR_COUNTRY),
    BOOL(mn_p_gate, legal, REQ),
    BOOL(mn_p_gate, natural_persons, 0),
    BOOL(mn_p_gate, licences, 0),
    INT(mn_p_gate, stale_after_days, 0, 0, 36525),
};

static const struct mn_pfield F_gate_region[] = {
    CODE(mn_p_gate_region, code),
    STR(mn_p_gate_region, gate, REQ, .refs = REF(gate)),
    STR(mn_p_gate_region, country, REQ, .rule = MN_PR_COUNTRY),
    STR(mn_p_gate_region, name, REQ),
    STR(mn_p_gate_region, law, REQ),
    STR(mn_p_gate_region, citation, REQ),
    STR(mn_p_gate_region, question_site, REQ),
    STR(mn_p_gate_region, question_good, REQ),
    LIST(mn_p_gate_region, words, REQ, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, places, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, places_in_country, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, elsewhere, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, streets, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, denied_before, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_region, denied_after, 0, .rule = MN_PR_FOLDED),
};

static const struct mn_pfield F_gate_good[] = {
    CODE(mn_p_gate_good, code),
    LIST(mn_p_gate_good, words, REQ, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_good, hs, 0, .rule = MN_PR_UPPER),
    LIST(mn_p_gate_good, within, 0, .refs = REF(gate_good)),
    LIST(mn_p_gate_good, holds, 0, .refs = REF(gate_good)),
    BOOL(mn_p_gate_good, all, 0),
    BOOL(mn_p_gate_good, stop, 0),
};

static const struct mn_pfield F_gate_order[] = {
    CODE(mn_p_gate_order, code),
    STR(mn_p_gate_order, gate, REQ, .refs = REF(gate)),
    STR(mn_p_gate_order, name, REQ),
    STR(mn_p_gate_order, country, REQ, .rule = MN_PR_COUNTRY),
    STR(mn_p_gate_order, region, 0, .refs = REF(gate_region)),
    LIST(mn_p_gate_order, places, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_gate_order, goods, REQ, .refs = REF(gate_good)),
    STR(mn_p_gate_order, from, 0, .rule = MN_PR_DAY),
    STR(mn_p_gate_order, to, 0, .rule = MN_PR_DAY),
    STR(mn_p_gate_order, limits, 0),
    STR(mn_p_gate_order, law, REQ),
    STR(mn_p_gate_order, citation, REQ),
    STR(mn_p_gate_order, question, REQ),
};

static const struct mn_pfield F_channel[] = {
    CODE(mn_p_channel, code),
    STR(mn_p_channel, name, REQ),
    Q16(mn_p_channel, weight, REQ, 0, 1),
    Q16(mn_p_channel, lo, REQ, 0, 1),
    Q16(mn_p_channel, mid, REQ, 0, 1),
    Q16(mn_p_channel, hi, REQ, 0, 1),
};

static const struct mn_pfield F_country_series[] = {
    CODE(mn_p_country_series, code),
    STR(mn_p_country_series, name, REQ),
    STR(mn_p_country_series, formula, REQ),
    Q16(mn_p_country_series, weight, REQ, 0, 1),
    Q16(mn_p_country_series, lo, REQ, 0, 1),
    Q16(mn_p_country_series, mid, REQ, 0, 1),
    Q16(mn_p_country_series, hi, REQ, 0, 1),
};

static const struct mn_pfield F_country[] = {
    STR(mn_p_country, code, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_country, series, KEY, .refs = REF(country_series)),
    STR(mn_p_country, raw, 0),
    INT(mn_p_country, year, 0, 0, 9999),
    Q16(mn_p_country, value, REQ, 0, 1),
};

static const struct mn_pfield F_sector[] = {
    CODE(mn_p_sector, code),
    STR(mn_p_sector, name, REQ),
    LIST(mn_p_sector, isic, 0, .rule = MN_PR_ISIC),
    LIST(mn_p_sector, words, 0, .rule = MN_PR_FOLDED),
    BOOL(mn_p_sector, service, 0),
    Q16(mn_p_sector, value, REQ, 0, 1),
    INT(mn_p_sector, workers, REQ, 0, MAX_WORKERS),
    Q16(mn_p_sector, severity, REQ, 0, 1),
};

static const struct mn_pfield F_sector_word[] = {
    STR(mn_p_sector_word, sector, KEY, .refs = REF(sector)),
    STR(mn_p_sector_word, language, KEY),
    LIST(mn_p_sector_word, words, REQ, .rule = MN_PR_FOLDED),
};

static const struct mn_pfield F_sector_code[] = {
    STR(mn_p_sector_code, scheme, KEY, .words = "naics|us_sic|cpv"),
    STR(mn_p_sector_code, sector, KEY, .refs = REF(sector)),
    LIST(mn_p_sector_code, codes, REQ, .rule = MN_PR_DIGITS),
};

static const struct mn_pfield F_good_word[] = {
    STR(mn_p_good_word, good, KEY, .rule = MN_PR_FOLDED),
    STR(mn_p_good_word, language, KEY),
    LIST(mn_p_good_word, words, REQ, .rule = MN_PR_FOLDED),
};

static const struct mn_pfield F_good_code[] = {
    STR(mn_p_good_code, good, KEY, .rule = MN_PR_FOLDED),
    LIST(mn_p_good_code, hs, REQ, .rule = MN_PR_DIGITS),
};

static const struct mn_pfield F_context_part[] = {
    STR(mn_p_context_part, code, KEY, .words = MN_CONTEXT_PARTS),
    STR(mn_p_context_part, name, REQ),
    Q16(mn_p_context_part, weight, REQ, 0, 1),
    Q16(mn_p_context_part, lo, REQ, 0, 1),
    Q16(mn_p_context_part, mid, REQ, 0, 1),
    Q16(mn_p_context_part, hi, REQ, 0, 1),
};

static const struct mn_pfield F_corridor[] = {
    STR(mn_p_corridor, origin, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_corridor, destination, MN_PF_KEY, .rule = MN_PR_COUNTRY),
    Q16(mn_p_corridor, months, REQ, 0, MAX_MONTHS),
    STR(mn_p_corridor, basis, REQ),
};

static const struct mn_pfield F_context_rule[] = {
    STR(mn_p_context_rule, code, KEY,
	.words = "stale_step|stale_most|series_warn_r|series_refuse_r"),
    STR(mn_p_context_rule, help, 0),
    Q16(mn_p_context_rule, value, REQ, 0, 1),
};

static const struct mn_pfield F_good[] = {
    STR(mn_p_good, country, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_good, good, KEY, .rule = MN_PR_FOLDED),
    LIST(mn_p_good, words, 0, .rule = MN_PR_FOLDED),
    BOOL(mn_p_good, forced, REQ),
    BOOL(mn_p_good, forced_child, REQ),
    LIST(mn_p_good, lists, 0, .words = "tvpra|eo13126|uflpa"),
    Q16(mn_p_good, value, REQ, 0, 1),
};

static const struct mn_pfield F_level[] = {
    CODE(mn_p_level, code),
    STR(mn_p_level, help, 0),
    Q16(mn_p_level, value, REQ, 0, 1),
};

static const struct mn_pfield F_authority[] = {
    CODE(mn_p_authority, code),
    STR(mn_p_authority, name, REQ),
    STR(mn_p_authority, country, 0, .rule = MN_PR_COUNTRY),
    LIST(mn_p_authority, names, 0, .rule = MN_PR_FOLDED),
    LIST(mn_p_authority, covers, 0, .refs = REF(indicator)),
    STR(mn_p_authority, source_class, 0, .refs = REF(source_class)),
    STR(mn_p_authority, acts_on, 0, .words = "inspections|claims|decisions|register"),
};

static const struct mn_pfield F_violation[] = {
    STR(mn_p_violation, authority, KEY, .refs = REF(authority), .words = "generic"),
    STR(mn_p_violation, violation, KEY, .rule = MN_PR_UPPER),
    STR(mn_p_violation, indicator, REQ, .refs = REF(indicator), .words = "unspecified"),
    STR(mn_p_violation, strength, REQ, .words = STRENGTHS),
    STR(mn_p_violation, text, REQ),
    STR(mn_p_violation, statute, 0),
    STR(mn_p_violation, lifts, 0, .words = "S|M|W"),
    BOOL(mn_p_violation, aside, 0),
    STR(mn_p_violation, list, 0),
};

static const struct mn_pfield F_fee_category[] = {
    CODE(mn_p_fee_category, code),
    STR(mn_p_fee_category, class, REQ, .words = "fee|cost|illegitimate|finance"),
    STR(mn_p_fee_category, name, REQ),
    BOOL(mn_p_fee_category, employer_pays, REQ),
};

static const struct mn_pfield F_fee_word[] = {
    STR(mn_p_fee_word, category, REQ, .refs = REF(fee_category)),
    STR(mn_p_fee_word, language, 0),
    LIST(mn_p_fee_word, words, REQ, .rule = MN_PR_FOLDED),
};

static const struct mn_pfield F_fee_band[] = {
    CODE(mn_p_fee_band, code),
    Q16(mn_p_fee_band, months, REQ, 0, MAX_MONTHS),
    STR(mn_p_fee_band, strength, REQ, .words = STRENGTHS),
    STR(mn_p_fee_band, text, REQ),
};

static const struct mn_pfield F_payer[] = {
    STR(mn_p_payer, payer, REQ, .words = "worker|employer|agency"),
    LIST(mn_p_payer, words, REQ, .rule = MN_PR_FOLDED),
};

static const struct mn_pfield F_fact[] = {
    STR(mn_p_fact, country, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_fact, topic, KEY),
    STR(mn_p_fact, text, REQ),
};

static const struct mn_pfield F_contact[] = {
    STR(mn_p_contact, country, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_contact, name, KEY),
    STR(mn_p_contact, what, REQ),
    STR(mn_p_contact, contact, REQ),
    STR(mn_p_contact, checked_on, 0, .rule = MN_PR_DAY),
};

static const struct mn_pfield F_fee_condition[] = {
    STR(mn_p_fee_condition, code, KEY,
	.words = "clear_over_contract|apr_over_ceiling|may_not_leave"),
    Q16(mn_p_fee_condition, value, 0, 0, 100),
    STR(mn_p_fee_condition, strength, REQ, .words = STRENGTHS),
    STR(mn_p_fee_condition, text, REQ),
};

static const struct mn_pfield F_fee_cap[] = {
    CODE(mn_p_fee_cap, code),
    STR(mn_p_fee_cap, country, REQ, .rule = MN_PR_COUNTRY),
    STR(mn_p_fee_cap, side, REQ, .words = "origin|destination"),
    STR(mn_p_fee_cap, other, 0, .rule = MN_PR_COUNTRY),
    STR(mn_p_fee_cap, basis, REQ,
	.words = "amount|months_wage|per_job_order|amount_per_month|amount_per_year"),
    Q16(mn_p_fee_cap, value, REQ, 0, 1000000000),
    STR(mn_p_fee_cap, currency, 0, .rule = MN_PR_UPPER),
    STR(mn_p_fee_cap, from, 0, .rule = MN_PR_DAY),
    STR(mn_p_fee_cap, to, 0, .rule = MN_PR_DAY),
    STR(mn_p_fee_cap, state, REQ, .words = "in_force|superseded|proposed"),
    STR(mn_p_fee_cap, as_of, 0),
    STR(mn_p_fee_cap, instrument, REQ),
    LIST(mn_p_fee_cap, includes, 0, .refs = REF(fee_category)),
    LIST(mn_p_fee_cap, excludes, 0, .refs = REF(fee_category)),
    STR(mn_p_fee_cap, only, 0),
    STR(mn_p_fee_cap, note, 0),
};

static const struct mn_pfield F_fee_ceiling[] = {
    STR(mn_p_fee_ceiling, country, KEY, .rule = MN_PR_COUNTRY),
    STR(mn_p_fee_ceiling, from, 0, .rule = MN_PR_DAY),
    STR(mn_p_fee_ceiling, to, 0, .rule = MN_PR_DAY),
    Q16(mn_p_fee_ceiling, apr, REQ, 0, 100),
};

static const struct mn_pfield F_fee_constant[] = {
    STR(mn_p_fee_constant, code, KEY,
	.words = "repay_share|rate_days|own_months|cap_alike"),
    STR(mn_p_fee_constant, help, 0),
    Q16(mn_p_fee_constant, value, REQ, 0, 1000),
};

static const struct mn_pfield F_lens[] = {
    CODE(mn_p_lens, code),
    STR(mn_p_lens, name, REQ),
    STR(mn_p_lens, note, 0),
    BOOL(mn_p_lens, needs_period, 0),
};

static const struct mn_pfield F_lens_dim[] = {
    CODE(mn_p_lens_dim, code),
    STR(mn_p_lens_dim, lens, REQ, .refs = REF(lens)),
    STR(mn_p_lens_dim, name, REQ),
    STR(mn_p_lens_dim, role, REQ, .words = "recruitment|work|leaving|exploitation"),
};

static const struct mn_pfield F_lens_ind[] = {
    CODE(mn_p_lens_ind, code),
    STR(mn_p_lens_ind, lens, REQ, .refs = REF(lens)),
    STR(mn_p_lens_ind, dimension, 0, .refs = REF(lens_dim)),
    STR(mn_p_lens_ind, label, REQ),
    STR(mn_p_lens_ind, side, 0, .words = SIDES),
    LIST(mn_p_lens_ind, ilo11, 0, .refs = REF(indicator)),
    STR(mn_p_lens_ind, adult, REQ, .words = STRENGTHS),
    STR(mn_p_lens_ind, child, REQ, .words = STRENGTHS),
    BOOL(mn_p_lens_ind, strength_verified, REQ),
    STR(mn_p_lens_ind, only_with, 0, .refs = REF(lens_dim)),
};

static const struct mn_pfield F_lens_rule[] = {
    CODE(mn_p_lens_rule, code),
    STR(mn_p_lens_rule, lens, REQ, .refs = REF(lens)),
    STR(mn_p_lens_rule, text, REQ),
    INT(mn_p_lens_rule, strong, 0, 0, MAX_LENS_COUNT),
    INT(mn_p_lens_rule, medium, 0, 0, MAX_LENS_COUNT),
    INT(mn_p_lens_rule, weak, 0, 0, MAX_LENS_COUNT),
    INT(mn_p_lens_rule, medium_or_weak, 0, 0, MAX_LENS_COUNT),
    INT(mn_p_lens_rule, involuntary, 0, 0, MAX_LENS_COUNT),
    INT(mn_p_lens_rule, penalty, 0, 0, MAX_LENS_COUNT),
};

static const struct mn_pfield F_lens_case[] = {
    CODE(mn_p_lens_case, code),
    STR(mn_p_lens_case, lens, REQ, .refs = REF(lens)),
    INT(mn_p_lens_case, order, REQ, 1, 1000),
    STR(mn_p_lens_case, age, REQ, .words = "adult|child|any"),
    STR(mn_p_lens_case, text, REQ),
    LIST(mn_p_lens_case, all, 0, .refs = REF(lens_dim), .words = SIDES),
    LIST(mn_p_lens_case, any, 0, .refs = REF(lens_dim), .words = SIDES),
    LIST(mn_p_lens_case, none, 0, .refs = REF(lens_dim), .words = SIDES),
    BOOL(mn_p_lens_case, pattern, 0),
};

static const struct mn_pfield F_survey_band[] = {
    CODE(mn_p_survey_band, code),
    Q16(mn_p_survey_band, share, REQ, 0, 1),
    STR(mn_p_survey_band, strength, REQ, .words = STRENGTHS),
    STR(mn_p_survey_band, text, REQ),
};

static const struct mn_pfield F_edge_kind[] = {
    STR(mn_p_edge_kind, code, KEY,
	.words = "supplies|owns|controls|recruits_for|same_site"),
    STR(mn_p_edge_kind, name, REQ),
    Q16(mn_p_edge_kind, forward, REQ, 0, 1),
    Q16(mn_p_edge_kind, back, REQ, 0, 1),
    STR(mn_p_edge_kind, gate_forward, REQ, .words = "none|possible|upstream"),
    STR(mn_p_edge_kind, gate_back, REQ, .words = "none|possible|upstream"),
};

static const struct mn_pfield F_edge_constant[] = {
    STR(mn_p_edge_constant, code, KEY,
	.words = "own_share|least_exposure|same_site_most"),
    STR(mn_p_edge_constant, help, 0),
    Q16(mn_p_edge_constant, value, REQ, 0, 1000),
};

static const struct mn_pfield F_tailored[] = {
    STR(mn_p_tailored, section, KEY),
    STR(mn_p_tailored, code, KEY),
    STR(mn_p_tailored, member, KEY),
    STR(mn_p_tailored, was, REQ),
    STR(mn_p_tailored, value, REQ),
    STR(mn_p_tailored, reason, REQ),
    STR(mn_p_tailored, author, REQ),
    STR(mn_p_tailored, date, REQ, .rule = MN_PR_DAY),
};

static const struct mn_psec SECTIONS[] = {
#define MN_X(member, name, type, kind_) \
	[MN_PSEC_##member] = {.key = name, \
	    .kind = kind_, \
	    .size = sizeof(struct type), \
	    .align = _Alignof(struct type), \
	    .at_rows = offsetof(struct mn_pack, member), \
	    .at_n = offsetof(struct mn_pack, n_##member), \
	    .field = F_##member, \
	    .n_field = countof(F_##member)},
    MN_PACK_SECTIONS(MN_X)
#undef MN_X
};

/* mn_prov is the first member of every row, so its offsets serve all sections. */
#define MN_X(member, name, type, kind) \
	_Static_assert(offsetof(struct type, prov) == 0, "prov comes first");
MN_PACK_SECTIONS(MN_X)
#undef MN_X

static const struct mn_psec HEAD_SECTION = {
    .size = sizeof(struct mn_pack_file),
    .align = _Alignof(struct mn_pack_file),
    .field = HEAD,
    .n_field = countof(HEAD),
};

const struct mn_psec *
mn_psection(unsigned section)
{
	return &SECTIONS[section];
}

const struct mn_psec *
mn_phead(void)
{
	return &HEAD_SECTION;
}

size_t
mn_pfields(const struct mn_psec *s)
{
	return s->n_field + (s == &HEAD_SECTION ? 0 : countof(PROV));
}

const struct mn_pfield *
mn_pfield(const struct mn_psec *s, size_t i)
{
	if (s == &HEAD_SECTION)
		return &s->field[i];
	return i < countof(PROV) ? &PROV[i] : &s->field[i - countof(PROV)];
}
