/* The table of formats: a new one is a line here. */
#include "format.h"

/* Delimited text takes whatever is text and nothing else. */
static const struct mn_format *const FORMATS[] = {&mn_format_xlsx, &mn_format_ole,
    &mn_format_ocds, &mn_format_bods, &mn_format_jsonl, &mn_format_jsondoc,
    &mn_format_html, &mn_format_delimited};

const struct mn_format *
mn_format_of(struct mn_str head, bool binary)
{
	for (size_t i = 0; i < countof(FORMATS); i++)
		if (FORMATS[i]->binary == binary && FORMATS[i]->begins(head))
			return FORMATS[i];
	return NULL;
}
