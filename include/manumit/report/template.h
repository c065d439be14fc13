/*
 * The workbook to fill in: one sheet for each kind of table that is read, named as the
 * kind, with a column for each canonical field. It is made from the table of fields and
 * the packs, so that a new field, kind, gate or code is in it by itself.
 */
#ifndef MN_REPORT_TEMPLATE_H
#define MN_REPORT_TEMPLATE_H

#include "manumit/model/headings.h"
#include "manumit/pack/pack.h"
#include "manumit/text/country.h"

/* Writes it atomically to path, in the place of what is there. words: headers and remarks
 * in another language, or NULL: canonical names and English. created: the day that the
 * file says it was made on. */
bool mn_template_write(const char *path, const struct mn_pack *pack,
    const struct mn_countries *countries, const struct mn_headings *words,
    int32_t created, struct mn_err *err);

#endif
