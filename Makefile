# Everything needs only make and Python 3.11 to 3.14. The environment lives in .venv and is made when it is needed.
#   make demo      see what it does          make test      the fast tests, at most two minutes
#   make check     what a change must pass   make test-all  every test: browser, kills, packaging
# Another Python: make test PYTHON=/path/to/python3.13

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
unexport PYTHONPATH PYTHONHOME
# Without kept bytecode every process that a test starts would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?=
CANDIDATES := $(if $(PYTHON),$(PYTHON),python3.14 python3.13 python3.12 python3.11 python3 python)
BIN := .venv/bin
RUN := $(BIN)/python -m
PACKAGES := city_model scenarios resilience tui reports
LOCALE := resilience/locale

# True for the interpreter that runs it when it fits; the second also wants what makes an environment.
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
MAKES := import ensurepip, venv
# True for an environment that works: a fitting Python, and a pip whose script was made for this very folder.
SOUND := import os, pip, sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 14) and \
	os.path.abspath(".venv") in open(".venv/bin/pip").read()))

# Babel's own compile takes "100% of" for a Python format and complains; tests/packaging/test_texts.py checks our fields.
COMPILE := import pathlib, sys; from babel.messages import mofile, pofile; po = pathlib.Path(sys.argv[1]); \
	mofile.write_mo(po.with_suffix(".mo").open("wb"), pofile.read_po(po.open("rb"), locale="nl", domain="resilience"))

.PHONY: help demo test test-full test-all test-more check lint docs texts constraints clean base dev sound

help:
	@sed -n '2,4s/^# //p' Makefile

demo: base
	@$(BIN)/resilience demo

test: dev
	$(RUN) pytest -n 2 -m "not full"

# In one call with `test` (as .ci/run makes it) no test runs twice, but for the properties of the engine: those get more examples.
test-all: test test-full

# Three at once on two cores, because many of these tests wait for a terminal or a browser.
test-full: dev
	$(RUN) pytest -n 3 -m full --hypothesis-profile=full
	$(RUN) pytest -n 2 tests/property/test_engine.py tests/property/test_recovery.py tests/property/test_fail_only.py --hypothesis-profile=full

# What would make test-all too long for every change: thirty examples for all other properties too.
test-more: dev
	$(RUN) pytest -n 2 tests/property -m "not full" --hypothesis-profile=more \
		--ignore=tests/property/test_engine.py --ignore=tests/property/test_recovery.py --ignore=tests/property/test_fail_only.py

check: lint test

lint: dev
	$(RUN) ruff format --check
	$(RUN) ruff check
	$(RUN) mypy
	$(BIN)/lint-imports

docs: dev
	$(RUN) resilience.cli.reference docs/reference
	$(RUN) docs.write_fields
	$(RUN) docs.write_schemas
	$(RUN) docs.write_kinds
	$(RUN) docs.write_requirements
	$(RUN) docs.run_examples --write

# Texts of the interface: new ones come in empty, a test then asks for their Dutch.
texts: dev
	$(RUN) babel.messages.frontend --quiet extract --keywords=later --keywords=both:1,2 --omit-header --no-location --sort-output \
		--output-file=.venv/resilience.pot $(PACKAGES)
	$(RUN) babel.messages.frontend --quiet update --domain=resilience --input-file=.venv/resilience.pot \
		--output-dir=$(LOCALE) --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=120
	$(BIN)/python -c '$(COMPILE)' $(LOCALE)/nl/LC_MESSAGES/resilience.po

# Needs uv, which only a maintainer who changes a dependency has.
constraints: export UV_CUSTOM_COMPILE_COMMAND := make constraints
constraints: PIN := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links pyproject.toml constraints/build.in
constraints:
	$(PIN) --output-file constraints/base.txt
	$(PIN) --extra dev --constraints constraints/base.txt --output-file constraints/dev.txt

clean:
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	find $(PACKAGES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says for which folder, pins and project the set was installed; where it still says the same, nothing is done.
stamp = { pwd; cat pyproject.toml constraints/$(1).txt; } | cksum
install = \
	{ echo "resilience: installing the $(1) set into .venv, once" >&2; } && \
	$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints/$(1).txt && \
	$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . && \
	$(call stamp,$(1)) >.venv/installed-$(1) || \
	{ echo "resilience: the packages could not be installed; see the lines above, and try again with a network" >&2; exit 1; }

dev: sound
	@[ "$$($(call stamp,dev))" = "$$(cat .venv/installed-dev 2>/dev/null)" ] || { $(call install,dev); }

base: sound
	@[ "$$($(call stamp,dev))" = "$$(cat .venv/installed-dev 2>/dev/null)" ] || \
	[ "$$($(call stamp,base))" = "$$(cat .venv/installed-base 2>/dev/null)" ] || { $(call install,base); }

# A .venv that is broken, or was made elsewhere or by another Python, is made anew. A candidate is really run: a name on
# the PATH may be a shim for a Python that is not there.
sound:
	@$(BIN)/python -c '$(SOUND)' >/dev/null 2>&1 && exit 0; \
	found=; bare=; \
	for candidate in $(CANDIDATES); do \
		"$$candidate" -c '$(FITS)' >/dev/null 2>&1 || continue; \
		if "$$candidate" -c '$(MAKES)' >/dev/null 2>&1; then found=$$candidate; break; fi; \
		[ -n "$$bare" ] || bare=$$("$$candidate" -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
	done; \
	if [ -z "$$found" ] && [ -n "$$bare" ]; then \
		echo "resilience: $$bare cannot make an environment; install the package $$bare-venv and try again" >&2; exit 1; \
	elif [ -z "$$found" ]; then \
		echo "resilience: no Python 3.11 to 3.14 was found; install the package python3.13 (or python3.11) with its -venv package and try again" >&2; exit 1; \
	fi; \
	if [ -e .venv ] || [ -L .venv ]; then echo "resilience: .venv does not work here; it is made anew" >&2; rm -rf .venv; fi; \
	"$$found" -m venv .venv || { echo "resilience: no environment could be made in .venv; see the lines above" >&2; exit 1; }
