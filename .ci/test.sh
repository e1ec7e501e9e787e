#!/usr/bin/env bash
# test.sh all|window: runs the tests and ends with one line "N passed, N failed".
# A step that breaks before its runner could count counts as one failure.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

logs=build/tests
passed=0
failed=0
rm -rf "$logs"
mkdir -p "$logs"

# must NAME COMMAND...: a step without tests of its own.
must() { step "$@" || failed=$((failed + 1)); }

# counted NAME COUNTER COMMAND...: COUNTER reads the log and prints "PASSED FAILED".
counted() {
  local name=$1 counter=$2 status=0 good=0 bad=0
  local log="$logs/${name// /-}.log"
  shift 2
  step "$name" logged "$log" "$@" || status=$?
  read -r good bad < <("$counter" "$log") || true
  if [ "$status" != 0 ] && [ "$bad" = 0 ]; then bad=1; fi
  if [ "$status" = 0 ] && [ "$good" = 0 ] && [ "$name" != "rust docs" ]; then
    say "$name: no test ran"
    bad=1
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
}

logged() {
  local log=$1
  shift
  "$@" 2>&1 | tee "$log"
}

# Colours removed, the sum of all numbers that stand before a word of the given pattern.
sum() { sed 's/\x1b\[[0-9;]*m//g' "$1" | grep -E "$2" | grep -oE "[0-9]+ ($3)" | awk '{ n += $1 } END { print n + 0 }'; }
count_nextest() { echo "$(sum "$1" '^ +Summary ' passed) $(sum "$1" '^ +Summary ' 'failed|timed out|exec failed')"; }
count_cargo() { echo "$(sum "$1" '^test result: ' passed) $(sum "$1" '^test result: ' failed)"; }
count_vitest() { echo "$(sum "$1" '^ +Tests ' passed) $(sum "$1" '^ +(Tests|Errors) ' 'failed|errors?')"; }
count_node() {
  awk '/^# pass / { good = $3 } /^# (fail|cancelled|skipped|todo) / { bad += $3 }
    END { print good + 0, bad + 0 }' "$1"
}

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    counted "rust" count_nextest cargo nextest run --locked --no-fail-fast
    counted "rust docs" count_cargo cargo test --locked --doc --no-fail-fast
  else
    counted "rust" count_cargo cargo test --locked --no-fail-fast
  fi
}

browser_tests() {
  must "build dev host" cargo build --locked -p bm-tests --features paper --bin bm-devhost
  counted "browser" count_node env BIENMAU_DEVHOST="$target/debug/bm-devhost" \
    node --test --test-concurrency=1 --test-reporter=tap tests/ui/*.test.mjs
}

window_tests() {
  must "build desktop" build_desktop
  counted "window" count_node env BIENMAU_DESKTOP="$target/debug/bienmau-desktop" \
    node --test --test-concurrency=1 --test-reporter=tap tests/shell/*.test.mjs
}

if [ "$1" = all ]; then
  if [ "${CI:-}" = true ]; then must "check" .ci/check.sh; fi
  rust_tests
  counted "ui" count_vitest npm --prefix ui test --silent
fi
must "build ui" build_ui
if [ "$1" = all ]; then browser_tests; fi
window_tests

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
