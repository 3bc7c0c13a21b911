# Every target sets up .venv by itself; all it needs is Python 3.11 or later with venv, git and make.
#
#   make run                      build leaderboards from data/sample/papers.jsonl into out/
#   make run INPUT="my/*.bib"     from something else: files, folders, globs (names with spaces: INPUT="'my papers/*.bib'")
#   make dashboard                look at out/ on http://127.0.0.1:8501 (builds it first if it is missing)
#   make test                     the whole test suite (ARGS="-k sources" for a part of it)
#   make lint                     ruff, mypy and the import contracts
#   make bench                    speed and memory
#   make quality                  measure on annotated abstracts and record the figures (GOLD=folder)
#   make train                    fit data/weights.json to annotated abstracts (GOLD=folder SETS="names")
#   make lock                     lock the newest versions that pyproject.toml allows

INPUT ?= data/sample/papers.jsonl
OUT ?= out
PORT ?= 8501
ARGS ?=
GOLD ?= ../shared/gold
SETS ?= seed open fresh-1 fresh-2 fresh-3

NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11,$(shell $(name) -c '$(NEW_ENOUGH)' 2>/dev/null && echo $(name))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DELETE_ON_ERROR:
.PHONY: run test dashboard bench quality lint lock train clean

run: $(VENV)/installed
	$(BIN)/leaderboard build $(INPUT) --out $(OUT)

dashboard: $(VENV)/installed
	test -f $(OUT)/leaderboard.duckdb || $(BIN)/leaderboard build $(INPUT) --out $(OUT)
	$(BIN)/leaderboard dashboard $(OUT) --port $(PORT)

test: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/installed
	$(BIN)/python benchmarks/speed.py

quality: $(VENV)/installed
	$(BIN)/python benchmarks/quality.py $(GOLD)

train: $(VENV)/installed
	$(PIP) install --constraint requirements.txt -e ".[train]"
	$(BIN)/python benchmarks/train.py $(GOLD) $(SETS)

# The stamps say that the locked versions are in place; they age when the lock or the package's metadata changes.
$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo "Installing the locked dependencies into $(VENV) (once; about a minute)"
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/installed-for-tests: requirements-test.txt $(VENV)/installed
	@echo "Installing what the tests need into $(VENV)"
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later found; install one, or name it: make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)

LOCK = $(VENV)-lock/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-emit-options --build-deps-for editable --build-deps-for wheel

lock:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip --quiet install pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --upgrade -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(LOCK) --upgrade -c requirements.txt --extra test --extra browser -o requirements-test.txt pyproject.toml
	rm -rf $(VENV)-lock

clean:
	rm -rf $(VENV) $(OUT)
