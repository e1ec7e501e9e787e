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
# The same day as at the counter: a newcomer buys more than the quota, comes again, and the first form is cancelled.
today=$(date +%F)
mkdir -p build/reports
uuid() { cat /proc/sys/kernel/random/uuid; }
card=022185$(date +%H%M%S)
first=$(uuid)
form() { # form ID QUANTITY: apples at 8 CNY a kilogram
  printf '{"id":"%s","at":"%s","gate":"HOANHMO","workstation":"QUAY-01","direction":"import","resident":{"kind":"cccd",%s},"lines":[%s]}\n' \
    "$1" "$(date +%FT%T%:z)" \
    '"number":"'"$card"'","name":"NGUYỄN THỊ HOA","born":"1985-03-12","sex":"female","commune":"06841","basis":"permanent_residence"' \
    '{"hs":"08081000","quantity":"'"$2"'","unit":"kg","unit_price":"8","currency":"CNY","origin":"CN","certificate":"KDTV-0001"}'
}
{ form "$first" 100; form "$(uuid)" 10; } >build/reports/day.jsonl
step "declare build/reports/day.jsonl" bienmau declare build/reports/day.jsonl | tee build/reports/answers.jsonl
step "cancel the first" bienmau cancel "$first" --reason "Phía bạn không giao hàng"
step "quota of the resident" bienmau quota "$card"
for format in csv xlsx json; do
  file=build/reports/daily-HOANHMO-$today.$format
  step "report $file" bienmau report daily --gate HOANHMO --date "$today" --format "$format" --out "$file"
done
step "verify" bienmau verify
cat "build/reports/daily-HOANHMO-$today.csv"
echo "The example's database is in $data, the day's answers and reports of Hoành Mô in build/reports."
