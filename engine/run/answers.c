/* Reading questionnaires back. A questionnaire is a table of findings whose codes are
 * questions, so it is read like every file of strangers. */
#include <stdio.h>

#include "manumit/base/clock.h"
#include "manumit/base/limits.h"
#include "manumit/connectors/input.h"
#include "manumit/connectors/tables.h"
#include "manumit/report/csvw.h"
#include "manumit/run/answers.h"
#include "manumit/text/fold.h"

/* The fields of the supplier list that answers fill. */
static const enum mn_field FACTS[] = {MN_F_WORKERS, MN_F_MIGRANT_SHARE, MN_F_AGENCY_SHARE,
    MN_F_WOMEN_SHARE, MN_F_PRODUCT, MN_F_SECTOR, MN_F_ORIGIN_COUNTRY};
static const char *const SHEETS[] = {"Questions", "Numbers"};

enum answer { A_EMPTY, A_YES, A_NO, A_UNKNOWN, A_OTHER };

struct answering {
	const struct mn_answers_opts *o;
	struct mn_answers_result *out;
	struct mn_arena a;
	struct mn_out *findings, *suppliers;
	struct mn_key *replied;
	uint32_t n_replied, cap_replied;
	uint64_t rows; /* of the file at hand that ask something known */
	struct mn_record who;
	bool any;
	struct mn_str fact[countof(FACTS)];
	struct mn_err *err;
};

static const struct mn_p_ask_item *
item_of(const struct mn_pack *p, struct mn_str code)
{
	for (uint32_t i = 0; i < p->n_ask_item; i++)
		if (mn_str_eq_ascii(p->ask_item[i].code, code))
			return &p->ask_item[i];
	return NULL;
}

/* The supplier by its number, else by name and country. */
static struct mn_key
handle(const struct mn_record *rec)
{
	struct mn_str name =
	    rec->v[MN_F_ENTITY].n ? MN_STR_NONE : rec->v[MN_F_ENTITY_NAME];
	struct mn_str part[] = {rec->v[MN_F_ENTITY], name,
	    rec->v[MN_F_ENTITY].n ? MN_STR_NONE : rec->v[MN_F_COUNTRY]};
	return mn_hash128(part, countof(part));
}

static bool
has_replied(const struct answering *x, struct mn_key k)
{
	for (uint32_t i = 0; i < x->n_replied; i++)
		if (mn_key_cmp(x->replied[i], k) == 0)
			return true;
	return false;
}

static void
reply(struct answering *x, struct mn_key k)
{
	if (has_replied(x, k))
		return;
	if (x->n_replied == x->cap_replied) {
		uint32_t cap = x->cap_replied ? 2 * x->cap_replied : 64;
		struct mn_key *more = MN_NEW(&x->a, struct mn_key, cap);
		if (x->n_replied)
			memcpy(more, x->replied, x->n_replied * sizeof *more);
		x->replied = more;
		x->cap_replied = cap;
	}
	x->replied[x->n_replied++] = k;
}

/* What people type who do not choose from the list; an answer with an "if" is none. */
static enum answer
typed(struct mn_str folded)
{
	static const struct {
		struct mn_str word;
		enum answer is;
	} WORDS[] = {{MN_S("y"), A_YES}, {MN_S("n"), A_NO},
	    {MN_S("don t know"), A_UNKNOWN}, {MN_S("do not know"), A_UNKNOWN},
	    {MN_S("no idea"), A_UNKNOWN}};
	for (size_t i = 0; i < countof(WORDS); i++)
		if (mn_str_eq(WORDS[i].word, folded))
			return WORDS[i].is;
	return A_OTHER;
}

/* Yes and no in every language of the packs, folded. */
static enum answer
read_answer(const struct answering *x, struct mn_str said)
{
	static const struct {
		const char *code;
		enum answer is;
	} WORDS[] = {{"yes", A_YES}, {"no", A_NO}, {"not_known", A_UNKNOWN}};
	const struct mn_pack *p = x->o->pack;
	struct mn_buf b = mn_buf_new(8 * (size_t)MN_MAX_CELL), word = b;
	enum answer found = said.n ? A_OTHER : A_EMPTY;
	mn_fold_words(said, &b);
	for (uint32_t i = 0; i < p->n_ask_phrase && found == A_OTHER; i++)
		for (size_t k = 0; k < countof(WORDS); k++) {
			if (!mn_str_eq(p->ask_phrase[i].code, mn_str_c(WORDS[k].code)))
				continue;
			mn_buf_clear(&word);
			mn_fold_words(p->ask_phrase[i].text, &word);
			if (mn_str_eq(mn_buf_str(&word), mn_buf_str(&b)))
				found = WORDS[k].is;
		}
	if (found == A_OTHER)
		found = typed(mn_buf_str(&b));
	mn_buf_free(&b);
	mn_buf_free(&word);
	return found;
}

/* ---- what comes of an answer ---- */

static void
row(struct mn_out *o, const struct mn_str *cell, size_t n)
{
	for (size_t k = 0; k < n; k++)
		mn_csvw_cell(o, cell[k], k == 0);
	mn_out_c(o, "\n");
}

/* What it says against itself is an admission; what it says for itself is told, and
 * clears nothing (source class self_assessment). */
static void
finding(struct answering *x, const struct mn_record *rec,
    const struct mn_p_ask_item *item, enum answer said)
{
	char day[11];
	bool yes = said == A_YES;
	bool adverse = mn_str_eq(item->adverse, yes ? MN_S("yes") : MN_S("no"));
	struct mn_str cell[] = {rec->v[MN_F_ENTITY], rec->v[MN_F_ENTITY_NAME],
	    rec->v[MN_F_COUNTRY], item->subject,
	    adverse ? MN_S("adverse") : MN_S("clear"),
	    adverse ? item->strength : MN_STR_NONE, MN_S("self_assessment"),
	    mn_day_print(x->o->as_of, day), adverse ? MN_S("open") : MN_STR_NONE,
	    mn_arena_fmt(&x->a, "asked: %.*s Answer: %s.",
		MN_FMT(rec->v[MN_F_DESCRIPTION]), yes ? "yes" : "no"),
	    rec->v[MN_F_REFERENCE]};
	row(x->findings, cell, countof(cell));
	x->out->admissions += adverse;
	x->out->denials += !adverse;
}

static void
flush_facts(struct answering *x)
{
	struct mn_str cell[3 + countof(FACTS)] = {
	    x->who.v[MN_F_ENTITY], x->who.v[MN_F_ENTITY_NAME], x->who.v[MN_F_COUNTRY]};
	if (!x->any)
		return;
	memcpy(cell + 3, x->fact, sizeof x->fact);
	row(x->suppliers, cell, countof(cell));
	memset(x->fact, 0, sizeof x->fact);
	x->any = false;
}

static void
fact(struct answering *x, const struct mn_record *rec, const struct mn_p_ask_item *item)
{
	static const enum mn_field WHO[] = {MN_F_ENTITY, MN_F_ENTITY_NAME, MN_F_COUNTRY};
	if (x->any && mn_key_cmp(handle(&x->who), handle(rec)) != 0)
		flush_facts(x);
	for (size_t i = 0; i < countof(WHO) && !x->any; i++)
		x->who.v[WHO[i]] = mn_arena_str(&x->a, rec->v[WHO[i]]);
	for (size_t i = 0; i < countof(FACTS); i++)
		if (mn_str_eq(item->field, mn_str_c(mn_field_def(FACTS[i])->name)))
			x->fact[i] = mn_arena_str(&x->a, rec->v[MN_F_SUPPLIER_RESPONSE]);
	x->any = true;
	x->out->facts++;
}

static void
refuse(struct answering *x, const struct mn_record *rec, struct mn_str file,
    struct mn_str value, const char *why)
{
	struct mn_issue i = {.code = MN_E_CELL_VALUE,
	    .file = file,
	    .row = mn_rid_line(rec->rid),
	    .column = MN_S("supplier_response"),
	    .value = value,
	    .detail = mn_str_c(why)};
	x->out->refused++;
	if (x->o->tell)
		x->o->tell(x->o->ctx, &i);
}

static void
take(struct answering *x, const struct mn_record *rec, struct mn_str file)
{
	struct mn_str said = rec->v[MN_F_SUPPLIER_RESPONSE];
	const struct mn_p_ask_item *item = item_of(x->o->pack, rec->v[MN_F_INDICATOR]);
	if (!item) {
		refuse(x, rec, file, rec->v[MN_F_INDICATOR],
		    "no question of that number is in the packs");
		return;
	}
	x->rows++;
	bool choose = mn_str_eq(item->answer, MN_S("yes_no"));
	enum answer is = read_answer(x, said);
	x->out->empty += is == A_EMPTY;
	x->out->unknown += is == A_UNKNOWN;
	if (is != A_EMPTY)
		reply(x, handle(rec));
	if (choose && (is == A_YES || is == A_NO))
		finding(x, rec, item, is);
	else if (choose && is == A_OTHER)
		refuse(x, rec, file, said,
		    "answer yes or no, or choose that it is not known");
	else if (!choose && is == A_OTHER)
		fact(x, rec, item);
	else if (!choose && (is == A_YES || is == A_NO))
		refuse(x, rec, file, said, "a number or words are wanted");
}

/* ---- files ---- */

static bool
read_table(struct answering *x, const char *path, const char *part)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct mn_diag diag = {.emit = NULL};
	struct mn_record rec;
	bool noted;
	int more = -1;
	struct mn_input *in =
	    part ? mn_input_open_part(&a, x->o->mappings, path, mn_str_c(part),
		       MN_K_FINDINGS, &diag, x->err)
		 : mn_input_open(&a, x->o->mappings, path, MN_K_FINDINGS, &diag, x->err);
	while (in && (more = mn_input_next(in, 0, &rec, &noted, x->err)) == 1)
		take(x, &rec, mn_input_info(in)->file);
	if (in)
		mn_input_close(in);
	mn_arena_free(root);
	return more == 0;
}

static bool
read_file(struct answering *x, const char *path)
{
	struct mn_input_tables t;
	bool good = true;
	x->rows = 0;
	if (!mn_path_is_workbook(path)) {
		good = read_table(x, path, NULL);
	} else {
		good =
		    mn_tables_list(&x->a, x->o->mappings, path, MN_KIND_ANY, &t, x->err);
		for (uint32_t i = 0; good && i < t.n; i++)
			for (size_t k = 0; good && k < countof(SHEETS); k++)
				if (mn_str_eq_ascii(t.v[i].part, mn_str_c(SHEETS[k])))
					good = read_table(x, path, SHEETS[k]);
	}
	flush_facts(x);
	if (good && x->rows == 0)
		return mn_fail(x->err, MN_E_DATA,
		    "%s: it holds no question of ours: give the workbooks that manumit "
		    "ask wrote, as the suppliers sent them back",
		    path);
	x->out->files += good;
	return good;
}

/* ---- who has not replied ---- */

static void
asked_row(struct answering *x, const struct mn_record *rec, struct mn_out *actions,
    struct mn_out *reminders)
{
	char day[11], late[24];
	int32_t due;
	struct mn_str today = mn_day_print(x->o->as_of, day);
	const struct mn_str *v = rec->v;
	bool done = has_replied(x, handle(rec));
	bool dated = mn_record_day(rec, MN_F_DUE, &due);
	bool overdue = !done && dated && due < x->o->as_of;
	struct mn_str cell[] = {v[MN_F_ENTITY], v[MN_F_ENTITY_NAME], v[MN_F_COUNTRY],
	    v[MN_F_ACTION_ID], v[MN_F_ACTION], v[MN_F_OWNER], v[MN_F_DUE],
	    done ? MN_S("done") : MN_S("open"), done ? today : MN_STR_NONE,
	    mn_arena_fmt(
		&x->a, done ? "replied by %.*s" : "no reply by %.*s", MN_FMT(today)),
	    today};
	row(actions, cell, countof(cell));
	x->out->asked++;
	x->out->replied += done;
	x->out->late += overdue;
	if (done)
		return;
	struct mn_str days = MN_STR_NONE;
	if (overdue) {
		int n = snprintf(late, sizeof late, "%d", (int)(x->o->as_of - due));
		days = mn_str(late, (size_t)n);
	}
	struct mn_str remind[] = {v[MN_F_ENTITY], v[MN_F_ENTITY_NAME], v[MN_F_COUNTRY],
	    v[MN_F_ACTION], v[MN_F_DUE], days, v[MN_F_NOTE]};
	row(reminders, remind, countof(remind));
}

static struct mn_out *
table(struct answering *x, const char *name, const char *head)
{
	struct mn_out *o = mn_out_open(
	    mn_arena_fmt(&x->a, "%s/%s%c", x->o->dir, name, 0).p, 0644, x->err);
	if (o)
		mn_out_c(o, head);
	return o;
}

static bool
finish(struct answering *x, struct mn_out *o, bool good)
{
	if (o && good)
		return mn_out_commit(o, true, NULL, x->err);
	mn_out_abort(o);
	return false;
}

static bool
who_replied(struct answering *x)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 30, NULL), a = root;
	struct mn_diag diag = {.emit = NULL};
	struct mn_record rec;
	bool noted;
	int more = -1;
	struct mn_out *actions = table(x, "actions.csv",
	    "entity,entity_name,country,action_id,action,owner,due,action_status,done_on,"
	    "note,recorded_on\n");
	struct mn_out *reminders = table(
	    x, "reminders.csv", "entity,entity_name,country,asked,due,days_late,file\n");
	struct mn_input *in = actions && reminders
				  ? mn_input_open(&a, x->o->mappings, x->o->asked,
					MN_K_ACTIONS, &diag, x->err)
				  : NULL;
	while (in && (more = mn_input_next(in, 0, &rec, &noted, x->err)) == 1)
		asked_row(x, &rec, actions, reminders);
	if (in)
		mn_input_close(in);
	mn_arena_free(root);
	bool good = finish(x, actions, more == 0);
	return finish(x, reminders, more == 0) && good;
}

bool
mn_answers(
    const struct mn_answers_opts *o, struct mn_answers_result *out, struct mn_err *err)
{
	struct mn_arena root = mn_arena_new((size_t)1 << 32, NULL);
	struct answering x = {.o = o, .out = out, .a = root, .err = err};
	*out = (struct mn_answers_result){0};
	x.findings = table(&x, "findings.csv",
	    "entity,entity_name,country,indicator,direction,strength,source_class,date,"
	    "status,description,reference\n");
	x.suppliers = table(&x, "suppliers.csv",
	    "id,name,country,workers,migrant_share,agency_share,women_share,product,"
	    "sector,origin_country\n");
	bool good = x.findings && x.suppliers;
	for (uint32_t i = 0; good && i < o->n_file; i++)
		good = read_file(&x, o->file[i]);
	bool kept = finish(&x, x.findings, good);
	good = finish(&x, x.suppliers, good) && kept;
	good = good && (!o->asked || who_replied(&x));
	mn_arena_free(root);
	return good;
}
