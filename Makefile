# The two commands of the README: `make site` and `make test`. Both install what they need into .venv.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := pyproject.toml

.PHONY: bench site test check format clean judges
.DEFAULT_GOAL := site
# Tests start the program hundreds of times: compiled modules are kept even where the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

site: .venv/site.stamp  ## install, and build the demo into site/
	$(BIN)/clusterpress build
	@echo "Open it with: $(PYTHON) -m http.server --directory site"

test: .venv/test.stamp judges  ## install the test tools, and run every test
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: .venv/test.stamp judges  ## format, lint, types, contracts, our own content, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/clusterpress check
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Some tests look at results with Debian's programs and two judges and an editor from npm; without them they say that they are skipped.
judges:
	@missing=; \
	for pair in chromium:chromium qpdf:qpdf pdftotext:poppler-utils java:openjdk-17-jre-headless node:nodejs npm:npm; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null && missing=; \
	fi; \
	[ -z "$$missing" ] || echo "Not here, so tests that need them are skipped:$$missing"; \
	if [ node_modules/.package-lock.json -nt package-lock.json ]; then :; \
	elif command -v npm >/dev/null && npm ci --loglevel=error >/dev/null; then touch node_modules/.package-lock.json; \
	else echo "npm could not install axe, the Nu HTML checker and the editor, so tests that need them are skipped"; fi

format: .venv/test.stamp  ## put the code in its usual form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what was built or installed here
	rm -rf .venv node_modules site .clusterpress .bench dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv || { echo 'On Debian: apt-get install python3-venv'; rm -rf .venv; exit 1; }

.venv/site.stamp: .venv/bin/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/test.stamp: .venv/bin/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ .venv/site.stamp

# The comparison with Hugo (bench/README.md). Flags: make bench BENCH="--sizes 1000 --repeat 1 --only edit"
BENCH ?= --write bench/RESULTS.md
bench: .venv/site.stamp .bench/hugo.stamp  ## measure against Hugo on 100, 1,000 and 10,000 posts
	$(BIN)/python -m bench $(BENCH)

.bench/hugo.stamp: bench/requirements.txt
	$(PYTHON) -m venv .bench/venv
	.bench/venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement bench/requirements.txt
	@touch $@
