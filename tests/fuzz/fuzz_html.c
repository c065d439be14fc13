/* Any bytes as a page: rows add up, cells are inside the page's text, nothing loops. */
#include <stdint.h>

#include "../../connectors/html_scan.h"
#include "../../connectors/html_tables.h"
#include "manumit/base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
need(bool held)
{
	if (!held)
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct mn_err err = MN_ERR_NONE;
	struct mn_str page = mn_str((const char *)data, n);
	struct mn_html h = {.rest = page, .line = 1};
	struct mn_html_token t;
	size_t left = page.n;
	while ((t = mn_html_next(&h)).kind != MN_HTML_END) {
		need(h.rest.n < left);
		left = h.rest.n;
		mn_html_number(t.attributes, MN_S("colspan"));
	}
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	for (struct mn_html_table *table = mn_html_tables(&a, page, "page", &err); table;
	     table = table->next) {
		uint32_t rows = 0;
		for (struct mn_html_row *row = table->first; row; row = row->next) {
			need(row->n <= MN_MAX_COLUMNS && row->line >= table->line);
			rows++;
		}
		need(rows == table->n);
	}
	mn_arena_free(root);
	return 0;
}
