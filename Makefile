# Every target sets up what it needs in .venv by itself, once; `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := list
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: list replay serve test lint check bench backtest fit screenshots docs-pictures real chaos soak fuzz clean

VENV := .venv
PY := $(VENV)/bin/python
RUN := $(VENV)/.ready
SERVE := $(VENV)/.ready-serve
DEV := $(VENV)/.ready-dev
PYTHON ?=
RACE ?= vienna-2019
SPEED ?= 60
PORT ?= 8019
SEEDS ?= 100
KILLS ?= 20
SECONDS ?= 60
ARGS ?=
comma := ,

# PIP_USER=0: a `user = true` in the user's pip configuration is refused inside a venv.
pip := PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_RETRIES=2 $(PY) -m pip --quiet

list:
	@echo "make replay       the INEOS 1:59 Challenge of 2019 at 60x  (RACE=berlin-2018, ARGS='--at 25km')"
	@echo "make serve        the same race served on http://127.0.0.1:8019 as if it were live  (RACE=, SPEED=60, PORT=)"
	@echo "make test         the tests  (ARGS='-k gap')"
	@echo "make lint         format, lint, types, import contracts"
	@echo "make check        lint and test"
	@echo "make bench        speed and memory beside their floors  (OUT=bench.json)"
	@echo "make backtest     the projection on races whose finishes are known  (DATA=folder OUT=figures.json LORO=1 ARGS='--sample 5000')"
	@echo "make fit          the projection's parameters anew from split tables  (DATA=folder)"
	@echo "make screenshots  screenshots/*.svg and .png from the real program; needs Chromium  (ARGS='race_120x36_dark')"
	@echo "make docs-pictures  tables and pictures of docs/projection.md  (ARGS='--known f.json --unknown g.json' of two back-tests)"
	@echo "make real         recordings of real providers through their profiles  (DATA=folder)"
	@echo "make chaos        broken networks and killed recorders, by seed  (SEEDS=1000 KILLS=200)"
	@echo "make soak         24 hours of a feed on a virtual clock"
	@echo "make fuzz         each reader of bytes against a minute of made-up input  (SECONDS=60)"
	@echo "make clean        remove .venv and what the tools left"

replay: $(RUN)
	@$(PY) -m tracker replay $(RACE) $(ARGS)

serve: $(SERVE)
	@$(PY) -m tracker serve $(RACE) --speed $(SPEED) --port $(PORT) $(ARGS)

test: $(DEV)
	@$(PY) -m pytest -n 2 $(ARGS)

lint: $(DEV)
	@$(PY) -m ruff format --check --quiet
	@$(PY) -m ruff check --quiet
	@$(PY) -m mypy
	@$(PY) $(VENV)/bin/lint-imports --no-logo

check: lint test

bench: $(RUN)
	@$(PY) -m tracker.bench $(if $(OUT),--out "$(OUT)") $(ARGS)

backtest: $(RUN)
	@test -n "$(DATA)" || { echo "make backtest: name the folder of the races: make backtest DATA=../splits" >&2; exit 2; }
	@$(PY) -m tracker.backtest "$(DATA)" $(if $(OUT),--out "$(OUT)") $(if $(filter-out 0,$(LORO)),--loro) $(ARGS)

fit: $(RUN)
	@test -n "$(DATA)" || { echo "make fit: name the folder of the races: make fit DATA=../splits" >&2; exit 2; }
	@$(PY) -m tracker.fit "$(DATA)" $(ARGS)

real: $(DEV)
	@test -n "$(DATA)" || { echo "make real: name the folder of the recordings: make real DATA=../providers" >&2; exit 2; }
	@PACELINE_REAL="$(DATA)" $(PY) -m pytest tests/real/recordings.py $(ARGS)

chaos: $(DEV)
	@$(PY) -m tests.chaos.run --seeds $(SEEDS) --kills $(KILLS) $(ARGS)

soak: $(DEV)
	@$(PY) -m tests.chaos.soak $(ARGS)

fuzz: $(DEV)
	@for target in tests/fuzz/fuzz_*.py; do name=$${target##*/}; \
	  $(PY) -m tests.fuzz.$${name%.py} --seconds $(SECONDS) || exit 1; done

docs-pictures: $(RUN)
	@$(PY) -m screenshots.projection $(ARGS)

screenshots: $(SERVE)
	@$(PY) -m screenshots.take $(ARGS)

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# $(call install,WHAT): quiet; on failure one line that says what to do, the whole story in a log.
define install
	@$(pip) install --editable '$(1)' >$(VENV)/install.log 2>&1 || { \
	  if grep -qiE 'name resolution|unreachable|refused|timed out|NewConnection|ProxyError' $(VENV)/install.log; \
	  then echo "make: no network: pip cannot reach the package index (details: $(VENV)/install.log)"; \
	  else echo "make: pip could not install $(1): $$(grep -iE '^ *error' $(VENV)/install.log | tail -n 1) (details: $(VENV)/install.log)"; \
	  fi >&2; exit 1; }
endef

$(RUN): pyproject.toml | $(VENV)/.made
	@echo "Setting up $(VENV), once ..." >&2
	$(call install,.)
	@$(PY) -m compileall -q tracker feeds # without it the first start takes 3 s longer
	@touch $@

$(SERVE): pyproject.toml | $(VENV)/.made
	@echo "Setting up $(VENV) with what serving needs, once ..." >&2
	$(call install,.[serve$(comma)ws$(comma)web])
	@$(PY) -m compileall -q tracker feeds
	@touch $@ $(RUN)

$(DEV): pyproject.toml | $(VENV)/.made
	@echo "Setting up $(VENV) with the tools for tests, once ..." >&2
	$(call install,.[dev])
	@$(PY) -m compileall -q tracker feeds tests
	@touch $@ $(RUN) $(SERVE)

# A .venv that works is kept. A Python without ensurepip (Debian's without python3-venv) makes one without pip,
# which that Python's own pip then fills.
$(VENV)/.made:
	@new='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if $(PY) -c "$$new" >/dev/null 2>&1 && $(PY) -m pip --version >/dev/null 2>&1; then touch $@; exit 0; fi; \
	py=; for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$name" -c "$$new" >/dev/null 2>&1; then py=$$name; break; fi; \
	done; \
	if [ -z "$$py" ]; then \
	  echo "make: needs Python 3.11 or newer (python3 is $$({ python3 --version || echo missing; } 2>/dev/null)): install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; \
	fi; \
	rm -rf $(VENV); \
	"$$py" -m venv $(VENV) >/dev/null 2>&1 \
	|| { "$$py" -m venv --clear --without-pip $(VENV) && "$$py" -m pip --python $(PY) --quiet install pip; } >/dev/null 2>&1 \
	|| { rm -rf $(VENV); echo "make: $$py cannot make a virtual environment: install its venv module (Debian: apt-get install python3-venv)" >&2; exit 1; }; \
	touch $@
