# `make run` and `make test` work on a fresh machine with Python 3.11+, make and nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup run test check lint types imports bench soak lock fit clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(STAMP)  ## make .venv with everything in it

$(STAMP): requirements-dev.txt requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Dateline needs Python 3.11 or newer; name one with: make setup PYTHON=python3.11" >&2; exit 1; }
	@echo "setting up $(VENV) (once, about a minute)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt >&2
	@touch $@

run: $(STAMP)  ## the console, or the Telegram bot when TELEGRAM_TOKEN is set
	@$(BIN)/python bot.py

test: $(STAMP)  ## the tests
	@$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

imports: $(STAMP)
	$(BIN)/lint-imports

check: lint types imports test  ## lint, types, import contracts, tests

bench: $(STAMP)  ## figures: medians, side by side with plain rankers
	$(BIN)/python -m pytest -m bench -s tests/bench

soak: $(STAMP)  ## long runs of random and hostile input
	$(BIN)/python -m pytest -m soak -s --timeout 7200

lock: $(STAMP)  ## write the locked requirements anew
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements.txt requirements.in
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --output-file requirements-dev.txt requirements-dev.in

clean:
	rm -rf $(VENV)
