# make            build ./mailfilter and libexec/
# make demo       set up, build, play the main job on sample mail
# make check      set up, build, run all the tests
# make check-long the long proofs; make bench the measurements; make fuzz
# make sim        two years of a clerk's office, SEED=1
# make install    DESTDIR= PREFIX=/usr/local PROGRAM_PREFIX=
# SANITIZE=address,undefined builds with sanitizers; CC=clang works too.

VERSION = 0.1.0
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
PROGRAM_PREFIX ?=
CC ?= gcc
ifeq ($(origin CC),default)
CC = gcc
endif

NAME = $(PROGRAM_PREFIX)mailfilter
BINDIR = $(PREFIX)/bin
LIBEXECDIR = $(PREFIX)/libexec/$(NAME)
DATADIR = $(PREFIX)/share/$(NAME)
MANDIR = $(PREFIX)/share/man

B = build
WARN = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Werror
HARDEN = -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
	-fstack-clash-protection -fcf-protection -fPIE
LDHARDEN = -pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed
ifdef SANITIZE
B = build/$(SANITIZE)
HARDEN = -fsanitize=$(SANITIZE) -fno-omit-frame-pointer -fPIE
LDHARDEN = -fsanitize=$(SANITIZE) -pie
endif
CFLAGS ?= -O2 -g
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(CFLAGS) $(HARDEN) $(WARN) -MMD -MP \
	-DVERSION='"$(VERSION)"' $(EXTRA_CFLAGS)
# Only these know where things are installed.
PLACES = -DLIBEXECDIR='"$(LIBEXECDIR)"' -DDATADIR='"$(DATADIR)"' \
	-DMANDIR='"$(MANDIR)"' -DSYSCONFDIR='"$(SYSCONFDIR)"'

cflags = $(subst -I,-isystem ,$(shell pkg-config --cflags $(1) 2>/dev/null))
# libetpan's file carries the link specs of its own build: not for us.
libs = $(filter-out -specs=%,$(shell pkg-config --libs $(1) 2>/dev/null))

PARSER_PKGS = gmime-3.0 libpcre2-8 jansson libseccomp
STORE_PKGS = glib-2.0 sqlite3
TEMPLATES_PKGS = gmime-3.0 jansson
FILTER_PKGS = $(PARSER_PKGS) $(STORE_PKGS) libconfuse
EXTRACT_PKGS = libxml-2.0 zlib glib-2.0 jansson libseccomp
DKIM_PKGS = opendkim glib-2.0 libseccomp
SIGN_PKGS = gmime-3.0 jansson libseccomp
SEND_PKGS = libetpan gnutls glib-2.0 jansson
RENDER_PKGS = $(TEMPLATES_PKGS) pangocairo libqpdf libqrencode zlib libxml-2.0 liblzma libseccomp
SCREEN_PKGS = ncursesw glib-2.0 jansson

objects = $(patsubst %.c,$(B)/%.o,$(wildcard $(1)/*.c))
PARSER_O = $(call objects,parser)
STORE_O = $(call objects,store)
TEMPLATES_O = $(call objects,templates)
FILTER_O = $(filter-out $(B)/filter/main.o,$(call objects,filter))
EXTRACT_O = $(call objects,parser/extract)
DKIM_O = $(call objects,parser/dkim)
RENDER_O = $(call objects,templates/render)
SEND_O = $(call objects,filter/send)
SIGN_O = $(call objects,filter/sign)
SCREEN_O = $(call objects,filter/screen)

X = $(if $(SANITIZE),$(B)/,)
PROGRAMS = $(X)mailfilter $(X)libexec/mailfilter-extract \
	$(X)libexec/mailfilter-render $(X)libexec/mailfilter-send $(X)libexec/mailfilter-sign \
	$(X)libexec/mailfilter-dkim $(X)libexec/mailfilter-pipe \
	$(X)libexec/mailfilter-screen

# V=1 shows the commands.
Q = $(if $(V),,@)
say = @printf '  %-6s %s\n' $(1) $(2)

INDEX = $(if $(SANITIZE),,parser/words/labels.index)
all: $(PROGRAMS) $(INDEX)

# What the helper shares with its folder: plain objects without gmime.
EXTRACT_SHARED = $(B)/parser/event.o $(B)/parser/eventtext.o $(B)/parser/money.o $(B)/parser/day.o \
	$(B)/parser/frame.o $(B)/parser/habits.o $(B)/parser/months.o \
	$(B)/parser/csvmap.o $(B)/parser/labels.o $(B)/parser/labels_index.o $(B)/parser/lex.o
SEND_SHARED = $(B)/filter/spawn.o

$(X)mailfilter: $(B)/filter/main.o $(B)/libfilter.a $(B)/libparser.a \
		$(B)/libstore.a $(B)/libtemplates.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(FILTER_PKGS)) -lm
$(X)libexec/mailfilter-extract: $(EXTRACT_O) $(EXTRACT_SHARED)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(EXTRACT_PKGS))
$(X)libexec/mailfilter-dkim: $(DKIM_O)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(DKIM_PKGS)) -lresolv
$(X)libexec/mailfilter-render: $(RENDER_O) $(B)/libtemplates.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(RENDER_PKGS)) -lm
$(X)libexec/mailfilter-send: $(SEND_O) $(SEND_SHARED)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(SEND_PKGS))
$(X)libexec/mailfilter-sign: $(SIGN_O)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(SIGN_PKGS))
$(X)libexec/mailfilter-screen: $(SCREEN_O)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(SCREEN_PKGS))
# The vocabularies of bank mails, ready to be mapped.
$(B)/labels-index: $(B)/parser/index/main.o $(B)/libparser.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(PARSER_PKGS))
parser/words/labels.index: $(wildcard parser/words/*.labels) $(B)/labels-index
	$(call say,INDEX,$@)
	$(Q)$(B)/labels-index parser/words
# In front of mailfilter under a mail server: static, so that it always starts.
$(X)libexec/mailfilter-pipe: filter/pipe/main.c
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE $(CFLAGS) -fstack-protector-strong \
		-D_FORTIFY_SOURCE=2 $(WARN) -static -DBINDIR='"$(BINDIR)"' \
		-DNAME='"$(NAME)"' -DLIBEXECDIR='"$(LIBEXECDIR)"' -o $@ $<

$(B)/libparser.a: $(PARSER_O)
$(B)/libstore.a: $(STORE_O)
$(B)/libtemplates.a: $(TEMPLATES_O)
$(B)/libfilter.a: $(FILTER_O)
$(B)/lib%.a:
	$(call say,AR,$@)
	@rm -f $@
	$(Q)ar rcs $@ $^

$(B)/parser/extract/%.o: PKGS = $(EXTRACT_PKGS)
$(B)/parser/dkim/%.o: PKGS = $(DKIM_PKGS)
$(B)/parser/%.o: PKGS = $(PARSER_PKGS)
$(B)/store/%.o: PKGS = $(STORE_PKGS)
$(B)/templates/render/%.o: PKGS = $(RENDER_PKGS)
$(B)/templates/%.o: PKGS = $(TEMPLATES_PKGS)
$(B)/filter/send/%.o: PKGS = $(SEND_PKGS)
$(B)/filter/sign/%.o: PKGS = $(SIGN_PKGS)
$(B)/filter/screen/%.o: PKGS = $(SCREEN_PKGS)
$(B)/filter/%.o: PKGS = $(FILTER_PKGS)
$(B)/tests/unit/%.o: PKGS = $(FILTER_PKGS)
$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) $(WHERE) $(call cflags,$(PKGS)) -c -o $@ $<

$(B)/filter/context.o $(B)/filter/place.o: WHERE = $(PLACES)
$(B)/filter/context.o $(B)/filter/place.o: $(B)/places

# Other flags: everything is built anew. Another prefix: what knows of it.
$(B)/flags: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || \
		printf '%s\n' '$(CC) $(ALL_CFLAGS)' >$@
$(B)/places: FORCE
	@mkdir -p $(B)
	@printf '%s\n' '$(PLACES)' | cmp -s - $@ || \
		printf '%s\n' '$(PLACES)' >$@
FORCE:

# The schema and its migrations are compiled in as text.
$(B)/store/schema.inc: store/schema.sql $(wildcard store/migrate/*.sql)
	@mkdir -p $(@D)
	store/embed.sh $^ >$@.new && mv $@.new $@
$(STORE_O): $(B)/store/schema.inc
$(STORE_O): EXTRA_CFLAGS += -I$(B)/store

# Code lists too.
$(B)/filter/codes.inc: filter/embed.sh $(sort $(wildcard filter/codes/*))
	@mkdir -p $(@D)
	filter/embed.sh $(filter filter/codes/%,$^) >$@.new && mv $@.new $@
$(B)/filter/codes.o: $(B)/filter/codes.inc
$(B)/filter/codes.o: EXTRA_CFLAGS += -I$(B)/filter

# One program a file: tests/unit/NAME.c -> build/tests/unit/NAME
$(B)/tests/unit/extract_%: $(B)/tests/unit/extract_%.o $(EXTRACT_SHARED) \
		$(filter-out %/main.o %/sandbox.o,$(EXTRACT_O))
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(EXTRACT_PKGS))
UNITS = $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/*.c))
$(B)/tests/unit/%: $(B)/tests/unit/%.o $(B)/libfilter.a $(B)/libparser.a \
		$(B)/libstore.a $(B)/libtemplates.a
	$(call say,LINK,$@)
	$(Q)$(CC) $(LDHARDEN) -o $@ $^ $(call libs,$(FILTER_PKGS)) -lm
units: $(UNITS)

# Fuzz targets: make fuzz [FUZZ_SECONDS=60] builds and runs them with clang.
FUZZERS = $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))
FUZZ_SECONDS ?= 60
$(B)/tests/fuzz/%.o: PKGS = $(FILTER_PKGS)
$(B)/tests/fuzz/extract_%: $(B)/tests/fuzz/extract_%.o $(EXTRACT_SHARED) \
		$(filter-out %/main.o %/sandbox.o,$(EXTRACT_O))
	$(call say,LINK,$@)
	$(Q)$(CC) -fsanitize=fuzzer,address,undefined -o $@ $^ \
		$(call libs,$(EXTRACT_PKGS))
$(B)/tests/fuzz/%: $(B)/tests/fuzz/%.o $(B)/libfilter.a $(B)/libparser.a \
		$(B)/libstore.a $(B)/libtemplates.a
	$(call say,LINK,$@)
	$(Q)$(CC) -fsanitize=fuzzer,address,undefined -o $@ $^ \
		$(call libs,$(FILTER_PKGS)) -lm
fuzzers: $(FUZZERS)
fuzz:
	@$(MAKE) -s CC=clang SANITIZE=fuzzer-no-link,address,undefined fuzzers
	@tests/fuzz/run $(FUZZ_SECONDS)

setup:
	@filter/packaging/setup build
setup-check:
	@filter/packaging/setup check

demo: setup
	@$(MAKE) -s all
	@tests/demo/run

check: setup-check
	@$(MAKE) -s -j$$(nproc) all units
	@tests/run

check-long: setup-check
	@$(MAKE) -s -j$$(nproc) all units
	@TEST_TIMEOUT=3600 TEST_JOBS=1 tests/run long

# Small worlds; SIZE=400,4000,2000 (customers, invoices, payments) is large.
WORLDS ?= ledgers:normal:711,ledgers:hard:811,cases:normal:711,cases:hard:811
SIZE ?= 200,2000,600
bench: setup-check
	@$(MAKE) -s all
	@tests/bench/run
	@tests/bench/scale
	@tests/bench/remind
	@tests/bench/documents
	@tests/bench/match --peers --worlds '$(WORLDS)' --size '$(SIZE)'

D = $(DESTDIR)
# The large simulation: customers, days; SEED=, SIM_SIZE= change it.
SEED ?= 1
SIM_SIZE ?= --customers 2000 --days 730 --batch .9
sim: setup-check
	@$(MAKE) -s all
	@tests/sim/play --seed $(SEED) $(SIM_SIZE) --rule

install: all
	install -d $(D)$(BINDIR) $(D)$(LIBEXECDIR) $(D)$(DATADIR)
	install -m 755 $(X)mailfilter $(D)$(BINDIR)/$(NAME)
	install -m 755 $(X)libexec/mailfilter-* $(D)$(LIBEXECDIR)
	filter/packaging/install-data '$(D)' $(DATADIR) $(MANDIR) $(NAME) \
		$(PREFIX) $(BINDIR)

uninstall:
	rm -f $(D)$(BINDIR)/$(NAME)
	rm -rf $(D)$(LIBEXECDIR) $(D)$(DATADIR)
	rm -f $(D)$(MANDIR)/man[157]/$(NAME).1 \
		$(D)$(MANDIR)/man[157]/$(NAME).conf.5 \
		$(D)$(MANDIR)/man[157]/$(NAME)-bank.5 \
		$(D)$(MANDIR)/man[157]/$(NAME)-invoice.5 \
		$(D)$(MANDIR)/man[157]/$(NAME)-statement.5 \
		$(D)$(MANDIR)/man[157]/$(NAME)-template.7 \
		$(D)$(PREFIX)/share/bash-completion/completions/$(NAME)

clean:
	rm -rf build libexec mailfilter demo parser/words/labels.index

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.PHONY: FORCE all units fuzz fuzzers setup setup-check demo check check-long bench sim install uninstall clean
.SECONDARY:
# For the benchmark: its yardstick is built from the same flags.
print-floor-flags:
	@echo '$(CFLAGS) $(HARDEN)'
