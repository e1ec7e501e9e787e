#!/usr/bin/env bash
# Packs the window and the command line into one .deb.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mkdir -p "$target"
target=$(cd "$target" && pwd)
step "build bienmau" cargo build --release --locked -p bm-cli
files=$(printf '{"/usr/bin/bienmau":"%s"}' "$target/release/bienmau")
step "build and pack the window" ui/node_modules/.bin/tauri build --bundles deb \
  --config "{\"bundle\":{\"linux\":{\"deb\":{\"files\":$files}}}}"
echo "The package:"
ls -l "$target"/release/bundle/deb/*.deb
