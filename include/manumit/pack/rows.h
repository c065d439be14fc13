/*
 * The rows of packs, one struct a section; pack.h says what a pack is and which sections
 * there are. All of them are immutable once loaded, and any thread may read them.
 */
#ifndef MN_PACK_ROWS_H
#define MN_PACK_ROWS_H

#include "manumit/base/str.h"
#include "manumit/model/audience.h"
#include "manumit/model/card.h"
#include "manumit/model/record.h"

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

#endif
