/* Private to the room: what the identifiers of two records say of each other. */
#ifndef MN_RESOLVE_NUMBERS_H
#define MN_RESOLVE_NUMBERS_H

#include "manumit/model/record.h"

enum mn_numbers {
	MN_NUMBERS_SILENT,   /* nothing that can be compared */
	MN_NUMBERS_AGREE,    /* one organisation */
	MN_NUMBERS_REGISTER, /* two valid numbers of one register differ */
	MN_NUMBERS_WORLD     /* LEI or OS ID differ: one organisation has one */
};
enum mn_numbers mn_numbers_compare(const struct mn_record *a, const struct mn_record *b);

#endif
