# `make run` and `make test` work on a fresh machine with make, Python 3.11 or newer, and nothing else.

# The first Python that is new enough; name another with `make setup PYTHON=...`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
COMPILE := $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-header \
	--no-emit-options
DATA ?=
NEWS ?= $(addprefix tests/desks/,a b c d e)

.PHONY: help setup run test check lint types imports bench soak fit fitnews kindred lock clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@sed -nE 's/^([a-z]+):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(STAMP)  ## make .venv with everything in it

# All talk of it goes to standard error: the output of `make run` is the bot's alone.
$(STAMP): requirements.txt requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "Dateline needs Python 3.11 or newer; name it with: make setup PYTHON=/path/to/python" >&2; exit 1; }
	@echo "setting up $(VENV), once; it takes about a minute" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt >&2
	@touch $@

run: $(STAMP)  ## the console, or the Telegram bot when TELEGRAM_TOKEN is set
	@$(BIN)/python bot.py

test: $(STAMP)  ## the tests
	@$(BIN)/python -m pytest

check: lint types imports test  ## lint, types, import contracts, then the tests

lint: $(STAMP)  ## style and formatting, by ruff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(STAMP)  ## types, by mypy
	@$(BIN)/mypy

imports: $(STAMP)  ## who may import whom, by import-linter
	@$(BIN)/lint-imports

bench: $(STAMP)  ## figures: medians, side by side with plain rankers
	@$(BIN)/python -m pytest -m bench -s --timeout 7200 tests/bench

soak: $(STAMP)  ## long runs of random and hostile input
	@$(BIN)/python -m pytest -m soak -s --timeout 7200

fit: $(STAMP)  ## fit the weights of store/lookup: make fit DATA=folder
	@test -n "$(DATA)" || { echo "name the folder with stories.jsonl and questions.jsonl: make fit DATA=folder" >&2; exit 1; }
	@$(BIN)/python -m store.lookup.fitting.ranking "$(DATA)"

fitnews: $(STAMP)  ## fit what differs for news, after fit: make fitnews, or NEWS="folder folder ..."
	@$(BIN)/python -m store.lookup.fitting.news $(NEWS)

kindred: $(STAMP)  ## list words of one matter anew: make kindred DATA="glove.6B.50d.txt minilm.txt" WORDNET=dict
	@test -n "$(DATA)" -a -n "$(WORDNET)" || { echo 'name the files of word vectors and the folder of WordNet: make kindred DATA="glove.6B.50d.txt minilm.txt" WORDNET=dict' >&2; exit 1; }
	@$(BIN)/python -m store.lookup.fitting.distilling $(DATA) --wordnet "$(WORDNET)"

lock: $(STAMP)  ## write the locked requirements anew
	$(COMPILE) --output-file requirements.txt requirements.in
	$(COMPILE) --output-file requirements-dev.txt requirements-dev.in

clean:  ## take .venv away
	rm -rf $(VENV)
