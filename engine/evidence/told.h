/*
 * Private to the room: what the reader of a copy may know is decided before anything is
 * scored. A band that nothing on the page explains would tell that somebody spoke, and a
 * likelihood tells of the day it decays from.
 */
#ifndef MN_EVIDENCE_TOLD_H
#define MN_EVIDENCE_TOLD_H

#include "manumit/evidence/evidence.h"

/* *shown: may this statement be known at all? If so, e is made as vague as it has to be.
 */
bool mn_evidence_told(const struct mn_evidence_run *run, struct mn_reader *r,
    struct mn_arena scratch, struct mn_evidence *e, bool *shown, struct mn_err *err);

#endif
