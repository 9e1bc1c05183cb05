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

CC      ?= cc
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
# Linked after libpg_query, which needs it; so it is not in the archive.
COMPATIBILITY := $(BUILD)/src/sql/compatibility.o
LIBRARIES := $(PGQUERY_LIBRARY) $(COMPATIBILITY) \
	$(shell $(PKG_CONFIG) --libs $(PACKAGES) 2>/dev/null) -lm

SOURCES := $(sort $(wildcard src/base/*.c src/input/*.c src/sql/*.c \
	src/schema/*.c src/query/*.c src/lint/*.c src/output/*.c))
RULES   := $(sort $(wildcard rules/*/*.c))
GENERATED := $(BUILD)/generated/rule_table.c
OBJECTS := $(filter-out $(COMPATIBILITY),$(SOURCES:%.c=$(BUILD)/%.o)) \
	$(RULES:%.c=$(BUILD)/%.o) $(GENERATED:.c=.o)
LIBRARY := $(BUILD)/libpgsquint.a

.DEFAULT_GOAL := all
.PHONY: all
all: $(BUILD)/pgsquint

$(BUILD)/pgsquint: $(BUILD)/src/main.o $(LIBRARY)
	$(CC) $(CFLAGS) $(SANITIZE_FLAGS) -pthread $(LDFLAGS) -o $@ $^ $(LIBRARIES)

$(LIBRARY): $(OBJECTS) | $(COMPATIBILITY)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PROJECT_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/generated/%.o: $(BUILD)/generated/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(PROJECT_CFLAGS) -MMD -MP -c -o $@ $<

# The table of node fields, from the installed headers of libpg_query.
NODE_HEADERS := $(PGQUERY_PREFIX)/include/pg_query/postgres
$(BUILD)/generated/field_table.inc: src/tools/generate_fields.awk
	@mkdir -p $(@D)
	awk -f $< $(NODE_HEADERS)/nodes/parsenodes.h \
		$(NODE_HEADERS)/nodes/primnodes.h $(NODE_HEADERS)/nodes/value.h \
		$(NODE_HEADERS)/nodes/nodetags.h \
		$(NODE_HEADERS)/copyfuncs.funcs.c >$@.new
	mv $@.new $@
$(BUILD)/src/sql/fields.o: $(BUILD)/generated/field_table.inc

# What libpg_query.a may want and this machine's C library lacks.
$(BUILD)/generated/link_test.h: src/tools/test_link.sh
	@mkdir -p $(@D)
	sh $< $(BUILD)/generated/link_test $(CC) $(LDFLAGS) >$@.new
	mv $@.new $@
$(COMPATIBILITY): $(BUILD)/generated/link_test.h

# The table of rules, rewritten only when the list of rules changes.
$(BUILD)/generated/rule_table.c: src/tools/generate_rule_table.sh FORCE
	@mkdir -p $(@D)
	@sh $< $(RULES) >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@
.PHONY: FORCE
FORCE:

.PHONY: format
format:
	clang-format -i $$(git ls-files '*.c' '*.h')

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
