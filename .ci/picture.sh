#!/usr/bin/env bash
# Makes the picture of the README anew from the day in the real window.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

step "build ui" build_ui
step "build desktop" build_desktop
step "day at the counter" env BIENMAU_DESKTOP="$target/debug/bienmau-desktop" \
  node --test tests/shell/day.test.mjs
mkdir -p ui/pictures
convert tests/shell/pictures/day-4-decided.png -strip +dither -colors 200 \
  -define png:compression-level=9 ui/pictures/counter.png
ls -l ui/pictures/counter.png
