#!/usr/bin/env bash
# A PostgreSQL of its own in build/hub (or HUB_FOLDER) with a hub in it, to try several workstations on
# one machine. It runs until it is stopped: .ci/hub.sh stop
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

folder=${HUB_FOLDER:-$PWD/build/hub}
port=${HUB_PORT:-54330}
url="postgresql://postgres:only-here@127.0.0.1:$port"

programs=${BIENMAU_PG_BIN:-$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)}
[ -x "$programs/initdb" ] || die "PostgreSQL is missing: run make setup, or name the folder of initdb in BIENMAU_PG_BIN"

# The server does not run as root.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

make_cluster() {
  local secret
  mkdir -p "$folder"
  if [ "$(id -u)" = 0 ]; then chown postgres "$folder"; fi
  secret=$(mktemp)
  echo only-here >"$secret"
  chmod 644 "$secret"
  (cd / && as_server "$programs/initdb" -D "$folder/data" -U postgres -A scram-sha-256 \
    --pwfile="$secret" -E UTF8 --locale=C.UTF-8 >/dev/null)
  rm "$secret"
}

server() { (cd / && as_server "$programs/pg_ctl" -D "$folder/data" "$@" >/dev/null); }

if [ "${1:-}" = stop ]; then
  server -m fast stop
  say "The hub in $folder is stopped. Its data stays; make hub starts it again."
  exit
fi
step "build bienmau" cargo build --locked -p bm-cli
bienmau="$target/debug/bienmau"
[ -d "$folder/data" ] || step "make a cluster in $folder" make_cluster
server status || step "start it on 127.0.0.1:$port" server -w -l "$folder/log" \
  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$folder" start
PGPASSWORD=only-here "$programs/psql" -qh 127.0.0.1 -p "$port" -U postgres \
  -tc "SELECT 1 FROM pg_database WHERE datname = 'bienmau'" | grep -q 1 ||
  PGPASSWORD=only-here "$programs/createdb" -h 127.0.0.1 -p "$port" -U postgres bienmau
"$bienmau" hub init "$url/bienmau?sslmode=disable" --office MONGCAI
cat >&2 <<EOF
Let a workstation in, then join with the address it answers:
  $bienmau hub admit "$url/bienmau?sslmode=disable" --name QUAY-01
  $bienmau --data build/quay-01 hub join "ADDRESS"
Stop the server with: .ci/hub.sh stop
EOF
