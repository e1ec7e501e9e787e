# Shared by the scripts in this folder: where things are, and steps that print their time.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${CARGO_TARGET_DIR:-target}
export TZ=Asia/Ho_Chi_Minh

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# step NAME COMMAND...: runs the command, prints how long it took, returns its status.
step() {
  local name=$1 began=$SECONDS status=0
  shift
  say "==> $name"
  "$@" || status=$?
  say "<== $name: $((SECONDS - began)) s$([ "$status" = 0 ] || printf ', FAILED (%s)' "$status")"
  return "$status"
}

build_ui() { npm --prefix ui run --silent build; }
build_desktop() { cargo build --locked -p bienmau-desktop; }
