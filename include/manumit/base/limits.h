/*
 * Every bound on what input can make the program do, each with its reason.
 */
#ifndef MN_BASE_LIMITS_H
#define MN_BASE_LIMITS_H

#define MN_MAX_RECORD (1u << 20) /* bytes a row: an open quote must not eat a file */
#define MN_MAX_RELEASE \
	(8u << 20)              /* bytes of an OCDS release; a framework's has 2 MiB \
				 */
#define MN_OCDS_ORGS 65536      /* organisations of a release; the most seen: 300 */
#define MN_OCDS_LIST 100000     /* objects of one list in a release */
#define MN_OCDS_REMARKS 1000    /* remarks told of one release */
#define MN_MAX_CELL (1u << 16)  /* bytes a cell: longer is free text, cut with a note */
#define MN_MAX_COLUMNS 1024     /* GLEIF's widest file has 338 */
#define MN_MAX_NAME 400         /* bytes of a name kept: twice Open Supply Hub's 200 */
#define MN_MAX_ALIASES 64       /* names of one list entry; OpenSanctions has up to 60 */
#define MN_MAX_SOURCES 4096     /* input files a run: rid keeps 16 bits for the source */
#define MN_MAX_PACK (16u << 20) /* bytes of a pack file: the goods list has 0.2 MiB */
#define MN_JSON_DEPTH 64        /* nesting of a pack: ours needs 6 */
#define MN_MAX_KEY 511          /* LMDB's key size on Debian 12 */
#define MN_MAX_GATE_GOODS 256   /* rows of gate_goods: the shipped table has half of it */
#define MN_MAX_SPANS 64  /* times an entry was listed, over all editions: Brazil has 3 */
#define MN_MAX_PLACES 32 /* sites of one entity told for a gate; a page of them */
#define MN_MAX_EVIDENCE 65536 /* evidence rows scored per entity; a note past it */
#define MN_MAX_SERIES 8       /* series of countries: one channel, and few tell anew */
#define MN_MAX_VIOLATION 128  /* bytes of a violation code: that of a pack's codes */
#define MN_MAX_CODES 64       /* violation codes of one row: a case names a dozen */
#define MN_MAX_CARRY 8        /* columns of a report whose cells mean the rows below */
#define MN_MAX_FEE_CAPS 512   /* rows of national fee caps: known today 30 */
#define MN_MAX_RATES_BYTES \
	((size_t)1 << 28) /* 16 million exchange rates: ECB's history has 0.3 */
/* Releases of one process are kept as text until the last has come: of a process (read,
 * it takes ten times that), and of all that are waiting. Processes told apart: a table
 * of 128 MiB; a country's year has a million. */
#define MN_OCDS_PROCESS ((size_t)32 << 20)
#define MN_OCDS_KEPT ((size_t)256 << 20)
#define MN_OCDS_PROCESSES (1u << 21)
/* Lenses: two are shipped, of three and six dimensions and ten cases; 110 indicators in
 * all. Dimensions of all lenses are bits of 64. */
#define MN_MAX_LENSES 8
#define MN_LENS_DIMS 8
#define MN_LENS_CASES 16
#define MN_LENS_INDICATORS 512
#define MN_PREAMBLE_ROWS 20    /* rows looked at for the header */
#define MN_BAD_ROWS_PERCENT 50 /* quarantined rows above which a file is given up */
#define MN_DOSSIERS_ALL 2000   /* entities up to which every one gets a dossier page */
/* What a report remembers of employers' fee rows: 50 bytes a recruiter and corridor. */
#define MN_FEE_MEMO_BYTES ((size_t)64 << 20)
#define MN_MAX_DECISIONS 1000000 /* kept in memory during a run: 200 bytes each */
/* What a gzip file may unpack to. Deflate reaches 1:1032; tables reach 1:60, a column of
 * one value 1:200. So much is free, because a small table of one value compresses well.
 */
#define MN_MAX_INFLATED ((uint64_t)64 << 30) /* GLEIF's largest file unpacks to 5 GiB */
#define MN_INFLATE_FREE ((uint64_t)64 << 20)
#define MN_INFLATE_RATIO 400
/* Text by which a format is told: a record of a tender may have its id behind all its
 * versions. */
#define MN_FORMAT_BYTES ((size_t)1 << 20)
/* Rows read ahead to decide by column (order of day and month, NA): enough that a column
 * of dates shows a day above 12, and two hundredths of a large file. */
#define MN_LOOK_ROWS 20000
#define MN_LOOK_SHEET_ROWS \
	4000 /* of a workbook: its rows cost five times those of text */
#define MN_LOOK_BYTES ((size_t)16 << 20)
/* Web pages are read whole: the largest register seen has 2 MiB. */
#define MN_MAX_HTML (48u << 20)
#define MN_HTML_CELLS (4u << 20) /* with those that colspan makes of nothing */
#define MN_HTML_ROWSPAN 65534    /* as in the standard of HTML */
#define MN_HTML_NESTED 16    /* tables inside tables: layouts of the nineties have 6 */
#define MN_LIST_ROWS 500     /* rows of a list on the portfolio page */
#define MN_PAGE_ROWS 1000    /* of a page of all: 400 KiB, which opens at once */
#define MN_PAGE_NAME 40      /* bytes of the names that say where a page begins */
#define MN_XLSX_CELL 32767   /* UTF-16 units that a cell of a workbook holds */
#define MN_XLSX_ROWS 1048576 /* rows of its sheets; more go to another sheet */
#define MN_XLSX_DETAIL 10000 /* entities whose every statement a workbook takes */
/* Bytes of a sheet's rows before another sheet goes on: programs read a part of a zip
 * archive of up to 4 GiB, and people wait for it. */
#define MN_XLSX_PART ((uint64_t)1 << 30)

/* A table that is kept whole: one of inspectors or of overlaps has 100 KiB. */
#define MN_PLAIN_BYTES (64u << 20)

/* Workbooks. What an archive claims of itself is not believed: bytes are counted while
 * they are inflated. */
#define MN_ZIP_ENTRIES 10000 /* parts: one of 300 sheets with pictures has 2,000 */
#define MN_ZIP_NAME 1024     /* bytes of a part's name: programs write 60 */
/* Bytes a part: Excel's most, a million rows, with 60 columns of 60 bytes a cell. */
#define MN_ZIP_BYTES ((uint64_t)4 << 30)
/* Inflated bytes for a packed one, past the first 16 MiB: sheets reach 40, sheets of
 * empty formatted cells 120, what is made to fill memory 1,000. */
#define MN_ZIP_RATIO 300
#define MN_ZIP_RATIO_FROM ((uint64_t)16 << 20)
#define MN_XML_DEPTH 64            /* nesting: sheets need 8 */
#define MN_XML_TOKEN (1u << 20)    /* bytes between two events: one tag or comment */
#define MN_BOOK_SHEETS 256         /* sheets looked at: each may be a table */
#define MN_BOOK_STYLES 65536       /* Excel's own limit is 65,490 formats of cells */
#define MN_BOOK_STRINGS (1u << 25) /* strings that cells share: 33 million */
#define MN_BOOK_TEXT ((size_t)512 << 20) /* their bytes: the only part kept in memory */
#define MN_BOOK_MERGES (1u << 20) /* merged ranges that span rows; real sheets: 100 */

/* A child that parses a file (base/sandbox.h). Memory of its own: what the layouts with
 * the largest tables in memory need (attached lines: see connectors/attach.h) several
 * times over, and less than the smallest machine that runs this comfortably has twice. */
#define MN_PARSER_ARENA ((size_t)4 << 30)    /* as reading without a child reserves */
#define MN_PARSER_MEMORY ((uint64_t)2 << 30) /* for libraries and buffers */
/* Processor seconds: to start with, and one for each so many bytes. The slowest format
 * takes 1 s for 10 MiB here; a packed one may hold a hundred times its size. */
#define MN_PARSER_SECONDS 120
#define MN_PARSER_BYTES_A_SECOND (1u << 15)
#define MN_PARSER_FILES 16 /* descriptors: unpacking duplicates one */
/* Seconds a child is waited for that neither says anything nor uses its processor: what a
 * parser needs lies in a file at hand, which even a disk that has to start gives sooner.
 * And in all: so many times the processor time it may use, on a machine that it shares.
 */
#define MN_PARSER_STILL 60
#define MN_PARSER_SHARE 20
/* Bytes that are passed on together. Less costs more system calls, more no fewer that
 * could be measured. The most: one record may take the memory a row may take. */
#define MN_FRAME_BYTES (1u << 16)
#define MN_FRAME_MOST ((size_t)66 * MN_MAX_RECORD)

/* De-duplication by spelling. A bucket of n rows has n * n / 2 pairs, so each row is
 * compared with its next neighbours in the order of the bucket only: 24 reach every twin
 * in lists of 100 k suppliers, where buckets of one country rarely have more rows. */
#define MN_BLOCK_WINDOW 24
/* Pairs tried a bucket before the window narrows, down to the next neighbour: a million
 * rows that share one word cost a million comparisons, not 24. */
#define MN_BLOCK_PAIRS (1u << 17)
#define MN_MAX_MEMBERS 64 /* rows of one entity listed; more is one row repeated */
#define MN_MAX_REFUSED 16 /* rows alike but kept apart, listed for one entity */
/* Rows under one handle that a decision is applied to: all of them meet all of the other
 * side. Rows that share a handle share a blocking key and are one entity anyway. */
#define MN_MAX_DECIDED_ROWS 64

/* The network. */
#define MN_FETCH_BYTES ((uint64_t)4 << 30) /* a download: OpenSanctions' has 2.5 GB */
#define MN_PAGE_BYTES (64u << 20)          /* one page of an API, held in memory */
#define MN_MAX_PAGES 1000 /* pages of an API unless its source says more */
#define MN_HTTP_HEADERS \
	(256u << 10)       /* bytes of headers of an answer: usual are 2 KiB \
			    */
#define MN_HTTP_HOPS 3     /* redirects followed: http to https to file is two */
#define MN_HTTP_WAIT_S 120 /* longest Retry-After that is waited for */
#define MN_HTTP_VALUE 512  /* bytes of a header value kept, e.g. an ETag */
#define MN_HTTP_URL 4096   /* bytes of an address */
#define MN_MAX_STATE \
	(64u << 10)            /* bytes of what is remembered of a source: ours 1 KiB \
				*/
#define MN_MAX_SIGN (8u << 10) /* bytes of a signature file: minisign's has 300 */
#define MN_PINNED_KEYS 16      /* pinned keys */
#define MN_MAX_MESSAGE \
	1024 /* bytes of one text of a page in another language: the longest has 500 */

#endif
