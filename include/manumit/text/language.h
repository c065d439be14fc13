/*
 * The language most spoken in a country, by the likely subtags of Unicode's CLDR. A hint
 * for whoever has to find an interpreter, not a statement about a person.
 */
#ifndef MN_TEXT_LANGUAGE_H
#define MN_TEXT_LANGUAGE_H

#include "manumit/base/str.h"

#define MN_LANGUAGE_ROOM 64
/* Its English name ("Nepali"); empty where nothing is known. room is written to. */
struct mn_str mn_country_language(struct mn_str alpha2, char room[MN_LANGUAGE_ROOM]);
/* The English name of a language given as a code ("ne") or as its name; what is neither
 * stays as it is. */
struct mn_str mn_language_name(struct mn_str s, char room[MN_LANGUAGE_ROOM]);

#endif
