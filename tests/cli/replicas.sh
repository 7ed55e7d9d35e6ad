# A copy of an index that xapian-replicate keeps on another machine answers as the original: before and
# after changes in place, with and without sets of changes, and at a new generation.
. "$(dirname "$0")/lib.sh"
for tool in xapian-replicate xapian-replicate-server setsid; do
    command -v $tool >/dev/null || {
        echo "$tool is not installed: nothing is tried"
        exit 0
    }
done
server=
trap '[ -z "$server" ] || kill $server 2>/dev/null; rm -rf "$work"' EXIT
make_index

# On a port of its own, which ends up in $port; in a session of its own, for it may end its group.
serve() {
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + try * 4999) % 40000))
        setsid xapian-replicate-server --interface=127.0.0.1 --port=$port "$work/db" \
            >"$work/server" 2>&1 &
        server=$!
        attempts=0
        while kill -0 $server 2>/dev/null && [ $attempts -lt 100 ]; do
            copy && return
            attempts=$((attempts + 1))
            sleep 0.1
        done
        kill $server 2>/dev/null
    done
    fail "no server: $(cat "$work/server")"
    finish
}

# The copy lies beside a `current` that leads to it.
mkdir "$work/copy"
ln -s replica "$work/copy/current"
copy() {
    xapian-replicate --host=127.0.0.1 --port=$port --master=current --one-shot --verbose \
        --reader-time=0 "$work/copy/replica" >"$work/copied" 2>&1
}
# copied TEXT: bring the copy up to date, which takes what TEXT says
copied() {
    copy || fail "not replicated: $(cat "$work/copied")"
    grep -qF "$1" "$work/copied" || fail "'$1' was due: $(cat "$work/copied")"
    for words in "export --to=opensearch" "search police -n0 --format=csv" "search person:* --facet=person --no-hits --format=csv" \
        "who head --format=csv" "entities -n0 --format=csv"; do
        # shellcheck disable=SC2086
        expect 0 $words
        cp "$out" "$work/wanted"
        # shellcheck disable=SC2086
        expect 0 $words --db "$work/copy"
        cmp -s "$out" "$work/wanted" || fail "the copy answers otherwise"
    done
}
change() {
    echo "Xylophone number $1 was played in Vienna on $1 May 2018." >>"$work/pages/01-f1a-press-release.txt"
    expect 0 index --compact=never "$work/pages"
}

serve
copied "" # what was written in bulk comes whole

change 2 # and so do changes of which nobody kept a set
copied "1 copies, 0 changesets"

XAPIAN_MAX_CHANGESETS=10
export XAPIAN_MAX_CHANGESETS
change 3
change 4
copied "0 copies, 2 changesets"
expect 0 count --db "$work/copy" '"xylophone number 4"'
out_is 1
copied "0 copies, 0 changesets"

# a new generation, in one piece or anew, comes whole, and changes of it by themselves again
expect 0 index --compact=always "$work/pages"
copied "1 copies, 0 changesets"
change 5
copied "0 copies, 1 changesets"
expect 0 count --db "$work/copy" '"xylophone number 5"'
out_is 1
finish
