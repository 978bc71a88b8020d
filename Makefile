# SPDX-License-Identifier: Apache-2.0
# make demo: try it · make test: see it checked · make help: all targets

SWIFT ?= swift
PREFIX ?= /usr/local
RELEASE := .build/release
SOURCES := Package.swift $(shell find Sources Themes -type f -not -name '*.1' -not -name '*.md')
PROGRAMS := milkglass milkglass-decoder scenegen
BUILD := $(SWIFT) build -c release --static-swift-stdlib -Xlinker -s

.PHONY: help deps build demo test soak attack fuzz xterm lint bench bench-picture install clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

deps: ## install the Debian packages that are missing, and nothing else
	@.ci/deps

build: deps $(RELEASE)/.built ## build the release programs

$(RELEASE)/.built: $(SOURCES)
	@echo "Building Milkglass; the first time takes some minutes."
	@set -e; for program in $(PROGRAMS); do $(BUILD) --product $$program; done
	@touch $@

demo: build ## make synthetic clips and a vault, and review them
	@$(RELEASE)/milkglass demo

test: deps ## build and run the whole test suite
	@SWIFT="$(SWIFT)" .ci/test

soak: deps ## run what is exhaustive about keys, sealing, consent, log, looks, mark and kills: many minutes
	@MILKGLASS_SOAK=1 $(SWIFT) test --disable-xctest \
	  --filter 'SealingTests|ClipVaultTests|AuditLogTests|LabelStoreTests|PhotographTests|LookScreenTests|LookFaultTests|KilledDayTests|ResumeTests|KeyStormTests|UnreadTerminalTests'

fuzz: deps ## throw damaged input at every reader (FUZZ_SECONDS=600 each) and 10,000 damaged clips at decoders
	@SWIFT="$(SWIFT)" .ci/fuzz

attack: build ## attack our own locked processes, and compare the release programs' symbols
	@set -e; for product in attack-extension attack-probe; do $(BUILD) --product $$product; done
	@$(RELEASE)/attack-probe
	@$(RELEASE)/attack-probe rights
	@MILKGLASS_RELEASE=$(RELEASE) $(SWIFT) test --disable-xctest --filter AttackTests

xterm: ## compare sixel pictures pixel by pixel in xterm and libsixel (needs xvfb xterm xdotool imagemagick libsixel-bin)
	@MILKGLASS_XTERM=1 $(SWIFT) test --disable-xctest --filter 'XtermTests|SixelPeerTests'

lint: ## check the format of every Swift file
	@$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Themes

bench: build ## measure start, keys, labels and bytes, as ratios to a limit
	@$(BUILD) --product milkglass-bench
	@$(RELEASE)/milkglass-bench

bench-picture: deps ## measure all ways to draw beside other encoders: time, bytes, likeness
	@$(BUILD) --product picture-bench
	@$(RELEASE)/picture-bench

install: build ## install under PREFIX (/usr/local)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/libexec/milkglass \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/doc/milkglass \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install $(RELEASE)/milkglass $(DESTDIR)$(PREFIX)/bin/
	install $(RELEASE)/milkglass-decoder $(RELEASE)/scenegen \
	  $(DESTDIR)$(PREFIX)/libexec/milkglass/
	install -m 644 Sources/milkglass/milkglass.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 Sources/milkglass/kiosk.md $(DESTDIR)$(PREFIX)/share/doc/milkglass/
	$(RELEASE)/milkglass completions bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/milkglass
	$(RELEASE)/milkglass completions zsh \
	  > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_milkglass
	$(RELEASE)/milkglass completions fish \
	  > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/milkglass.fish

clean: ## remove what was built
	rm -rf .build
