# Everything needed is set up in .venv: Python 3.11 or newer, make and git are enough.
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench bench-reading bench-parsing train docs clean

help:
	@echo "make demo    code the news in examples/ and show the events"
	@echo "make test    all checks and tests"
	@echo "make lint    the checks alone: style, types, layers"
	@echo "make bench   measure accuracy and speed"
	@echo "make bench-reading   measure how well, how fast and how safely pages are read"
	@echo "make bench-parsing   measure how fast sentences are parsed"
	@echo "make train   train the language models"
	@echo "make docs    write the generated reference (the JSON Schema of events)"
	@echo "make clean   remove what was made here, .venv too"

# The newest Python that fits, with the modules that a virtual environment needs.
.venv/.python:
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	    echo "Setting up .venv with $$($$python --version)"; \
	    $$python -m venv .venv && touch $@; exit $$?; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer with venv was found; install one (on Debian and Ubuntu: python3 and python3-venv)." >&2; \
	exit 1

$(BIN)/.uv-$(UV_VERSION): .venv/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

# What is needed to run, and what is needed to test; made anew when the lock file changes.
.venv/.run: uv.lock pyproject.toml $(BIN)/.uv-$(UV_VERSION)
	$(BIN)/uv sync --quiet --frozen --inexact --no-dev
	@touch $@

.venv/.dev: uv.lock pyproject.toml $(BIN)/.uv-$(UV_VERSION)
	$(BIN)/uv sync --quiet --frozen --inexact
	@touch $@ .venv/.run

demo: .venv/.run
	@mkdir -p out/demo
	@$(BIN)/kutub code examples/news --table \
	  -o out/demo/events.jsonl -o out/demo/events.parquet -o out/demo/events.csv
	@echo
	@echo "The events are in out/demo/events.jsonl, out/demo/events.parquet and out/demo/events.csv."

test: lint
	$(BIN)/python -m pytest

lint: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tools/check_words.py

bench: .venv/.dev
	$(BIN)/python bench/run.py

bench-reading: .venv/.dev
	$(BIN)/python bench/reading.py all

bench-parsing: .venv/.dev
	$(BIN)/python bench/parsing.py

train: .venv/.dev
	$(BIN)/uv sync --quiet --frozen --inexact --group train
	$(BIN)/python -m tools.train

docs: .venv/.dev
	$(BIN)/python -m kutub.schema > src/kutub/data/events.schema.json
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tools.publisher table --write

clean:
	rm -rf .venv out dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
