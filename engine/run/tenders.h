/*
 * Private to the room: a row of a tender as rows of suppliers. The bidder and the site
 * where it makes the goods are screened like any supplier; the row itself stays, so that
 * the page of its lot knows who they are there.
 */
#ifndef MN_RUN_TENDERS_H
#define MN_RUN_TENDERS_H

#include "manumit/model/record.h"
#include "manumit/pack/pack.h"

/* Records of one row, in the order of their rids: the bidder in the place of the row, the
 * site, and the row itself. */
enum { MN_TENDER_BIDDER, MN_TENDER_SITE, MN_TENDER_ROW, MN_TENDER_PARTS };

/* Fills out and returns how many; a buyer is no bidder, and a site that is the bidder no
 * other. Slices are of the row, of the pack, or in the arena. */
uint32_t mn_tenders_of(const struct mn_pack *p, const struct mn_record *row,
    struct mn_record out[MN_TENDER_PARTS], struct mn_arena *a);

#endif
