/* Private to the room: the words of the template. */
#ifndef MN_REPORT_TEMPLATE_WORDS_H
#define MN_REPORT_TEMPLATE_WORDS_H

#include "manumit/report/template.h"

#include "xlsxw.h"

/* What the example of this kind of table says in a field, or nothing. */
struct mn_val mn_template_example(enum mn_kind k, enum mn_field f);
/* "how to": the rules, and what each sheet is for. */
void mn_template_page(struct mn_xlsxw *x, const struct mn_headings *words);

#endif
