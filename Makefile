# The five commands. Each installs what it needs first; the first time takes some minutes.
# `make train` makes the bundled model anew from DATA in OUT, in about three hours; it goes on where
# it was stopped. FOLDER=/path/to/photos chooses what `make run` opens (a drawn demo shoot without it).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FOLDER ?=
DATA ?= ../shared/data
OUT ?= build/uniqa-mini

.PHONY: run test lint bench train strings keys clean

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

train: $(VENV)/ready-train
	$(BIN)/uniqa-desktop train mini --data "$(DATA)" --out "$(OUT)" --resume

# After texts or commands were changed: the translation files and the page of keys.
strings: $(VENV)/ready-dev
	$(BIN)/python packaging/strings.py

keys: $(VENV)/ready-dev
	$(BIN)/python packaging/keys_page.py

clean:
	rm -rf $(VENV)

$(VENV)/ready: pyproject.toml constraints.txt packaging/setup
	packaging/setup $(PYTHON) $(VENV)
	touch $@

$(VENV)/ready-train: $(VENV)/ready
	packaging/setup $(PYTHON) $(VENV) train
	touch $@

$(VENV)/ready-dev: $(VENV)/ready
	packaging/setup $(PYTHON) $(VENV) dev
	touch $@
