# One document for a reader: its head, its text in colours, the matches of a query, and the bytes that
# prove a span.
. "$(dirname "$0")/lib.sh"
make_index
esc=$(printf '\033')
page=$work/pages/01-f1a-press-release.txt

expect 0 show "$page"
out_has "title    "
out_has "people   "
grep -q '^date  *[0-9-]* ([a-z]*)$' "$out" || fail "no date with where it was read"
! grep -q "$(printf '\tperson\t')" "$out" || fail "lines of mentions unasked"
expect 0 show "$page" --mentions
grep -q "$(printf '\tperson\t')" "$out" || fail "no lines of mentions"

# colours
expect 0 show "$page" --color=always
out_has "colours"
grep -qF "${esc}[36m" "$out" || fail "no person is coloured"
! grep -qF "${esc}[1;31m" "$out" || fail "something matches without a query"
expect 0 show "$page" --color=always --highlight=none
out_lacks "colours"
! grep -qF "${esc}[36m" "$out" || fail "a person is coloured in spite of --highlight=none"
expect 0 show "$page" --color=always --query='crime OR the'
grep -qiE "${esc}\\[1;31m(crime|the)${esc}\\[0m" "$out" || fail "no match is coloured"
expect 2 show "$page" --query='persn:x'
err_has "^"
expect 0 show "$page" --query='crime OR the' --format=jsonl
out_lacks "$esc"

# folded on a terminal, a blank line between paragraphs, the path whole
COLUMNS=50
export COLUMNS
script -qec "'$ocsearch' show '$page' --color=never" /dev/null >"$out" 2>"$err" </dev/null
[ "$(sed "s/$(printf '\r')//" "$out" | grep -v "^path" | wc -L)" -le 50 ] || fail "lines are not folded"
out_has "path     $page"

# bytes: exactly these into a pipe, with their line on a terminal
span=$("$ocsearch" show "$page" --format=jsonl | sed 's/.*"title_raw".*//; s/.*"type":"person"[^}]*"raw":\[\([0-9]*\),\([0-9]*\)\].*/\1..\2/')
expect 0 show "$page" --bytes="$span"
bytes=$(cat "$out")
same "$bytes" "$(dd if="$page" bs=1 skip="${span%..*}" count="$((${span#*..} - ${span%..*}))" 2>/dev/null)"
script -qec "'$ocsearch' show '$page' --bytes=$span --color=never" /dev/null >"$out" 2>"$err" </dev/null
out_has "$page:"
out_has "$bytes"
echo >>"$page"
expect 3 show "$page" --bytes="$span"
out_is "$bytes"
err_has "has changed since it was indexed"
expect 3 show "$page" --bytes="$span" --format=jsonl
out_has '"unchanged":false'
rm "$page"
expect 3 show "$page" --bytes="$span"
out_is_empty
finish
