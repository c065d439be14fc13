/* The languages of the template: one file each in connectors/template. */
#ifndef MN_CONNECTORS_HEADINGS_H
#define MN_CONNECTORS_HEADINGS_H

#include "manumit/base/arena.h"
#include "manumit/base/err.h"
#include "manumit/model/headings.h"

/* Those of a language, from dir/template/LANGUAGE.json; dir: connectors. NULL and err: an
 * unknown language is a usage error that names those there are. */
const struct mn_headings *mn_headings_load(
    struct mn_arena *a, const char *dir, const char *language, struct mn_err *err);
/* All languages, in the order of their names; *n: how many. NULL and err. */
const struct mn_headings *mn_headings_all(
    struct mn_arena *a, const char *dir, uint32_t *n, struct mn_err *err);

#endif
