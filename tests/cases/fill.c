/*
 * Fills in cells of a workbook, as a person would: fill BOOK SHEET-NUMBER CELL=TEXT...
 * The cell has to be there (results.xlsx writes the cells to be filled in empty, with
 * their look). CELL may be *C=TEXT: in the first row whose column C holds TEXT, which
 * names that row for the cells after it, written as ?I=TEXT.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

static void
die(const char *what, const char *which)
{
	fprintf(stderr, "fill: %s: %s\n", what, which);
	exit(1);
}

static char *
read_part(zip_t *z, const char *name)
{
	zip_stat_t st;
	if (zip_stat(z, name, 0, &st) != 0)
		die("no part", name);
	zip_file_t *f = zip_fopen(z, name, 0);
	char *text = calloc(1, st.size + 1);
	if (!f || !text || zip_fread(f, text, st.size) != (zip_int64_t)st.size)
		die("cannot read", name);
	zip_fclose(f);
	return text;
}

/* From "<c r="I2"" to its end; NULL: not there. */
static char *
find_cell(char *xml, const char *cell, char **end)
{
	char head[64];
	snprintf(head, sizeof head, "<c r=\"%s\"", cell);
	char *at = strstr(xml, head);
	if (!at)
		return NULL;
	char *close = strstr(at, "/>"), *tag = strstr(at, ">");
	*end = close && close + 1 == tag ? close + 2 : strstr(at, "</c>") + 4;
	return at;
}

static char *
put_cell(char *xml, const char *cell, const char *text)
{
	char *end, *at = find_cell(xml, cell, &end);
	if (!at)
		die("no cell", cell);
	char style[32] = "", *s = strstr(at, " s=\"");
	if (s && s < end)
		sscanf(s, " s=\"%15[0-9]", style);
	size_t room = strlen(xml) + strlen(text) + 256;
	char *out = malloc(room);
	if (!out)
		die("no memory", cell);
	snprintf(out, room,
	    "%.*s<c r=\"%s\" s=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>%s",
	    (int)(at - xml), xml, cell, style[0] ? style : "0", text, end);
	free(xml);
	return out;
}

/* The number of the first row in which the column holds the text; 0: none. */
static unsigned
find_row(char *xml, const char *column, const char *text)
{
	for (unsigned row = 2; row < 5000; row++) {
		char cell[32], *end, *at;
		snprintf(cell, sizeof cell, "%s%u", column, row);
		at = find_cell(xml, cell, &end);
		if (!at)
			continue;
		char kept = *end;
		*end = 0;
		int found = strstr(at, text) != NULL;
		*end = kept;
		if (found)
			return row;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	char part[64], cell[32];
	unsigned row = 0;
	if (argc < 4)
		die("usage", "fill BOOK SHEET-NUMBER CELL=TEXT...");
	zip_t *z = zip_open(argv[1], 0, NULL);
	if (!z)
		die("cannot open", argv[1]);
	snprintf(part, sizeof part, "xl/worksheets/sheet%s.xml", argv[2]);
	char *xml = read_part(z, part);
	for (int i = 3; i < argc; i++) {
		char *text = strchr(argv[i], '=');
		if (!text)
			die("no =", argv[i]);
		*text++ = 0;
		if (argv[i][0] == '*') {
			row = find_row(xml, argv[i] + 1, text);
			if (row == 0)
				die("no row with", text);
			continue;
		}
		if (argv[i][0] == '?')
			snprintf(cell, sizeof cell, "%.8s%u", argv[i] + 1, row);
		else
			snprintf(cell, sizeof cell, "%.16s", argv[i]);
		xml = put_cell(xml, cell, text);
	}
	zip_source_t *src = zip_source_buffer(z, xml, strlen(xml), 0);
	if (!src || zip_file_add(z, part, src, ZIP_FL_OVERWRITE) < 0 || zip_close(z) != 0)
		die("cannot write", argv[1]);
	free(xml);
	return 0;
}
