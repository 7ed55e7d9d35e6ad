# A run is disturbed at one moment after the other, each in a fresh copy of the same index: it is
# killed, or has the disk full from there on.
#
#   moments.sh PROGRAM LIBRARY kill|full build|rebuild|update|compact
#
# Whatever the moment: the old index answers as before, or the new one is there; the next run comes to
# the index that an undisturbed one comes to; nothing else is left.  Moments are all changes of
# folders and files, and some of the many writes between them; with MOMENTS=all every write, and with
# MOMENTS="17 18" these alone.
. "$(dirname "$0")/../cli/lib.sh"
library=$2
disturbance=$3
course=$4
writes=20
options=
command -v setsid >/dev/null || {
    echo "setsid is not installed: nothing is tried"
    exit 0
}

# ---- the index before, and the pages of the run ----

small_pages() {
    numbered_pages "$work/pages" 100 700
}
change_pages() {
    for page in "$work"/pages/1[0-4]*.txt; do
        echo "What page ${page##*/} speaks of was heard of in Vienna, too." >>"$page"
    done
    rm "$work"/pages/20*.txt
    cp "$root"/corpus/samples/*.html "$work/pages"
}

small_pages
case $course in
build) ;;
rebuild) # other rules for all pages
    expect 0 index "$work/pages"
    change_pages
    options=--keep-blocks
    ;;
update) # in place, with an old generation to be swept away
    expect 0 index --keep-blocks "$work/pages"
    expect 0 index "$work/pages"
    change_pages
    options=--compact=never
    ;;
compact)
    expect 0 index "$work/pages"
    change_pages
    expect 0 index --compact=never "$work/pages"
    options=--compact=always
    ;;
esac
pages=$(ls "$work/pages" | wc -l)
[ ! -d "$work/db" ] || mv "$work/db" "$work/saved"

restore() {
    rm -rf "$work/db"
    [ ! -d "$work/saved" ] || cp -R "$work/saved" "$work/db"
}

# ---- a run and its moments ----

# disturbed AT WHAT: in a session of its own, so that all its processes can be found; gives $code
disturbed() {
    restore
    : >"$work/log"
    last="index $options, $2 at moment $1 of the $course"
    setsid env FAULT_DIR="$work/db" FAULT_LOG="$work/log" FAULT_AT="$1" FAULT_DO="$2" \
        LD_PRELOAD="$library" "$ocsearch" index --jobs=2 $options "$work/pages" \
        >"$out" 2>"$err" </dev/null &
    session=$!
    wait $session 2>/dev/null
    code=$?
    moment=$(tail -n 1 "$work/log")
    last="$last, before: $moment"
}

# Numbers of the deeds to be disturbed, of those that the log of an undisturbed run has.  What is noted of
# the run in the lock is left out where the disk is full: the run is right without it.
choose() {
    case ${MOMENTS-} in
    all) writes=1000000 ;;
    [0-9]*)
        echo "$MOMENTS"
        return
        ;;
    esac
    awk -v wanted="$writes" -v costly="$1" '
        { deed[NR] = costly && $1 == "write" && $2 == "/lock" ? "note" : $1; if (deed[NR] == "write") n++ }
        END {
            share = n > wanted ? wanted / n : 1
            for (i = 1; i <= NR; i++)
                if (deed[i] == "write") {
                    due += share
                    if (int(due + 0.001) > chosen) { chosen++; print i }
                } else if (!costly || deed[i] == "create" || deed[i] == "mkdir" || deed[i] == "symlink")
                    print i
        }' "$work/log"
}

# What the index says of all its documents, or that there is none.
answer() {
    "$ocsearch" export --to=opensearch >"$1" 2>"$work/answer-err" || echo "exit $?" >"$1"
}

# Those that are alive.
of_session() {
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/([^)]*)/-/' |
        awk -v session="$1" '$6 == session && $3 != "Z" { print $1 }'
}
all_end() {
    attempts=0
    while [ -n "$(of_session "$session")" ]; do
        attempts=$((attempts + 1))
        [ $attempts -lt 300 ] || { fail "processes are left"; return; }
        sleep 0.1
    done
}

# Nothing but the index: one generation, or two where the old one is left to readers.
only_index() {
    for file in $(cd "$work/db" && ls -A); do
        case $file in
        lock | current | gen-?????? ) ;;
        *) fail "$file is left over" ;;
        esac
    done
    [ "$(find "$work/db" -mindepth 1 -maxdepth 1 -type d | wc -l)" -le "$1" ] ||
        fail "a generation is left over"
    [ -z "$(find "$work/db" -name 'scratch-*')" ] || fail "a scratch file is left over"
}

# The next run comes to the same as if nothing had been.
goes_on() {
    # shellcheck disable=SC2086
    expect 0 index --jobs=2 $options "$work/pages"
    answer "$work/now"
    cmp -s "$work/now" "$work/after" || fail "the next run comes to another index"
    only_index 2
    expect 0 index --compact=never --dry-run ${options##--compact*} "$work/pages"
    err_has " 0 added, 0 changed, $pages unchanged, 0 deleted, 0 failed; $pages documents"
    expect 0 index --compact=never ${options##--compact*} "$work/pages"
    only_index 1
    answer "$work/now"
    cmp -s "$work/now" "$work/after" || fail "a run that has nothing to do changes the answers"
}

# ---- what is to come of it ----

restore
answer "$work/before"
disturbed 0 none
same $code 0
answer "$work/after"
grep -q 'number 444' "$work/after" || fail "the undisturbed run made no index"
tried=0 n_before=0 n_after=0 gave_up=0

try_kill() {
    # the whole group, or the run alone, whose workers must end by themselves
    if [ $((tried % 2)) -eq 0 ]; then disturbed "$1" kill; else disturbed "$1" kill-group; fi
    same $code 137
    all_end
    answer "$work/now"
    if cmp -s "$work/now" "$work/before"; then
        n_before=$((n_before + 1))
    elif cmp -s "$work/now" "$work/after"; then
        n_after=$((n_after + 1))
    else
        fail "the index answers neither as before nor as it is to"
    fi
}

try_full() {
    disturbed "$1" full
    answer "$work/now"
    if grep -q 'libxapian gave up' "$err"; then # in a destructor, so that it ended the process
        all_end
        gave_up=$((gave_up + 1))
    else
        err_has "No space left on device"
        err_has "$work/db"
    fi
    cmp -s "$work/now" "$work/before" || fail "the old index answers otherwise"
    if [ "$course" = compact ]; then # the index is right as it is
        same $code 0
        err_has "not compacted"
    else
        same $code 6
        err_lacks "indexed"
    fi
    if [ "$course" = build ]; then
        [ ! -e "$work/db" ] || fail "something is left of an index that could not be made"
    else
        only_index 1
    fi
}

case $disturbance in
kill) moments=$(choose '') ;;
full) moments=$(choose costly) ;;
esac
for at in $moments; do
    "try_$disturbance" "$at"
    goes_on
    tried=$((tried + 1))
done
[ $tried -ge 15 ] || [ -n "${MOMENTS-}" ] || fail "only $tried moments"
case $disturbance in
kill) echo "$tried moments, $n_before times as before, $n_after times as afterwards" ;;
full) echo "$tried moments, libxapian gave up at $gave_up" ;;
esac
# A killed compaction leaves no trace in the answers, and of an update in place the commit is the last
# deed.
case $disturbance-$course in
kill-build | kill-rebuild)
    [ $n_before -gt 0 ] || fail "no moment was before the switch"
    [ $n_after -gt 0 ] || fail "no moment was after the switch"
    ;;
esac
finish
