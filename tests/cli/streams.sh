# Results on standard output, everything else on standard error.
. "$(dirname "$0")/lib.sh"
make_index
out_is_empty
err_has "indexed $pages: $pages added, 0 changed, 0 unchanged, 0 deleted, 0 failed; $pages documents"
expect 0 index -q "$work/pages"
out_is_empty
err_is_empty

# a query error: the query and a caret under the place
expect 2 'crime nofield:x'
out_is_empty
err_has "crime nofield:x"
err_has "      ^"

expect 2 --fromat=json crime
out_is_empty
err_has "did you mean --format?"
expect 4 crime --db "$work/none" --format=json
out_is_empty
expect 1 zzzzzz
out_is_empty
err_has "no documents"

expect 0 crime -n3
err_has "3 of "
err_lacks "1."
expect 0 crime -n3 --format=jsonl
err_is_empty
expect 0 count crime
err_is_empty
expect 0 search --help
err_is_empty

# a name from outside cannot write into the terminal of whoever reads the messages
expect 3 extract "$(printf '%s/a\033[2J.txt' "$work")"
err_has 'a\x1b[2J.txt'

# a failure in the middle of a list
printf '%s\n' "$work/pages/01-f1a-press-release.txt" "$work/gone.txt" \
    "$work/pages/04-f1e-de-short-menu.txt" >"$work/list"
expect 3 extract --files-from="$work/list"
out_lines 3
out_has '"type":"error"'
same "$(grep -c '"type":"doc"' "$out")" 2
err_has "$work/gone.txt"
last="extract --files-from=-"
"$ocsearch" extract --files-from=- <"$work/list" >"$work/out2" 2>"$err"
same $? 3
cmp -s "$out" "$work/out2" || fail "a list on standard input gives something else"
tr '\n' '\0' <"$work/list" >"$work/list0"
expect 3 extract -0 --files-from="$work/list0"
cmp -s "$out" "$work/out2" || fail "a list with NUL bytes gives something else"

# a page on standard input
last="extract -"
"$ocsearch" extract - --stage=document --format=text <"$work/pages/01-f1a-press-release.txt" \
    >"$out" 2>"$err"
same $? 0
out_has "title    Regional prosecutors agree"
finish
