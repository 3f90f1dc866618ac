# The four commands. Each installs what it needs first; the first time takes some minutes.
# FOLDER=/path/to/photos chooses what `make run` opens (a drawn demo shoot without it).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FOLDER ?=

.PHONY: run test lint bench clean

run: $(VENV)/ready
	$(BIN)/python main.py $(if $(FOLDER),"$(FOLDER)",--demo)

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest -q

lint: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

bench: $(VENV)/ready
	$(BIN)/uniqa-desktop bench

clean:
	rm -rf $(VENV)

$(VENV)/ready: pyproject.toml constraints.txt packaging/setup
	packaging/setup $(PYTHON) $(VENV)
	touch $@

$(VENV)/ready-dev: $(VENV)/ready
	packaging/setup $(PYTHON) $(VENV) dev
	touch $@
