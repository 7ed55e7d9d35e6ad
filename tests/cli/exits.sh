# Every exit code of the table; 75 is in busy.sh and saved.sh, 6 in output.sh and saved.sh.
. "$(dirname "$0")/lib.sh"
make_index

# 0: done; found
expect 0 crime
expect 0 search crime
expect 0 count crime
expect 0 count zzzzzz
out_is 0
expect 0 status
expect 0 --version
expect 0 zzzzzz --ok-empty

# 1: nothing found
expect 1 zzzzzz
expect 1 show 0000000000000000
expect 1 similar 0000000000000000
expect 1 entities zzzzzz
expect 1 export --to=csv zzzzzz
expect 0 entities zzzzzz --ok-empty
expect 1 show "$work/no/such/page.txt"

# 2: usage and queries; nothing was run, not even with an index that is missing
OCSEARCH_DB=$work/none
expect 2
expect 2 --no-such-option crime
expect 2 search
expect 2 count
expect 2 show
expect 2 show a b
expect 2 index
expect 2 extract
expect 2 status word
expect 2 help no-such-command
expect 2 search crime --limit=x
expect 2 search crime --format=xml
expect 2 search crime --fields=titel --format=json
expect 2 count --batch="$work/no-such-file"
expect 2 entities --type=thing
expect 2 saved
expect 2 saved run no-such-name
expect 2 export crime
expect 2 similar
expect 2 alias test
expect 2 search crime --format-version=2
expect 2 search crime --explain --format=csv
expect 2 extract --stage=record --format=jsonl x
expect 2 show x --bytes=9..3
expect 2 index --files-from="$work/no-such-list"
expect 2 ''
err_has "the query is empty"
expect 2 count '  '
expect 2 "$(printf 'a\377b')"
expect 2 'nofield:crime'
expect 2 '"crime'
expect 2 '(crime'
expect 2 'date:2018-13'
expect 2 count 'nofield:crime'
OCSEARCH_DB=$work/db
expect 2 show "$work/pages/01-f1a-press-release.txt" --bytes=0..99999999

# 3: some inputs failed
expect 3 extract "$work/pages/01-f1a-press-release.txt" "$work/gone.txt"
out_has '"type":"doc"'
printf 'crime\nnofield:x\n' >"$work/batch"
expect 3 count --batch="$work/batch"
printf 'a-name-alone\n' >"$work/saved"
expect 3 saved list --saved-file="$work/saved"
expect 3 index --max-page=3000 --db "$work/small" "$work/pages"
err_has 'failed: '
expect 0 --db "$work/small" lang:de --ok-empty

# 4: the index is missing or damaged
expect 4 crime --db "$work/none"
expect 4 count crime --db "$work/none"
expect 4 status --db "$work/none"
expect 4 show x --db "$work/none"
expect 4 entities --db "$work/none"
expect 4 export --to=csv --db "$work/none"
expect 4 similar x --db "$work/none"
expect 4 count --batch="$work/batch" --db "$work/none"
expect 4 crime --db "$work/db" --db "$work/none"
out_is_empty
cp -R "$work/db" "$work/damaged"
for file in "$work"/damaged/gen-*/iamglass; do
    echo 'not a database' >"$file"
done
expect 4 crime --db "$work/damaged"
out_is_empty

# 5: refused
expect 5 index "$work/no-such-folder"
mkdir "$work/empty"
expect 5 index "$work/empty"

# 70: memory ran out, and it was seen.  Sought is the least memory that the program starts in; with
# hardly more it cannot open an index.  (A sanitizer takes more than any limit; there is nothing to see.)
starts_in() {
    sh -c 'ulimit -v "$1"; "$2" --version; exit $?' sh "$1" "$ocsearch" >"$out" 2>"$err"
}
low=1000 high=1000000
if starts_in $high; then
    while [ $((high - low)) -gt 50 ]; do
        middle=$(((low + high) / 2))
        if starts_in $middle; then high=$middle; else low=$middle; fi
    done
    seen_70=
    for more in 0 50 100 150 200 300 400 600 800; do
        last="count crime in $((high + more)) KiB of memory"
        (ulimit -v $((high + more)) && "$ocsearch" count crime) >"$out" 2>"$err"
        case $? in
        0) out_lines 1 ;;
        70) seen_70=yes && err_has "memory" && out_is_empty ;;
        *) fail "neither 0 nor 70" ;;
        esac
    done
    [ "$seen_70" ] || fail "memory never ran out"
fi
finish
