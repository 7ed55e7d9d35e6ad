# Three served parts of a collection, one of which is killed, or falls silent, while it is asked: in a
# loop of searches, and in the midst of one long answer.
. "$(dirname "$0")/lib.sh"
for tool in xapian-tcpsrv setsid; do
    command -v $tool >/dev/null || {
        echo "$tool is not installed: nothing is tried"
        exit 0
    }
done
sessions=
trap 'for s in $sessions; do kill -s KILL -- "-$s" 2>/dev/null; done; rm -rf "$work"' EXIT

numbered_pages "$work/pages" 1000 2500
for part in 0 1 2; do
    expect 0 index --shard=$part/3 --db "$work/part$part" "$work/pages"
done
expect 0 index --db "$work/whole" "$work/pages"
left="--db $work/part0 --db $work/part1"

# serve PART PORT: in a session of its own, which ends up in $session; false when the port is taken
serve() {
    setsid xapian-tcpsrv --quiet --interface 127.0.0.1 --port "$2" "$work/part$1/current" \
        >/dev/null 2>&1 &
    session=$!
    attempts=0
    while kill -0 $session 2>/dev/null && [ $attempts -lt 100 ]; do
        "$ocsearch" count --db "tcp://127.0.0.1:$2" police >/dev/null 2>&1 && {
            sessions="$sessions $session"
            return
        }
        attempts=$((attempts + 1))
        sleep 0.1
    done
    return 1
}
there=
for part in 0 1 2; do
    for try in 1 2 3 4 5; do
        port=$((20000 + ($$ * 7 + part * 997 + try * 4999) % 40000))
        serve $part $port && break
    done
    there="$there --db tcp://127.0.0.1:$port"
done
lost=tcp://127.0.0.1:$port
again() { # the last one, as soon as its port is free
    for try in 1 2 3 4 5 6 7 8 9 10; do
        serve 2 $port && return
        sleep 1
    done
    fail "the server does not come back"
}
all_of() { ps -e -o sid=,pid= | while read -r sid pid; do [ "$sid" != "$session" ] || echo "$pid"; done; }
silence() { for pid in $(all_of); do kill -STOP "$pid"; done; }

# ---- searches in a loop ----

"$ocsearch" count --db "$work/whole" police >"$work/all"
# shellcheck disable=SC2086
"$ocsearch" count $left police >"$work/some"
! cmp -s "$work/all" "$work/some" || fail "the lost part has nothing"
search_on() {
    while [ ! -e "$work/stop" ]; do
        # shellcheck disable=SC2086
        "$ocsearch" count $there police >"$work/got" 2>"$work/got-err"
        case $? in
        0) cmp -s "$work/got" "$work/all" && echo all ;;
        3) cmp -s "$work/got" "$work/some" && grep -qF "$lost does not answer" "$work/got-err" &&
            echo some ;;
        *) false ;;
        esac >>"$work/answers" || { cat "$work/got" "$work/got-err" >>"$work/bad"; }
    done
}
# until_answers WHAT: the loop has given it after now
until_answers() {
    n=$(grep -c "$1" "$work/answers")
    attempts=0
    until [ "$(grep -c "$1" "$work/answers")" -gt "$n" ] || [ -e "$work/bad" ]; do
        attempts=$((attempts + 1))
        [ $attempts -lt 600 ] || { fail "the searches never give $1"; return; }
        sleep 0.1
    done
}
: >"$work/answers"
search_on &
loop=$!
for time in 1 2 3; do
    until_answers all
    kill -s KILL -- "-$session"
    until_answers some
    again
    until_answers all
done
touch "$work/stop"
wait $loop
last="count police, in a loop"
[ ! -e "$work/bad" ] || fail "$(head -n 3 "$work/bad")"

# ---- in the midst of one answer ----

ids() { grep -o '"_id":"[^"]*"' "$1" | sort; }
# shellcheck disable=SC2086
"$ocsearch" export --to=opensearch $left >"$work/two" 2>/dev/null
"$ocsearch" export --to=opensearch --db "$work/whole" >"$work/three" 2>/dev/null
ids "$work/two" >"$work/two-ids"
ids "$work/three" >"$work/three-ids"
mkfifo "$work/pipe"
# struck HOW WORDS: the last server is struck when the answer has begun, of which nobody took more than
# the first byte
struck() {
    last="$2, $1"
    # shellcheck disable=SC2086
    "$ocsearch" $2 $there >"$work/pipe" 2>"$work/got-err" &
    asked=$!
    exec 4<"$work/pipe"
    dd bs=1 count=1 <&4 >"$work/got" 2>/dev/null
    if [ "$1" = silent ]; then silence; else kill -s KILL -- "-$session"; fi
    cat <&4 >>"$work/got"
    exec 4<&-
    wait $asked
    same $? 3
}
for how in killed silent; do
    # what the others have is all there, each once
    struck $how "export --to=opensearch"
    grep -qF "$lost does not answer: this is without it" "$work/got-err" || fail "$(cat "$work/got-err")"
    ids "$work/got" >"$work/got-ids"
    [ -z "$(uniq -d "$work/got-ids")" ] || fail "a document is there twice"
    [ -z "$(comm -13 "$work/got-ids" "$work/two-ids")" ] || fail "documents of the others are missing"
    [ -z "$(comm -23 "$work/got-ids" "$work/three-ids")" ] || fail "documents from nowhere"
    [ $how = killed ] || { # new questions do without it, and a strict one fails
        # shellcheck disable=SC2086
        expect 3 count $there police
        err_has "$lost does not answer"
        cmp -s "$out" "$work/some" || fail "another answer than that of the two that are left"
        # shellcheck disable=SC2086
        "$ocsearch" count --all-shards $there police >"$out" 2>"$err"
        code=$?
        last="count --all-shards, $how"
        [ $code -eq 75 ] || [ $code -eq 3 ] || fail "exit $code where 75 or 3 was due"
        out_is_empty
        err_has "$lost"
        kill -s KILL -- "-$session"
    }
    again
    # hits that were given stand, and that they are not all is told
    struck $how "search police -n0 --all-copies --format=jsonl"
    grep -qF "$lost does not answer" "$work/got-err" || fail "$(cat "$work/got-err")"
    tail -n 1 "$work/got" | grep -qF '"incomplete":true,"reason":"failure","missing":["'"$lost"'"]' ||
        fail "the summary does not tell it: $(tail -n 1 "$work/got")"
    [ $how = killed ] || kill -s KILL -- "-$session"
    again
done
# shellcheck disable=SC2086
expect 0 count --all-shards $there police
cmp -s "$out" "$work/all" || fail "they do not answer as one in the end"
finish
