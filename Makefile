# The index of commands. `make` alone lists them.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PORT ?=
ROOMS ?=
NAMES ?=
COUNT ?=
PROCESSES ?= 2
# What goes through the whole house runs lines of which it says nothing: it does not count, and goes faster unmeasured.
THROUGH = tests/house tests/fault tests/journeys
# Some rooms alone are not measured against the whole house's coverage.
MEASURED = --cov --cov-report=term $(if $(ROOMS),--cov-fail-under=0 $(ROOMS:%=tests/%),$(THROUGH:%=--ignore=%))
WHOLE = $(if $(ROOMS),true ||)
# Where every branch must be tested: the ledger, and who may do what and when.
WATCHED = audit/*,*/permissions.py,*/policies.py,agencies/access.py,agencies/roles.py

.DEFAULT_GOAL := help
.PHONY: help run install install-demo install-dev programs assets check format test test-full messages bench demo-reset lock clean

help:  ## List the commands
	@grep -hE '^[a-z-]+:.*  ## ' $(MAKEFILE_LIST) | sed 's/:.*  ## /\t/' | expand -t 14

run: install-demo  ## Everything on this machine: database, broker, web, worker, mail catcher. PORT=8123
	@exec $(BIN)/python -m config.run $(if $(PORT),--port $(PORT))

install: install-dev  ## Only install: Python packages and the front-end's
	@$(BIN)/python -c "from config.run import steps; from config.embedded.secrets import make_secrets; make_secrets(); steps.bring_front_end(); steps.compile_languages()"
	@$(BIN)/python manage.py pack_postcodes --verbosity 0

install-demo: .venv/demo.stamp
install-dev: .venv/dev.stamp

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }

.venv/demo.stamp: requirements/base.txt requirements/demo.txt | .venv/bin/python
	@echo "Installing what the house runs on ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/demo.txt
	@touch $@

.venv/dev.stamp: requirements/dev.txt .venv/demo.stamp | .venv/bin/python
	@echo "Installing what tests and checks need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/demo.txt -r requirements/dev.txt
	@touch $@

programs: install-dev
	@$(BIN)/python -m config.run.programs

assets: install-demo  ## Bring and compile the front-end
	@$(BIN)/python -c "from config.run.steps import bring_front_end as bring; from config.embedded.secrets import make_secrets; make_secrets(); bring()"

check: install  ## Format, lint, types, layers, migrations, dependencies
	@$(BIN)/python -m config.run.checks

format: install-dev  ## Write files as `make check` wants them
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix . && git ls-files -z 'templates/*.html' | xargs -0r $(BIN)/djade --target-version 5.2

test: check programs  ## All checks, then unit, integration and browser tests
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal -m "not full" $(MEASURED)
	@$(WHOLE) $(BIN)/python -m coverage report --include="$(WATCHED)" --fail-under=100
	@$(WHOLE) $(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal -m "not full" $(THROUGH)

test-full: check programs  ## Everything at full size, with real faults. ROOMS="referrals audit" for some rooms
	@$(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(MEASURED)
	@$(WHOLE) $(BIN)/python -m coverage report --include="$(WATCHED)" --fail-under=100
	@$(WHOLE) $(BIN)/python -m pytest -n $(PROCESSES) --dist worksteal $(THROUGH)

messages: install-demo  ## Gather the public words into locale/cy and docs/welsh.md, and compile
	@$(BIN)/python manage.py messages

bench: install  ## Measure, one JSON object a line. NAMES="submit" for some, COUNT=400
	@$(BIN)/python -m benchmarks $(if $(COUNT),--count $(COUNT)) $(NAMES)

demo-reset: install-demo  ## Throw the demonstration away; the next `make run` seeds a new one
	@$(BIN)/python -m config.run.reset

lock: install-dev  ## Pin and hash the requirements and the front-end's packages anew
	@cd requirements && for part in base demo dev; do \
	  ../$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" $$part.in --output-file $$part.txt; done
	@cd requirements && ../$(BIN)/uv pip compile --quiet --upgrade --universal --no-deps --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" benchmark.in --output-file benchmark.txt
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts

clean:  ## Remove what tools leave behind, but no data
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis htmlcov .coverage .coverage.*
