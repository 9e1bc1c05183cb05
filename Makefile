# pgsquint. `make demo` and `make check` install what is missing, build, and
# show or test; `make` alone only builds. Products go to build/.

VERSION := 0.1.0

PREFIX  ?= /usr/local
BINDIR  ?= $(PREFIX)/bin
MANDIR  ?= $(PREFIX)/share/man
DESTDIR ?=

BUILD ?= build
# Where libpg_query 18 is installed; `make deps` puts it there.
PGQUERY_PREFIX ?= $(CURDIR)/build/deps/libpg_query/usr

CFLAGS  ?= -O2 -g
PKG_CONFIG ?= pkg-config
PACKAGES := jansson yaml-0.1 libpcre2-8

# gcc, clang: DEVELOPER=1 makes warnings errors. SANITIZE=address,undefined.
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wwrite-strings -Wpointer-arith -Wundef -Wcast-qual \
	-Wold-style-definition
ifeq ($(DEVELOPER),1)
WARNINGS += -Werror
endif
ifneq ($(SANITIZE),)
SANITIZE_FLAGS := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
endif

# The goals that compile stop here, in one line, when something is missing.
.DEFAULT_GOAL := all
INSTALL_DEPS := CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' \
	PGQUERY_PREFIX='$(PGQUERY_PREFIX)' sh src/tools/install_deps.sh
ifneq ($(filter all install run-demo run-check run-bench run-truth programs,$(or $(MAKECMDGOALS),all)),)
MISSING := $(shell $(INSTALL_DEPS) --missing build)
ifneq ($(MISSING),)
$(error missing: $(MISSING) ("make deps" gets it))
endif
endif

# PostgreSQL's nodes are read through pointers to their first member.
PROJECT_CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L -fno-strict-aliasing \
	-pthread $(WARNINGS) $(SANITIZE_FLAGS) \
	-DPGSQUINT_VERSION='"$(VERSION)"' -Isrc -I$(BUILD)/generated \
	-isystem $(PGQUERY_PREFIX)/include \
	-isystem $(PGQUERY_PREFIX)/include/pg_query \
	-isystem $(PGQUERY_PREFIX)/include/pg_query/postgres \
	$(shell $(PKG_CONFIG) --cflags $(PACKAGES) 2>/dev/null)
PGQUERY_LIBRARY := $(firstword $(wildcard $(PGQUERY_PREFIX)/lib/*/libpg_query.a \
	$(PGQUERY_PREFIX)/lib/libpg_query.a))
LIBRARIES := $(PGQUERY_LIBRARY) \
	$(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lm
COMPILE = $(CC) $(CPPFLAGS) $(CFLAGS) $(PROJECT_CFLAGS) -MMD -MP
LINK = $(CC) $(CFLAGS) $(SANITIZE_FLAGS) -pthread $(LDFLAGS)

SOURCES := $(sort $(wildcard src/base/*.c src/input/*.c src/sql/*.c \
	src/schema/*.c src/schema/builtin/*.c src/query/*.c src/replay/*.c \
	src/locks/*.c src/lint/*.c src/output/*.c))
RULES   := $(sort $(wildcard rules/*/*.c))
HEADERS := $(sort $(wildcard src/*/*.h src/*/*/*.h rules/*/*.h))
TESTS   := $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard testdata/unit/*_test.c)))
BENCH_PROGRAMS := $(BUILD)/testdata/bench/parse_only \
	$(BUILD)/testdata/bench/generate_history \
	$(BUILD)/testdata/bench/replay_cost
WRITE_EXAMPLES := $(BUILD)/src/tools/write_examples
GENERATED := $(BUILD)/generated/rule_table.c

# Stands before libpg_query, which needs it; in an archive the linker would
# have passed it over by then.
COMPATIBILITY := $(BUILD)/src/sql/compatibility.o
OBJECTS := $(filter-out $(COMPATIBILITY),$(SOURCES:%.c=$(BUILD)/%.o)) \
	$(RULES:%.c=$(BUILD)/%.o) $(GENERATED:.c=.o)
LIBRARY := $(BUILD)/libpgsquint.a

# V=1 shows whole commands, -s none.
IS_SILENT := $(findstring s,$(firstword -$(MAKEFLAGS)))
say = $(if $(V),,@$(if $(IS_SILENT),,echo "  $(1) $@" && ))

.PHONY: all
all: $(BUILD)/pgsquint

$(BUILD)/pgsquint: $(BUILD)/src/main.o $(LIBRARY) $(COMPATIBILITY)
	$(call say,LINK)$(LINK) -o $@ $^ $(LIBRARIES)

$(LIBRARY): $(OBJECTS) $(BUILD)/objects
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $(OBJECTS)

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(COMPILE) -c -o $@ $<

$(BUILD)/generated/%.o: $(BUILD)/generated/%.c $(BUILD)/flags
	$(call say,CC)$(COMPILE) -c -o $@ $<

.SECONDARY: $(TESTS:%=%.o) $(BENCH_PROGRAMS:%=%.o)
$(BUILD)/testdata/unit/%: $(BUILD)/testdata/unit/%.o $(LIBRARY) $(COMPATIBILITY)
	$(call say,LINK)$(LINK) -o $@ $^ $(LIBRARIES) -lcmocka

# Rewritten, and so newer than what was built, only when they say something
# else than last time.
$(BUILD)/flags: export TEXT = $(COMPILE) $(LINK) $(LIBRARIES)
$(BUILD)/objects: export TEXT = $(OBJECTS)
$(BUILD)/flags $(BUILD)/objects: FORCE
	@mkdir -p $(@D)
	@echo "$$TEXT" | cmp -s - $@ || echo "$$TEXT" >$@

# The table of rules, likewise.
$(BUILD)/generated/rule_table.c: src/tools/generate_rule_table.sh FORCE
	@mkdir -p $(@D)
	@sh $< $(RULES) >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# The table of node fields, from the installed headers of libpg_query.
NODE_HEADERS := $(PGQUERY_PREFIX)/include/pg_query/postgres
$(BUILD)/generated/field_table.inc: src/tools/generate_fields.awk $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,GEN)awk -f $< \
		$(addprefix $(NODE_HEADERS)/nodes/,nodes.h lockoptions.h \
		parsenodes.h primnodes.h value.h nodetags.h) \
		$(NODE_HEADERS)/copyfuncs.funcs.c >$@.new
	@mv $@.new $@
$(BUILD)/src/sql/fields.o: $(BUILD)/generated/field_table.inc

# What libpg_query.a may want and this machine's C library lacks.
$(BUILD)/generated/link_test.h: src/tools/test_link.sh $(BUILD)/flags
	@mkdir -p $(@D)
	@sh $< $(BUILD)/generated/link_test $(CC) $(LDFLAGS) >$@.new
	@mv $@.new $@
$(COMPATIBILITY): $(BUILD)/generated/link_test.h

# What a stranger types. The second make sees what the first installed.
PARALLEL = $(if $(filter -j%,$(MAKEFLAGS)),,-j$$(nproc 2>/dev/null || echo 1))
.PHONY: demo check run-demo run-check programs
demo check: deps
	@$(MAKE) --no-print-directory $(PARALLEL) run-$@

run-demo: all
	@sh src/tools/demo.sh $(BUILD)/pgsquint

# UPDATE=1 rewrites what the tests expect.
run-check: programs
	@UPDATE='$(UPDATE)' sh src/tools/check.sh $(BUILD)

programs: all $(TESTS) $(BENCH_PROGRAMS) $(WRITE_EXAMPLES)

# The rules' examples as files.
$(WRITE_EXAMPLES): $(WRITE_EXAMPLES).o $(LIBRARY) $(COMPATIBILITY)
	$(call say,LINK)$(LINK) -o $@ $^ $(LIBRARIES)

# deps: for make and make check; deps-dev: also for make lint and make bench;
# deps-truth: also for make truth.
.PHONY: deps deps-dev deps-truth
deps:
	@$(INSTALL_DEPS) build check
deps-dev: deps
	@$(INSTALL_DEPS) dev
deps-truth: deps
	@$(INSTALL_DEPS) truth

# The skeletons of a rule and of its cases: rules/README.md.
.PHONY: new-rule
new-rule:
	@sh src/tools/new_rule.sh '$(FAMILY)' '$(RULE)'

.PHONY: lint format
lint: deps-dev
	@MAKE='$(MAKE)' sh src/tools/lint.sh $(BUILD)/lint
format:
	clang-format -i $$(git ls-files '*.c' '*.h')

# A header that compiles alone, for lint.
.PHONY: headers
headers: $(HEADERS:%=$(BUILD)/headers/%.o)
$(BUILD)/headers/%.o: % $(BUILD)/flags
	@mkdir -p $(@D)
	@echo '#include "$<"' | $(COMPILE) -I. -x c -c -o $@ -

# Against libpg_query alone and squawk; rewrites testdata/bench/RESULTS.md.
.PHONY: bench run-bench
bench: deps-dev
	@$(MAKE) --no-print-directory $(PARALLEL) run-bench
run-bench: all $(BENCH_PROGRAMS)
	@sh src/tools/bench.sh $(BUILD) $(BENCH_PROGRAMS)

$(BUILD)/testdata/bench/replay_cost: $(BUILD)/testdata/bench/replay_cost.o \
		$(LIBRARY) $(COMPATIBILITY)
	$(call say,LINK)$(LINK) -o $@ $^ $(LIBRARIES)
$(BUILD)/testdata/bench/%: $(BUILD)/testdata/bench/%.o $(COMPATIBILITY)
	$(call say,LINK)$(LINK) -o $@ $^ $(PGQUERY_LIBRARY) -lm

# Against real servers: testdata/README.md. HISTORIES='DIR DIR' adds migration
# histories; TRUTH='--versions 13,18' and the like go to truth.py.
.PHONY: truth truth-short run-truth
truth: deps-truth
	@$(MAKE) --no-print-directory $(PARALLEL) run-truth
truth-short: deps-truth
	@$(MAKE) --no-print-directory $(PARALLEL) run-truth \
		TRUTH='--versions 13,18 --calls 500 --random 500 --plans 400 $(TRUTH)'
run-truth: all $(WRITE_EXAMPLES)
	@python3 -B src/tools/truth/truth.py --pgsquint $(BUILD)/pgsquint \
		--write-examples $(WRITE_EXAMPLES) \
		$(HISTORIES:%=--add-history %) $(TRUTH)

# The built-in catalogue, again from the servers.
.PHONY: builtin
builtin: deps-truth
	@python3 -B src/tools/truth/builtin.py build/deps/postgres

.PHONY: install uninstall
install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(MANDIR)/man7
	install -m 755 $(BUILD)/pgsquint $(DESTDIR)$(BINDIR)/pgsquint
	install -m 644 man/pgsquint.1 $(DESTDIR)$(MANDIR)/man1/pgsquint.1
	install -m 644 man/pgsquint-rules.7 \
		$(DESTDIR)$(MANDIR)/man7/pgsquint-rules.7
uninstall:
	rm -f $(DESTDIR)$(BINDIR)/pgsquint \
		$(DESTDIR)$(MANDIR)/man1/pgsquint.1 \
		$(DESTDIR)$(MANDIR)/man7/pgsquint-rules.7

# What was downloaded stays: build/deps.
.PHONY: clean
clean:
	rm -rf $(filter-out $(BUILD)/deps,$(wildcard $(BUILD)/*))

.PHONY: FORCE
FORCE:

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
