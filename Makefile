# rfmkit: make lab, make test. Needs Python 3.11 to 3.13 and GNU make 3.81 or newer.
# On Windows without make, see README.

EDITION = zh-TW
# Which Python to build the environment with; empty: the first that fits.
PYTHON =
LABFLAGS =
PYTESTFLAGS = -n 2 --dist worksteal

VENV = .venv
# Two stamps, so that a change of pyproject.toml installs the kit anew and nothing else.
LIBRARIES = $(VENV)/.libraries
READY = $(VENV)/.ready
# The oldest libraries that pyproject.toml allows live in an environment of their own.
FLOOR = .venv-floor
FLOOR_READY = $(FLOOR)/.ready
# What builds the site lives in one too, for JupyterLab would load the site's kernel.
SITE = .venv-site
SITE_READY = $(SITE)/.ready
SITEFLAGS =
# What builds the site to read has Sphinx in it.
DOCS = .venv-docs
DOCS_READY = $(DOCS)/.ready
HANDOUTFLAGS =
RELEASEFLAGS =
BROWSERTESTS = tests/browser
BROWSER_READY = $(VENV)/.browser
# What grades a class is the instructor's; the engines for large ledgers are nobody's by default.
GRADE_READY = $(VENV)/.grade
ENGINES = .venv-engines
ENGINES_READY = $(ENGINES)/.ready
ENGINE_TESTS = tests/test_engines.py tests/test_fast_excel.py tests/test_lesson_spark.py \
	tests/test_merge.py tests/test_tier_parquet.py
BIG5 = $(VENV)/locale

# Windows' shells (Git Bash, MSYS2) run this too; there a venv has Scripts, not bin.
ifeq ($(OS),Windows_NT)
BIN = Scripts
else
BIN = bin
endif
PY = $(VENV)/$(BIN)/python

# Every file in UTF-8 whatever the machine's locale, and no window opens.
export PYTHONUTF8 = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# THE NOTEBOOKS' TEST: runs notebooks/ and solutions/ and compares with the stored outputs.
NBVAL = RFMKIT_PROGRESS=off $(PY) -m pytest --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg -n 2 --dist loadfile \
	notebooks solutions

# Tests of how the house is built and of the notebooks need more than the libraries; those of two
# hundred cases and of the layers say the same whatever the libraries are.
NOT_ON_FLOOR = --ignore=tests/browser --ignore-glob='*/test_build*.py' --ignore-glob='*/test_notebook*.py' \
	--ignore-glob='*/test_questions*.py' \
	--ignore=tests/classroom/test_progress.py --ignore=tests/classroom/test_mistake_table.py --ignore=tests/test_house.py --ignore=tests/test_wheel.py \
	--ignore=tests/test_layers.py --ignore=tests/test_font.py --ignore=tests/test_gallery.py \
	--ignore=tests/grading --ignore=tests/test_release.py --ignore=tests/test_handouts.py \
	--ignore=tests/test_course_site.py --ignore=tests/test_workflows.py --ignore=tests/test_lay_out.py
# Tests that read, write or print, which is where a locale bites. (Not those of the shipped books:
# a checkout's Chinese file names are UTF-8, which such a locale cannot spell.)
LOCALE_TESTS = tests/test_cells.py tests/test_ledger_files.py tests/test_transactions.py \
	tests/test_workbook.py tests/test_report.py tests/test_tier.py \
	tests/test_tables.py tests/test_labels.py tests/test_strategies.py tests/test_cli.py \
	tests/test_doctor.py

.PHONY: site docs-site handouts release test-browser test-site test-engines grade
.PHONY: help lab doctor test pytest nbval fresh lint build wheel bench test-seeds test-floor test-big5 lock clean distclean

help:
	@echo 'make lab               open JupyterLab at the start notebook (zh-TW)'
	@echo 'make lab EDITION=en    the same, in English'
	@echo 'make doctor            what is wrong with this set-up, if anything, and how to mend it'
	@echo 'make test              lint, tests, notebooks run anew, built files fresh'
	@echo 'make build             build the notebooks from source/'
	@echo 'make lint              ruff alone'
	@echo 'make test-seeds        every question on two hundred cases'
	@echo 'make test-floor        the tests on the oldest libraries allowed'
	@echo 'make test-big5         the tests under a Big5 locale'
	@echo 'make test-engines      large ledgers in Polars, DuckDB, Dask, Spark; workbooks read fast'
	@echo 'make grade             what rfmkit grade needs, into .venv'
	@echo 'make test-browser      JupyterLab, the site and the pages in a real browser'
	@echo 'make site              the site that runs in a browser, into dist/site'
	@echo 'make bench             time the kit beside its peers, into benchmarks/RESULTS.md'
	@echo 'make docs-site         the course as a web site to read, into dist/docs'
	@echo 'make handouts          handouts (HTML, PDF) and slides, into dist/handouts'
	@echo 'make release           wheel, sdist, and the zips for teachers and students'
	@echo 'make wheel             the package, into dist/'
	@echo 'make lock              requirements.lock anew (needs uv)'
	@echo 'make clean             remove what tests and builds leave; distclean: .venv too'
	@echo 'PYTHON=/path/to/python chooses the Python that .venv is made with.'

lab: $(READY)
	@$(PY) -m rfmkit lab --edition $(EDITION) $(LABFLAGS)

doctor: $(READY)
	@$(PY) -m rfmkit doctor

test: lint pytest nbval fresh

pytest: $(GRADE_READY)
	$(PY) -m pytest -n 2 $(PYTESTFLAGS) --ignore=tests/browser

nbval: $(READY)
	$(NBVAL)

fresh: $(READY)
	$(PY) -m rfmkit build --check

lint: $(READY)
	$(PY) -m ruff check .

build: $(READY)
	$(PY) -m rfmkit build

wheel: $(READY)
	$(PY) -m build --no-isolation

# lifetimes and pymc-marketing may live elsewhere: RFMKIT_PEERS=/path/to/python make bench
bench: $(READY)
	$(PY) benchmarks/bench.py

lock: $(READY)
	$(PY) tools/make_lock.py

# Every question on two hundred cases: some ten minutes.
test-seeds: $(READY)
	RFMKIT_SEEDS=200 $(PY) -m pytest -n 2 tests/classroom/test_questions.py $(PYTESTFLAGS)

test-floor: $(FLOOR_READY)
	$(FLOOR)/$(BIN)/python -m pytest -n 2 -p no:cacheprovider $(NOT_ON_FLOOR) $(PYTESTFLAGS)

# The package's tests under a locale that is not UTF-8, as on Windows in Taiwan.
test-big5: $(READY)
	@if mkdir -p $(BIG5) && localedef -i zh_TW -f BIG5 $(BIG5)/zh_TW.BIG5 >/dev/null 2>&1 \
	    || [ -d $(BIG5)/zh_TW.BIG5 ]; then \
	  LOCPATH="$(HERE)/$(BIG5)" LC_ALL=zh_TW.BIG5 PYTHONUTF8=0 \
	    $(PY) -m pytest -n 2 -p no:cacheprovider $(LOCALE_TESTS) $(PYTESTFLAGS); \
	else \
	  echo "No localedef with the locale zh_TW here (Debian: locales): not tried."; \
	fi

# Spark needs a Java; without one its tests are skipped and told.
test-engines: $(ENGINES_READY)
	$(ENGINES)/$(BIN)/python -m pytest -n 2 -p no:cacheprovider $(ENGINE_TESTS) $(PYTESTFLAGS)

grade: $(GRADE_READY)

# Needs a Chromium (CHROMIUM=/path names one), and npm, which fetches the browser's Python; what is
# missing is skipped and told.
test-browser: $(BROWSER_READY) $(SITE_READY)
	$(PY) -m pytest -n 2 --dist loadfile $(BROWSERTESTS)

# The same tests and every lesson on the site that `make site` made, with the real libraries; where
# the network allows.
test-site: $(BROWSER_READY)
	RFMKIT_SITE="$(HERE)/dist/site" $(PY) -m pytest tests/browser/test_site.py

docs-site: $(DOCS_READY)
	$(DOCS)/$(BIN)/python tools/make_course_site.py

# HANDOUTFLAGS="--only 05 --lang en" makes one of them.
handouts: $(READY)
	$(PY) tools/make_handouts.py $(HANDOUTFLAGS)

# RELEASEFLAGS=--final refuses while the changelog has no date.
release: $(READY)
	$(PY) tools/make_release.py $(RELEASEFLAGS)

site: $(SITE_READY)
	$(SITE)/$(BIN)/python tools/make_site.py $(SITEFLAGS)

clean:
	rm -rf dist build .pytest_cache .ruff_cache .hypothesis
	find rfmkit rfmgrade tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV) $(FLOOR) $(SITE) $(DOCS) $(ENGINES)

# An environment knows its folder by heart: after a move or a copy it must be made anew. So must
# one whose Python was taken away. The stamps hold the folder they were made in.
HERE := $(shell pwd -P)
ifneq ($(wildcard $(LIBRARIES)),)
ifneq "$(shell $(PY) -c '' 2>/dev/null && cat $(LIBRARIES))" "$(HERE)"
$(LIBRARIES): moved
endif
endif
ifneq ($(wildcard $(SITE_READY)),)
ifneq "$(shell cat $(SITE_READY))" "$(HERE)"
$(SITE_READY): moved
endif
endif
ifneq ($(wildcard $(FLOOR_READY)),)
ifneq "$(shell cat $(FLOOR_READY))" "$(HERE)"
$(FLOOR_READY): moved
endif
endif
.PHONY: moved
moved:

# Sets $$python to a Python that fits, or says what to install. A shim may stand in the path and
# still fail, so each is asked.
find_python = \
	python=; no_venv=; \
	for try in $(if $(PYTHON),"$(PYTHON)",python3.13 python3.12 python3.11 python3 python); do \
	  "$$try" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	    >/dev/null 2>&1 || continue; \
	  if "$$try" -c 'import ensurepip, venv' >/dev/null 2>&1; then python=$$try; break; fi; \
	  no_venv=$$try; \
	done; \
	if [ -z "$$python" ] && [ -n "$$no_venv" ]; then \
	  echo "$$no_venv is there, but its venv module is not complete." >&2; \
	  echo "On Debian and Ubuntu: sudo apt install python3-venv   Then run make again." >&2; \
	  exit 1; \
	fi; \
	if [ -z "$$python" ]; then \
	  echo "No Python 3.11, 3.12 or 3.13 was found$(if $(PYTHON), at $(PYTHON))." >&2; \
	  echo "Install one (python.org, or your system's packages), or name it:" >&2; \
	  echo "  make lab PYTHON=/path/to/python3.12" >&2; \
	  exit 1; \
	fi

$(LIBRARIES): requirements.lock
	@$(find_python); \
	echo "Making the environment in $(VENV) with $$python (about two minutes, once) ..."; \
	rm -rf $(VENV) && "$$python" -m venv $(VENV)
	@$(PY) -m pip install --quiet -r requirements.lock
	@pwd -P > $(LIBRARIES)

$(READY): $(LIBRARIES) pyproject.toml
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@pwd -P > $(READY)
	@echo "The environment is ready."

$(FLOOR_READY): tests/requirements-floor.txt
	@$(find_python); \
	echo "Making the environment of the oldest libraries in $(FLOOR) with $$python ..."; \
	rm -rf $(FLOOR) && "$$python" -m venv $(FLOOR)
	@$(FLOOR)/$(BIN)/python -m pip install --quiet -r tests/requirements-floor.txt
	@pwd -P > $(FLOOR_READY)

ifneq ($(wildcard $(DOCS_READY)),)
ifneq "$(shell cat $(DOCS_READY))" "$(HERE)"
$(DOCS_READY): moved
endif
endif

# Writes the libraries of the extra $(1) into the file $(2), one a line; $(3) is the Python to ask.
list_extra = $(3) -c "import tomllib; told = tomllib.load(open('pyproject.toml', 'rb')); \
	print(*told['project']['optional-dependencies']['$(1)'], sep='\n')" > $(2)

$(SITE_READY): pyproject.toml
	@$(find_python); \
	echo "Making the environment that builds the site in $(SITE) with $$python ..."; \
	rm -rf $(SITE) && "$$python" -m venv $(SITE)
	@$(call list_extra,site,$(SITE)/libraries.txt,$(SITE)/$(BIN)/python)
	@$(SITE)/$(BIN)/python -m pip install --quiet -r $(SITE)/libraries.txt
	@pwd -P > $(SITE_READY)

ifneq ($(wildcard $(ENGINES_READY)),)
ifneq "$(shell cat $(ENGINES_READY))" "$(HERE)"
$(ENGINES_READY): moved
endif
endif
$(ENGINES_READY): pyproject.toml requirements.lock
	@$(find_python); \
	echo "Making an environment with the engines in $(ENGINES) with $$python ..."; \
	rm -rf $(ENGINES) && "$$python" -m venv $(ENGINES)
	@$(ENGINES)/$(BIN)/python -c "import tomllib; told = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
	extras = told['optional-dependencies']; wanted = ('dask', 'duckdb', 'excel', 'polars', 'spark'); \
	print(*told['dependencies'], *(line for name in wanted for line in extras[name]), \
	'hypothesis', 'pytest', 'pytest-xdist', sep='\n')" > $(ENGINES)/libraries.txt
	@$(ENGINES)/$(BIN)/python -m pip install --quiet -c requirements.lock -r $(ENGINES)/libraries.txt
	@pwd -P > $(ENGINES_READY)

# Sphinx reads the docstrings, so the package's own libraries are needed as well.
$(DOCS_READY): pyproject.toml requirements.lock
	@$(find_python); \
	echo "Making the environment that builds the pages in $(DOCS) with $$python ..."; \
	rm -rf $(DOCS) && "$$python" -m venv $(DOCS)
	@$(DOCS)/$(BIN)/python -c "import tomllib; told = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
	extras = told['optional-dependencies']; \
	print(*told['dependencies'], *extras['docs'], *extras['clusters'], *extras['clv'], sep='\n')" > $(DOCS)/libraries.txt
	@$(DOCS)/$(BIN)/python -m pip install --quiet -c requirements.lock -r $(DOCS)/libraries.txt
	@pwd -P > $(DOCS_READY)

$(BROWSER_READY): $(READY)
	@$(call list_extra,browser,$(VENV)/browser.txt,$(PY))
	@$(PY) -m pip install --quiet -r $(VENV)/browser.txt
	@touch $(BROWSER_READY)

$(GRADE_READY): $(READY)
	@$(call list_extra,grade,$(VENV)/grade.txt,$(PY))
	@$(PY) -m pip install --quiet -c requirements.lock -r $(VENV)/grade.txt
	@touch $(GRADE_READY)
