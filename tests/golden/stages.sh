#!/bin/sh
# stages.sh PROGRAM [--accept]: what every stage of extraction prints for the pages under
# tests/golden/stages/, against the prints kept beside them.
#
# A case is a folder with page.txt or page.html, or with a file `page` that names one elsewhere
# (relative to the folder), and the files blocks, document, mentions and record.  Pages go in
# through standard input, so that no print holds the path of a checkout.  --accept writes the
# prints anew; review them like code.
set -u
ocsearch=$1
accept=${2:-}
cases=$(cd "$(dirname "$0")" && pwd)/stages
got=$(mktemp)
trap 'rm -f "$got"' EXIT
trap 'exit 130' INT TERM
LC_ALL=C.UTF-8
export LC_ALL
failures=0

# page_of FOLDER: the case's page
page_of() {
    for page in "$1/page.txt" "$1/page.html"; do
        [ -f "$page" ] && echo "$page" && return
    done
    echo "$1/$(cat "$1/page")"
}

# check FOLDER STAGE
check() {
    if ! "$ocsearch" extract --stage="$2" --format=text - <"$(page_of "$1")" >"$got"; then
        echo "FAILED: $(basename "$1"): extract --stage=$2"
        failures=$((failures + 1))
    elif [ "$accept" = --accept ]; then
        cat "$got" >"$1/$2"
    elif ! diff -u "$1/$2" "$got"; then
        echo "FAILED: $(basename "$1"): the $2 are others"
        failures=$((failures + 1))
    fi
}

for folder in "$cases"/*/; do
    for stage in blocks document mentions record; do
        check "${folder%/}" "$stage"
    done
done
[ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
echo "ok"
