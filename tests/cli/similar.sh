# Documents like one: by id and by path, copies apart, and why.
. "$(dirname "$0")/lib.sh"
make_index
page=$work/pages/01-f1a-press-release.txt
copy=$work/pages/13-f4-body-only.txt
id=$("$ocsearch" "path:\"$page\"" --format=ids)

expect 0 similar "$page" -n 5
out_has "shares: "
out_lacks "$page"
err_is_empty
cp "$out" "$work/by-path"
expect 0 similar "$id" -n 5
cmp -s "$out" "$work/by-path" || fail "an id gives something else than its path"

# copies of it are left out, or marked
expect 0 similar "$page" --format=paths
! grep -qx "$copy" "$out" || fail "the copy is there unasked"
expect 0 similar "$page" --all-copies --format=jsonl
same "$(jq -r 'select(.copy) | .path' "$out")" "$copy"
same "$(jq -r 'select(.type=="doc") | .path' "$out" | head -n 1)" "$copy"

# why: words and names that stand in both, the most telling first
expect 0 similar "$page" --format=jsonl
jq -se 'map(select(.type=="doc") | .why | map(.weight) |
    length > 0 and . == (sort | reverse)) | length > 0 and all' "$out" >"$work/whys" || fail "a hit without a why"
jq -r 'select(.type=="doc") | .path as $p | .why[] | select(.type!="word") | [$p, .type, .key] | @tsv' "$out" |
    while IFS='	' read -r other type key; do
        "$ocsearch" show "$other" --format=jsonl |
            jq -e --arg t "$type" --arg k "$key" '[.mentions[], (.place[] | {type: "place", key: $k})] |
                any(.type == $t and .key == $k)' >>"$work/whys" || echo "$other has no $type $key"
    done >"$work/missing"
[ ! -s "$work/missing" ] || fail "$(head -n 3 "$work/missing")"
same "$(tail -n 1 "$out" | jq -c '[.type,.schema]')" '["similar",1]'

expect 0 similar "$page" --format=csv --fields=rank,score,id
same "$(head -n 1 "$out")" "rank,score,id"
sed 1d "$out" | cut -d, -f2 >"$work/scores"
sort -gr "$work/scores" | cmp -s - "$work/scores" || fail "not the best first"
expect 0 similar "$page" -n3 --format=text0
same "$(tr -cd '\0' <"$out" | wc -c)" 3

expect 1 similar 0000000000000000
err_has "there is no document"
expect 1 similar "$work/no/such/page"
echo "Ein Satz." >"$work/lonely.txt"
expect 0 index --db "$work/one" "$work/lonely.txt"
expect 1 similar --db "$work/one" "$work/lonely.txt"
expect 0 similar --db "$work/one" "$work/lonely.txt" --ok-empty
expect 2 similar
expect 2 similar a b
expect 2 similar "$page" --fields=id
expect 2 similar "$page" --format=csv --fields=nothing
expect 2 similar "$page" --format-version=2
expect 4 similar "$page" --db "$work/none"
finish
