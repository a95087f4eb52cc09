# `make run` and `make test` are all that a fresh machine needs; see README.md.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile
# These prove that the layers below the window need no Qt: they run where it cannot be imported.
WINDOWLESS := $(wildcard $(addprefix tests/,unit process contract transfer demo system sync))
# Played alone the stories have a screen of their own: real windows with a window manager.
STORIES := tests/stories

.PHONY: run test lint types contracts unit stories torture bench screenshots pictures translations lock clean

run: $(READY)
	@$(BIN)/python -m tierline demo $(ARGS)

test: lint types contracts unit

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy

contracts: $(READY)
	@PYTHONPATH=desktop $(BIN)/lint-imports --no-logo

unit: $(READY)
	@sh packaging/linux/test-parts.sh
	@$(PYTEST) -p no:pytest-qt -p tests.fakes.without_qt $(WINDOWLESS) $(ARGS)
	@$(PYTEST) $(STORIES) $(ARGS)
	@$(PYTEST) tests $(addprefix --ignore=,$(WINDOWLESS) $(STORIES)) $(ARGS)

# The stories as numbered pictures, each captioned with its sentence, and a page that shows them.
stories: $(READY)
	@PYTHONPATH=desktop $(BIN)/python -m tests.stories $(VENV)/stories $(ARGS)

# Many simulated stories, then a real server under attack: SEEDS=20000 MINUTES=30 [SEED=…].
torture: $(READY)
	@PYTHONPATH=desktop:. $(BIN)/python -m tests.sync.torture

bench: $(READY)
	@$(BIN)/python -m tests.bench $(ARGS)

screenshots: $(READY)
	@$(BIN)/python -m tierline demo --data $(VENV)/screenshots-desk --snapshot resources/screenshots --now 2026-11-04T23:42:08+00:00
	@PYTHONPATH=desktop $(BIN)/python -m tests.pictures resources/screenshots

# Every screen in light, dark and at 200 % text; DESIGN=… puts the design's pictures beside them.
pictures: $(READY)
	@PYTHONPATH=desktop:. $(BIN)/python -m tests.pictures.screens $(VENV)/pictures $(DESIGN)

# Every text for Qt's translators, and the two made-up languages that test their room and direction.
translations: $(READY)
	@$(BIN)/python packaging/translations.py

# The pinned environment. Made anew whenever the lock changes; a half-made one is not ready.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) packaging/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) (a minute or two, once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python packaging/link_checkout.py
	@touch $(READY)

lock: $(READY)
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --quiet --upgrade -o requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
