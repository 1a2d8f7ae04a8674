# Every command of the project. A machine needs Python >= 3.11 with venv, make and git; nothing else.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
NODE := $(CURDIR)/$(BIN)/node
WORKERS ?= auto
PORT ?= 8000
TLS ?= 0
DATA ?= data/demo

.PHONY: setup run test check fix bench types screenshots lock help

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## everything that running, checks and tests need
	@$(if $(PYTHON),,$(error Python 3.11 or newer is needed, and none is on the PATH))$(PYTHON) -m tools.setup dev

run: ## the demo at one printed address; PORT=8000, DATA=data/demo, TLS=1 for a phone in the same network
	@$(if $(PYTHON),,$(error Python 3.11 or newer is needed, and none is on the PATH))$(PYTHON) -m tools.setup run
	@$(BIN)/python -m tools.page
	@NUANFENG_LOG_LEVEL=$${NUANFENG_LOG_LEVEL:-warning} NUANFENG_DEMO=1 NUANFENG_DATA_DIR=$(DATA) exec $(BIN)/nuanfeng serve --port $(PORT) $(if $(filter 1,$(TLS)),--tls)

test: check ## all checks, then every test
	cd pwa && $(NODE) node_modules/vitest/vitest.mjs run
	$(BIN)/pytest -n $(WORKERS) --maxprocesses 4

check: setup ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd pwa && $(NODE) node_modules/typescript-native/bin/tsc -b
	cd pwa && $(NODE) node_modules/@biomejs/biome/bin/biome ci .

fix: setup ## format, and mend what the linters can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	cd pwa && $(NODE) node_modules/@biomejs/biome/bin/biome check --write .

bench: setup ## the benchmarks and their figures
	$(BIN)/python -m bench

types: setup ## the page's API types from the OpenAPI document
	$(BIN)/python -m tools.api_types

screenshots: setup ## the pictures in docs/screenshots
	$(BIN)/python -m tools.screenshots

lock: setup ## pin what the .in files and pwa/package.json ask for; UPGRADE=--upgrade or a name renews
	$(BIN)/python -m tools.lock $(UPGRADE)
