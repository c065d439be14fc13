/* Names analysed side by side, compiled one after another. */
#include "analyst.h"
#include "list_batch.h"

#define ITEMS 64 /* of a batch: half a millisecond's work */

struct item {
	bool entry;
	uint8_t kind; /* enum mn_alias */
	char country[4];
	uint64_t ref;
	struct mn_str text; /* name or address */
	union {
		struct mn_names names;
		struct mn_address address;
	} as;
};

struct lot {
	struct mn_arena root, a; /* of the texts */
	uint32_t n;
	struct item item[ITEMS];
};

struct mn_batch {
	struct mn_list_build *to;
	struct mn_ordered *ordered;
	struct mn_arena root;
	struct lot *unit; /* being filled, or NULL */
	char country[4];  /* of the entry at hand */
	uint32_t n_unit;
	void *units[MN_MAX_JOBS * MN_UNITS_PER_JOB], *tools[MN_MAX_JOBS];
};

static void
analyse(void *tool, void *p)
{
	struct mn_analyst *s = ((struct mn_matcher *)tool)->analyst;
	struct lot *u = p;
	for (struct item *i = u->item; i < u->item + u->n; i++)
		if (i->entry)
			mn_address_read(s, i->text, &i->as.address);
		else
			mn_names_analyse(s, i->text, mn_str_c(i->country), &i->as.names);
}

static bool
arrive(void *ctx, void *p, struct mn_err *err)
{
	struct mn_batch *b = ctx;
	struct lot *u = p;
	(void)err;
	for (const struct item *i = u->item; i < u->item + u->n; i++)
		if (i->entry)
			mn_list_add_entry(b->to, i->ref, i->country, &i->as.address);
		else
			mn_list_add_name(
			    b->to, (enum mn_alias)i->kind, i->text, &i->as.names);
	u->n = 0;
	u->a = u->root;
	return true;
}

#define TEXT_BYTES ((size_t)ITEMS << 20) /* a cell has at most MN_MAX_RECORD bytes */

static bool
start(struct mn_batch *b, struct mn_matcher *m, struct mn_crew *crew, struct mn_err *err)
{
	uint32_t jobs = crew ? crew->jobs : 1;
	b->n_unit = jobs == 1 ? 1 : jobs * MN_UNITS_PER_JOB;
	struct mn_arena a = b->root;
	struct lot *unit = MN_NEW(&a, struct lot, b->n_unit);
	for (uint32_t i = 0; i < b->n_unit; i++) {
		unit[i].root = unit[i].a = mn_arena_new(TEXT_BYTES, m->analyst->oom);
		b->units[i] = &unit[i];
	}
	for (uint32_t i = 0; i < jobs; i++)
		b->tools[i] = crew ? &crew->m[i] : m;
	b->ordered = mn_ordered_new(&(struct mn_ordered_job){.map = analyse,
					.commit = arrive,
					.ctx = b,
					.jobs = jobs,
					.tool = b->tools,
					.unit = b->units,
					.n_unit = b->n_unit},
	    err);
	return b->ordered != NULL;
}

struct mn_batch *
mn_batch_new(struct mn_list_build *to, struct mn_matcher *m, struct mn_crew *crew,
    struct mn_err *err)
{
	struct mn_batch *b = mn_handle_new(sizeof *b);
	if (!b) {
		mn_fail(err, MN_E_NOMEM, "list");
		return NULL;
	}
	b->to = to;
	b->root = mn_arena_new(
	    (size_t)MN_MAX_JOBS * MN_UNITS_PER_JOB * sizeof(struct lot), m->analyst->oom);
	if (start(b, m, crew, err))
		return b;
	mn_batch_free(b);
	return NULL;
}

static struct item *
next_item(struct mn_batch *b, struct mn_str text)
{
	struct mn_err never; /* arriving does not fail */
	if (b->unit && b->unit->n == ITEMS) {
		mn_ordered_put(b->ordered);
		b->unit = NULL;
	}
	if (!b->unit)
		b->unit = mn_ordered_unit(b->ordered, &never);
	struct item *i = &b->unit->item[b->unit->n++];
	i->text = mn_arena_str(&b->unit->a, text);
	memcpy(i->country, b->country, sizeof i->country);
	return i;
}

void
mn_batch_entry(
    struct mn_batch *b, uint64_t ref, struct mn_str country, struct mn_str address)
{
	struct mn_party p;
	mn_party_country(&p, country);
	memcpy(b->country, p.country, sizeof p.country);
	struct item *i = next_item(b, address);
	i->entry = true;
	i->ref = ref;
}

void
mn_batch_name(struct mn_batch *b, enum mn_alias kind, struct mn_str name)
{
	struct item *i = next_item(b, name);
	i->entry = false;
	i->kind = (uint8_t)kind;
}

void
mn_batch_finish(struct mn_batch *b)
{
	struct mn_err never;
	if (b->unit && b->unit->n)
		mn_ordered_put(b->ordered);
	b->unit = NULL;
	mn_ordered_finish(b->ordered, &never);
}

void
mn_batch_free(struct mn_batch *b)
{
	if (!b)
		return;
	mn_ordered_free(b->ordered);
	for (uint32_t i = 0; i < b->n_unit; i++)
		mn_arena_free(((struct lot *)b->units[i])->root);
	mn_arena_free(b->root);
	mn_handle_free(b);
}
