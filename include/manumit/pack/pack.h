/*
 * Packs: indicators, gates, context, violation codes and fee words as data. Each file
 * under indicators/ is validated, compiled into rows, stored in LMDB with its SHA-256,
 * version and licence, and read back from there into struct mn_pack, which is immutable:
 * evidence and scoring see nothing else. A new indicator text, code, gate, weight or
 * question is a row in a JSON file, never C.
 *
 * A pack file:
 *   {"pack": id, "kind": text, "version": "1.0.0", "licence": text, "source": text,
 *    "note": text, "edition": day, "stale_after_days": number, "missing": text,
 *    "<section>": [ {row}, ... ], ...}
 * The sections and the keys of their rows are the tables below, one X row a key:
 *   X(member, "key", TYPE, flags)
 * TYPE: CODE unique within its section (over all packs), TEXT, TEXTS list of texts,
 *   Q16 decimal number, INT, BOOL, ENUM(list), REF(section) a code of another section,
 *   REFS(section) a list of them. Every row may also carry
 *   "source" (citation with its paragraph; REQ) and "verified" (bool; REQ): verified
 * false means that the primary text has not been checked, and reports print the mark.
 */
#ifndef MN_PACK_PACK_H
#define MN_PACK_PACK_H

#include "manumit/base/arena.h"
#include "manumit/model/audience.h"
#include "manumit/model/record.h"
#include "manumit/base/err.h"
#include "manumit/base/hash.h"
#include "manumit/model/card.h"
#include "manumit/store/store.h"

struct mn_strs {
	const struct mn_str *v;
	uint32_t n;
};

/* Where a row comes from; first member of every row struct. */
struct mn_prov {
	struct mn_str source;
	bool verified;
	uint16_t pack; /* index into mn_pack.file */
};

/* kind "indicators" -------------------------------------------------------------------
 */
struct mn_p_param { /* scoring constants: A, B, alpha, delta, thresholds */
	struct mn_prov prov;
	struct mn_str code, help;
	int64_t value_q16;
};
struct mn_p_strength { /* S, M, W: nats */
	struct mn_prov prov;
	struct mn_str code; /* "S" "M" "W" */
	struct mn_str name;
	int64_t nats_q16;
};
struct mn_p_source_class {
	struct mn_prov prov;
	struct mn_str code, name;
	int64_t q_adverse_q16;
	int64_t q_clear_q16;               /* 0: its silence clears nothing */
	int64_t q_clear_supplier_paid_q16; /* used instead when the checked party paid */
	int64_t kappa_q16, kappa_better_q16;
	struct mn_str kappa_better_if; /* "" | "unannounced" | "offsite" */
	bool worker_sourced;           /* workers themselves were heard */
	bool confidential;  /* a worker complained: told to whom workers' words are */
	bool unannounced;   /* by its nature unannounced */
	bool own_statement; /* what the entity says of itself: adverse, an admission */
	int64_t min_asked;  /* workers asked below which it is `else_class` */
	struct mn_str else_class; /* "" or a source class */
};
struct mn_p_indicator {
	struct mn_prov prov;
	struct mn_str code; /* I01..I11: must be all eleven, in order */
	struct mn_str name, definition, uk_registry;
	int64_t omega_q16, halflife_months;
	int64_t scale_q16;           /* gravity, UNGP 14: 0..1 */
	int64_t irremediability_q16; /* 0..1 */
};
struct mn_p_sign { /* operational signs of an indicator */
	struct mn_prov prov;
	struct mn_str indicator, text;
};
struct mn_p_cell { /* what should be known of an entity of this role */
	struct mn_prov prov;
	struct mn_str role;         /* supplier | facility | recruiter | employer | any */
	struct mn_str subject;      /* indicator code or channel code */
	struct mn_str source_class; /* code, or "any" */
	int64_t weight_q16;
	int64_t halflife_months; /* of the knowledge; 0: the indicator's (channels: 60) */
};
struct mn_p_question { /* what to ask when a cell is empty or a gate is open */
	struct mn_prov prov;
	struct mn_str code,
	    subject; /* subject: indicator, channel, gate code or a word */
	struct mn_str text;
	struct mn_str
	    ask; /* supplier | off_site_workers | recruiter | authority | buyer */
};
struct mn_p_remedy { /* remediation texts, in the order to be done */
	struct mn_prov prov;
	struct mn_str subject, text; /* subject: indicator code, "state" or "any" */
	int64_t order;
	struct mn_str verify; /* how workers verify it; "": as the subject's first row */
	int64_t within_days;  /* proposed deadline, 0: none is proposed */
};
struct mn_p_floor { /* S-level open items of these classes lift the band */
	struct mn_prov prov;
	struct mn_str code;
	struct mn_strs classes;
	int64_t roots;
	struct mn_str band;
};
struct mn_p_scope { /* UNGP scope: workers exposed -> 0..1, by lower limit */
	struct mn_prov prov;
	int64_t workers_from;
	int64_t value_q16;
};
struct mn_p_state { /* settings in which nothing clears: forced labour imposed by the
		       state */
	struct mn_prov prov;
	struct mn_str code, country,
	    region; /* region: folded word in region, city or address */
	struct mn_str note;
};
struct mn_p_party { /* who may be meant where a row says who paid or who verified */
	struct mn_prov prov;
	struct mn_str code, name;
	struct mn_strs words; /* folded; a word means one party only */
	bool worker_sourced;  /* workers speak, or are heard without their employer */
	bool checked_party;   /* who is checked, or acts for it */
};
/* kind "gates" ------------------------------------------------------------------------
 */
struct mn_p_gate {
	struct mn_prov prov;
	struct mn_str code, name, jurisdiction, law, question, citation;
	/* What it means: for everybody, and for who imports into, sells in or buys
	 * publicly in one of the markets (empty: any). At least one is there. */
	struct mn_str effect, effect_importer, effect_seller, effect_public;
	struct mn_str effect_supplier; /* of public bodies in one of the markets */
	struct mn_strs markets;        /* alpha-2, or EU */
	struct mn_str in_force_from, in_force_to; /* ISO days or "" */
	struct mn_strs roles;     /* applies to these roles only; empty: all */
	struct mn_strs countries; /* applies to entities there only; empty: all */
	bool legal;               /* false: the user's own list */
	bool natural_persons;     /* its register may list natural persons */
	bool licences; /* its lists tell who may act: not to be in them says nothing */
	int64_t stale_after_days; /* 0: never */
};
/* Goods and sites of a region that a law names: found by words, so at most possible. */
struct mn_p_gate_region {
	struct mn_prov prov;
	struct mn_str code, gate, country, name, law, citation;
	struct mn_str question_site, question_good;
	/* Folded. `places` are in the region; those of places_in_country have namesakes
	 * and count only where the country is given. `elsewhere`: other parts of the
	 * country. A name before one of `streets` is a street or a house. */
	struct mn_strs words, places, places_in_country, elsewhere, streets;
	struct mn_strs denied_before, denied_after; /* "non" ..., ... "free" */
};
/* Goods by the words and codes that mean them: is what a supplier makes what an order is
 * about? Only what is in the table can be told apart. */
struct mn_p_gate_good {
	struct mn_prov prov;
	struct mn_str code;
	struct mn_strs words;  /* folded; plurals in s and es are read too */
	struct mn_strs hs;     /* beginnings of HS codes */
	struct mn_strs within; /* wider goods that it is one of */
	struct mn_strs
	    holds; /* goods that it may be made of, which its name does not say */
	bool all;  /* every product */
	bool stop; /* words that tell nothing: "products", "parts" */
};
/* Orders and lists that name a good of a country or region, and no firm. */
struct mn_p_gate_order {
	struct mn_prov prov;
	struct mn_str code, gate, name, country;
	/* Not the whole country: the place or the good has to be of this region (a row of
	 * gate_regions), or to name one of these places (folded). */
	struct mn_str region;
	struct mn_strs places;
	struct mn_strs goods;   /* codes of gate_goods */
	struct mn_str from, to; /* ISO days or "" */
	struct mn_str limits;   /* what words cannot tell of it: "of artisanal mines" */
	struct mn_str law, citation, question;
};
/* kind "context" ----------------------------------------------------------------------
 */
struct mn_p_channel { /* all five, in order; lo <= every known value <= hi (checked) */
	struct mn_prov prov;
	struct mn_str code, name;
	int64_t weight_q16, lo_q16, mid_q16, hi_q16;
};
/* A series of the channel country: what is known of countries from one publication. The
 * channel is their weighted sum (the weights make 1), so that they never add up to more
 * than one index of governance. A country that a series lacks has its lo, mid and hi. */
struct mn_p_country_series {
	struct mn_prov prov;
	struct mn_str code, name;
	struct mn_str formula; /* how a value is made of what is published, in words */
	int64_t weight_q16, lo_q16, mid_q16, hi_q16;
};
struct mn_p_country {
	struct mn_prov prov;
	struct mn_str code; /* alpha-2 */
	struct mn_str series;
	struct mn_str raw; /* the published value, for the report */
	int64_t year;
	int64_t value_q16;
};
struct mn_p_sector {
	struct mn_prov prov;
	struct mn_str code, name;
	struct mn_strs isic;  /* section letters or division prefixes */
	struct mn_strs words; /* folded words that name it */
	bool service; /* delivers no goods: the channel good is known and at its lowest */
	int64_t value_q16;    /* risk class */
	int64_t workers;      /* usual workers of a site: severity where unknown */
	int64_t severity_q16; /* scale x irremediability where there is no evidence */
};
struct mn_p_sector_word { /* further words of a sector, by language */
	struct mn_prov prov;
	struct mn_str sector, language;
	struct mn_strs words; /* folded */
};
struct mn_p_sector_code { /* codes of other classifications than ISIC */
	struct mn_prov prov;
	struct mn_str scheme; /* naics | us_sic | cpv */
	struct mn_str sector;
	struct mn_strs codes; /* beginnings */
};
struct mn_p_good {
	struct mn_prov prov;
	struct mn_str country, good; /* alpha-2; folded name of the good */
	struct mn_strs words;        /* further folded names */
	bool forced, forced_child;
	struct mn_strs lists; /* tvpra | eo13126 | uflpa */
	int64_t value_q16;
};
struct mn_p_good_word { /* further words of a good, by language, for all countries */
	struct mn_prov prov;
	struct mn_str good, language;
	struct mn_strs words; /* folded */
};
struct mn_p_good_code { /* beginnings of the HS codes of a good */
	struct mn_prov prov;
	struct mn_str good;
	struct mn_strs hs;
};
/* A part of the channels workforce and recruitment: with a known share or answer of 0 to
 * 1 it adds weight times that; while it is unknown lo, mid and hi stand for it. */
struct mn_p_context_part {
	struct mn_prov prov;
	struct mn_str code, name; /* a rule of evidence/inherent_people.c */
	int64_t weight_q16, lo_q16, mid_q16, hi_q16;
};
struct mn_p_corridor { /* published recruitment costs of a corridor, in months of wage */
	struct mn_prov prov;
	struct mn_str origin, destination; /* alpha-2; no destination: all together */
	int64_t months_q16;
	struct mn_str basis; /* how the ratio was made, and of whom */
};
struct mn_p_context_rule { /* numbers of the rules about sources and their ages */
	struct mn_prov prov;
	struct mn_str code, help;
	int64_t value_q16;
};
struct mn_p_level { /* named values: workforce and recruitment rules */
	struct mn_prov prov;
	struct mn_str code, help;
	int64_t value_q16;
};
/* kind "violations" -------------------------------------------------------------------
 */
struct mn_p_authority {
	struct mn_prov prov;
	struct mn_str code, name, country;
	struct mn_strs names; /* folded spellings of it in inputs */
	struct mn_strs
	    covers; /* indicators on which its silence after a full check is a fact */
	struct mn_str acts_on; /* what its rows are: inspections | claims | decisions |
				  register; empty: inspections */
	struct mn_str source_class; /* of its rows; empty: inspectorate */
};
struct mn_p_violation {
	struct mn_prov prov;
	struct mn_str authority;           /* code; "generic" serves all */
	struct mn_str violation;           /* code as inputs write it, upper case */
	struct mn_str indicator, strength; /* I01.. | "unspecified"; S | M | W | none */
	struct mn_str text, statute;
	/* S | M | W: other codes of its row are at least so strong, and it makes no item
	 * of its own beside them. Empty: it lifts nothing. */
	struct mn_str lifts;
	bool aside;         /* makes no item beside another code of its row */
	struct mn_str list; /* an entry on the list of this name is one item of it */
};
/* kind "fees" -------------------------------------------------------------------------
 */
struct mn_p_fee_category {
	struct mn_prov prov;
	struct mn_str code, class,
	    name;           /* RF1.. ; class: fee | cost | illegitimate | finance */
	bool employer_pays; /* Employer Pays Principle: never the worker */
};
struct mn_p_fee_word {
	struct mn_prov prov;
	struct mn_str category;
	struct mn_str language; /* of the words, ISO 639; for those who check them */
	struct mn_strs words;   /* folded */
};
struct mn_p_fee_band { /* worker-paid cost in months of wage -> I09 */
	struct mn_prov prov;
	struct mn_str code;
	int64_t months_q16; /* at or over; the first row 0 means "more than nothing" */
	struct mn_str strength; /* S | M | W | none */
	struct mn_str text;
};
struct mn_p_fee_condition { /* beside the bands: what makes a debt bind */
	struct mn_prov prov;
	struct mn_str code; /* a rule of evidence/fee_conditions.c */
	int64_t value_q16;  /* its threshold, where it has one */
	struct mn_str strength, text;
};
struct mn_p_fee_cap { /* what a country allows workers to be charged, dated */
	struct mn_prov prov;
	struct mn_str code, country, side; /* side: origin | destination */
	struct mn_str other;               /* the other end of the corridor, empty: any */
	struct mn_str basis; /* amount | months_wage | per_job_order | ... */
	int64_t value_q16;   /* in currency, or months */
	struct mn_str currency;
	struct mn_str from, to;            /* days of payment it holds for, empty: open */
	struct mn_str state;               /* in_force | superseded | proposed */
	struct mn_str as_of, instrument;   /* as_of: when it was seen to hold */
	struct mn_strs includes, excludes; /* categories; none included: all but FIN */
	struct mn_str only;                /* whom it is for, if not for all */
	struct mn_str note;
};
struct mn_p_fee_ceiling { /* the most interest a year that a country allows */
	struct mn_prov prov;
	struct mn_str country, from, to;
	int64_t apr_q16;
};
/* How what stands behind an entity reaches it along an edge: `forward` from `from` to
 * `to`, `back` the other way. */
struct mn_p_edge_kind {
	struct mn_prov prov;
	struct mn_str code; /* of the choices of field kind */
	struct mn_str name; /* "supplies" */
	/* What is left of a likelihood after one such edge (a tier of supply), 0: it does
	 * not carry that way. */
	int64_t forward_q16, back_q16;
	/* What a list entry at the other end means: none | possible | upstream. */
	struct mn_str gate_forward, gate_back;
};
struct mn_p_edge_constant { /* a number that a rule is off without */
	struct mn_prov prov;
	struct mn_str code, help;
	int64_t value_q16;
};
struct mn_p_fee_constant { /* a number that a rule is off without */
	struct mn_prov prov;
	struct mn_str code, help;
	int64_t value_q16;
};
struct mn_p_payer {
	struct mn_prov prov;
	struct mn_str payer; /* worker | employer | agency */
	struct mn_strs words;
};

/* kind "reference" --------------------------------------------------------------------
 */
struct mn_p_fact { /* what is known of a country; shown beside the channels, not scored */
	struct mn_prov prov;
	struct mn_str country, topic; /* alpha-2; one row a country and topic */
	struct mn_str text;
};

struct mn_p_contact { /* whom to turn to for a worker; shown only when verified */
	struct mn_prov prov;
	struct mn_str country, name; /* alpha-2; one row a country and name */
	struct mn_str what;          /* "labour inspectorate", "anti trafficking" */
	struct mn_str contact;       /* number or address */
	struct mn_str checked_on;    /* day on which it was last tried, "" */
};

/* kind "lens" ---------------------------------------------------------------------------
 * Rules for the answers of one worker. A lens has dimensions; an indicator that was seen
 * counts in its dimension, or without one in every dimension of its lens. */
struct mn_p_lens {
	struct mn_prov prov;
	struct mn_str code, name, note;
	bool needs_period; /* says nothing of answers without a reference period */
};
struct mn_p_lens_dim {
	struct mn_prov prov;
	struct mn_str code, lens, name;
	struct mn_str role; /* recruitment | work | leaving | exploitation */
};
struct mn_p_lens_ind {
	struct mn_prov prov;
	struct mn_str code, lens, label;
	struct mn_str dimension; /* empty: every dimension of the lens */
	struct mn_str side;      /* involuntary | penalty | "" */
	struct mn_strs ilo11;
	struct mn_str adult, child; /* S | M | W | none: not asked of that age */
	struct mn_str only_with; /* counts only beside an indicator of this dimension */
	bool strength_verified;
};
/* A dimension is positive when one row of its lens is met: at least so many of each. */
struct mn_p_lens_rule {
	struct mn_prov prov;
	struct mn_str code, lens, text;
	int64_t strong, medium, weak; /* each counted once */
	int64_t medium_or_weak;       /* of those left */
	int64_t involuntary, penalty; /* by side, whatever their strength */
};
/* What the positive dimensions of one worker make: the first row, by order, that fits. */
struct mn_p_lens_case {
	struct mn_prov prov;
	struct mn_str code, lens, text;
	struct mn_str age;             /* adult | child | any */
	struct mn_strs all, any, none; /* dimensions, or a side of which any is seen */
	int64_t order;
	bool pattern; /* counted as the pattern of the lens */
};
struct mn_p_survey_band { /* share of the workers asked -> strength of the finding */
	struct mn_prov prov;
	struct mn_str code, strength, text;
	int64_t share_q16; /* at or over; the first row 0 means "more than nobody" */
};

/* kind "tailoring": made of the files given with --tailor, never read as a pack file ----
 */
struct mn_p_tailored { /* a number that was replaced */
	struct mn_prov prov;
	struct mn_str section, code, member;
	struct mn_str was, value;
	struct mn_str reason, author, date;
};

/* kind "tender"
 * --------------------------------------------------------------------------
 */
struct mn_p_cpv { /* what a CPV code is about, by the longest prefix */
	struct mn_prov prov;
	struct mn_str code, name; /* leading digits; own words */
	struct mn_str isic;       /* division that makes or does it */
};
struct mn_p_tender_risk { /* a risk characteristic of a contract */
	struct mn_prov prov;
	struct mn_str code; /* a rule of report/tender_risks.c */
	struct mn_str name, text;
	int64_t order;
	int64_t from_q16;  /* it is present from this value of its channel on */
	struct mn_str ask; /* what to find out where it is unknown */
};

/* kind "law"
 * ----------------------------------------------------------------------------- What a
 * law asks a yearly statement to say: one row a requirement, filled from named outputs of
 * a run (report/statement_outputs.c) or left to a human. */
struct mn_p_law {
	struct mn_prov prov;
	struct mn_str code, name, jurisdiction, citation;
	struct mn_str who;      /* whom it binds */
	struct mn_str due;      /* when and where it is filed */
	struct mn_str sign_off; /* what a human has to do before it is published */
	struct mn_str note;     /* what a reader has to know of its state */
};
struct mn_p_requirement {
	struct mn_prov prov;
	struct mn_str code, law;
	int64_t order;
	struct mn_str paragraph, title, text; /* own words */
	struct mn_strs
	    outputs;         /* names of statement_outputs.c; empty: only a human can */
	struct mn_str human; /* what a human writes or confirms beside them */
};

/* kind "ask"
 * -----------------------------------------------------------------------------
 * Questionnaires for suppliers: one thing a question, so that an answer is a fact. */
struct mn_p_ask_item {
	struct mn_prov prov;
	struct mn_str code, subject; /* subject: indicator or channel */
	struct mn_str answer;        /* yes_no | number | share | words */
	struct mn_str adverse;       /* the answer that is an admission; "": none is */
	struct mn_str strength;      /* of the admission: S | M | W */
	struct mn_str field; /* the field of the supplier list that it fills, or "" */
};
struct mn_p_ask_text {       /* the question in a language */
	struct mn_prov prov; /* verified: a native speaker has reviewed it */
	struct mn_str item, language, text;
};
struct mn_p_ask_phrase { /* fixed words of a questionnaire */
	struct mn_prov prov;
	struct mn_str code, language, text;
};

/* One row a section: X(member, "json key", struct, kind). The keys of its rows are in
 * engine/pack/schema.c. */
#define MN_PACK_SECTIONS(X) \
	X(param, "parameters", mn_p_param, "indicators") \
	X(strength, "strengths", mn_p_strength, "indicators") \
	X(source_class, "source_classes", mn_p_source_class, "indicators") \
	X(indicator, "indicators", mn_p_indicator, "indicators") \
	X(sign, "signs", mn_p_sign, "indicators") \
	X(cell, "cells", mn_p_cell, "indicators") \
	X(question, "questions", mn_p_question, "any") \
	X(remedy, "remediation", mn_p_remedy, "indicators") \
	X(floor, "floors", mn_p_floor, "indicators") \
	X(scope, "scope", mn_p_scope, "indicators") \
	X(state, "state_imposed", mn_p_state, "indicators") \
	X(party, "parties", mn_p_party, "indicators") \
	X(gate, "gates", mn_p_gate, "gates") \
	X(gate_region, "gate_regions", mn_p_gate_region, "gates") \
	X(channel, "channels", mn_p_channel, "context") \
	X(country_series, "country_series", mn_p_country_series, "context") \
	X(country, "countries", mn_p_country, "context") \
	X(sector_word, "sector_words", mn_p_sector_word, "context") \
	X(sector_code, "sector_codes", mn_p_sector_code, "context") \
	X(good_word, "good_words", mn_p_good_word, "context") \
	X(good_code, "good_codes", mn_p_good_code, "context") \
	X(context_part, "context_parts", mn_p_context_part, "context") \
	X(corridor, "corridors", mn_p_corridor, "context") \
	X(context_rule, "context_rules", mn_p_context_rule, "context") \
	X(sector, "sectors", mn_p_sector, "context") \
	X(good, "goods", mn_p_good, "context") \
	X(level, "levels", mn_p_level, "context") \
	X(authority, "authorities", mn_p_authority, "violations") \
	X(violation, "violations", mn_p_violation, "violations") \
	X(fee_category, "fee_categories", mn_p_fee_category, "fees") \
	X(fee_word, "fee_words", mn_p_fee_word, "fees") \
	X(fee_band, "fee_bands", mn_p_fee_band, "fees") \
	X(payer, "payers", mn_p_payer, "fees") \
	X(fact, "facts", mn_p_fact, "reference") \
	X(contact, "contacts", mn_p_contact, "reference") \
	X(fee_condition, "fee_conditions", mn_p_fee_condition, "fees") \
	X(fee_cap, "fee_caps", mn_p_fee_cap, "fees") \
	X(fee_ceiling, "fee_ceilings", mn_p_fee_ceiling, "fees") \
	X(fee_constant, "fee_constants", mn_p_fee_constant, "fees") \
	X(lens, "lenses", mn_p_lens, "lens") \
	X(lens_dim, "lens_dimensions", mn_p_lens_dim, "lens") \
	X(lens_ind, "lens_indicators", mn_p_lens_ind, "lens") \
	X(lens_rule, "lens_rules", mn_p_lens_rule, "lens") \
	X(lens_case, "lens_cases", mn_p_lens_case, "lens") \
	X(survey_band, "survey_bands", mn_p_survey_band, "lens") \
	X(tailored, "tailored", mn_p_tailored, "tailoring") \
	X(gate_good, "gate_goods", mn_p_gate_good, "gates") \
	X(gate_order, "gate_orders", mn_p_gate_order, "gates") \
	X(edge_kind, "edge_kinds", mn_p_edge_kind, "graph") \
	X(edge_constant, "edge_constants", mn_p_edge_constant, "graph") \
	X(cpv, "cpv", mn_p_cpv, "tender") \
	X(tender_risk, "tender_risks", mn_p_tender_risk, "tender") \
	X(law, "laws", mn_p_law, "law") \
	X(requirement, "requirements", mn_p_requirement, "law") \
	X(ask_item, "ask_items", mn_p_ask_item, "ask") \
	X(ask_text, "ask_texts", mn_p_ask_text, "ask") \
	X(ask_phrase, "ask_phrases", mn_p_ask_phrase, "ask")

struct mn_pack_file {
	struct mn_str id, kind, version, licence, source, note, file;
	/* Of packs that follow a publication: the day they are complete as of, what they
	 * are known to lack, and when they want another look (0: never). */
	struct mn_str edition, missing;
	int64_t stale_after_days;
	char sha256[MN_HEX256_CHARS + 1];
};

struct mn_pack {
	const struct mn_pack_file *file;
	uint32_t n_file;
#define MN_X(member, key, type, kind) \
	const struct type *member; \
	uint32_t n_##member;
	MN_PACK_SECTIONS(MN_X)
#undef MN_X
	/* The scoring constants by name, resolved once (parameters that are missing are
	 * errors at compile time). */
	struct {
		int64_t A, B, alpha, delta, class_cap, unknown_halflife_factor, c_floor,
		    swing, severe_p, high_p, elevated_p, low_high, low_c_all, s_level_q,
		    attach_m, match_name_country, match_name, unknown_spend,
		    min_cell_public, min_cell_internal, min_cell_supplier,
		    min_cell_inspectorate, small_site, round_copies, round_internal;
	} k;                     /* Q16 */
	int64_t strength_q16[4]; /* by enum mn_strength */
};

/* Reads and validates every *.json of a directory (name order), compiles and cross-checks
 * them. All of the result lives in the arena. Errors carry file, JSON path
 * ("indicators[3] .omega") and the nearest known name. */
const struct mn_pack *mn_pack_load(
    struct mn_arena *a, const char *dir, struct mn_err *err);
/* The same, with numbers replaced by n tailoring files, in their order. A section, code
 * or number that is not there is an error that names the nearest one; so is a number set
 * twice. */
const struct mn_pack *mn_pack_load_tailored(struct mn_arena *a, const char *dir,
    const char *const *tailor, uint32_t n, struct mn_err *err);
/* The same; country, unless NULL, is a pack file whose country_series take the place of
 * those of the directory: they are one channel, and two indices of countries are never
 * added. */
const struct mn_pack *mn_pack_load_country(struct mn_arena *a, const char *dir,
    const char *country, const char *const *tailor, uint32_t n, struct mn_err *err);
/* Validates one file alone (no cross-references to other packs): `pack check FILE`. */
bool mn_pack_check_file(struct mn_arena scratch, const char *path, struct mn_err *err);

/* Stored form: rows in key order under "file|", then one per section row; the same bytes
 * for the same pack. Put into a generation (table PACK) and into the state. */
bool mn_pack_store(const struct mn_pack *p, struct mn_gen *g, struct mn_err *err);
bool mn_pack_store_state(const struct mn_pack *p, struct mn_state *s, struct mn_err *err);
/* Reads a compiled pack back; everything is validated again. */
const struct mn_pack *mn_pack_open(
    struct mn_arena *a, struct mn_reader *r, struct mn_err *err);
const struct mn_pack *mn_pack_open_state(
    struct mn_arena *a, struct mn_state *s, struct mn_err *err);

/* Visits the rows of a pack file as text for `pack show`: fn(section, code or number,
 * key, value as text). */
void mn_pack_each(const struct mn_pack *p, uint32_t file,
    void (*fn)(void *ctx, struct mn_str section, struct mn_str row, struct mn_str key,
	struct mn_str value),
    void *ctx, struct mn_arena scratch);

/* Look-ups; -1 or NULL when absent. All pure. */
int mn_pack_source_class(const struct mn_pack *p, struct mn_str code);
int mn_pack_gate(const struct mn_pack *p, struct mn_str code);
const struct mn_p_gate_region *mn_pack_gate_region(
    const struct mn_pack *p, struct mn_str code);
const struct mn_p_gate_order *mn_pack_gate_order(
    const struct mn_pack *p, struct mn_str code);
const struct mn_p_country *mn_pack_country(
    const struct mn_pack *p, struct mn_str series, struct mn_str alpha2);
/* The number of a context rule; a rule whose row is missing is off: 0. */
int64_t mn_pack_context_rule(const struct mn_pack *p, struct mn_str code);
/* How two series of countries go together: r, over the countries that both have. Pairs
 * with fewer than MN_SERIES_COMMON in common have none. Integers only. */
#define MN_SERIES_COMMON 10
struct mn_series_pair {
	uint32_t a, b; /* rows of country_series, a < b */
	uint32_t n;    /* countries */
	int64_t r_q16;
	bool known;
};
/* All pairs, in order; the array has room for n (n - 1) / 2. Returns how many. */
uint32_t mn_pack_series_pairs(
    const struct mn_pack *p, struct mn_series_pair *out, uint32_t max);
/* The authority whose code or folded name this is; NULL: none (generic serves). */
const struct mn_p_authority *mn_pack_authority(
    const struct mn_pack *p, struct mn_str folded);
/* The row for a code under an authority: of that code, else of its longest beginning that
 * ends in '*' in the table; else the same under "generic". */
const struct mn_p_violation *mn_pack_violation(
    const struct mn_pack *p, struct mn_str authority, struct mn_str code);
/* Smallest number of workers that an audience may be shown. */
int64_t mn_pack_min_cell(const struct mn_pack *p, enum mn_audience audience);
/* The minimums of all audiences that are shown more, in ascending order, its own last:
 * what mn_withhold wants. Returns how many. */
uint32_t mn_pack_min_cells(
    const struct mn_pack *p, enum mn_audience audience, int64_t out[MN_AUDIENCES]);
/* Is the site so small that a day tells who was there? Unknown sizes are small. */
bool mn_pack_small_site(const struct mn_pack *p, const struct mn_record *entity);
/* Are those statements heard from workers themselves? */
bool mn_pack_workers_voice(const struct mn_pack *p, int source_class);
/* The row of the first of the codes (';' between) that is known, by its longest prefix;
 * NULL: none is. */
const struct mn_p_cpv *mn_pack_cpv(const struct mn_pack *p, struct mn_str codes);
/* "S" "M" "W" "none" -> enum mn_strength, -1 otherwise. */
int mn_pack_strength(struct mn_str code);

#endif
