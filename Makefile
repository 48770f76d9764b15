# Everything one does with this house; `make start` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := src tests setup_env.py docs/columns.py docs/methods.py docs/states.py docs/letters.py docs/pictures.py $(wildcard benchmarks)
SERVER := postgresql://root@127.0.0.1:5432/
ROOMS_OF_PEOPLE := tests/web/accounts tests/web/logbook tests/web/programmes
# These make their databases themselves, of both kinds, in the first run.
OWN_DATABASES := $(addprefix --ignore=tests/web/logbook/,test_command.py test_many_writers.py)
# What takes minutes and asks a second kind of database nothing new: every cell over HTTP, every page, cleaning files.
ONCE := $(addprefix --ignore=tests/web/programmes/,test_permission.py test_canaries.py test_attachments_cleaned.py test_attachments_seen.py test_nothing_is_kept.py)

# Two beside each other; a file by one of them, so that what its tests share is made once.
BESIDE := -n 2 --dist loadfile

# Tests start many a process: what is compiled once need not be compiled by each, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: start test test-fast check fix bench lock environment

start: environment  ## build the embedded example, show an overview and open the site on http://127.0.0.1:8000
	$(BIN)/wijkpeil start
	$(BIN)/wijkpeil serve

test: environment  ## every test; what asks the database also on PostgreSQL, where a server answers
	@example=$$(mktemp -d) && trap 'rm -rf "$$example"' EXIT && export WIJKPEIL_TEST_EXAMPLE="$$example" && \
	$(BIN)/pytest $(BESIDE) && \
	if $(BIN)/python -c "import psycopg; psycopg.connect('$(SERVER)postgres', connect_timeout=2)" 2>/dev/null; \
	then WIJKPEIL_TEST_DATABASE=$(SERVER)wijkpeil $(BIN)/pytest $(BESIDE) --create-db $(ROOMS_OF_PEOPLE) $(OWN_DATABASES) $(ONCE); \
	else echo "No PostgreSQL server answers on 127.0.0.1:5432: the rooms of people were tested on SQLite only."; fi

test-fast: environment  ## what a change needs, within two minutes
	$(BIN)/pytest $(BESIDE) -m "not slow and not browser"

check: environment  ## every check; changes nothing
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	! grep -nE '(https?|ftp|file)://|^--' requirements.lock requirements-dev.lock
	$(BIN)/wijkpeil check
	$(BIN)/wijkpeil study check studies/*.toml --policy beleid

fix: environment  ## bring the layout in order; write the published schemas, the pages of columns, methods and states anew
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/python -m wijkpeil.catalogue
	$(BIN)/python docs/columns.py
	$(BIN)/python docs/methods.py
	$(BIN)/python docs/states.py

bench: environment  ## the table of the README
	$(BIN)/python -m benchmarks

lock: environment  ## renew the locks of all dependencies; they name no host
	$(BIN)/uv pip compile --quiet --no-header --no-annotate --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
		pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --no-header --no-annotate --generate-hashes --universal --python-version 3.11 $(UPGRADE) \
		pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock

environment:
	@$(PYTHON) setup_env.py
