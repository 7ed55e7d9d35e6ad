#!/bin/sh
# samples.sh PROGRAM: extract all sample pages and compare with what is expected of them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
got=$(mktemp)
trap 'rm -f "$got"' EXIT
trap 'exit 130' INT TERM
cd "$here/../../corpus/samples"
"$1" extract --format=jsonl ./*.txt ./*.html >"$got"
python3 "$here/samples.py" "$got"
