# make demo    build the example study into build/
# make test    the tests
# make check   style, types, import contract, spelling, house rules
# make schema  the JSON Schema of the spec files, made anew
# make bench   the benchmarks, one after another
# make lock    choose the pinned versions anew
# make clean   remove what was built, and the caches
#
# Needs Python 3.11 or later, make and git; another Python: make PYTHON=python3.12 demo

PYTHON ?= python3
# Tests run side by side, one process a core; JOBS=0 runs them one after the other.
JOBS ?= auto
SHARED ?= $(abspath $(wildcard ../shared))

VENV := .venv
BIN := $(VENV)/bin
LOCK := requirements/lock.txt
PIP := $(BIN)/python -m pip install --quiet -c $(LOCK)

export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.PHONY: demo test check conformance schema bench lock clean

demo: $(VENV)/.installed
	@$(BIN)/cdisc-hai build --raw examples/hai/raw --out build || { \
	  code=$$?; \
	  [ $$code -eq 14 ] || exit $$code; \
	  echo; \
	  echo "Exit code 14: the study is built, and its data have findings of severity error."; \
	  echo "That is no failure of the build: build/ holds the datasets and the findings."; \
	}

test: $(VENV)/.installed-dev
	CDISC_HAI_SHARED="$(SHARED)" $(BIN)/python -m pytest -n $(JOBS) --dist worksteal

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell
	$(BIN)/python tools/check_house.py

# CORE leaves with 1 where it has issues; whether they are explained is said by cdisc-hai.
CORE := $(SHARED)/kit/core/core-validate
JUDGED := build/conformance
conformance: $(VENV)/.installed
	@if [ ! -x "$(CORE)" ]; then \
	  echo "no runner of CDISC CORE at '$(CORE)': make conformance SHARED=FOLDER"; exit 1; fi
	$(BIN)/cdisc-hai build --quiet --raw examples/hai/raw --out $(JUDGED) || [ $$? -eq 14 ]
	"$(CORE)" --standard sdtmig --version 3-4 --data $(JUDGED)/sdtm \
	  --define $(JUDGED)/sdtm/define.xml --max-issues 1000000 --out $(JUDGED)/core.json \
	  || [ $$? -eq 1 ]
	$(BIN)/cdisc-hai conformance --report $(JUDGED)/core.json

schema: $(VENV)/.installed
	$(BIN)/python tools/make_schema.py

# TIMES: copies of the example's 120 subjects for ADaM; 250 need most of an hour and 8 GB of memory.
TIMES ?= 250
bench: $(VENV)/.installed
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit $$?; done
	@echo "== ADaM of many subjects"
	@$(BIN)/python bench/bench_adam.py --times $(TIMES)
	@$(BIN)/python bench/bench_adam.py --times $(TIMES) --whole

# Fresh, so that only what pyproject.toml asks for is pinned.
lock: pyproject.toml
	rm -rf build/lock
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet '.[dev]'
	build/lock/bin/python -m pip freeze --exclude cdisc-hai > build/lock/lock.txt
	mv build/lock/lock.txt $(LOCK)

clean:
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -exec rm -rf {} +

# Stamps: each step is done once, and again when what it read has changed.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
	  sys.exit(None if v >= (3, 11) else "cdisc-hai needs Python 3.11 or later; $(PYTHON) is " \
	  "%d.%d. Name a newer one: make PYTHON=python3.12" % v[:2])'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml $(LOCK)
	$(PIP) -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(PIP) -e '.[dev]'
	@touch $@
