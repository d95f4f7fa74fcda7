# Sourced by .ci/run where no PostgreSQL server is up: starts one in a folder of its own, on a free port of loopback, and sets TEST_DATABASE_URL.
# Installs Debian's package where there is none. Without one, the tests that need it say that they are skipped.
postgres_programs() { ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -V | tail -1; }

start_private_postgres() {
  [ -n "$(postgres_programs)" ] || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -yqq postgresql; } > /dev/null 2>&1 || return 1
  PRIVATE_POSTGRES=$(mktemp -d)
  local programs port
  programs=$(postgres_programs)
  port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  # PostgreSQL refuses to run as root.
  as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
  [ "$(id -u)" != 0 ] || chown postgres "$PRIVATE_POSTGRES"
  as_owner "$programs/initdb" -D "$PRIVATE_POSTGRES/data" -U tests --auth=trust --no-sync > /dev/null || return 1
  as_owner "$programs/pg_ctl" -D "$PRIVATE_POSTGRES/data" -w -s -l "$PRIVATE_POSTGRES/log" -o "-h 127.0.0.1 -p $port -k $PRIVATE_POSTGRES" start || return 1
  export TEST_DATABASE_URL="postgres://tests@127.0.0.1:$port/postgres"
}

stop_private_postgres() {
  as_owner "$(postgres_programs)/pg_ctl" -D "$PRIVATE_POSTGRES/data" -m immediate -s stop
  rm -rf "$PRIVATE_POSTGRES"
}

start_private_postgres
