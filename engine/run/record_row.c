/* One row to be recorded: what it has to say, and whom it has to name. */
#include "manumit/base/clock.h"

#include "record.h"

struct checking {
	struct mn_recording *x;
	struct mn_record *rec;
	struct mn_str file;
	const struct mn_str *column; /* per field, as the file calls it */
};

/* Says where, what, and what to do. Always false. */
static bool
reject(struct checking *c, enum mn_field f, const char *why)
{
	struct mn_arena *a = c->x->a;
	struct mn_str column =
	    c->column[f].n ? c->column[f] : mn_str_c(mn_field_def(f)->name);
	mn_recording_reject(c->x, (struct mn_record_told){.file = c->file,
				      .line = mn_rid_line(c->rec->rid),
				      .column = mn_arena_str(a, column),
				      .value = mn_arena_str(a, c->rec->v[f]),
				      .why = mn_str_c(why)});
	return false;
}

static bool
days(struct checking *c)
{
	enum mn_field f = mn_done_ahead(c->rec, c->x->o->on);
	return f == MN_F_NONE ||
	       reject(c, f,
		   "lies after the day of recording; record what has happened, plans are "
		   "due days");
}

static bool
numbers(struct checking *c)
{
	static const enum mn_field F[] = {
	    MN_F_OWED, MN_F_PAID, MN_F_HOURS, MN_F_TURNOVER};
	int64_t e4;
	for (size_t i = 0; i < countof(F); i++)
		if (mn_record_e4(c->rec, F[i], &e4) && e4 < 0)
			return reject(c, F[i],
			    "is below zero; write what was owed or "
			    "paid as a positive number");
	bool money = c->rec->v[MN_F_OWED].n || c->rec->v[MN_F_PAID].n;
	if (c->rec->kind == MN_K_REMEDIATION && !money)
		return reject(
		    c, MN_F_OWED, "neither owed nor paid is filled in; give one");
	if (c->rec->kind == MN_K_REMEDIATION && c->rec->v[MN_F_CURRENCY].n == 0)
		return reject(
		    c, MN_F_CURRENCY, "is empty; sums of no currency add up to nothing");
	return true;
}

/* What it is about: an indicator, a gate of the packs, or as results.xlsx writes it. */
static bool
about(struct checking *c)
{
	struct mn_str s = c->rec->v[MN_F_ABOUT];
	const struct mn_pack *p = c->x->pack;
	bool known = s.n == 0 || mn_indicator_parse(s) >= 0 ||
		     mn_str_eq(s, MN_S("state")) || mn_str_eq(s, MN_S("any")) ||
		     (p ? mn_pack_gate(p, s) >= 0 : mn_str_starts(s, MN_S("G-")));
	return known || reject(c, MN_F_ABOUT,
			    "is no indicator (I01 to I11) and no gate of the packs");
}

static bool
states(struct checking *c)
{
	const struct mn_str *v = c->rec->v;
	if (c->rec->kind == MN_K_ACTIONS && v[MN_F_ACTION].n == 0 &&
	    v[MN_F_ACTION_ID].n == 0)
		return reject(c, MN_F_ACTION, "is empty; say what is to be done");
	if (v[MN_F_VERIFIED_ON].n && v[MN_F_VERIFIED_BY].n == 0)
		return reject(c, MN_F_VERIFIED_BY,
		    "is empty, but a day of verification is given; say who verified, as "
		    "a "
		    "role or an organisation");
	return true;
}

/* Countries of a profile as codes; EU is one market. */
static bool
markets(struct checking *c)
{
	static const enum mn_field F[] = {MN_F_IMPORTS_INTO, MN_F_SELLS_IN,
	    MN_F_BUYS_PUBLICLY_IN, MN_F_SELLS_PUBLICLY_IN};
	const struct mn_countries *all = mn_mappings_countries(c->x->o->mappings);
	struct mn_arena *a = c->x->a;
	for (size_t i = 0; i < countof(F); i++) {
		struct mn_str out = MN_STR_NONE;
		for (struct mn_str rest = c->rec->v[F[i]]; rest.p && rest.n;) {
			struct mn_str one = mn_str_cut(&rest, ';'), code = one;
			if (!mn_str_eq(one, MN_S("EU")) && !mn_str_eq(one, MN_S("NONE")))
				code = mn_country_find(all, one);
			if (code.n == 0)
				return reject(c, F[i],
				    "names what is no country; use codes of ISO 3166 or "
				    "EU, "
				    "';' between, or none");
			out = mn_arena_fmt(
			    a, "%.*s%s%.*s", MN_FMT(out), out.n ? ";" : "", MN_FMT(code));
		}
		c->rec->v[F[i]] = out;
	}
	return true;
}

/* Whom it is about has to be in the current run, so that a slip of the pen is noticed now
 * and not in next year's report. False and err unset: rejected. */
static bool
entity(struct checking *c, struct mn_err *err)
{
	const struct mn_recording *x = c->x;
	const struct mn_record *rec = c->rec;
	struct mn_join join;
	enum mn_field f = rec->v[MN_F_ENTITY].n ? MN_F_ENTITY : MN_F_ENTITY_NAME;
	bool own = rec->kind == MN_K_PROFILE ||
		   (rec->kind == MN_K_TRAINING && rec->v[MN_F_ENTITY].n == 0 &&
		       rec->v[MN_F_ENTITY_NAME].n == 0);
	if (own || !x->reader || x->o->force)
		return true;
	if (!mn_join_row(x->reader, x->pack, rec, *x->a, &join, err))
		return false;
	if (join.n == 1)
		return true;
	return reject(c, f,
	    join.n ? "may be several suppliers of the current run; add the id"
		   : "is no supplier of the current run; use its id, or its name and "
		     "country as in your list (-f records it all the same)");
}

/* Codes that no table knows are kept, and said now rather than in next month's report. */
static void
unknown_codes(struct checking *c)
{
	const struct mn_recording *x = c->x;
	for (struct mn_str rest = c->rec->v[MN_F_VIOLATION]; rest.p && rest.n;) {
		struct mn_str code = mn_str_trim(mn_str_cut(&rest, ';'));
		if (!x->pack || c->rec->v[MN_F_AUTHORITY].n ||
		    mn_pack_violation(x->pack, MN_S("generic"), code))
			continue;
		mn_recording_tell(c->x,
		    (struct mn_record_told){.file = c->file,
			.line = mn_rid_line(c->rec->rid),
			.column = MN_S("violation"),
			.value = mn_arena_str(x->a, code),
			.why =
			    MN_S("is in no table of violations: it will be listed, not "
				 "scored; add it to a pack, or use a code that is "
				 "there (manumit pack show)")});
	}
}

/* A visit has a day, and its numbers agree. What it found is stated in its codes or its
 * outcome; "none" in place of codes is an outcome. */
static bool
visit(struct checking *c)
{
	struct mn_str *v = c->rec->v;
	int64_t seen, heard;
	if (c->rec->kind != MN_K_INSPECTIONS)
		return true;
	if (v[MN_F_OPENED].n == 0)
		return reject(c, MN_F_OPENED, "is empty; give the day of the visit");
	if (mn_record_count(c->rec, MN_F_WORKERS_SEEN, &seen) &&
	    mn_record_count(c->rec, MN_F_INTERVIEWED_PRIVATELY, &heard) && heard > seen)
		return reject(c, MN_F_INTERVIEWED_PRIVATELY,
		    "is more than the workers seen; correct one of the two");
	if (mn_str_eq(v[MN_F_VIOLATION], MN_S("NONE"))) {
		v[MN_F_VIOLATION] = MN_STR_NONE;
		v[MN_F_OUTCOME] = v[MN_F_OUTCOME].n ? v[MN_F_OUTCOME] : MN_S("none");
	}
	if (v[MN_F_VIOLATION].n && mn_str_eq(v[MN_F_OUTCOME], MN_S("none")))
		return reject(c, MN_F_OUTCOME,
		    "says none, but violations are given; correct one of the two");
	if (v[MN_F_VIOLATION].n && v[MN_F_OUTCOME].n == 0)
		v[MN_F_OUTCOME] = MN_S("violation");
	return true;
}

static bool
fits(struct checking *c, struct mn_err *err)
{
	return visit(c) && days(c) && numbers(c) && about(c) && states(c) && markets(c) &&
	       entity(c, err);
}

bool
mn_recording_row(struct mn_recording *x, const struct mn_record *given,
    struct mn_str file, const struct mn_str *column, struct mn_err *err)
{
	char day[11];
	struct mn_record rec = *given;
	struct checking c = {x, &rec, file, column};
	struct mn_err none = MN_ERR_NONE;
	if (!mn_done_is_entry(&rec)) {
		x->out->empty++;
		return true;
	}
	bool dated = rec.v[MN_F_RECORDED_ON].n > 0;
	if (!fits(&c, &none)) {
		if (none.code == MN_E_NONE)
			return true;
		*err = none;
		return false;
	}
	if (rec.kind == MN_K_INSPECTIONS)
		unknown_codes(&c);
	if (!dated)
		rec.v[MN_F_RECORDED_ON] = mn_day_print(x->o->on, day);
	mn_recording_add(x, &rec, file, dated);
	return true;
}
