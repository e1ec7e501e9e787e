#!/usr/bin/env bash
# Opens the program on the invented Quảng Ninh example in build/demo. Where there is no display,
# makes the example's reports instead and says where they are.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

data=build/demo
mkdir -p build

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  step "build ui" build_ui
  step "build desktop" build_desktop
  exec "$target/debug/bienmau-desktop" --data "$data" --demo
fi

say "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set): making the reports instead."
step "build bienmau" cargo build --locked -p bm-cli
bienmau() { "$target/debug/bienmau" --data "$data" "$@"; }

if [ ! -d "$data" ]; then step "fill $data" bienmau init --demo; fi
today=$(date +%F)
mkdir -p build/reports
for format in csv xlsx json; do
  file=build/reports/daily-HOANHMO-$today.$format
  step "report $file" bienmau report daily --gate HOANHMO --date "$today" --format "$format" --out "$file"
done
step "verify" bienmau verify
echo "The example's database is in $data, today's reports of Hoành Mô in build/reports:"
ls -l build/reports
