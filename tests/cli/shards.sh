# A collection in three indexes answers like one, here or served by xapian-tcpsrv; and one that does not
# answer is named and left out.
. "$(dirname "$0")/lib.sh"
make_pages
servers=
trap 'for server in $servers; do kill "$server"; done 2>/dev/null; rm -rf "$work"' EXIT

here= there=
expect 0 index --db "$work/whole" "$work/pages"
for part in 0 1 2; do
    expect 0 index --shard=$part/3 --db "$work/part$part" "$work/pages"
    here="$here --db $work/part$part"
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

compare "$here"

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
