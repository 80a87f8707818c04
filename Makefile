# make run    a school's term, from synthetic data to a verified ledger
# make test   the test suite
# make lint   ruff and mypy
# Everything is installed into .venv; PYTHON=python3.12 chooses the interpreter of a new one.

PYTHON =
VENV = .venv
# More workers than this cost more to start than they save.
WORKERS = auto --maxprocesses=8
WORLDS = 1000000
GROUP_WORLDS = 100000
DRAWN_WORLDS = 100000
SEED = 1
MINUTES = 10

BIN = $(VENV)/bin
SETUP = @PYTHON="$(PYTHON)" sh .ci/setup $(VENV)
PYTEST = $(BIN)/python -m pytest --hypothesis-profile=ci
SCHOOL = examples/school

.PHONY: help run county setup setup-dev test lint laws hunt faults policies soak worlds bench mutants coverage kit-coverage clauses words clean

help:
	@sed -n 's/^# //p' Makefile | head -4
	@echo "also: county laws hunt faults policies soak worlds bench mutants coverage kit-coverage clauses words clean"

setup:
	$(SETUP)

setup-dev:
	$(SETUP) dev

run: setup
	$(BIN)/python $(SCHOOL)/generate.py --out $(SCHOOL)/data
	$(BIN)/escalate run --policy policies/S002-02/adopted.yaml --calendar $(SCHOOL)/data/calendar.yaml \
	    --roster $(SCHOOL)/data/roster.csv --assignments $(SCHOOL)/data/assignments.csv --events $(SCHOOL)/data/events.csv \
	    --until 2026-01-24 --out $(SCHOOL)/out --force
	$(BIN)/escalate audit verify $(SCHOOL)/out

# A county's policy that a school extends, over the same term: duties, rates, consequences, registers.
county: setup
	$(BIN)/python $(SCHOOL)/generate.py --out $(SCHOOL)/data
	$(BIN)/escalate run --policy examples/county/school.yaml --calendar $(SCHOOL)/data/calendar.yaml \
	    --roster $(SCHOOL)/data/roster.csv --assignments $(SCHOOL)/data/assignments.csv --events $(SCHOOL)/data/events.csv \
	    --until 2026-01-24 --out examples/county/out --force
	$(BIN)/escalate audit verify examples/county/out

test: setup-dev
	$(PYTEST) -n $(WORKERS) --dist worksteal

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/mypy --strict src

# Long runs that sample memory on the way.
soak: setup-dev
	@for script in bench/soak_*.py; do echo "== $$script"; $(BIN)/python $$script --count 1000000 || exit 1; done

# The engine against the model over a million generated worlds of ladders, 100,000 of groups and 100,000 with measures that are drawn, some seven hours on two cores; SEED=2 walks others, ARGS=1/17 one again.
worlds: setup-dev
ifdef ARGS
	$(BIN)/python bench/worlds.py $(ARGS)
else
	$(BIN)/python bench/worlds.py --count $(WORLDS) --seed $(SEED) --jobs 0
	$(BIN)/python bench/worlds.py --count $(GROUP_WORLDS) --seed g$(SEED) --jobs 0
	$(BIN)/python bench/worlds.py --count $(DRAWN_WORLDS) --seed r$(SEED) --jobs 0
endif

# Every law over generated histories of every policy that comes with escalate; ARGS="--examples 50 --seed 3 S002-02" asks otherwise.
laws: setup-dev
	$(BIN)/python bench/hunt.py --examples 10 $(ARGS)

# The same for as long as asked, with how often each feature of the semantics is generated; MINUTES=60 SEED=7 ARGS="S002-02 US-WA" asks otherwise.
hunt: setup-dev
	$(BIN)/python bench/hunt.py --minutes $(MINUTES) --seed $(SEED) $(ARGS)

# Branch coverage of src/escalate by the testing kit alone: every law over two histories of every other policy, the texts of all, and policies that are drawn.
# Under 85 % fails, and so does a law that does not hold.
KIT = $(BIN)/python -m coverage run
kit-coverage: setup-dev
	$(BIN)/python -m coverage erase
	{ $(KIT) bench/hunt.py --examples 2 --answers --jobs 1 --part 1/4 && $(KIT) bench/policies.py --count 40 --jobs 1 texts starts; } & first=$$!; \
	    $(KIT) bench/hunt.py --examples 2 --answers --jobs 1 --part 3/4 && $(KIT) bench/policies.py --count 100 --jobs 1 slips evaluation && wait $$first
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report --fail-under=85

# Twelve faults put into the engine one at a time, each found by the laws within a minute; ARGS="S002-02 --seed 3" asks otherwise.
faults: setup-dev
	$(BIN)/python bench/faults.py $(ARGS)

# Policies that the testing kit draws: the laws of their texts, slips in them, every law of an evaluation; ARGS="--count 5000 --seed 3 slips" asks otherwise.
policies: setup-dev
	$(BIN)/python bench/policies.py --count 1000 $(ARGS)

# Every script of bench/ but the long runs and the mutants.
bench: setup-dev
	@for script in bench/*.py; do \
	    case $$script in bench/soak_*|bench/mutants.py|bench/hunt.py|bench/desk.py|bench/faults.py|bench/policies.py) continue;; esac; \
	    echo "== $$script"; $(BIN)/python $$script || exit 1; done

# Small faults put into the source one at a time: each must fail a test. ARGS="--seed 2 --count 50 --only cases" chooses others.
mutants: setup-dev
	$(BIN)/python bench/mutants.py $(ARGS)

# Branch coverage of src/escalate; under 95 % fails.
coverage: setup-dev
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest --hypothesis-profile=ci -n $(WORKERS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

# docs/coverage.md anew: which clause of a plan is stated where, and by which spec case it is exercised.
clauses: setup-dev
	$(PYTEST) tests/test_clauses.py --update-golden -rP -k page

# The catalogues of other languages anew: what lacks a text is left empty for a translator, what is dead goes.
words: setup-dev
	$(PYTEST) tests/test_messages.py --update-golden -k missing

clean:
	rm -rf .venv .venv313 build dist htmlcov mutants .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf $(SCHOOL)/data $(SCHOOL)/out examples/county/out src/*.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
