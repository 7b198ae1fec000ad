# The commands of this house. `make help` lists them; README.md and CONTRIBUTING.md say when to use which.
.DEFAULT_GOAL := help
.PHONY: help setup run test check fmt bench mutate soak fuzz messages vendor lock clean

PYTHON ?= python3
VENV   := .venv/bin
CODE    = $(wildcard payung tests tools bench)

help:            ## list the commands
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ -/'

setup:           ## prepare .venv alone: locked dependencies and the command .venv/bin/payung
	@$(PYTHON) tools/setup.py

run: setup       ## set everything up and serve the program with demo data on http://127.0.0.1:8000
	@$(VENV)/payung run

test: setup      ## every test on SQLite, the database tests again on PostgreSQL, the journeys in Chromium
	@$(VENV)/python -m tools.run_tests $(ARGS)

check: setup     ## format, lint, types, import contracts, untranslated strings, migrations, locks
	@$(VENV)/python -m tools.check $(ARGS)

fmt: setup       ## format the code and mend what can be mended by machine
	@$(VENV)/ruff check --fix --quiet $(CODE); $(VENV)/ruff format $(CODE)

bench: setup     ## measure, as JSON lines; SIZE=0.1 scales it down
	@$(VENV)/python -m bench $(if $(SIZE),--size $(SIZE)) $(ARGS)

mutate: setup    ## do small wrongs to the law and see that a test notices each; ARGS="--only iuran" does a part
	@nice -n 10 $(VENV)/python -m tools.mutate $(ARGS)

soak: setup      ## the long proofs of the ledger, a slice of each; ARGS="RING --seed 1 --slices 20", ARGS="--totals"
	@nice -n 15 $(VENV)/python -m tests.soak $(ARGS)

fuzz: setup      ## fuzz the parsers by coverage, a minute each; ARGS="--target nik --seconds 600" does one for longer
	@$(VENV)/python -c "import atheris" 2>/dev/null || $(VENV)/python -m pip install --quiet --require-hashes --only-binary=:all: -r requirements-fuzz.lock
	@nice -n 15 $(VENV)/python -m tests.fuzz.run $(ARGS)

messages: setup  ## gather the texts to translate into payung/locale and compile the catalogues
	@$(VENV)/python -m tools.messages update

vendor: setup    ## fetch the vendored style sheet, icons, script and typeface again, through npm
	@$(VENV)/python tools/vendor.py

lock:            ## resolve the dependencies anew (newest that fit) and write both lock files
	@$(PYTHON) tools/lock.py

clean:           ## remove what can be made again (.venv and var/ stay)
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
