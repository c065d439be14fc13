# manumit: `make help` lists the targets. The two that do everything on a fresh machine:
#   make demo    install what is missing, build, screen the examples, print the report's place
#   make check   install what is missing, build, run every test

VERSION := 0.1.0
MODE    ?= release
PREFIX  ?= /usr/local
B       := build/$(MODE)

CC      ?= cc
WARN    := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wdate-time -Werror=implicit-function-declaration \
           -Werror=int-conversion -Werror=incompatible-pointer-types $(if $(WERROR),-Werror)
CPPFLAGS_ALL = -Iinclude -I$(B)/gen -D_GNU_SOURCE -DMN_VERSION='"$(VERSION)"' \
           -DMN_DATADIR='"$(PREFIX)/share/manumit"' $(PKG_CFLAGS) $(CPPFLAGS)
CFLAGS_ALL = -std=c17 -g $(WARN) -ffile-prefix-map=$(CURDIR)=. $(MODE_$(MODE)) $(CFLAGS)
LDFLAGS_ALL = $(LDMODE_$(MODE)) $(LDFLAGS)

MODE_release := -O2 -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fPIE
LDMODE_release := -pie -Wl,-z,relro,-z,now
MODE_debug := -O0
MODE_asan := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined
LDMODE_asan := -fsanitize=address,undefined
MODE_tsan := -O1 -fsanitize=thread
LDMODE_tsan := -fsanitize=thread
MODE_fuzz := -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -w
LDMODE_fuzz := -fsanitize=fuzzer,address,undefined

# ---- what has to be on the machine: module=Debian package ----------------------------
PC_DEPS  := lmdb=liblmdb-dev jansson=libjansson-dev icu-i18n=libicu-dev libsodium=libsodium-dev libcrypto=libssl-dev \
            libcurl=libcurl4-openssl-dev xlsxwriter=libxlsxwriter-dev zlib=zlib1g-dev \
            libzip=libzip-dev expat=libexpat1-dev libxxhash=libxxhash-dev gsl=libgsl-dev cmocka=libcmocka-dev
LIB_PC   := lmdb jansson icu-i18n icu-uc libsodium libcrypto libxxhash libcurl xlsxwriter zlib libzip expat gsl
HDR_DEPS := csv.h=libcsv-dev

# ---- what there is -------------------------------------------------------------------
LIB_SRC  := $(sort $(filter-out engine/cli/%,$(wildcard engine/*/*.c)) $(wildcard connectors/*.c))
CLI_SRC  := $(sort $(wildcard engine/cli/*.c))
TEST_SRC := $(sort $(wildcard tests/unit/test_*.c tests/prop/prop_*.c))
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
LIB_OBJ  := $(LIB_SRC:%.c=$(B)/%.o)
CLI_OBJ  := $(CLI_SRC:%.c=$(B)/%.o)
# Scripts that try the program as users do; common.sh is what they share. The longest is first.
CASES    := tests/fault/run.sh tests/fault/record.sh tests/fault/night.sh $(filter-out %/common.sh,$(sort $(wildcard tests/cases/*.sh)))
TESTS    := $(TEST_SRC:%.c=$(B)/%)
FUZZERS  := $(FUZZ_SRC:%.c=$(B)/%)
DATA     := $(sort $(wildcard indicators/*.json connectors/*.json connectors/sources/*.json connectors/messages/*.json connectors/template/*.json connectors/names/* \
             connectors/keys/* connectors/lists/* connectors/profiles/* connectors/reference/*))
OWN_C    := $(sort $(wildcard engine/*/*.[ch] connectors/*.[ch] include/manumit/*/*.h tests/*/*.[ch]))

NEEDS_DEPS := $(filter-out clean help layers banned format format-check uninstall,$(or $(MAKECMDGOALS),all))
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all demo check asan layers headers banned format format-check bench install uninstall \
        clean help fuzz-run tests cases fit retrieve background bench-csv bench-fees bench-names bench-graph nights browser tsan tsan-run fuzz fuzz-all
ifneq (,$(NEEDS_DEPS))
include build/deps.mk
endif

all: $(B)/libmanumit.a $(if $(CLI_SRC),$(B)/manumit) ## build the program and the library

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# GNU make remakes included makefiles first and then starts over: that is how a missing
# library is installed before anything asks for its flags.
build/deps.mk: Makefile
	@mkdir -p build; need=; \
	command -v pkg-config >/dev/null || need="pkg-config"; \
	command -v $(firstword $(CC)) >/dev/null || need="$$need gcc"; \
	[ -e /usr/include/stdio.h ] || need="$$need libc6-dev"; \
	for d in $(PC_DEPS); do pkg-config --exists $${d%%=*} 2>/dev/null || need="$$need $${d#*=}"; done; \
	for d in $(HDR_DEPS); do [ -e /usr/include/$${d%%=*} ] || need="$$need $${d#*=}"; done; \
	sh .ci/need $$need || exit 2; \
	{ echo "PKG_CFLAGS := $$(pkg-config --cflags $(LIB_PC))"; \
	  echo "PKG_LIBS := $$(pkg-config --libs $(LIB_PC)) -lcsv"; \
	  echo "TEST_LIBS := $$(pkg-config --libs cmocka)"; } >$@.tmp && mv $@.tmp $@

# ---- building ------------------------------------------------------------------------
$(B)/%.o: %.c Makefile build/deps.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<
$(B)/libmanumit.a: $(LIB_OBJ)
	@rm -f $@
	$(Q)ar rcsD $@ $(LIB_OBJ)
$(B)/manumit: $(CLI_OBJ) $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(CLI_OBJ) $(B)/libmanumit.a $(PKG_LIBS)
$(B)/tests/unit/%.o $(B)/tests/prop/%.o: CPPFLAGS += -DMN_SOURCE_DIR='"$(CURDIR)"'
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(TEST_LIBS) $(PKG_LIBS) -lm
$(B)/tests/prop/%: $(B)/tests/prop/%.o $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(TEST_LIBS) $(PKG_LIBS) -lm
# The driver replays the corpus; libFuzzer brings its own.
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(if $(filter fuzz,$(MODE)),,$(B)/tests/fuzz/driver.o) $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)
$(B)/tests/match/%: $(B)/tests/match/%.o $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS) -lm
$(B)/tests/cases/keeps: $(B)/tests/cases/keeps.o $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(TEST_LIBS) $(PKG_LIBS) -lm
$(B)/tests/cases/%: $(B)/tests/cases/%.o
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(B)/libmanumit.a
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)
-include $(LIB_OBJ:.o=.d) $(CLI_OBJ:.o=.d) $(TESTS:=.d) $(FUZZERS:=.d)

# ---- the two commands ----------------------------------------------------------------
demo: all ## install what is missing, build, screen the example data, print where the report is
	$(Q)$(B)/manumit screen examples/suppliers.csv --fees examples/fees.csv \
		--inspections examples/inspections.csv --findings examples/findings.csv \
		--watchlist examples/watchlist.csv --watchlist examples/register.csv \
		--as-of 2026-11-01 -f -o build/demo
	@echo; echo "The report: $(CURDIR)/build/demo/index.html"
check: tests cases fuzz-run ## install what is missing, build, run every test

tests: $(TESTS)
	$(Q)MODE=$(MODE) sh tests/run.sh $(TESTS)
cases: all $(B)/tests/cases/hostile $(B)/tests/cases/fill $(B)/tests/cases/mailbox $(B)/tests/cases/keeps
	$(Q)MANUMIT=$(B)/manumit FILL=$(B)/tests/cases/fill HOSTILE=$(B)/tests/cases/hostile \
		MAILBOX=$(B)/tests/cases/mailbox KEEPS=$(B)/tests/cases/keeps \
		sh tests/run.sh $(CASES)
fuzz-run: $(FUZZERS)
	$(Q)for f in $(FUZZERS); do n=$${f##*/fuzz_}; $$f tests/fuzz/corpus/$$n/* || exit 1; done
asan: ## every test again under AddressSanitizer and UBSan
	$(Q)ASAN_OPTIONS=handle_segv=2:allow_user_segv_handler=0:detect_leaks=1 \
	UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory MODE=asan check

# A list is compiled by threads while the next file is opened, which forks: they wait then, and
# the child starts threads of its own. The sanitizer gives up on that unless told otherwise.
tsan: ## what runs in threads, under ThreadSanitizer
	$(Q)TSAN_OPTIONS=die_after_fork=0 $(MAKE) --no-print-directory MODE=tsan tsan-run
tsan-run: $(B)/tests/unit/test_ordered $(B)/tests/unit/test_lots $(B)/manumit
	$(Q)MODE=$(MODE) sh tests/run.sh $(B)/tests/unit/test_ordered $(B)/tests/unit/test_lots
	$(Q)MANUMIT=$(B)/manumit sh tests/cases/jobs.sh
	$(Q)MANUMIT=$(B)/manumit sh tests/cases/office.sh

fuzz: ## fuzz the parsers with libFuzzer: SECONDS= each (600), TARGETS="csv input" (all)
	$(Q)command -v clang-14 >/dev/null || sh .ci/need clang-14
	$(Q)[ -e /usr/lib/llvm-14/lib/clang/14*/lib/linux/libclang_rt.fuzzer-x86_64.a ] || sh .ci/need libclang-rt-14-dev
	$(Q)$(MAKE) --no-print-directory MODE=fuzz CC=clang-14 fuzz-all
fuzz-all: $(FUZZERS)
	$(Q)sh tests/fuzz/run.sh $(or $(SECONDS),600) $(or $(TARGETS:%=$(B)/tests/fuzz/fuzz_%),$(FUZZERS))

# ---- lints ---------------------------------------------------------------------------
# Who may include whom. A room includes itself and the rooms listed; nothing else.
EDGES := base: ; model: base ; text: base ; store: base ; pack: base model store ; \
         connectors: base model text ; resolve: base model text store pack ; \
         evidence: base model text store pack resolve ; score: base model pack evidence ; \
         report: base model text store pack evidence score ; \
         run: base model text store pack connectors resolve evidence score report ; \
         cli: base model text store pack connectors resolve evidence score report run
# Each third-party header has one home.
HOMES := sodium.h=engine/base/hash.c xxhash.h=engine/base/hash.c openssl/=engine/base/hash.c jansson.h=engine/base/json.c unicode/=engine/text/ \
         lmdb.h=engine/store/ csv.h=connectors/csv.c pthread.h=engine/base/ordered.c \
         curl/=connectors/http.c|connectors/send.c xlsxwriter.h=engine/report/xlsxw.c zlib.h=engine/report/xlsxw_check.c|connectors/gunzip.c \
         zip.h=connectors/archive.c|engine/report/zipw.c expat.h=connectors/xml.c gsl/=engine/score/estimate_fit.c
layers: ## the rooms include only what they may
	$(Q)EDGES='$(EDGES)' HOMES='$(HOMES)' awk -f tests/lint/layers.awk \
		$(sort $(wildcard engine/*/*.[ch] connectors/*.[ch] include/manumit/*/*.h))
headers: ## each public header compiles alone
	$(Q)for h in $(sort $(wildcard include/manumit/*/*.h)); do \
		$(CC) -std=c17 -D_GNU_SOURCE -Iinclude -Wall -Wextra -Werror -fsyntax-only -xc $$h || exit 1; done; \
	echo "headers: $(words $(wildcard include/manumit/*/*.h)) compile alone"
banned: ## no banned function in engine code
	$(Q)sh tests/lint/banned.sh
format-check: ## clang-format agrees
	$(Q)command -v clang-format >/dev/null || sh .ci/need clang-format
	$(Q)clang-format --dry-run -Werror $(OWN_C) && echo "format-check: $(words $(OWN_C)) files"
format: ## let clang-format rewrite
	$(Q)clang-format -i $(OWN_C)

fit: $(B)/tests/match/fit ## refit the name matcher: PAIRS="a.tsv b.tsv" [OUT=connectors/names/model.json]
	$(Q)$< $(if $(OUT),--out $(OUT)) $(PAIRS)
retrieve: $(B)/tests/match/retrieve ## share of matching pairs that looking up finds: PAIRS="a.tsv b.tsv" [TOP=10]
	$(Q)$< --top $(or $(TOP),10) $(PAIRS)
background: $(B)/tests/match/background ## count words: NAMES=file of names, one a line
	$(Q)$< <$(NAMES)

bench: all $(B)/tests/bench/gen ## rows/s, CPU and memory per stage on generated data (N=suppliers, SEED=)
	$(Q)MANUMIT=$(B)/manumit GEN=$(B)/tests/bench/gen sh tests/bench/run.sh $(or $(N),100000) $(or $(SEED),1)

bench-csv: all $(B)/tests/bench/gen ## reading CSV, in turns with DuckDB where DUCKDB_DIR has it (N=rows, SEED=, JOBS=)
	$(Q)MANUMIT=$(B)/manumit GEN=$(B)/tests/bench/gen sh tests/bench/csv.sh $(or $(N),1000000) $(or $(SEED),1)

bench-fees: all $(B)/tests/bench/gen ## rows a CPU second of suppliers and of fee rows (N=suppliers, SEED=)
	$(Q)MANUMIT=$(B)/manumit GEN=$(B)/tests/bench/gen sh tests/bench/fees.sh $(or $(N),100000) $(or $(SEED),1)

browser: all ## the reports in a real browser: use, rules of accessibility, pictures in build/browser/shots
	$(Q)command -v chromium >/dev/null || sh .ci/need chromium fonts-dejavu-core || [ "$(BROWSER)" = optional ]
	$(Q)MANUMIT=$(B)/manumit BROWSER=$(BROWSER) sh tests/browser/run.sh
nights: all ## thirty simulated nights: causes add up, generations are made again, the store stays small
	$(Q)MANUMIT=$(B)/manumit sh tests/bench/nights.sh $(or $(NIGHTS),30)
bench-names: $(B)/tests/bench/names ## look-ups of names: LISTED=, QUERIES=, SEED=
	$(Q)$< $(or $(LISTED),200000) $(or $(QUERIES),20000) $(or $(SEED),1)

bench-graph: $(B)/tests/bench/graph ## exposure over a graph: N=edges, NODES=entities, SEED=
	$(Q)$< $(or $(N),1000000) $(or $(NODES),200000) $(or $(SEED),1)

# ---- installing ----------------------------------------------------------------------
D := $(DESTDIR)$(PREFIX)
install: all ## DESTDIR and PREFIX are honoured
	install -D -m 755 $(B)/manumit $(D)/bin/manumit
	install -D -m 644 engine/cli/manumit.1 $(D)/share/man/man1/manumit.1
	for f in $(DATA); do install -D -m 644 $$f $(D)/share/manumit/$$f || exit 1; done
uninstall: ## removes exactly what install put there
	rm -f $(D)/bin/manumit $(D)/share/man/man1/manumit.1 $(DATA:%=$(D)/share/manumit/%)
	-rmdir $(D)/share/manumit/connectors/messages $(D)/share/manumit/connectors/template $(D)/share/manumit/connectors/lists $(D)/share/manumit/connectors/profiles $(D)/share/manumit/connectors/reference $(D)/share/manumit/connectors/sources \
		$(D)/share/manumit/connectors/names $(D)/share/manumit/connectors/keys $(D)/share/manumit/connectors \
		$(D)/share/manumit/indicators $(D)/share/manumit 2>/dev/null || true
clean: ## remove build/
	rm -rf build

Q := $(if $(V),,@)
