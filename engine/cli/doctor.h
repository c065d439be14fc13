/* Private to the room: what `manumit doctor` looks at. */
#ifndef MN_CLI_DOCTOR_H
#define MN_CLI_DOCTOR_H

#include "cli.h"

enum mn_health {
	MN_FINE,    /* "ok" */
	MN_REMARK,  /* "note": it works; somebody may want to know */
	MN_PROBLEM, /* something needed is not there: exit 78 */
	MN_HEALTHS
};

struct mn_finding {
	enum mn_health health;
	const char *topic; /* of the check, static */
	struct mn_str text;
};

struct mn_doctor {
	struct mn_cli *c;
	const char *topic; /* of the check that runs */
	struct mn_finding finding[128];
	uint32_t n;
};

/* One line of the answer, a sentence without its full stop. */
void mn_doctor_say(struct mn_doctor *d, enum mn_health health, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A check looks at one thing and says what it found, in one line or more. A new one is a
 * function and a row of the table. */
struct mn_check {
	const char *topic;
	void (*fn)(struct mn_doctor *d);
};
extern const struct mn_check MN_CHECKS[];
extern const size_t MN_N_CHECKS;

#endif
