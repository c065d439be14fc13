/* Private to the room: a run from tables of suppliers, or of bidders. */
#ifndef MN_CLI_SCREENING_H
#define MN_CLI_SCREENING_H

#include "cli.h"

/* kind: of the arguments, MN_K_SUPPLIERS or MN_K_TENDERS; exit status. */
int mn_cli_screen(struct mn_cli *c, enum mn_kind kind);

#endif
