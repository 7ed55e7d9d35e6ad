# Runs beside runs, and readers beside runs.
#
#   overlap.sh PROGRAM LIBRARY
#
# A run is stopped before a certain deed (fault.c), looked at from all sides, and continued.
. "$(dirname "$0")/../cli/lib.sh"
library=$2
held=
trap '[ -z "$held" ] || kill -KILL $held 2>/dev/null; rm -rf "$work"' EXIT

numbered_pages "$work/pages" 100 800

# eventually COMMAND...: it comes true within a minute
eventually() {
    attempts=0
    until "$@"; do
        attempts=$((attempts + 1))
        [ $attempts -lt 600 ] || { fail "it never came: $*"; return; }
        sleep 0.1
    done
}

state_of() { cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null; }
is_stopped() { [ "$(state_of "$1")" = T ]; }
is_gone() { [ -z "$(state_of "$1")" ] || [ "$(state_of "$1")" = Z ]; }

# hold AT ARGUMENT...: a run that stops before its deed AT
hold() {
    at=$1
    shift
    last="index $*, held at deed $at"
    : >"$work/log"
    FAULT_DIR="$work/db" FAULT_LOG="$work/log" FAULT_AT=$at FAULT_DO=stop LD_PRELOAD="$library" \
        "$ocsearch" index --jobs=2 "$@" "$work/pages" >"$work/held-out" 2>"$work/held-err" &
    held=$!
    eventually is_stopped $held
}
release() {
    kill -CONT $held
    wait $held
    same $? 0
    held=
}
# The number of the first deed of this form in the log of a run.
deed() { grep -n "$1" "$work/deeds" | head -n 1 | cut -d: -f1; }
# deeds ARGUMENT...: what the run would do, by doing it to a copy
deeds() {
    cp -R "$work/db" "$work/copy"
    : >"$work/deeds"
    FAULT_DIR="$work/copy" FAULT_LOG="$work/deeds" LD_PRELOAD="$library" \
        "$ocsearch" index --jobs=2 --db "$work/copy" "$@" "$work/pages" 2>/dev/null
    rm -rf "$work/copy"
}

answer() { "$ocsearch" export --to=opensearch >"$1" 2>"$work/answer-err" || echo "exit $?" >"$1"; }
answers_as() {
    answer "$work/now"
    cmp -s "$work/now" "$work/$1" || fail "the index does not answer as $1"
}

# ---- the lock ----

hold 40
expect 75 index "$work/pages"
err_has "another run (process $held) is updating the index at $work/db"
expect 4 count police
for waiting in first second; do
    "$ocsearch" index --lock-wait=100 "$work/pages" 2>"$work/$waiting" &
    eval "$waiting=\$!"
done
expect 75 index --lock-wait=0.2 "$work/pages"
release
for waiting in $first $second; do
    wait "$waiting" || fail "a run that waits for the lock fails"
done
for waiting in first second; do
    grep -q ' 0 added, 0 changed, 700 unchanged' "$work/$waiting" ||
        fail "a run that waited said: $(cat "$work/$waiting")"
done

# who holds it is killed: one who waits goes on with the work
change() {
    for page in "$work"/pages/$1*.txt; do
        echo "What page ${page##*/} speaks of was heard of in Vienna, too." >>"$page"
    done
}
change 10
hold 5
"$ocsearch" index --lock-wait=100 "$work/pages" 2>"$work/first" &
first=$!
kill -KILL $held
wait $held 2>/dev/null
held=
wait $first || fail "the run that waited for a killed one fails"
grep -q ' 10 changed' "$work/first" || fail "the run that waited said: $(cat "$work/first")"
answer "$work/before"

# ---- readers at each stage ----

# look ARGUMENT...: the run is held before each deed of its end, and what is read meanwhile is the old
# index or, behind the deed that $turn names, the new one
look() {
    deeds "$@"
    rm -rf "$work/kept" "$work/new"
    cp -R "$work/db" "$work/kept"
    cp -R "$work/db" "$work/new"
    "$ocsearch" index --db "$work/new" "$@" "$work/pages" 2>/dev/null
    OCSEARCH_DB=$work/new answer "$work/after"
    turning=$(deed "$turn")
    [ "${turning:-0}" -gt 0 ] || fail "the run never does $turn"
    for at in $(grep -nE "$stages" "$work/deeds" | cut -d: -f1); do
        rm -rf "$work/db"
        cp -R "$work/kept" "$work/db"
        hold "$at" "$@"
        if [ "$at" -le "$turning" ]; then answers_as before; else answers_as after; fi
        expect 75 index "$work/pages"
        release
        answers_as after
        looks=$((looks + 1))
    done
    cp "$work/after" "$work/before"
}
looks=0
stages='^(rename|symlink|unlink|sync|mkdir)'
turn='^rename /current' # a build anew, with the old generation behind it
look --keep-blocks
turn='^rename /gen-000002/iamglass' # in place, after the sweep
change 11
look --keep-blocks --compact=never
turn='^rename /current'
look --keep-blocks --compact=always
[ $looks -ge 30 ] || fail "only $looks looks"

# ---- readers without pause ----

# Each answer is one that the index gave before or after the run; none fails.
read_on() {
    : >"$work/good"
    while [ ! -e "$work/stop" ]; do
        "$ocsearch" "$@" >"$work/read" 2>"$work/read-err"
        code=$?
        sum=$(cksum <"$work/read")
        grep -qxF "$sum" "$work/sums" && [ $code -eq 0 ] && echo "$sum" >>"$work/good" && continue
        { echo "exit $code: $*"; cat "$work/read-err"; } >>"$work/bad"
    done
}
# beside ARGUMENT...: a reader reads on beside a run
beside() {
    rm -rf "$work/new"
    cp -R "$work/db" "$work/new"
    "$ocsearch" index --db "$work/new" "$@" "$work/pages" 2>/dev/null
    for words in "export --to=opensearch" "search --format=ids -n0 vienna"; do
        rm -rf "$work/kept" "$work/stop" "$work/good" "$work/bad"
        cp -R "$work/db" "$work/kept"
        for db in "$work/db" "$work/new"; do
            # shellcheck disable=SC2086
            "$ocsearch" $words --db "$db" 2>/dev/null | cksum
        done >"$work/sums"
        # shellcheck disable=SC2086
        read_on $words &
        reader=$!
        eventually [ -s "$work/good" ]
        expect 0 index --jobs=2 "$@" "$work/pages"
        n=$(wc -l <"$work/good")
        eventually eval '[ "$(wc -l <"$work/good")" -gt $n ] || [ -s "$work/bad" ]'
        touch "$work/stop"
        wait $reader
        [ ! -s "$work/bad" ] || fail "$(head -n 3 "$work/bad")"
        tail -n 1 "$work/good" | grep -qxF "$(tail -n 1 "$work/sums")" ||
            fail "the reader does not see the new index in the end"
        rm -rf "$work/db"
        mv "$work/kept" "$work/db"
    done
    rm -rf "$work/db"
    mv "$work/new" "$work/db"
}
change 12
beside --compact=never
beside --keep-blocks --compact=always
change 13
beside --compact=always --builder=xapian

# ---- one who reads for long ----

# slow WORDS: a reader of whom nobody takes what it says as yet
mkfifo "$work/pipe"
slow() {
    # shellcheck disable=SC2086
    "$ocsearch" $1 >"$work/pipe" 2>"$work/slow-err" &
    reader=$!
    exec 4<"$work/pipe"
    dd bs=1 count=1 <&4 >"$work/slow" 2>/dev/null
}
rest_of_slow() {
    cat <&4 >>"$work/slow"
    exec 4<&-
    wait $reader
    slow_code=$?
}

# Its generation is replaced and deleted, and it goes on to its end.
expect 0 index "$work/pages" # whatever came before, by these rules
for words in "export --to=opensearch" "search --format=jsonl -n0 police" "kwic -n0 police"; do
    # shellcheck disable=SC2086
    "$ocsearch" $words >"$work/whole" 2>/dev/null
    slow "$words"
    before=$(readlink "$work/db/current")
    expect 0 index --compact=always "$work/pages"
    expect 0 index "$work/pages"
    [ ! -e "$work/db/$before" ] || fail "the old generation is left"
    rest_of_slow
    last="$words"
    same $slow_code 0
    cmp -s "$work/slow" "$work/whole" || fail "a deleted generation is read otherwise"
done

# Its revision is written over: what was said is right, and that it is not all is told.  An export goes
# on in the newer one: each document once, as it was or as it is now.
told=0
for words in "export --to=opensearch" "search --format=jsonl -n0 police" "kwic -n0 police"; do
    # shellcheck disable=SC2086
    "$ocsearch" $words >"$work/whole" 2>/dev/null
    slow "$words"
    for time in 1 2 3 4; do
        change 1
        expect 0 index --compact=never --builder=xapian "$work/pages"
    done
    rest_of_slow
    last="$words"
    case $words-$slow_code in
    export*)
        same $slow_code 0
        same "$(grep -c '^{"path"' "$work/slow")" 700
        same "$(grep -o '"path":"[^"]*"' "$work/slow" | sort -u | wc -l)" 700
        ;;
    *-3)
        told=$((told + 1))
        grep -q 'the index was changed' "$work/slow-err" || fail "$(cat "$work/slow-err")"
        ;;
    *) # it had read all that it needed
        same $slow_code 0
        cmp -s "$work/slow" "$work/whole" || fail "what is read is neither old nor new"
        ;;
    esac
done
[ $told -gt 0 ] || fail "no revision was written over"
finish
