# Everything one does with this repository. The scripts behind the targets are in .ci/.
SHELL := /usr/bin/env bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench e2e hub sim dist

# Share of 10 million forms that `make bench` measures at; the database is filled once and kept.
SCALE ?= 1
# How many stories `make sim` plays, from which seed on.
SEEDS ?= 10000
SEED ?= 0

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what is missing: system packages and npm packages
	@.ci/setup.sh

run: setup ## open the program on the example; without a display make its reports
	@.ci/demo.sh

test: setup ## every test; the last line is "N passed, N failed"
	@.ci/test.sh all

e2e: setup ## the tests in the real window only
	@.ci/test.sh window

check: setup ## formatting, lints and types, all of them without a warning
	@.ci/check.sh

bench: setup ## speed against the references; SCALE=0.01 for a small database
	@cargo run --release -p bm-tests --features paper --bin bm-bench -- --scale $(SCALE)

hub: setup ## a PostgreSQL of its own with a hub, to try several workstations here
	@.ci/hub.sh

sim: setup ## workstations and a hub that fail in every way; SEEDS=10000, SEED=7 for one
	@SEEDS=$(SEEDS) SEED=$(SEED) cargo test --release -p bm-tests --test sim every -- --nocapture

dist: setup ## a .deb with the window and the command line, in target/release/bundle/deb
	@.ci/dist.sh
