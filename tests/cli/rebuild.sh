#!/bin/sh
# An index that is built anew because most pages are to be read answers as one that was changed in place.
. "$(dirname "$0")/lib.sh"
make_pages
mkdir "$work/in" "$work/other"
for i in 1 2 3 4 5 6 7 8 9; do
    mkdir "$work/in/$i"
    for page in "$work"/pages/*; do
        { cat "$page"; echo "<p>Copy $i of page number $i$i$i.</p>"; } >"$work/in/$i/${page##*/}"
    done
done
cp "$work/pages"/*.html "$work/other"
(cd "$work/in" && tar czf "$work/all.tar.gz" 1 2 3 4 5 6 7 8 9)
folder_pages=$((9 * pages))
all="$((2 * folder_pages + $(ls "$work/other" | wc -l)))"
expect 0 index --db "$work/anew" "$work/in" "$work/other" "$work/all.tar.gz"
err_has "$all added"
cp -R "$work/anew" "$work/changed"

# both CODE ARGUMENT...: the same run over both, the second in place
both() {
    wanted_code=$1
    shift
    expect "$wanted_code" index --db "$work/anew" --jobs=2 --max-delete=50 -v "$@"
    grep -v 'built anew' "$err" >"$work/told"
    expect "$wanted_code" index --db "$work/changed" --max-delete=50 -v --builder=xapian \
        --compact=never "$@"
    cmp -s "$err" "$work/told" || fail "the runs tell otherwise"
}

# same COMMAND...: the same answer from both; documents of equal rank may change places
same_answer() {
    for db in anew changed; do
        command=$1
        shift
        expect 0 "$command" --db "$work/$db" "$@"
        sed 's/"rank":[0-9]*,//' "$out" | sort >"$work/$db.answer"
        set -- "$command" "$@"
    done
    [ -s "$out" ] || fail "no answer"
    cmp -s "$work/anew.answer" "$work/changed.answer" || fail "another answer than in place"
}
same_answers() {
    for query in crime 'person:* country:RS' '"organized crime"' 'crime NEAR/8 person:*' \
        'date:2016..2018' 'place:vienna' "number 444" 'SENT(police AND person:*)'; do
        same_answer search "$query" -n0 --all-copies --format=jsonl
    done
    same_answer entities -n0 --type=person,org,place,country,date --format=jsonl
    same_answer count 'cri*'
    same_answer search 'person:* OR crime' --no-hits --format=csv \
        --facet=person:0,place:0,org:0,kind,source:0,topic:0,site,on:0
}
generation() { same "$(readlink "$work/anew/current")" "gen-00000$1"; }

# Other tables make all pages stale; some are others besides, one folder has gone, a page fails.  The pages
# of the folder that is not named keep the names that the old tables gave them.
mkdir "$work/tables"
printf 'vienna\t-\t-\tblock\t-\tVienna\n' >"$work/tables/places.tsv"
for page in "$work"/in/[123]/*; do
    echo '<p>Police of Serbia and of Kosovo met on 3 March 2017.</p>' >>"$page"
done
rm -r "$work/in/9"
head -c 200000 /dev/zero | tr '\0' x >>"$work/in/8/01-f1a-press-release.txt"
(cd "$work/in" && tar czf "$work/all.tar.gz" 1 2 3 4 5 6 7)
both 3 --max-page=100K --tables="$work/tables" "$work/in" "$work/all.tar.gz"
generation 2
same_answers

# the rest in place
both 3 --max-page=100K --tables="$work/tables" "$work/in" "$work/other" "$work/all.tar.gz"
generation 2
same_answers
finish
