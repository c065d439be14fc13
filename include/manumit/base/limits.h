/*
 * Every bound on what input can make the program do, each with its reason.
 */
#ifndef MN_BASE_LIMITS_H
#define MN_BASE_LIMITS_H

#define MN_MAX_RECORD (1u << 20) /* bytes a row: an open quote must not eat a file */
#define MN_MAX_CELL (1u << 16)   /* bytes a cell: longer is free text, cut with a note */
#define MN_MAX_COLUMNS 1024      /* GLEIF's widest file has 338 */
#define MN_MAX_NAME 400          /* bytes of a name kept: twice Open Supply Hub's 200 */
#define MN_MAX_ALIASES 64        /* names of one list entry; OpenSanctions has up to 60 */
#define MN_MAX_SOURCES 4096      /* input files a run: rid keeps 16 bits for the source */
#define MN_MAX_PACK (16u << 20)  /* bytes of a pack file: the goods list has 0.2 MiB */
#define MN_JSON_DEPTH 64         /* nesting of a pack: ours needs 6 */
#define MN_MAX_KEY 511           /* LMDB's key size on Debian 12 */
#define MN_MAX_EVIDENCE 65536    /* evidence rows scored per entity; a note past it */
#define MN_PREAMBLE_ROWS 20      /* rows looked at for the header */
#define MN_BAD_ROWS_PERCENT 50   /* quarantined rows above which a file is given up */
#define MN_DOSSIERS_ALL 2000     /* entities up to which every one gets a dossier page */
#define MN_MAX_DECISIONS 1000000 /* kept in memory during a run: 200 bytes each */
/* What a gzip file may unpack to. Deflate reaches 1:1032; tables reach 1:60, a column of
 * one value 1:200. So much is free, because a small table of one value compresses well.
 */
#define MN_MAX_INFLATED ((uint64_t)64 << 30) /* GLEIF's largest file unpacks to 5 GiB */
#define MN_INFLATE_FREE ((uint64_t)64 << 20)
#define MN_INFLATE_RATIO 400
/* Rows read ahead to decide by column (order of day and month, NA): enough that a column
 * of dates shows a day above 12, and two hundredths of a large file. */
#define MN_LOOK_ROWS 20000
#define MN_LOOK_BYTES ((size_t)16 << 20)
/* Web pages are read whole: the largest register seen has 2 MiB. */
#define MN_MAX_HTML (48u << 20)
#define MN_HTML_CELLS (4u << 20) /* with those that colspan makes of nothing */
#define MN_HTML_ROWSPAN 65534    /* as in the standard of HTML */
#define MN_HTML_NESTED 16 /* tables inside tables: layouts of the nineties have 6 */
#define MN_LIST_ROWS 500  /* rows of a list on the portfolio page */

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

#endif
