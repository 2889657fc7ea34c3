# The two commands that matter: make run, make test. `make help` lists the others.
# Everything works with Python 3.11+ and make alone; what else is needed goes into .venv and .data here.
SHELL := /bin/sh
PYTHON3 ?= python3
LAUNCHER = $(PYTHON3) -m devstack
THROWAWAY = .venv/bin/python -m devstack exec .venv/bin/python -m
UV = .venv/bin/uv
BENCHES = search alerts mail web decoder pasting

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench $(addprefix bench-,$(BENCHES)) faults assets lock samples-remove upgrade

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name what; do \
	  printf '  make %-15s %s\n' "$$name" "$$what"; done

setup:  ## make .venv and install the locked packages
	@exec $(LAUNCHER) setup

run:  ## run the portal here: web, worker, timetable, database; Ctrl-C stops it (PORT=8001 for another port)
	@exec $(LAUNCHER) run

test:  ## run all tests on throwaway servers; browser tests join when Chromium is here (ARGS="tests/places -x")
	@exec $(LAUNCHER) test $(ARGS)

check:  ## formatting, lint, templates, import directions, migrations, Django's checks, lock files
	@exec $(LAUNCHER) check

fix: setup  ## format the code and mend what ruff can mend
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: setup  ## run every benchmark, past a missed bar too (SCALE=full for the large sizes; the default, small, takes minutes)
	@$(MAKE) --no-print-directory --keep-going $(addprefix bench-,$(BENCHES))

bench-search: setup  ## how fast openings are found
	@exec $(THROWAWAY) bench.search
bench-alerts: setup  ## how fast due alerts are planned
	@exec $(THROWAWAY) bench.alerts
bench-mail: setup  ## how fast mail leaves
	@exec $(THROWAWAY) bench.mail
bench-web: setup  ## how fast pages are served
	@exec $(THROWAWAY) bench.web
bench-decoder: setup  ## how fast titles and ads are decoded; FILES="a.csv" also judges labelled titles
	@exec .venv/bin/python -m bench.decoder $(FILES)
bench-pasting: setup  ## how rightly and how fast pasted ads are read (ARGS=-v lists what was wrong or missed)
	@exec $(THROWAWAY) bench.pasting $(ARGS)

faults: setup  ## kill sending workers at random moments and count lost and doubled mail
	@exec $(THROWAWAY) bench.faults

assets:  ## build style sheet and script into static/ (needs Node 20; the result is committed)
	@npm ci --ignore-scripts --no-fund --no-audit
	@npm run build

lock: setup  ## write the lock files from pyproject.toml, keeping versions (UPGRADE=1 takes the newest)
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	  --no-annotate $(if $(UPGRADE),--upgrade) --group embedded --group test --group check -o requirements.lock
	@$(UV) pip compile pyproject.toml --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	  --no-annotate $(if $(UPGRADE),--upgrade) --group browser --constraint requirements.lock \
	  -o requirements-browser.lock
	@git --no-pager diff --stat -- requirements.lock requirements-browser.lock

samples-remove: setup  ## remove the sample employers, openings and accounts
	@exec .venv/bin/python manage.py samples_remove

upgrade:  ## bring the portal that deploy/install.sh set up here to this checkout (root; backs out when something fails)
	@exec deploy/upgrade.sh
