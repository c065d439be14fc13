/* manumit template: the workbook to fill in. */
#include "manumit/base/clock.h"
#include "manumit/connectors/headings.h"
#include "manumit/connectors/mapping.h"
#include "manumit/report/template.h"

#include "cli.h"

int
mn_cmd_template(struct mn_cli *c)
{
	struct mn_err err = MN_ERR_NONE;
	const char *path = c->output ? c->output : "manumit-template.xlsx";
	const char *share = mn_cli_share(c);
	const char *packs = mn_arena_fmt(&c->arena, "%s/indicators%c", share, 0).p;
	const char *connectors = mn_arena_fmt(&c->arena, "%s/connectors%c", share, 0).p;
	if (c->n_arg) {
		fprintf(stderr,
		    "manumit: template takes no file; name the workbook with -o\n\n");
		mn_cli_usage(stderr, c->command);
		return 64;
	}
	if (mn_path_exists(path) && !c->force) {
		mn_fail(&err, MN_E_EXISTS, "%s", path);
		return mn_cli_fail(&err);
	}
	const struct mn_mappings *m = mn_mappings_load(&c->arena, connectors, &err);
	const struct mn_pack *p = m ? mn_pack_load(&c->arena, packs, &err) : NULL;
	const struct mn_headings *words = NULL;
	if (p && c->lang && strcmp(c->lang, "en") != 0 &&
	    !(words = mn_headings_load(&c->arena, connectors, c->lang, &err)))
		return mn_cli_fail(&err);
	if (!p || !mn_template_write(
		      path, p, mn_mappings_countries(m), words, mn_day_today(), &err))
		return mn_cli_fail(&err);
	if (!c->quiet)
		printf("%s: fill it in\n", path);
	if (!c->quiet && words && !words->reviewed)
		fprintf(stderr,
		    "  headers and remarks in %.*s: nobody whose language it is has "
		    "reviewed them\n",
		    MN_FMT(words->name));
	return 0;
}
