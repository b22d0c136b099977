# What a developer or CI needs. `make` alone prints this list.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
PORT   ?= 5000
HOST   ?= 127.0.0.1
RUNNER ?= python -m pytest
export HOST PORT
# What is compiled is kept, whatever is set outside: each of many starts would compile it anew.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast check format lint types contracts endure bench pictures lock clean

help:  ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready  ## Set up everything below .venv and stop

$(VENV)/.ready: pyproject.toml requirements.lock requirements-setup.lock
	$(PYTHON) -m venv $(VENV)
	( $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-setup.lock \
	  && $(BIN)/uv pip sync -q --python $(BIN)/python --require-hashes requirements.lock ) \
	|| $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

run: setup  ## Start a demo factory in the middle of its coat season (PORT=, HOST=)
	$(BIN)/didim demo --host $(HOST) --port $(PORT)

test: setup  ## Run every test, PostgreSQL and browser included
	$(BIN)/python -m tests.prepare
	$(BIN)/$(RUNNER) -n 2 --dist loadscope --no-loadscope-reorder

test-fast: setup  ## Run the tests without browser and PostgreSQL
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not browser and not postgresql"

format: setup  ## Lay out the code
	$(BIN)/ruff format . && $(BIN)/ruff check --fix-only -q .

lint: setup  ## Look for faults in the code's form
	$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: setup  ## Check every type
	$(BIN)/mypy

contracts: setup  ## Check who imports whom
	$(BIN)/lint-imports

check: lint types contracts  ## Everything CI asks for: form, types, imports, `make test`, coverage
	$(BIN)/coverage erase
	$(MAKE) test RUNNER="coverage run -m pytest"
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

endure: setup  ## The long tests: kills, fuzzing, big backups
	$(BIN)/python -m pytest tests/endure -m endure -p no:cacheprovider

bench: setup  ## Measure speed as ratios to a ceiling taken in the same run
	$(BIN)/python -m tests.bench

pictures: setup  ## Take the README's screenshots from the running program
	$(BIN)/python -m tests.pictures

lock: setup  ## Renew requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-header \
	  --no-annotate --python-version 3.11 --upgrade -q -o requirements.lock

clean:  ## Remove what can be made again
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage* .import_linter_cache build *.egg-info
