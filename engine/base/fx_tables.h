/* Private to the room: the tables of fx.c. */
#ifndef MN_BASE_FX_TABLES_H
#define MN_BASE_FX_TABLES_H

#include <stdint.h>

extern const int32_t MN_FX_SOFTPLUS[1025];
extern const int32_t MN_FX_EXPM1N[2049];
extern const int32_t MN_FX_EXP2N[65];

#endif
