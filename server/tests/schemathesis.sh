#!/usr/bin/env bash
# Schemathesis over the API's document, bounded: no server error, no answer that the document does not tell.
# Usage: schemathesis.sh [PROGRAM], by default the debug build. Skips loudly where Python or the package is out of reach.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${1:-${CARGO_TARGET_DIR:-target}/debug/sohoa}
version=4.32.5 # of schemathesis; MIT
seconds=30     # of testing with each of two tokens; with installing and starting it stays under 90

skip() { printf 'NOT TESTED: schemathesis: %s\n' "$1" >&2; exit 0; }
[ -x "$program" ] || { printf '%s is not built\n' "$program" >&2; exit 1; }
command -v python3 >/dev/null || skip 'python3 is not installed'

folder=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"; }
trap stop EXIT
python3 -m venv "$folder/venv" >/dev/null 2>&1 || skip 'python3 has no venv'
timeout 60 "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "schemathesis==$version" >"$folder/pip.log" 2>&1 \
  || skip 'the package index is out of reach'

# A year of one province is enough for every list to have rows.
for week in 01-05 01-12 01-19 01-26 02-02 02-09 02-16 02-23; do
  day=${week#*-}/${week%-*}/2025
  counts=$((500 + 10#${week%-*} * 40 + 10#${week#*-}))
  printf 'Mã tỉnh,Ngày chốt số liệu,Loại việc,Tổng số cần số hóa,Đã nhập,Đã chuyển vào CSDL\n24,%s,Kết hôn,1000,%s,%s\n' \
    "$day" "$((counts + 20))" "$counts" >"$folder/week-$week.csv"
done
"$program" load "$folder"/week-*.csv --database "$folder/api.sqlite" --lang en >/dev/null
"$program" token create --scope read --expires 1d --database "$folder/api.sqlite" >"$folder/read" 2>/dev/null
"$program" token create --scope upload --province 24 --expires 1d --database "$folder/api.sqlite" >"$folder/upload" 2>/dev/null
"$program" serve --listen 127.0.0.1:0 --database "$folder/api.sqlite" >"$folder/served" &
server=$!
for _ in $(seq 100); do
  address=$(grep -o 'http://[0-9.:]*' "$folder/served" || true)
  [ -n "$address" ] && break
  sleep 0.1
done
[ -n "$address" ] || { printf 'the server did not start\n' >&2; exit 1; }

cd "$folder"
# Reads with a token that reads the nation, writes with one that sends files of a province.
try() {
  "$folder/venv/bin/st" run "$address/api/v1/openapi.json?lang=en" \
    --max-time "$seconds" --max-examples 40 --workers 1 --seed 1 --phases examples,coverage,fuzzing --no-color --warnings off \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,unsupported_method \
    -H "Authorization: Bearer $(cat "$folder/$1")" "${@:2}"
}
try read --include-method GET
try upload --exclude-method GET
