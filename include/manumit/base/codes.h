/*
 * Every message of the program, one row each: X(code, severity, text, fix).
 * `text` says what is wrong, `fix` what the user can do. issues.csv, `manumit check` and
 * the man page print from this list; exit codes follow from severity and code (err.h).
 * Severity: NOTE the row is used, with a remark; ROW the row is quarantined; SOURCE the
 * file is unusable; RUN nothing is published.
 */
#ifndef MN_BASE_CODES_H
#define MN_BASE_CODES_H

#define MN_CODES(X) \
	X(NONE, OK, "no error", "") \
	/* the command line, the machine */ \
	X(USAGE, RUN, "wrong use of the command", "see manumit --help") \
	X(CONFIG, RUN, "wrong configuration", "correct the named file") \
	X(NOINPUT, RUN, "file not found", "check the path") \
	X(NOPERM, RUN, "permission denied", "check owner and mode of the file") \
	X(IO, RUN, "reading or writing failed", "check the disk, then run again") \
	X(NOSPACE, RUN, "no space left", "free space, then run again") \
	X(LOCKED, RUN, "another run holds the lock", \
	    "wait for it to end, then run again") \
	X(EXISTS, RUN, "the output exists already", "choose another -o, or add -f") \
	X(FOREIGN, RUN, "the folder holds what no report has, and is not replaced", \
	    "choose another -o, or move the file") \
	X(NOMEM, RUN, "out of memory", "use a machine with more memory") \
	X(BUG, RUN, "internal error", "please report this with the input that shows it") \
	X(STORE, RUN, "the store is damaged or not a store", \
	    "restore it, or use a new -d") \
	X(NOTFOUND, RUN, "nothing by that name", \
	    "check the spelling, or take what is named above") \
	X(DATA, RUN, "input unusable", "correct the input, then run again") \
	X(DECIDED, RUN, "contradicts a decision", \
	    "look at both; -f lets the new one supersede, the journal keeps both") \
	X(JOURNAL, RUN, "the journal is not as it was written", \
	    "restore state.mdb from a copy whose head is known") \
	/* the network */ \
	X(TRANSIENT, RUN, "not to be had at the moment", "try again later") \
	X(UNAVAILABLE, RUN, "the source cannot be had", \
	    "see whether the publisher moved it, and correct its address") \
	X(POLICY, RUN, "refused, because it would be unsafe", \
	    "do not work around it; ask who is responsible for the source") \
	X(SIGNATURE, RUN, "the signature does not hold", \
	    "do not use the file; ask whoever signed it") \
	X(DOWNLOAD, RUN, "the download is not the list it should be", \
	    "open its address in a browser; the last good copy stays in use") \
	/* packs and mappings */ \
	X(PACK_JSON, RUN, "not valid JSON", "correct the file at the named place") \
	X(PACK_KEY, RUN, "unknown key", "use the named key, or remove it") \
	X(PACK_TYPE, RUN, "wrong type of value", "give the type named") \
	X(PACK_RANGE, RUN, "value out of range", "give a value in the range named") \
	X(PACK_MISSING, RUN, "required key missing", "add the key") \
	X(PACK_DUP, RUN, "duplicate code", "make the code unique") \
	X(PACK_REF, RUN, "reference to something that is not there", \
	    "use an existing code") \
	/* whole files */ \
	X(FILE_EMPTY, SOURCE, "the file is empty", "export it again") \
	X(FILE_BINARY, SOURCE, "not a text file", "save it as CSV (UTF-8)") \
	X(FILE_GZIP, SOURCE, "the compressed file cannot be unpacked", \
	    "download or export it again") \
	X(FILE_LARGE, SOURCE, "the file is larger than is read", \
	    "unpack it and look at it; split it if it is a table") \
	X(FILE_DAMAGED, SOURCE, "the workbook is damaged", \
	    "open it in a spreadsheet program and save it again") \
	X(FILE_LIMIT, SOURCE, "larger than is read here", \
	    "save the sheet that is needed as CSV, or split it") \
	X(FILE_XLS, SOURCE, "a spreadsheet, but not in the .xlsx format", \
	    "open it in a spreadsheet program and save it as .xlsx or CSV") \
	X(FILE_XML, SOURCE, "XML of a kind that is not read", \
	    "export it as CSV or .xlsx") \
	X(FILE_ZIP, SOURCE, "a zip archive of other files", \
	    "unpack it, and give the files in it") \
	X(FILE_LOCKED, SOURCE, "the workbook is protected by a password", \
	    "open it, take the password away and save it as .xlsx or CSV") \
	X(FILE_SHEET, SOURCE, "the workbook has no such sheet", \
	    "name one of its sheets, as FILE.xlsx#SHEET") \
	X(SHEET_UNUSED, NOTE, "sheet not used", \
	    "name the sheet after what it holds (suppliers, fees ...), or give it as " \
	    "FILE.xlsx#SHEET") \
	X(ROW_ORDER, NOTE, "rows of the sheet are out of order: from here on counted", \
	    "save the workbook again in a spreadsheet program") \
	X(FILE_HEADER, SOURCE, "no usable header row", \
	    "name the columns in the first row") \
	X(FILE_SIDE, SOURCE, "the table stands on its side", \
	    "turn it round (copy it, then paste it with Transpose), so that one row " \
	    "names the columns") \
	X(FILE_BESIDE, SOURCE, "two tables stand side by side", \
	    "put one below the other, or each into a sheet or file of its own") \
	X(FILE_KIND, SOURCE, "another kind of table", \
	    "see what `manumit check FILE` makes of it") \
	X(FILE_UNKNOWN, NOTE, \
	    "no table that is known here: its rows are counted, nothing is read from " \
	    "them", \
	    "name the columns as in a table of manumit, or add a layout to " \
	    "connectors/sources") \
	X(FILE_JSON, SOURCE, "a JSON file without a list of objects that is understood", \
	    "name the members in words known here, or the list in a layout (items)") \
	X(FILE_LIST, NOTE, "another list of objects in this file is not read", \
	    "name it in a layout (items) if it is the one meant") \
	X(FILE_TABLES, NOTE, "tables of other columns were not read", \
	    "save the one you mean as a file of its own") \
	X(FILE_NO_ROWS, NOTE, "a header but no rows", \
	    "check that the export is complete") \
	X(FILE_TOO_BAD, SOURCE, "too many unusable rows", \
	    "see issues, correct the file") \
	X(FILE_STOPPED, SOURCE, \
	    "reading the file was stopped, and the file is given up", \
	    "do not open it elsewhere unless you trust its sender; ask for a new " \
	    "export, and report the file if it is sound") \
	X(FILE_STALE, NOTE, "the list is older than it should be", \
	    "run manumit fetch, then screen again") \
	X(COLUMN_UNUSED, NOTE, "column not used", "rename it if it should be used") \
	X(COLUMN_GUESSED, NOTE, "column read by what its values look like", \
	    "name the column") \
	X(COLUMN_DECIMAL, NOTE, "how the numbers of the column are read", \
	    "say decimal in a mapping if that is wrong") \
	X(COLUMN_DECIMAL_EITHER, NOTE, \
	    "numbers of the column could have thousands or decimals behind the point: " \
	    "such numbers are unknown", \
	    "write them without a mark for thousands, or say decimal in a mapping") \
	X(COLUMN_DATES, NOTE, "how the dates of the column are read", \
	    "say date_order in a mapping if that is wrong") \
	X(COLUMN_DATES_EITHER, NOTE, \
	    "day and month of the column could be either way round: such dates are " \
	    "unknown", \
	    "use YYYY-MM-DD, or say date_order in a mapping") \
	X(COLUMN_UNIT, NOTE, "unit of the numbers of the column", \
	    "correct the header, or the line above the table, if that is wrong") \
	X(COLUMN_NA, NOTE, "how NA is read in this column", \
	    "write n/a for not available, Namibia for the country") \
	X(COLUMN_TWICE, NOTE, "two columns mean the same field", \
	    "the first one is used") \
	X(COLUMN_DROPPED, NOTE, "column names people: dropped on arrival", "") \
	/* rows */ \
	X(ROW_LONG, ROW, "row too long", "check for an unbalanced quote") \
	X(ROW_QUOTE, ROW, "quote never closed", "close or double the quote") \
	X(ROW_JSON, ROW, "the line is no JSON object", \
	    "write one object a line, without duplicate keys") \
	X(ROW_JSON_VALUE, ROW, "no JSON object that can be read", \
	    "correct the file at the named place") \
	X(ROW_JSON_TWICE, NOTE, "a name occurs twice in an object: the last counts", "") \
	X(JSON_SHAPE, NOTE, "not as the data standard has it", \
	    "tell the publisher of the file") \
	X(OCDS_NONE, NOTE, "a process that names no organisation: no row", "") \
	X(OCDS_LINKS, ROW, "a record that only links to its releases", \
	    "get the releases, or a record package that holds them") \
	X(OCDS_AGAIN, NOTE, "several releases of one process: read one by one", \
	    "use a record package, which has them merged") \
	X(OCDS_MERGED, NOTE, "several releases of one process: read as one", "") \
	X(ROW_UTF8, NOTE, "bytes that are not text in this encoding", \
	    "check the encoding") \
	X(ROW_STRAY, NOTE, "bytes that are not UTF-8, read as windows-1252", \
	    "save the file in one encoding") \
	X(ROW_NUL, NOTE, "NUL byte in a cell, shown as U+FFFD", "export the file again") \
	X(ROW_WIDE, NOTE, "more cells than the header has", \
	    "quote cells with delimiters") \
	X(ROW_SHORT, NOTE, "fewer cells than the header has", "") \
	X(ROW_TOTAL, NOTE, "looks like a preamble or totals row: not used", "") \
	X(ROW_TABLE, ROW, "below the header of another table", \
	    "put each table into a sheet or file of its own") \
	X(ROW_EXAMPLE, NOTE, "an example of the template: not used", \
	    "delete the row, or write over it") \
	X(ROW_NAME, ROW, "no name", "give the entity's name") \
	X(ROW_EMPTY, ROW, "none of the cells used has a value", "") \
	X(ROW_KIND, NOTE, \
	    "no organisation that is listed (a vessel, a link, a bystander, " \
	    "withdrawn): not " \
	    "matched", \
	    "compare it by hand where it matters") \
	X(ROW_GOODS, NOTE, "names a region or a good, no organisation: not matched", \
	    "compare the origin of your goods with it by hand") \
	X(ROW_ENDED, NOTE, "no longer in force, day not stated: not used", \
	    "give the day it ended to keep it as history") \
	X(CELL_REQUIRED, ROW, "required cell is empty", "fill it in") \
	X(CELL_COUNTRY, NOTE, "unknown country: treated as unknown, never as low risk", \
	    "use a name or an ISO 3166 code") \
	X(CELL_TYPO, NOTE, "country misspelt: read as the one it can be", \
	    "correct the spelling") \
	X(CELL_CURRENCY, NOTE, "another currency in the cell than in its column", \
	    "say the amount in the currency of the column") \
	X(CELL_COUNTRIES, NOTE, "several countries: matched without one", "") \
	X(CELL_NUMBER, NOTE, "not a number: treated as unknown", \
	    "use digits and one point") \
	X(CELL_DATE, NOTE, "not a date: treated as unknown", "use YYYY-MM-DD") \
	X(CELL_VALUE, NOTE, "value not known here: treated as unknown", \
	    "use a listed value") \
	X(CELL_ERROR, NOTE, "the cell has no value to read: treated as unknown", \
	    "repair the formula, or write the value itself") \
	X(CELL_LONG, NOTE, "cell too long: cut", "shorten it") \
	X(CELL_LEI, NOTE, "not a valid LEI: not used", "check the 20 characters") \
	X(CELL_OSID, NOTE, "not a valid OS ID: not used", "check the 15 characters") \
	/* meaning */ \
	X(DUP_ROW, NOTE, "the same row again: counted once", "") \
	X(MERGED, NOTE, "joined with another row of the same entity", "") \
	X(SPEND_CURRENCY, NOTE, \
	    "spend in another currency than the other rows of the entity: not added", \
	    "give all spend of one supplier in one currency") \
	X(MERGED_SPELLING, NOTE, "joined with a row whose name is spelled otherwise", \
	    "see the entity's dossier, rows taken for one entity") \
	X(REFUSED_UNION, NOTE, "like another row, but kept apart", \
	    "see the entity's dossier; if the two are one, give them one id") \
	X(CATEGORY, NOTE, "purchasing group not in the table of categories", \
	    "add a row for it there") \
	X(CATEGORY_TWICE, NOTE, "the same purchasing group again: not used", \
	    "keep one row a group") \
	X(CONFLICT_ID, NOTE, "same name and country, other identifier: kept apart", "") \
	X(UNJOINED, NOTE, "belongs to no supplier of this run: not used", \
	    "use the supplier's id, or its name and country") \
	X(AMBIGUOUS, NOTE, "may belong to several suppliers: not used", \
	    "add the supplier's id") \
	X(INDICATOR, ROW, "unknown indicator", \
	    "use I01 to I11, the name of one (sheet codes of manumit template) or a " \
	    "code of a lens pack, or say in a table of codes (--codes) what yours " \
	    "means") \
	X(CODE_TWICE, NOTE, "the same code again: of two rows the stronger counts", \
	    "keep one row a code") \
	X(CODE_NOTHING, NOTE, \
	    "a code that means no indicator: findings with it are listed, not scored", \
	    "give the indicator if it means one") \
	X(CODE_TAKEN, ROW, "I01 to I11 are the ILO's indicators and keep their meaning", \
	    "choose another code") \
	X(CONTRADICTION, NOTE, \
	    "two columns contradict each other: read the way that clears less", \
	    "correct the one that is wrong") \
	X(NOT_VERIFIED, NOTE, \
	    "not verified by workers: read as closed on somebody's claim", \
	    "have workers or those who speak for them confirm it, and name them in " \
	    "verified_by (workers, union, works council, off-site interviews ...)") \
	X(REMEDY_UNVERIFIED, NOTE, \
	    "called verified, but not by workers: shown as done and not verified", \
	    "have workers or those who speak for them confirm it, and name their kind " \
	    "in verified_by, also beside a name (workers; union; works council)") \
	X(CLOSED_NO_DAY, NOTE, "closed on a day that is not stated: counts as open", \
	    "give the day in closed_on") \
	X(CLOSED_LATER, NOTE, "closed after the as-of day: counts as open", \
	    "check the date") \
	X(VIOLATION, NOTE, "violation code not in the table: listed, not scored", \
	    "add it to a violations pack") \
	X(FUTURE, NOTE, "dated after the as-of day: not used", "check the date") \
	X(FEE_NO_WAGE, NOTE, "no wage: cost in months of wage not assessable", \
	    "ask for the contractual monthly wage") \
	X(FEE_CURRENCY, NOTE, \
	    "fee and wage in different currencies, and no exchange rate of the day: " \
	    "not " \
	    "assessable", \
	    "give both in one currency, or a table of dated rates with --rates") \
	X(FEE_WORD, NOTE, "kind of fee not recognised: counted, category unknown", \
	    "use an ILO category or a word of the fees pack") \
	X(DONE_CONFLICT, NOTE, \
	    "two rows about one thing and of one day say different things: the later " \
	    "one " \
	    "counts", \
	    "correct one of them, or give each its recorded_on") \
	X(DONE_LESS, NOTE, "less is paid than an earlier row says", \
	    "paid is what was paid so far, all payments together") \
	X(RECORD, RUN, "rows that cannot be recorded", \
	    "correct them, then record the file again") \
	X(SURVEY_CODE, NOTE, "a code that no lens pack knows: not counted", \
	    "use the codes of indicators/lens-*.json, or I01 to I11") \
	X(SURVEY_PERIOD, NOTE, \
	    "no reference period: the statistical pattern is not assessed", \
	    "say which time the answers are about: week, month, season, year ...") \
	X(SURVEY_EMPTY, NOTE, "neither codes reported nor codes asked: not counted", \
	    "fill in codes_asked, so that not reported differs from not asked") \
	X(DECISION_STALE, NOTE, "a decision is not applied: the listed entry changed", \
	    "decide again: see review.csv") \
	X(DECISION_EXPIRED, NOTE, "a decision is not applied: it expired", \
	    "decide again: see review.csv") \
	X(DECISION_CONFLICT, NOTE, "decisions contradict each other or an identifier", \
	    "look at both: see review.csv") \
	X(EDGE_SELF, NOTE, "both ends are one entity: leads nowhere", "check both ends") \
	X(EDGE_NONE, NOTE, "no relationship of two organisations in force: not used", \
	    "") \
	X(EDGE_APART, NOTE, "relationships of others: neither end is in this run", \
	    "nothing: a register tells of the whole world") \
	X(EDGE_OVER, NOTE, "over before the as-of day: told, carries nothing", \
	    "correct the day, if it is so still") \
	X(PERSONAL, NOTE, "looked like personal data: redacted", "")

#endif
