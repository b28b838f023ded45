# The two commands of the README: `make site` and `make test`. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := pyproject.toml

.PHONY: site test check format clean
.DEFAULT_GOAL := site

site: .venv/site.stamp  ## install, and build the demo into site/
	$(BIN)/clusterpress build
	@echo "Open it with: $(PYTHON) -m http.server --directory site"

test: .venv/test.stamp  ## install the test tools, and run every test
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/test.stamp  ## format, lint, types, contracts, our own content, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/clusterpress check
	$(BIN)/python -m pytest -n 2 --dist worksteal

format: .venv/test.stamp  ## put the code in its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what was built or installed here
	rm -rf .venv site .clusterpress dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv || { echo 'On Debian: apt-get install python3-venv'; rm -rf .venv; exit 1; }

.venv/site.stamp: .venv/bin/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/test.stamp: .venv/bin/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/site.stamp
