/* The checks of `manumit doctor`: the machine, then the data. */
#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/utsname.h>

#include "manumit/base/json.h"
#include "manumit/base/sandbox.h"
#include "manumit/connectors/csv.h"
#include "manumit/resolve/match.h"
#include "manumit/text/decode.h"

#include "doctor.h"

#define MIB ((uint64_t)1 << 20)
/* A run over 100 k suppliers takes 200 MiB of memory and 250 MiB of disk (`make bench`);
 * the note comes at ten times that, the problem where a small run fails. */
#define DISK_NOTE (2048 * MIB)
#define DISK_PROBLEM (64 * MIB)
#define MEMORY_NOTE (1024 * MIB)
#define MEMORY_PROBLEM (128 * MIB)
#define ADDRESSES_NOTE (65536 * MIB) /* arenas and maps are reserved, not used */

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#else
#define COMPILER "gcc " __VERSION__
#endif

static void
failed(struct mn_doctor *d, const struct mn_err *err)
{
	mn_doctor_say(d, MN_PROBLEM, "%s (%s); %s", err->msg, mn_code_text(err->code),
	    mn_code_fix(err->code));
}

/* ---- the machine ---- */

static void
program(struct mn_doctor *d)
{
	struct utsname u;
	if (uname(&u) != 0)
		memset(&u, 0, sizeof u);
	mn_doctor_say(d, MN_FINE, "manumit %s, built by %s; %s %s on %s", MN_VERSION,
	    COMPILER, u.sysname, u.release, u.machine);
}

static void
libraries(struct mn_doctor *d)
{
	static void (*const LIBRARY[])(struct mn_buf *) = {mn_store_library,
	    mn_json_library, mn_text_library, mn_hash_library, mn_csv_library};
	struct mn_buf b = mn_buf_new(1024);
	for (size_t i = 0; i < countof(LIBRARY); i++) {
		if (i)
			mn_buf_add(&b, MN_S(", "));
		LIBRARY[i](&b);
	}
	mn_doctor_say(d, MN_FINE, "%.*s", MN_FMT(mn_buf_str(&b)));
	mn_buf_free(&b);
}

/* The trials that ended so, with commas. */
static struct mn_str
trials(struct mn_arena *a, const struct mn_sandbox_trial *t, bool refused)
{
	struct mn_str s = MN_STR_NONE;
	for (size_t i = 0; i < MN_TRIALS; i++) {
		bool was = t[i].end == MN_TRIAL_REFUSED || t[i].end == MN_TRIAL_STOPPED;
		if (was == refused)
			s = mn_arena_fmt(
			    a, "%.*s%s%s", MN_FMT(s), s.n ? ", " : "", t[i].what);
	}
	return s;
}

static void
sandbox(struct mn_doctor *d)
{
	struct mn_sandbox_trial t[MN_TRIALS];
	unsigned in = mn_sandbox_try(MN_BOX_ALL, t);
	struct mn_str held = trials(&d->c->arena, t, true),
		      open = trials(&d->c->arena, t, false);
	if (held.n)
		mn_doctor_say(d, MN_FINE,
		    "whoever takes over the parser of a file cannot: %.*s (tried)",
		    MN_FMT(held));
	if (open.n)
		mn_doctor_say(d, MN_REMARK,
		    "whoever takes over the parser of a file could still: %.*s; read "
		    "files of strangers on a machine with Landlock (Linux 5.13) and "
		    "seccomp",
		    MN_FMT(open));
	if (in & MN_BOX_LANDLOCK)
		mn_doctor_say(
		    d, MN_FINE, "Landlock version %d", mn_sandbox_landlock_abi());
	else
		mn_doctor_say(d, MN_REMARK,
		    "no Landlock: this kernel has it not, or not "
		    "switched on");
	if (in & MN_BOX_SECCOMP)
		mn_doctor_say(d, MN_FINE, "a filter of system calls (seccomp)");
	else
		mn_doctor_say(d, MN_REMARK, "no filter of system calls: %s",
		    mn_sandbox_has_seccomp() ? "a sanitizer watches this program"
					     : "this kernel or machine has none");
	mn_doctor_say(d, in & MN_BOX_LIMITS ? MN_FINE : MN_REMARK, "limits %s",
	    in & MN_BOX_LIMITS ? "on memory, processor time, files and processes"
			       : "could not all be set");
}

/* A line of /proc/meminfo in bytes; 0: the system does not say. */
static uint64_t
meminfo(const char *name)
{
	char line[256];
	unsigned long long kib = 0;
	size_t n = strlen(name);
	FILE *f = fopen("/proc/meminfo", "re");
	while (f && kib == 0 && fgets(line, sizeof line, f))
		if (strncmp(line, name, n) == 0 && line[n] == ':')
			sscanf(line + n + 1, "%llu", &kib);
	if (f)
		fclose(f);
	return kib * 1024;
}

static void
memory(struct mn_doctor *d)
{
	struct rlimit r;
	uint64_t all = meminfo("MemTotal"), left = meminfo("MemAvailable");
	enum mn_health h = left == 0               ? MN_REMARK
			   : left < MEMORY_PROBLEM ? MN_PROBLEM
			   : left < MEMORY_NOTE    ? MN_REMARK
						   : MN_FINE;
	mn_doctor_say(d, h, "%llu MiB available of %llu MiB%s",
	    (unsigned long long)(left / MIB), (unsigned long long)(all / MIB),
	    h == MN_PROBLEM ? ": too little; end other programs" : "");
	if (getrlimit(RLIMIT_AS, &r) == 0 && r.rlim_cur < ADDRESSES_NOTE)
		mn_doctor_say(d, MN_REMARK,
		    "addresses are limited to %llu MiB (ulimit -v): large inputs will "
		    "not fit, although their memory would",
		    (unsigned long long)(r.rlim_cur / MIB));
}

static void
space(struct mn_doctor *d, const char *what, const char *dir)
{
	struct statvfs st;
	if (statvfs(dir, &st) != 0) {
		mn_doctor_say(d, MN_PROBLEM, "%s %s: %s", what, dir, strerror(errno));
		return;
	}
	uint64_t left = (uint64_t)st.f_bavail * st.f_frsize;
	enum mn_health h = left < DISK_PROBLEM ? MN_PROBLEM
			   : left < DISK_NOTE  ? MN_REMARK
					       : MN_FINE;
	if (st.f_flag & ST_RDONLY)
		mn_doctor_say(d, MN_PROBLEM, "%s %s: cannot be written to", what, dir);
	else
		mn_doctor_say(d, h, "%s %s: %llu MiB free%s", what, dir,
		    (unsigned long long)(left / MIB),
		    h == MN_PROBLEM ? ": too little; make room" : "");
}

static void
disk(struct mn_doctor *d)
{
	const char *dir = d->c->data_dir;
	if (dir && mn_path_exists(dir))
		space(d, "store", dir);
	else if (dir)
		mn_doctor_say(
		    d, MN_REMARK, "store %s: not there yet; screen -d will make it", dir);
	else
		space(d, "here", ".");
	space(d, "temporary files", P_tmpdir);
}

/* ---- the data ---- */

static void
store(struct mn_doctor *d)
{
	struct mn_err err;
	if (!d->c->data_dir || !mn_path_exists(d->c->data_dir))
		return;
	struct mn_gen *g = mn_run_open(d->c->data_dir, 0, &err);
	if (g)
		mn_doctor_say(d, MN_FINE, "%s: generation %llu, %llu MiB", d->c->data_dir,
		    (unsigned long long)mn_gen_number(g),
		    (unsigned long long)(mn_gen_bytes(g) / MIB));
	else if (err.code == MN_E_NOTFOUND || err.code == MN_E_NOINPUT)
		mn_doctor_say(d, MN_REMARK, "%s: no run yet", d->c->data_dir);
	else
		failed(d, &err);
	mn_gen_close(g);
}

static const char *
share(struct mn_doctor *d, const char *under)
{
	return mn_arena_fmt(&d->c->arena, "%s/%s%c", mn_cli_share(d->c), under, 0).p;
}

static void
packs(struct mn_doctor *d)
{
	struct mn_err err;
	struct mn_buf b = mn_buf_new(4096);
	const char *dir = share(d, "indicators");
	const struct mn_pack *p = mn_pack_load(&d->c->arena, dir, &err);
	for (uint32_t i = 0; p && i < p->n_file; i++)
		mn_buf_fmt(&b, "%s%.*s %.*s", i ? ", " : "", MN_FMT(p->file[i].id),
		    MN_FMT(p->file[i].version));
	if (p)
		mn_doctor_say(d, MN_FINE, "%s: %.*s", dir, MN_FMT(mn_buf_str(&b)));
	else
		failed(d, &err);
	mn_buf_free(&b);
}

static void
layouts(struct mn_doctor *d)
{
	struct mn_err err;
	struct mn_str id, title;
	struct mn_matcher matcher = {0};
	unsigned long long n = 0;
	const char *dir = share(d, "connectors");
	const struct mn_mappings *m = mn_mappings_load(&d->c->arena, dir, &err);
	if (!m) {
		failed(d, &err);
		return;
	}
	while (mn_mappings_source(m, n, &id, &title))
		n++;
	mn_doctor_say(
	    d, MN_FINE, "%s: header words, countries, %llu known layouts", dir, n);
	dir = share(d, "connectors/names");
	if (mn_matcher_open(&matcher, &d->c->arena, dir, mn_mappings_countries(m), &err))
		mn_doctor_say(d, MN_FINE, "%s: words of names, the fitted model", dir);
	else
		failed(d, &err);
	mn_matcher_close(&matcher);
}

/* Ages of fetched lists and of shipped tables belong here, as a row each. */
const struct mn_check MN_CHECKS[] = {
    {"program", program},
    {"libraries", libraries},
    {"sandbox", sandbox},
    {"memory", memory},
    {"disk", disk},
    {"store", store},
    {"packs", packs},
    {"layouts", layouts},
};
const size_t MN_N_CHECKS = countof(MN_CHECKS);
