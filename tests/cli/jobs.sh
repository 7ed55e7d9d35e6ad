# Any number of processes that read pages makes the same index and tells the same.
. "$(dirname "$0")/lib.sh"
make_pages
head -c 3000 /dev/zero >"$work/pages/zeros.txt"
seq 30000 >"$work/pages/large.txt"

# run_all CODE: a run with each number, into an index of its own
run_all() {
    for jobs in 0 1 2 5; do
        expect "$1" index --jobs=$jobs --max-page=150K --db "$work/db$jobs" \
            --report="$work/report$jobs" "$work/pages"
        cp "$err" "$work/said$jobs"
    done
    for jobs in 1 2 5; do
        cmp -s "$work/report0" "$work/report$jobs" || fail "the reports differ"
        cmp -s "$work/said0" "$work/said$jobs" || fail "what is said differs"
    done
}

# all_answer COMMAND QUERY...: the same from each index, and something
all_answer() {
    command=$1
    shift
    for jobs in 0 1 2 5; do
        expect 0 "$command" --db "$work/db$jobs" "$@"
        cp "$out" "$work/answer$jobs"
        [ -s "$out" ] || fail "no answer"
        cmp -s "$work/answer0" "$out" || fail "the answers differ"
    done
}

compare_all() {
    all_answer search crime -n0 --format=jsonl
    all_answer search 'person:* country:RS' -n0 --format=jsonl
    all_answer search '"organized crime"' -n0 --format=jsonl
    all_answer search 'date:2016..2018' --sort=date -n0 --format=jsonl
    all_answer entities -n0 --type=person,org,place,country,date --format=jsonl
    all_answer count 'cri*'
}

run_all 3
grep -q '"fate":"failed"' "$work/report2" || fail "no page failed"
same "$(grep -c '"fate":"added"' "$work/report2")" $((pages + 1))
compare_all

# changes to an index that is there
echo ' And more of crime.' >>"$work/pages/01-f1a-press-release.txt"
touch "$work/pages/02"*
rm "$work/pages/14-f5-list.txt"
run_all 3
grep -q '"fate":"changed"' "$work/report2" || fail "no page changed"
grep -q '"fate":"deleted"' "$work/report2" || fail "no page was deleted"
compare_all

# unless told, as many as there are processors
rm "$work/pages/zeros.txt" "$work/pages/large.txt"
expect 0 index --db "$work/db6" --report="$work/report6" "$work/pages"
expect 0 index -j1 --db "$work/db7" --report="$work/report7" "$work/pages"
cmp -s "$work/report6" "$work/report7" || fail "the reports differ"

for bad in -1 65 many ''; do
    expect 2 index --db "$work/none" --jobs="$bad" "$work/pages"
done
finish
