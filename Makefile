# rfmkit: make lab opens the lessons, make test tests everything, make help lists the rest.
# Needs Python 3.11 or newer and GNU make 3.81 or newer. On Windows without make, see README.

# zh-TW or en; empty: the language of this system.
EDITION ?=
# Which Python to make environments with, as in PYTHON=/path/to/python3.13; empty: one that fits.
PYTHON =
# More options for rfmkit lab, pytest and the tools.
LABFLAGS =
PYTESTFLAGS =
SITEFLAGS =
HANDOUTFLAGS =
RELEASEFLAGS =
BROWSERTESTS = tests/browser

# Windows' shells (Git Bash, MSYS2) run this too; there an environment has Scripts, not bin.
BIN = $(if $(filter Windows_NT,$(OS)),Scripts,bin)
# Students' environment holds what the lessons need. Whoever changes the kit uses the second.
STUDENT = .venv/$(BIN)/python
DEV = .venv-dev/$(BIN)/python
ENGINES = .venv-engines/$(BIN)/python
FLOOR = .venv-floor/$(BIN)/python
COLAB = .venv-colab/$(BIN)/python
SITE = .venv-site/$(BIN)/python
DOCS = .venv-docs/$(BIN)/python

# Any Python 3 can start tools/environments.py, which finds the one to build with.
starts = $(filter $(1),$(shell command -v $(1) >/dev/null && $(1) -c 'print(f"$(1)")' 2>/dev/null))
START = $(or $(call starts,python3),$(call starts,python),$(call starts,py),$(error \
	Python 3.11 or newer is needed: get it from python.org. 需要 Python 3.11 以上的版本，請到 python.org 下載))

# Every file in UTF-8 whatever the machine's locale.
export PYTHONUTF8 = 1

.PHONY: lab doctor test lint pytest nbval fresh build grade bench lock wheel release handouts site docs-site
.PHONY: test-browser test-site test-engines test-floor test-colab test-seeds test-big5 clean distclean help

lab: env-student ## open JupyterLab at the start notebook; EDITION=en for the English one
	@$(STUDENT) -m rfmkit lab $(if $(EDITION),--edition $(EDITION)) $(LABFLAGS)

doctor: ## what is wrong with this set-up, if anything, and how to mend it
	@$(START) tools/doctor.py $(if $(PYTHON),--python "$(PYTHON)")

test: lint pytest nbval fresh ## lint, tests, notebooks run anew, built files fresh

lint: env-dev ## ruff, and the types of the analysis (mypy)
	$(DEV) -m ruff check .
	$(DEV) -m ruff format --check .
	$(DEV) -m mypy

pytest: env-dev ## the tests but those in a browser
	$(DEV) -m pytest -n 2 --dist worksteal --ignore=tests/browser $(PYTESTFLAGS)

nbval: env-dev ## run notebooks/ and solutions/ and compare with the stored outputs
	RFMKIT_PROGRESS=off $(DEV) -m pytest --nbval --nbval-current-env \
		--nbval-sanitize-with tests/nbval_sanitize.cfg -n 2 --dist loadfile notebooks solutions

fresh: env-dev ## are the built files what source/ makes of them?
	$(DEV) -m rfmkit build --check

build: env-dev ## build the notebooks from source/
	$(DEV) -m rfmkit build

grade: env-dev ## what rfmkit grade needs; then .venv-dev/bin/rfmkit grade ...
	@$(DEV) -m rfmkit grade --help

bench: env-dev ## time the kit beside its peers (RFMKIT_PEERS=/path/to/python), into benchmarks/RESULTS.md
	$(DEV) benchmarks/bench.py

lock: env-dev ## requirements.lock anew (needs uv)
	$(DEV) tools/make_lock.py

wheel: env-dev ## the package, into dist/
	$(DEV) -m build --no-isolation

release: env-dev ## wheel, sdist, and the zips for teachers and students
	$(DEV) tools/make_release.py $(RELEASEFLAGS)

handouts: env-dev ## handouts and slides, into dist/handouts; HANDOUTFLAGS="--only 05 --lang en" makes one
	$(DEV) tools/make_handouts.py $(HANDOUTFLAGS)

site: env-site ## the site that runs in a browser, into dist/site
	$(SITE) tools/make_site.py $(SITEFLAGS)

docs-site: env-docs ## the course as a web site to read, into dist/docs
	$(DOCS) tools/make_course_site.py

# Needs a Chromium (CHROMIUM=/path names one) and npm. What is missing is skipped and told.
test-browser: env-dev env-site ## JupyterLab, the site and the pages in a real browser
	$(DEV) -m pytest $(BROWSERTESTS) $(PYTESTFLAGS)

test-site: env-dev ## the same tests and every lesson on the site that make site made
	RFMKIT_SITE="$(CURDIR)/dist/site" $(DEV) -m pytest tests/browser/test_site.py

# Spark needs a Java; without one its tests are skipped and told.
test-engines: env-engines ## large ledgers in Polars, DuckDB, Dask, Spark; workbooks read fast
	$(ENGINES) -m pytest -n 2 -p no:cacheprovider $(PYTESTFLAGS) tests/test_engines.py \
		tests/test_fast_excel.py tests/test_lesson_spark.py tests/test_merge.py tests/test_tier_parquet.py

# The tests of the house, of the notebooks and of two hundred cases say the same there, or need more.
test-floor: env-floor ## the tests on the oldest libraries allowed
	$(FLOOR) -m pytest -n 2 -p no:cacheprovider $(PYTESTFLAGS) --ignore=tests/browser --ignore=tests/grading \
		$(foreach name,build* notebook* questions*,--ignore-glob='*/test_$(name).py') \
		$(foreach name,progress hints exercises strangers calls,--ignore=tests/classroom/test_$(name).py) \
		--ignore=tests/authoring --ignore=tests/fronts \
		$(foreach name,course_site environments font gallery handouts house lay_out layers release wheel workflows, \
			--ignore=tests/test_$(name).py)

test-colab: env-dev env-colab ## every notebook with Google Colab's versions, without the repository
	RFMKIT_COLAB="$(CURDIR)/$(COLAB)" $(DEV) -m pytest -v -n 2 --dist worksteal tests/fronts $(PYTESTFLAGS)

test-seeds: env-dev ## every question on two hundred cases: some ten minutes
	RFMKIT_SEEDS=200 $(DEV) -m pytest -n 2 tests/classroom/test_questions.py tests/test_boundaries.py $(PYTESTFLAGS)

# Tests that read, write or print, which is where a locale bites. (Not those of the shipped books:
# a checkout's Chinese file names are UTF-8, which such a locale cannot spell.)
BIG5 = build/locale
test-big5: env-dev ## the tests that read and write, under a Big5 locale
	@mkdir -p $(BIG5) && localedef -i zh_TW -f BIG5 $(BIG5)/zh_TW.BIG5 >/dev/null 2>&1; \
	if [ -d $(BIG5)/zh_TW.BIG5 ]; then \
	  LOCPATH="$(CURDIR)/$(BIG5)" LC_ALL=zh_TW.BIG5 PYTHONUTF8=0 $(DEV) -m pytest -n 2 -p no:cacheprovider \
	    $(foreach name,cells cli doctor labels ledger_files report strategies tables tier transactions workbook, \
	      tests/test_$(name).py) $(PYTESTFLAGS); \
	else \
	  echo "No localedef with the locale zh_TW here (Debian: locales): not tried."; \
	fi

# env-student, env-dev, ...: make or renew an environment; at once where nothing changed.
env-%:
	@$(START) tools/environments.py $* $(if $(PYTHON),--python "$(PYTHON)")

clean: ## remove what tests and builds leave
	rm -rf dist build .pytest_cache .ruff_cache .mypy_cache .hypothesis
	find rfmkit rfmgrade authoring tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## remove the environments too
	rm -rf .venv* .vnew* .vold*

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.* ## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile
	@echo 'PYTHON=/path/to/python chooses the Python that environments are made with.'
