/* manumit tender: bidders screened, one page a lot. */
#include "screening.h"

int
mn_cmd_tender(struct mn_cli *c)
{
	return mn_cli_screen(c, MN_K_TENDERS);
}
