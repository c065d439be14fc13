/*
 * Private to the room: the formats of files. A format finds the rows of a file: it hands
 * the first ones to the header search (input_impl.h) and then every row with its cells
 * and the line, or number of the row, on which it begins. All that follows is the same
 * for all.
 */
#ifndef MN_CONNECTORS_FORMAT_H
#define MN_CONNECTORS_FORMAT_H

#include "input_impl.h"

struct mn_lot;
struct mn_cut;

struct mn_format {
	const char *name; /* for people: "JSON Lines" */
	bool binary;      /* reads the bytes of in->stream.fd itself, from its beginning;
			     others read the decoded text of the stream */
	/* Does a file with these first bytes (of a text format: this decoded text) have
	 * the format? Asked in the order of the table. */
	bool (*begins)(struct mn_str head);
	/* Sets in->info.delimiter, finds and maps the header, stands before the first
	 * row. */
	bool (*header)(struct mn_input *in, enum mn_kind kind, struct mn_err *err);
	/* The next row: 1 and its cells (in->line and in->row set), 0 at the end, -1 err.
	 * Blank rows are skipped, unreadable ones counted and quarantined on the way. */
	int (*record)(struct mn_input *in, struct mn_csv_row *row, struct mn_err *err);
	/* For formats whose rows can be read apart from each other (lots.h); NULL: all
	 * rows come by `record`. cut fills an empty lot, with nothing at the end of the
	 * file; false and err, the lot holds what came before. split is `record` for a
	 * row that was cut, in a reader that share has made ready: true and its cells,
	 * false when the row is blank or unreadable, and counted. */
	bool (*cut)(struct mn_input *in, struct mn_lot *lot, struct mn_err *err);
	bool (*share)(struct mn_input *reader, struct mn_err *err);
	bool (*split)(struct mn_input *reader, const struct mn_cut *c, struct mn_str text,
	    struct mn_csv_row *row);
	/* Back to the first row; NULL: not possible, so nothing is looked at ahead. */
	bool (*again)(struct mn_input *in, struct mn_err *err);
	/* Frees in->state, and what share made; NULL: nothing to do. */
	void (*close)(struct mn_input *in);
};

extern const struct mn_format mn_format_xlsx, mn_format_ole, mn_format_ocds,
    mn_format_bods, mn_format_jsonl, mn_format_jsondoc, mn_format_html,
    mn_format_delimited;

/* The format of a file, or NULL: a binary file of an unknown one. */
const struct mn_format *mn_format_of(struct mn_str head, bool binary);

#endif
