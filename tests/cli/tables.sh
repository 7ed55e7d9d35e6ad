#!/bin/sh
# Tables of one's own: they add and block names, a bad row is refused, and pages read with other
# tables are read again.
. "$(dirname "$0")/lib.sh"

mkdir "$work/tables" "$work/pages"
echo 'They met in Quarnholm and in Vienna, with the Frobnication Watch.' >"$work/pages/a.txt"
tab=$(printf '\t')
row() { echo "$1$tab$2$tab$3$tab$4$tab-$tab$5" >>"$work/tables/$6.tsv"; }

row quarnholm city SE name Quarnholm places
row vienna - - block Vienna places
row frobwatch body - name 'Frobnication Watch' orgs
expect 0 extract --format=text "$work/pages/a.txt"
out_lacks quarnholm
out_has vienna
expect 0 extract --format=text --tables="$work/tables" "$work/pages/a.txt"
out_has quarnholm
out_has frobwatch
out_lacks "place${tab}vienna${tab}Vienna${tab}Vienna${tab}known place"

# the environment names them as well
OCSEARCH_TABLES=$work/tables
export OCSEARCH_TABLES
expect 0 extract --format=text "$work/pages/a.txt"
out_has quarnholm
unset OCSEARCH_TABLES

# an index made with other tables is made anew, once
expect 0 index "$work/pages"
err_has "1 added"
expect 1 place:quarnholm
expect 0 index --tables="$work/tables" "$work/pages"
err_has "1 changed"
expect 0 place:quarnholm
expect 0 index --tables="$work/tables" "$work/pages"
err_has "1 unchanged"
row quarnholm - - alias Qvarnholm places
expect 0 index --tables="$work/tables" "$work/pages"
err_has "1 changed"

# bad rows, and no tables at all
row nowhere city - nonsense Nowhere places
expect 2 extract --tables="$work/tables" "$work/pages/a.txt"
err_has "places.tsv:4: unknown kind 'nonsense'"
out_is_empty
expect 2 index --tables="$work/tables" "$work/pages"
err_has "places.tsv:4: "
rm "$work/tables/places.tsv"
row belgrade - - block Quux places
expect 2 extract --tables="$work/tables" "$work/pages/a.txt"
err_has "places.tsv:1: 'Quux' does not name 'belgrade'"
mkdir "$work/none"
expect 2 extract --tables="$work/none" "$work/pages/a.txt"
err_has "no table there"
finish
