# A collection in three indexes answers like one, here or served by xapian-tcpsrv; and one that does not
# answer is named and left out.
. "$(dirname "$0")/lib.sh"
make_pages
servers=
trap 'for server in $servers; do kill "$server"; done 2>/dev/null; rm -rf "$work"' EXIT

parts= there=
expect 0 index --db "$work/whole" "$work/pages"
for part in 0 1 2; do
    expect 0 index --shard=$part/3 --db "$work/part$part" "$work/pages"
    parts="$parts --db $work/part$part"
done

# serve PART: on a port of its own, which ends up in $port; in a session of its own, as the server ends
# all processes of its group with itself
serve() {
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + $1 * 997 + try * 4999) % 40000))
        setsid xapian-tcpsrv --quiet --interface 127.0.0.1 --port $port "$work/part$1/current" \
            >/dev/null 2>&1 &
        server=$!
        for wait in 1 2 3 4 5 6 7 8 9 10; do
            "$ocsearch" count --db "tcp://127.0.0.1:$port" 'date:*' >/dev/null 2>&1 && break 2
            kill -0 $server 2>/dev/null || break
            sleep 0.1
        done
        kill $server 2>/dev/null
    done
    servers="$servers $server"
    there="$there --db tcp://127.0.0.1:$port"
}

# The same answers from the whole and from its parts.
compare() {
    for query in police '"organized crime"' 'country:RS' 'person:*' 'prosecut*' 'date:2016..' \
        'police NEAR/8 person:*' 'org:OSCE' 'title:police' 'police -border' 'NOT police'; do
        expect 0 count --db "$work/whole" "$query"
        cp "$out" "$work/wanted"
        # shellcheck disable=SC2086 # options
        expect 0 count $1 "$query"
        cmp -s "$work/wanted" "$out" || fail "the parts answer otherwise: $query"
        expect 0 search --db "$work/whole" "$query" -n0 --all-copies --snippets=0 --format=csv
        sed 1d "$out" | cut -d, -f3- | sort >"$work/wanted"
        # shellcheck disable=SC2086
        expect 0 search $1 "$query" -n0 --all-copies --snippets=0 --format=csv
        sed 1d "$out" | cut -d, -f3- | sort | cmp -s - "$work/wanted" ||
            fail "the parts find others: $query"
    done
}

compare "$parts"

command -v xapian-tcpsrv >/dev/null && command -v setsid >/dev/null || {
    echo "xapian-tcpsrv is not installed: only indexes on this disk"
    finish
    exit
}
serve 0
serve 1
serve 2
lost=${there##* } # tcp://...
compare "$there"

# What was perhaps meant is asked of indexes elsewhere only when it is wanted.
# shellcheck disable=SC2086
expect 1 search $parts crmie
err_has "did you mean  crime"
# shellcheck disable=SC2086
expect 1 search $there crmie
err_lacks "did you mean"
# shellcheck disable=SC2086
expect 1 search $there crmie --suggest
err_has "did you mean  crime"

# The last one ends.
kill $server
servers=${servers% *}
sleep 0.2
# shellcheck disable=SC2086
expect 3 count $there police
err_has "$lost does not answer: this is without it"
cp "$out" "$work/got"
expect 0 count --db "$work/part0" --db "$work/part1" police
cmp -s "$out" "$work/got" || fail "another answer than that of the two that are left"

# What all other commands say is incomplete, too, and is what the parts that are left say.
left="--db $work/part0 --db $work/part1"
for words in "search police -n0 --format=csv --fields=id" "search police --facet=person,kind --no-hits --format=csv" \
    "entities police --format=csv" "kwic police --format=csv" "who head --format=csv" \
    "pairs police --format=csv" "timeline police --format=csv" \
    "export --to=csv police"; do
    # shellcheck disable=SC2086
    expect 0 $words $left
    sort "$out" >"$work/wanted"
    # shellcheck disable=SC2086
    expect 3 $words $there
    err_has "$lost does not answer: this is without it"
    sort "$out" | cmp -s - "$work/wanted" || fail "another answer than that of the two that are left"
    # shellcheck disable=SC2086
    expect 75 $words --all-shards $there
    out_is_empty
done
printf 'a\tpolice\n' >"$work/batch"
# shellcheck disable=SC2086
expect 3 count --batch="$work/batch" $there
err_has "$lost does not answer"
id=$("$ocsearch" search police -n1 --format=ids --db "$work/part0")
for words in "show $id" "similar $id" "why-not $id police"; do
    # shellcheck disable=SC2086
    expect 3 $words $there
    err_has "$lost does not answer"
done
expect 0 saved add mine police --saved-file="$work/saved"
# shellcheck disable=SC2086
expect 3 saved run mine --saved-file="$work/saved" --format=jsonl $there
out_has '"reason":"missing index"'

# The summary record names what is missing.
# shellcheck disable=SC2086
expect 3 search police --format=jsonl $there
tail -n 1 "$out" | grep -qF '"incomplete":true,"reason":"missing index","missing":["'"$lost"'"]' ||
    fail "the summary does not name the missing index"
python3 "$here/records.py" check "$root/docs/ocsearch.schema.json" "$out" summary >"$work/verdict" 2>&1 ||
    fail "$(cat "$work/verdict")"
for words in "count police" "entities police" "kwic police" "who head" "pairs police" "timeline police" \
    "count --batch=$work/batch" "similar $id"; do
    # shellcheck disable=SC2086
    expect 3 $words --format=jsonl $there
    tail -n 1 "$out" | grep -qF ',"missing":["'"$lost"'"]}' || fail "$words: the missing index is not named"
    # shellcheck disable=SC2086
    expect 0 $words --format=jsonl $left
    out_lacks '"missing":['
done
# shellcheck disable=SC2086
expect 0 search police --format=jsonl $left
tail -n 1 "$out" | grep -qF '"incomplete":false' || fail "nothing is missing"
out_lacks '"missing":['

# shellcheck disable=SC2086
expect 75 count --all-shards $there police
err_has "$lost does not answer"
out_is_empty
expect 75 count --db "$lost" police
err_has "$lost"
for place in tcp:// tcp://x tcp://x: tcp://x:0 tcp://x:65536 tcp://:80 tcp://x:8o; do
    expect 2 count --db $place police
    err_has 'write tcp://HOST:PORT'
done

finish
