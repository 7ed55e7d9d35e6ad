# Options before, between and after arguments; what ends them; where the index is.
. "$(dirname "$0")/lib.sh"
make_index

expect 0 crime --limit=1 --format csv
cp "$out" "$work/first"
for words in "search --limit=1 --format csv crime" "--format=csv -n1 crime" \
    "search crime -n 1 --format=csv" "crime -n9 --format=json -n1 --format=csv"; do
    expect 0 $words
    cmp -s "$out" "$work/first" || fail "the order of options matters"
done

# what is after -- is the query, and a first word that is a command can be meant as a word
expect 0 count -- crime -corruption
minus=$(cat "$out")
expect 0 count crime NOT corruption
out_is "$minus"
expect 2 count crime -corruption
err_has "go after '--'"
expect 0 search status --ok-empty
err_lacks "languages"

expect 2 crime --lim=1
err_has "did you mean --limit?"
expect 2 crime --limit
expect 2 crime --ok-empty=yes
expect 2 help serch
err_has "did you mean search?"
expect 0 help search
out_has "--snippets=N"

# limits, offsets, orders
expect 0 crime -n0 --all-copies --format=csv
all=$(($(wc -l <"$out") - 1))
expect 0 count crime
out_is "$all"
expect 0 crime -n2 --offset=1 --format=csv
out_lines 3
same "$(sed 1d "$out" | cut -d, -f1 | tr '\n' ' ')" "2 3 "
expect 0 crime -n0 --sort=date-asc --format=tsv
sed 1d "$out" | cut -f4 >"$work/dates"
grep -v '^$' "$work/dates" | sort -c || fail "--sort=date-asc is not sorted"
expect 0 crime -n0 --sort=date --format=tsv
sed 1d "$out" | cut -f4 | grep -v '^$' | sort -r -c || fail "--sort=date is not sorted"

# snippets
expect 0 crime -n1 --snippets=0 --format=jsonl
out_has '"snippets":[]'
expect 0 crime -n1 --explain
out_has "xapian"
out_has "Query("

# the index: --db, OCSEARCH_DB, XDG_DATA_HOME, HOME, made with the folders above it
mkdir -p "$work/xdg/ocsearch"
unset OCSEARCH_DB
expect 0 index -q "$work/pages/04-f1e-de-short-menu.txt"
expect 0 count --db "$work/home/.local/share/ocsearch/index" lang:de
out_is 1
expect 0 count lang:de
out_is 1
mv "$work/home/.local/share/ocsearch/index" "$work/xdg/ocsearch/index"
expect 4 count lang:de
XDG_DATA_HOME=$work/xdg
export XDG_DATA_HOME
expect 0 count lang:de
out_is 1
OCSEARCH_DB=$work/db
export OCSEARCH_DB
expect 0 count 'kind:*'
here_only=$(cat "$out")
[ "$here_only" -gt 1 ] || fail "OCSEARCH_DB does not come first"

# several indexes together
expect 0 count --db "$work/db" --db "$work/xdg/ocsearch/index" 'path:"'"$work/pages"'"'
out_is $((pages + 1))
ln -s "$work/db" "$work/linked" # the same index by another name counts once
expect 0 count --db "$work/db" --db "$work/linked" --db "$work/db" 'path:"'"$work/pages"'"'
same "$(cat "$out")" "$("$ocsearch" count --db "$work/db" 'path:"'"$work/pages"'"')"
err_has "is named twice"
finish
