# Every command of the project. `make` alone lists them. Needs Python 3.11 or newer, nothing else.

VENV ?= .venv
PORT ?= 8000
NAME ?= admin
ARGS ?=

BASE_PYTHON = $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PYTHON := $(VENV)/bin/python
# Somebody who watches sees pip's own bars; a log gets the one line above them.
PIP = $(PYTHON) -m pip install $$([ -t 2 ] || echo --quiet) --disable-pip-version-check
MANAGE := $(PYTHON) manage.py
# A stamp carries the checksum of what was installed: a second run finds it and goes on at once.
RUNTIME := $(VENV)/.runtime-$(shell cksum requirements.txt | cut -d ' ' -f 1)
TOOLS := $(VENV)/.tools-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d ' ' -f 1)
# Throwaway values: `check --deploy` looks at the settings, it serves nobody.
PRODUCTION := DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=katto.example.org \
	SECRET_KEY=only-for-the-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH \
	BASE_URL=https://katto.example.org DATABASE_URL=sqlite:///:memory:

.DEFAULT_GOAL := help
.PHONY: help run password test testcode testbrowser lint format messages catalogues bench elasticsearch clean

help: ## List these commands
	@grep -E '^[a-z]+:.*## ' Makefile | while IFS= read -r line; do \
		printf '  make %-14s %s\n' "$${line%%:*}" "$${line#*## }"; done

run: $(RUNTIME) ## Install what is needed, load the sample projects and serve the site (PORT=8000)
	@$(MANAGE) prepare
	@exec $(MANAGE) serve --port $(PORT)

password: $(RUNTIME) ## Make an administrator, or give one a new password (NAME=admin)
	@$(MANAGE) password $(NAME)

test: $(TOOLS) ## Run all tests; what the machine lacks is listed at the end (ARGS="-k feeds")
	@$(MAKE) --no-print-directory --keep-going testcode testbrowser

# pytest ends with 5 where nothing was chosen.
testcode: $(TOOLS)
	@$(PYTHON) -m pytest -q -n 2 --dist loadgroup -m "not browser" $(ARGS) || [ $$? -eq 5 ]

testbrowser: $(TOOLS)
	@$(PYTHON) -m pytest -q -m browser $(ARGS) || [ $$? -eq 5 ]

lint: $(TOOLS) ## Check code, imports, templates, migrations, production settings and catalogues
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(PYTHON) -m tests.house
	@said=$$($(VENV)/bin/lint-imports --no-logo --no-cache 2>&1) || { echo "$$said"; exit 1; }
	@$(VENV)/bin/djlint --lint --quiet .
	@$(MANAGE) makemigrations --check --dry-run
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	@$(MANAGE) check_catalogues

format: $(TOOLS) ## Write code and templates the way lint wants them
	@$(VENV)/bin/ruff check --fix --quiet .
	@$(VENV)/bin/ruff format --quiet .

messages: $(RUNTIME) ## Collect the interface's strings into locale/ (needs gettext)
	@command -v xgettext >/dev/null || { echo "Install gettext first: apt install gettext"; exit 1; }
	@$(MANAGE) collect_messages

catalogues: $(RUNTIME) ## Say what is missing in each language
	@$(MANAGE) check_catalogues

bench: $(TOOLS) ## Measure, as ratios: beside plain Wagtail, few and many (ARGS=compare)
	@$(PYTHON) -m tests.bench $(ARGS)

elasticsearch: $(TOOLS) ## Start a local Elasticsearch (fetched once by Maven) until Ctrl+C
	@$(PYTHON) -m tests.services.elasticsearch $(ARGS)

clean: ## Delete what was built; database, uploads and virtual environment stay
	@rm -rf static-root .pytest_cache .ruff_cache htmlcov .coverage var/cache
	@find . -path ./$(VENV) -prune -o \( -name '__pycache__' -o -name '*.mo' \) -print | xargs rm -rf

$(PYTHON):
	@test -n "$(BASE_PYTHON)" || { echo "Python 3.11 or newer is needed, and none was found."; exit 1; }
	@echo "Making the virtual environment $(VENV) with $$($(BASE_PYTHON) --version)"
	@$(BASE_PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing (Debian: apt install python3-venv)."; exit 1; }

$(RUNTIME): | $(PYTHON)
	@echo "Installing requirements.txt (once; on a slow line some minutes)"
	@$(PIP) -r requirements.txt
	@rm -f $(VENV)/.runtime-* && touch $@

$(TOOLS): | $(RUNTIME)
	@echo "Installing requirements-dev.txt (once)"
	@$(PIP) -r requirements-dev.txt
	@rm -f $(VENV)/.tools-* && touch $@
