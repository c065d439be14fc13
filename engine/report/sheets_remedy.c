/*
 * The sheets Actions and Remediation of results.xlsx. `manumit record` reads them back by
 * the heads of their columns (connectors/fields.json knows the words), so a head that is
 * changed here is changed there; what stands beside for reading has heads that mean
 * nothing to it.
 */
#include "manumit/base/clock.h"

#include "remedy.h"
#include "sheets.h"

#define COLUMN(key, head, style, width, note) \
	{ \
#key, head, MN_ST_##style, width, note, NULL, false \
	}
#define CHOICE(key, head, width, note, choices) \
	{ \
#key, head, MN_ST_FILL, width, note, choices, false \
	}
#define WHO \
	COLUMN(id, "Your id", ID, 12, NULL), COLUMN(name, "Name", WRAP, 32, NULL), \
	    COLUMN(country, "Country", ID, 9, NULL), \
	    COLUMN(band, "Band", TONE, 10, NULL)
#define N_WHO 4
#define VERIFIED_BY \
	"Who confirmed it: workers, union, works council, off-site interviews. Only " \
	"these " \
	"verify; another's word is a claim. A role or an organisation, not a person."

static const struct mn_column ACTION[] = {WHO, COLUMN(kind, "Kind", TEXT, 12, NULL),
    COLUMN(about, "About", TEXT, 9, NULL), COLUMN(action, "Action", WRAP, 60, NULL),
    COLUMN(state, "State so far", TEXT, 16,
	"From what was recorded: give this file to manumit record to change it."),
    COLUMN(owner, "Owner", FILL, 18, "A role or initials, not a person's name."),
    COLUMN(due, "Due", FILL_DAY, 12, NULL),
    CHOICE(action_status, "Status", 12, "Empty: open, or done where a day is given.",
	"open|in_progress|done|dropped"),
    COLUMN(done_on, "Done on", FILL_DAY, 12, NULL),
    COLUMN(proposed, "Proposed verification and time", WRAP, 34,
	"A proposal of this project."),
    COLUMN(verify_how, "How workers verify it", FILL, 26, NULL),
    COLUMN(verified_by, "Verified by", FILL, 18, VERIFIED_BY),
    COLUMN(verified_on, "Verified on", FILL_DAY, 12, NULL),
    COLUMN(note, "Note", FILL, 34, NULL), COLUMN(recorded, "Last entry", DAY, 12, NULL),
    COLUMN(action_id, "Action id", ID, 14,
	"By it the row is known when it is read back. Rows of your own leave it empty."),
    COLUMN(entity_id, "Entity id", ID, 34, NULL)};

static const struct mn_column DEBT[] = {WHO, COLUMN(about, "About", TEXT, 9, NULL),
    COLUMN(recruiter, "Recruiter", WRAP, 26, NULL), COLUMN(origin, "Origin", ID, 8, NULL),
    COLUMN(destination, "Destination", ID, 12, NULL),
    COLUMN(by_fees, "By the fee ledger", MONEY, 16,
	"Borne by workers by the fee ledger of this run; repaid or not."),
    COLUMN(state, "State so far", TEXT, 22, NULL),
    COLUMN(owed, "Owed", FILL, 14, "Owed to workers in all, paid or not."),
    COLUMN(paid, "Paid", FILL, 14, "Paid to workers so far, all payments together."),
    COLUMN(currency, "Currency", ID, 9, NULL),
    COLUMN(workers, "Workers", FILL, 10, "To how many it is owed."),
    COLUMN(workers_paid, "Workers paid", FILL, 12, NULL),
    COLUMN(due, "Due", FILL_DAY, 12, NULL), COLUMN(owner, "Owner", FILL, 18, NULL),
    COLUMN(last_paid_on, "Last paid on", FILL_DAY, 12, NULL),
    COLUMN(verified_by, "Verified by", FILL, 18, VERIFIED_BY),
    COLUMN(verified_on, "Verified on", FILL_DAY, 12, NULL),
    COLUMN(note, "Note", FILL, 34, NULL), COLUMN(recorded, "Last entry", DAY, 12, NULL),
    COLUMN(entity_id, "Entity id", ID, 34, NULL)};

const struct mn_xlsxw_spec MN_SHEET_ACTIONS_SPEC = {
    "Actions", ACTION, countof(ACTION), 2, false, false};
const struct mn_xlsxw_spec MN_SHEET_REMEDIATION_SPEC = {
    "Remediation", DEBT, countof(DEBT), 2, false, false};

struct row {
	const struct mn_sheets *s;
	const struct mn_view *v;
	struct mn_arena *a;
};

static void
who(const struct row *x, struct mn_val *out, struct mn_val *entity_id)
{
	char hex[33];
	const struct mn_record *rec = &x->v->ent.rec;
	out[0] = mn_val_text(rec->v[MN_F_ID]);
	out[1] = mn_val_text(rec->v[MN_F_NAME]);
	out[2] = mn_val_text(rec->v[MN_F_COUNTRY]);
	out[3] = mn_val_c(mn_band_name(x->v->card.band));
	mn_eid_hex(x->v->ent.id, hex);
	*entity_id = mn_val_text(mn_arena_str(x->a, mn_str(hex, 32)));
}

/* A recorded value as what it is. */
static struct mn_val
recorded(const struct mn_done *d, enum mn_field f)
{
	int32_t day;
	int64_t n;
	if (!d || d->rec.v[f].n == 0)
		return (struct mn_val){0};
	if (mn_field_def(f)->type == MN_T_DATE && mn_record_day(&d->rec, f, &day))
		return mn_val_day(day);
	if (mn_field_def(f)->type == MN_T_NUMBER && mn_record_e4(&d->rec, f, &n))
		return mn_val_num(MN_VAL_E4, n);
	if (mn_field_def(f)->type == MN_T_COUNT && mn_record_count(&d->rec, f, &n))
		return mn_val_num(MN_VAL_INT, n);
	return mn_val_text(d->rec.v[f]);
}

/* "Interviews off site; within 7 days" */
static struct mn_val
proposed(const struct row *x, const struct mn_plan_row *p)
{
	if (p->within_days == 0)
		return mn_val_text(p->verify);
	return mn_val_text(mn_arena_fmt(x->a, "%.*s%swithin %lld day%s",
	    MN_FMT(p->verify), p->verify.n ? " Time: " : "", (long long)p->within_days,
	    p->within_days == 1 ? "" : "s"));
}

static void
action(const struct row *x, const struct mn_plan_row *p)
{
	struct mn_val v[countof(ACTION)] = {0}, *c = v + N_WHO;
	who(x, v, &v[countof(v) - 1]);
	bool marked = p->prov && !p->prov->verified;
	*c++ = mn_val_c(p->kind);
	*c++ = mn_val_text(p->about);
	*c++ = mn_val_text(
	    marked ? mn_arena_fmt(x->a, "%.*s (unverified source)", MN_FMT(p->action))
		   : p->action);
	*c++ = mn_val_c(mn_plan_state_name(p->state));
	*c++ = recorded(p->last, MN_F_OWNER);
	*c++ = recorded(p->last, MN_F_DUE);
	*c++ = recorded(p->last, MN_F_ACTION_STATUS);
	*c++ = recorded(p->last, MN_F_DONE_ON);
	*c++ = proposed(x, p);
	*c++ = recorded(p->last, MN_F_VERIFY_HOW);
	*c++ = recorded(p->last, MN_F_VERIFIED_BY);
	*c++ = recorded(p->last, MN_F_VERIFIED_ON);
	*c++ = recorded(p->last, MN_F_NOTE);
	*c++ = mn_val_day(p->last ? p->last->day : MN_DAY_NONE);
	*c = mn_val_text(p->id);
	mn_xlsxw_row(x->s->at[MN_SHEET_ACTIONS], v, countof(v));
}

static const char *
debt_state(const struct mn_ledger_row *l)
{
	if (l->overdue)
		return "overdue";
	if (!l->last)
		return "nothing recorded";
	return !l->settled   ? "open"
	       : l->verified ? "paid, verified"
			     : "paid, not verified";
}

/* A group that is too small is not on the sheet: the dossier says that it is there. */
static void
debt(const struct row *x, const struct mn_ledger_row *l)
{
	struct mn_val v[countof(DEBT)] = {0}, *c = v + N_WHO;
	if (!l->shown)
		return;
	who(x, v, &v[countof(v) - 1]);
	*c++ = mn_val_text(l->about);
	*c++ = mn_val_text(l->recruiter);
	*c++ = mn_val_text(l->origin);
	*c++ = mn_val_text(l->destination);
	*c++ = l->by_fees_e4 >= 0 ? mn_val_num(MN_VAL_E4, l->by_fees_e4)
				  : (struct mn_val){0};
	*c++ = mn_val_c(debt_state(l));
	*c++ = recorded(l->last, MN_F_OWED);
	*c++ = recorded(l->last, MN_F_PAID);
	*c++ = mn_val_text(l->currency);
	*c++ = recorded(l->last, MN_F_WORKERS);
	*c++ = recorded(l->last, MN_F_WORKERS_PAID);
	*c++ = recorded(l->last, MN_F_DUE);
	*c++ = recorded(l->last, MN_F_OWNER);
	*c++ = recorded(l->last, MN_F_LAST_PAID_ON);
	*c++ = recorded(l->last, MN_F_VERIFIED_BY);
	*c++ = recorded(l->last, MN_F_VERIFIED_ON);
	*c++ = recorded(l->last, MN_F_NOTE);
	*c = mn_val_day(l->last ? l->last->day : MN_DAY_NONE);
	mn_xlsxw_row(x->s->at[MN_SHEET_REMEDIATION], v, countof(v));
}

void
mn_sheets_remedy(const struct mn_sheets *s, const struct mn_view *v, struct mn_arena *a)
{
	const struct row x = {s, v, a};
	const struct mn_plan_row *plan;
	const struct mn_ledger_row *ledger;
	uint32_t n = mn_plan_of(s->r, v, a, &plan);
	for (uint32_t i = 0; i < n; i++)
		action(&x, &plan[i]);
	n = mn_ledger_of(s->r, v, a, &ledger);
	for (uint32_t i = 0; i < n; i++)
		debt(&x, &ledger[i]);
}
