/*
 * Inside the pack room: rows described by tables. A section is an array of one row
 * struct; a field says where in the struct a key's value goes and which values it takes.
 * Reading JSON, checking, encoding, decoding and showing all walk these tables, so a new
 * key is one row of schema.c.
 */
#ifndef MN_PACK_IMPL_H
#define MN_PACK_IMPL_H

#include <stdarg.h>
#include <stdio.h>
#include "manumit/base/limits.h"
#include "manumit/model/codec.h"
#include "manumit/pack/pack.h"

/* The parts of workforce and recruitment that evidence/inherent_people.c knows. */
#define MN_CONTEXT_PARTS \
	"workforce_migrant|workforce_agency|workforce_women|workforce_young|" \
	"workforce_seasonal|workforce_housing|workforce_tied|recruitment_tiers|" \
	"recruitment_corridor"

/* Rows a section may have: the largest of ours has 200, a public watch list of violation
 * codes some thousands. Bounds what a hostile file can make us reserve. */
#define MN_PACK_ROWS 65535u
/* Pack files a compiled pack may have; mn_prov.pack has 16 bits. */
#define MN_PACK_FILES 1024u
/* The stored form. Keys: "file|" u16, then "row|" section u8, number u32; in the state
 * all of them after "pack|". The first byte of every value is the format: another number
 * is another schema. A file's row carries how many section rows it brought, so that a
 * lost row is noticed. */
#define MN_PACK_FORMAT 5
#define MN_PACK_KEY_FILE "file|"
#define MN_PACK_KEY_ROW "row|"
#define MN_PACK_PREFIX "pack|"

enum mn_psection {
#define MN_X(member, key, type, kind) MN_PSEC_##member,
	MN_PACK_SECTIONS(MN_X)
#undef MN_X
	    MN_PSEC_COUNT
};
_Static_assert(MN_PSEC_COUNT <= 64, "references are a bit mask of sections");

/* How a value lies in the row struct. */
enum mn_pshape { MN_PS_STR, MN_PS_STRS, MN_PS_Q16, MN_PS_INT, MN_PS_BOOL };

/* What a text, or each text of a list, must look like. */
enum mn_prule {
	MN_PR_TEXT,    /* no control characters */
	MN_PR_CODE,    /* printable ASCII without blanks, at most 64 */
	MN_PR_COUNTRY, /* ISO 3166-1 alpha-2 */
	MN_PR_DAY,     /* YYYY-MM-DD */
	MN_PR_FOLDED,  /* words as mn_fold_words leaves them */
	MN_PR_UPPER,   /* a code as inputs write it */
	MN_PR_ISIC,    /* a section letter, or the beginning of a division number */
	MN_PR_DIGITS,  /* the beginning of a code of digits, at most 10 */
	MN_PR_COUNT
};

#define MN_PF_REQ 1u /* the key must be there; a text or list must not be empty */
#define MN_PF_KEY 2u /* all key fields together name the row: unique in the section */

struct mn_pfield {
	const char *key;
	size_t at; /* offset in the row struct */
	uint8_t shape, rule, flags;
	uint64_t refs; /* bit per section whose codes the value may be */
	const char *
	    words; /* further values allowed, '|' between; with refs == 0 the only ones */
	int64_t min, max; /* of numbers; in Q16 for MN_PS_Q16 */
};

struct mn_psec {
	const char *key, *kind;
	size_t size, align;   /* of the row struct */
	size_t at_rows, at_n; /* in struct mn_pack */
	const struct mn_pfield *field;
	size_t n_field;
};

/* The tables. mn_psection(MN_PSEC_x); fields 0 and 1 of every section are source and
 * verified. mn_phead describes struct mn_pack_file. */
const struct mn_psec *mn_psection(unsigned section);
size_t mn_pfields(const struct mn_psec *s);
const struct mn_pfield *mn_pfield(const struct mn_psec *s, size_t i);
const struct mn_psec *mn_phead(void);

/* Rows of a section. */
const void *mn_prows(const struct mn_pack *p, unsigned section, uint32_t *n);
void mn_prows_set(struct mn_pack *p, unsigned section, const void *rows, uint32_t n);
const void *mn_prow(const struct mn_pack *p, unsigned section, uint32_t row);
/* Values in a row. Each is only for its shape. */
struct mn_str mn_pget_str(const void *row, const struct mn_pfield *f);
struct mn_strs mn_pget_strs(const void *row, const struct mn_pfield *f);
int64_t mn_pget_i64(const void *row, const struct mn_pfield *f);
bool mn_pget_bool(const void *row, const struct mn_pfield *f);

/* A number of the field as text: as many decimals as it needs, at most four. */
struct mn_str mn_pnumber_text(const struct mn_pfield *f, int64_t v, char out[32]);

/* A place in a pack file, for messages. */
struct mn_pplace {
	struct mn_str file;
	const char *section; /* NULL: the top of the file */
	uint32_t row;
	const char *key; /* NULL: the row itself */
	int64_t item;    /* of a list; -1: the value itself */
};
/* "FILE: indicators[3].omega: ..."; returns false. */
bool mn_pfail(struct mn_err *err, enum mn_code code, const struct mn_pplace *at,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* s cut at a character boundary to what a message can hold. */
struct mn_str mn_pexcerpt(struct mn_str s);
/* Does a '|' separated list hold s? */
bool mn_pwords_have(const char *words, struct mn_str s);
/* Appends the words of such a list to out, at most max in all; returns the new count. */
size_t mn_pwords_add(const char *words, struct mn_str *out, size_t n, size_t max);

/* Every value of one row by its own rule: shape of texts, ranges, fixed choices. */
bool mn_pvalue_check(const struct mn_psec *s, const void *row, const struct mn_pplace *at,
    struct mn_err *err);

/* A pack while it is being put together. */
struct mn_pbuild {
	struct mn_arena *a;
	struct mn_pack p;
	struct mn_pack_file file[MN_PACK_FILES];
	struct mn_str path[MN_PACK_FILES]; /* as messages name the file */
};
struct mn_pbuild *mn_pbuild_new(struct mn_arena *a);
/* Reads one file's bytes into the build; every row is checked by itself. */
bool mn_pread_bytes(
    struct mn_pbuild *b, const char *path, struct mn_str text, struct mn_err *err);
/* Replaces numbers of the rows read so far as a tailoring file says. */
bool mn_ptailor_bytes(
    struct mn_pbuild *b, const char *path, struct mn_str bytes, struct mn_err *err);
/* "I09", "US-WHD/MW", or the row's number: what a row is called. */
struct mn_str mn_prow_name(
    const struct mn_psec *s, const void *row, uint32_t number, struct mn_arena *a);
/* All that concerns more than one row. whole: the pack is complete, so missing parts and
 * references to other files are errors too. */
bool mn_pcheck(
    const struct mn_pbuild *b, bool whole, struct mn_arena scratch, struct mn_err *err);
/* Scoring constants: each present (when whole), known, in its range, in order; the first
 * function checks, the second fills p->k and p->strength_q16. */
bool mn_plens_check(const struct mn_pbuild *b, bool whole, struct mn_err *err);
bool mn_pparam_check(const struct mn_pbuild *b, bool whole, struct mn_err *err);
void mn_pparam_fill(struct mn_pack *p);
/* Sorts what is searched, fills the constants, and gives the finished pack. */
const struct mn_pack *mn_pseal(struct mn_pbuild *b);
/* The place of a row already in the build. */
struct mn_pplace mn_pplace_of(
    const struct mn_pbuild *b, unsigned section, uint32_t row, const char *key);
/* The row of that code, which has to be there, is not: PACK_MISSING, returns false. */
bool mn_pfail_absent(
    const struct mn_pbuild *b, unsigned section, const char *code, struct mn_err *err);

/* series.c: series of countries are one channel; those that tell the same twice are
 * refused. */
bool mn_pseries_check(const struct mn_pbuild *b, bool whole, struct mn_err *err);
/* A file with series brings nothing else: it can be left out for another. */
bool mn_pseries_alone(const struct mn_pbuild *b, uint32_t file, struct mn_err *err);

/* One pack file given as bytes, checked as mn_pack_check_file does. For fuzzing and
 * tests. */
bool mn_pack_check_bytes(
    struct mn_arena scratch, const char *path, struct mn_str text, struct mn_err *err);

/* Row codec. Decoding copies nothing: texts borrow from the bytes, lists live in the
 * arena. */
void mn_prow_encode(const struct mn_psec *s, const void *row, struct mn_buf *out);
bool mn_prow_decode(
    const struct mn_psec *s, struct mn_get *g, struct mn_arena *a, void *row);

#endif
