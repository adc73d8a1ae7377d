# Everything works on a fresh machine with Python 3.11 or later: the virtual environment makes itself.

VENV    := .venv
STAMP   := $(VENV)/.stamp
BIN     := $(VENV)/bin
PIP     := $(BIN)/python -m pip install -qq --disable-pip-version-check
LOCKER  := build/locker
LOCK    := $(LOCKER)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config \
	--custom-compile-command 'make lock' pyproject.toml
SOURCES := generator tests hatch_build.py .ci
RUNTIME := generator/arazzoc/runtime
SPECS   := $(or $(patsubst %/,%,$(filter-out specs/invalid/ specs/near-misses/,$(wildcard specs/*/))),specs)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup generate check test lint-specs golden record docs mutations bench peers corpus fuzz lock sbom clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## Make .venv with everything that development needs

$(STAMP): pyproject.toml hatch_build.py requirements/dev.txt
	@if [ ! -x $(BIN)/python ]; then \
		for python in python3.11 python3; do \
			if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
				exec "$$python" -m venv $(VENV); \
			fi; \
		done; \
		echo "Python 3.11 or later is needed, as python3.11 or python3" >&2; exit 1; \
	fi
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

generate: $(STAMP) ## Compile specs/ to generated/ and print what was compiled
	@$(BIN)/arazzoc generate $(SPECS) --output generated

check: $(STAMP) ## Format, lint and types, without tests
	$(BIN)/black --check --quiet $(SOURCES)
	$(BIN)/black --check --quiet --line-length 88 --extend-exclude '^$$' $(RUNTIME)
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/pyright

test: check ## Everything that must hold before a change is done
	$(BIN)/pytest --numprocesses auto --dist loadfile

lint-specs: $(STAMP) ## Lint the documents in specs/
	@$(BIN)/arazzoc lint $(SPECS)

golden: generate ## Write the expected outputs of the tests anew
	$(BIN)/pytest tests/golden tests/functional --update-golden

record: $(STAMP) ## Record the cassettes that functional tests replay
	$(BIN)/pytest tests/functional --record

docs: $(STAMP) ## Write docs/diagnostics.md, docs/rules/ and the figures of docs/precision.md anew
	@$(BIN)/arazzoc explain --markdown > docs/diagnostics.md.tmp && mv docs/diagnostics.md.tmp docs/diagnostics.md
	@$(BIN)/arazzoc explain --pages docs/rules
	@$(BIN)/pytest -q tests/unit/diagnostics/test_pages.py --update-golden

mutations: $(STAMP) ## Put every kind of mistake into every place of sound documents, and print which are found
	@$(BIN)/python -m tests.mutations

bench: $(STAMP) ## Measure commands and calls, against other tools where `make peers` put them: make bench PICTURE=file.svg
	@$(BIN)/python -m tests.bench $(SPECS) $(if $(PICTURE),--picture "$(PICTURE)")

peers: $(STAMP) ## Run sequences of requests with other runners too; needs npm and the network
	@$(BIN)/python -m tests.peers build/peers

corpus: $(STAMP) ## Compile and run a collection of documents: make corpus CORPUS=folder
	@$(BIN)/python -m tests.corpus "$(CORPUS)"

fuzz: $(STAMP) ## Break documents at random for FUZZ_SECONDS, ten minutes by default; of FUZZ_SEEDS, a folder, too; then as long led by coverage, with atheris
	@$(BIN)/python -m tests.fuzz $(or $(FUZZ_SECONDS),600)
	@$(BIN)/python -m tests.fuzz.guided $(or $(FUZZ_SECONDS),600)

lock: ## Pin what pyproject.toml asks for, with hashes, in requirements/; needs the network
	@[ -x $(LOCKER)/bin/uv ] || { python3 -m venv $(LOCKER) && $(LOCKER)/bin/python -m pip install -qq uv; }
	@$(LOCK) --output-file requirements/dev.txt $(addprefix --extra ,dev http jsonpath lsp xpath)
	@$(LOCK) --output-file requirements/runtime.txt --constraint requirements/dev.txt

sbom: $(STAMP) ## Write build/sbom.cdx.json: what arrives with arazzoc, by name, version and hash (CycloneDX)
	@$(BIN)/python .ci/sbom.py build/sbom.cdx.json

clean: ## Remove everything that is made from something else, but not generated/
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
