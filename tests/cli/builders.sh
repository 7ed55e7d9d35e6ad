# An index built in bulk answers as one built by libxapian, and takes changes like it.
. "$(dirname "$0")/lib.sh"
make_pages
expect 0 index --db "$work/bulk" "$work/pages"
expect 0 index --db "$work/plain" --builder=xapian "$work/pages"

# both QUERY...: the same answer from both
both() {
    command=$1
    shift
    expect 0 "$command" --db "$work/bulk" "$@"
    cp "$out" "$work/answer"
    expect 0 "$command" --db "$work/plain" "$@"
    cmp -s "$out" "$work/answer" || fail "the builders differ"
}
compare_all() {
    both search crime -n0 --format=jsonl
    both search 'person:* country:RS' -n0 --format=jsonl
    both search '"organized crime"' -n0 --format=jsonl
    both search 'crime NEAR/8 person:*' -n0 --format=jsonl
    both search 'date:2016..2018' --sort=date -n0 --format=jsonl
    both entities -n0 --type=person,org,place,country,date --format=jsonl
    both count 'cri*'
    both search 'person:* OR crime' --no-hits --facet=person:0,place:0,org:0,kind,source:0,topic:0,site,on:0 --format=csv
}
compare_all

# changes, in both of them by libxapian
echo ' And more of crime.' >>"$work/pages/01-f1a-press-release.txt"
rm "$work/pages/14-f5-list.txt"
for db in bulk plain; do
    expect 0 index --db "$work/$db" "$work/pages"
    err_has "1 changed, $((pages - 2)) unchanged, 1 deleted"
    expect 0 index --db "$work/$db" "$work/pages"
    err_has "0 changed, $((pages - 1)) unchanged, 0 deleted"
done
compare_all

# pages that fail are remembered alike
head -c 3000 /dev/zero >"$work/pages/zeros.txt"
printf 'x' >"$work/pages/small.txt"
for db in bulk2 plain2; do
    builder=$([ $db = bulk2 ] && echo auto || echo xapian)
    "$ocsearch" index --db "$work/$db" --builder=$builder "$work/pages" >"$out" 2>"$work/$db.err"
    echo "exit $?" >>"$work/$db.err"
done
cmp -s "$work/bulk2.err" "$work/plain2.err" || fail "the builders tell otherwise"
finish
