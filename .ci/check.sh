#!/usr/bin/env bash
# Formatting, lints and types. Runs all of them, fails if one does.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

status=0
# The shell's macro embeds the built page, so clippy needs it there.
[ -f ui/dist/index.html ] || step "build ui" build_ui || status=1
step "cargo fmt" cargo fmt --all --check || status=1
step "clippy" cargo clippy --locked --workspace --all-targets --features bm-tests/paper -- -D warnings || status=1
step "ui lint" npm --prefix ui run --silent lint || status=1
step "ui types" npm --prefix ui run --silent typecheck || status=1
exit "$status"
