# Every exit code of the table that can be provoked from outside; 75 is in busy.sh, 6 in output.sh.
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
expect 3 index --max-page=3000 --db "$work/small" "$work/pages"
err_has 'failed: '
expect 0 --db "$work/small" lang:de --ok-empty

# 4: the index is missing or damaged
expect 4 crime --db "$work/none"
expect 4 count crime --db "$work/none"
expect 4 status --db "$work/none"
expect 4 show x --db "$work/none"
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
finish
