/* A part of schema.c, written in its macros: sections of tenders, laws and questions. */
#ifndef MN_PACK_SCHEMA_BUYERS_H
#define MN_PACK_SCHEMA_BUYERS_H

#include "pack_impl.h"
#include "schema.h"

static const struct mn_pfield F_cpv[] = {
    CODE(mn_p_cpv, code),
    STR(mn_p_cpv, name, REQ),
    STR(mn_p_cpv, isic, REQ, .rule = MN_PR_ISIC),
};

static const struct mn_pfield F_tender_risk[] = {
    STR(mn_p_tender_risk, code, KEY,
	.words = "industry|workforce|location|context|commodity|model"),
    STR(mn_p_tender_risk, name, REQ),
    STR(mn_p_tender_risk, text, REQ),
    INT(mn_p_tender_risk, order, REQ, 1, 100),
    Q16(mn_p_tender_risk, from, 0, 0, 1),
    STR(mn_p_tender_risk, ask, REQ),
};

static const struct mn_pfield F_law[] = {
    CODE(mn_p_law, code),
    STR(mn_p_law, name, REQ),
    STR(mn_p_law, jurisdiction, REQ),
    STR(mn_p_law, citation, REQ),
    STR(mn_p_law, who, REQ),
    STR(mn_p_law, due, 0),
    STR(mn_p_law, sign_off, REQ),
    STR(mn_p_law, note, 0),
};

static const struct mn_pfield F_requirement[] = {
    CODE(mn_p_requirement, code),
    STR(mn_p_requirement, law, REQ, .refs = REF(law)),
    INT(mn_p_requirement, order, REQ, 1, 1000),
    STR(mn_p_requirement, paragraph, REQ),
    STR(mn_p_requirement, title, REQ),
    STR(mn_p_requirement, text, REQ),
    LIST(mn_p_requirement, outputs, 0,
	.words = "structure|coverage|inherent|findings|activities|remediation|training|"
		 "effectiveness|completeness|gates|method|tracing|actions|lost_income"),
    STR(mn_p_requirement, human, 0),
};

static const struct mn_pfield F_ask_item[] = {
    CODE(mn_p_ask_item, code),
    STR(mn_p_ask_item, subject, REQ, .refs = REF(indicator) | REF(channel)),
    STR(mn_p_ask_item, answer, REQ, .words = "yes_no|number|share|words"),
    STR(mn_p_ask_item, adverse, 0, .words = "yes|no"),
    STR(mn_p_ask_item, strength, 0, .words = "S|M|W"),
    STR(mn_p_ask_item, field, 0,
	.words = "workers|migrant_share|agency_share|women_share|product|sector|"
		 "origin_country"),
};

static const struct mn_pfield F_ask_text[] = {
    STR(mn_p_ask_text, item, KEY, .refs = REF(ask_item)),
    STR(mn_p_ask_text, language, KEY, .rule = MN_PR_CODE),
    STR(mn_p_ask_text, text, REQ),
};

static const struct mn_pfield F_ask_phrase[] = {
    STR(mn_p_ask_phrase, code, KEY,
	.words = "title|intro|due|no_names|how|yes|no|not_known|answer|comment|"
		 "question|supplier"),
    STR(mn_p_ask_phrase, language, KEY, .rule = MN_PR_CODE),
    STR(mn_p_ask_phrase, text, REQ),
};

#endif
