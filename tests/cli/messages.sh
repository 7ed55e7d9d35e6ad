# What a new user is told when something is wrong: the message says what to do next.
. "$(dirname "$0")/lib.sh"
make_index

# no index
OCSEARCH_DB=
expect 4 crime
err_has 'make one with `ocsearch index --db'
err_has "named with --db DIR or OCSEARCH_DB"
OCSEARCH_DB=$work/db
expect 4 crime --db "$work/none"
err_has 'make one with `ocsearch index --db'
err_lacks OCSEARCH_DB
expect 4 crime --db "$work/pages"
err_has "is it the folder of the pages?"
expect 4 crime --db "$work/pages/01-f1a-press-release.txt"
err_has "which is a file"
mkdir "$work/hollow"
expect 4 crime --db "$work/hollow"
err_has 'make one with `ocsearch index --db'

# an index that cannot be used
cp -R "$work/db" "$work/damaged"
for file in "$work"/damaged/gen-*/iamglass; do
    echo 'not a database' >"$file"
done
expect 4 crime --db "$work/damaged"
err_has "move it away and run"
expect 3 index --max-page=1 --db "$work/empty" "$work/pages"
expect 1 crime --db "$work/empty"
err_has "the index is empty: 'ocsearch index FOLDER' fills it"
expect 1 zzzzqqq
err_lacks "is empty"

# commands and topics
expect 1 shwo
err_has "'shwo' is no command and was searched for; did you mean ocsearch show?"
expect 1 zzzzqqq
err_lacks "did you mean"
expect 2 help shwo
err_has "did you mean show?"
expect 2 help nonesuch
err_has "'ocsearch --help' lists them"
expect 0 help query
for field in person place country org role on date kind topic source lang title id path; do
    out_has "  $field "
done
awk 'length > 80 {exit 1}' "$out" || fail "a line of the help is too long"

# names
expect 2 country:Sebia
err_has "no country is called 'Sebia'; did you mean Serbia?"
expect 2 country:Atlantis
err_lacks "did you mean"
expect 1 show nope
err_has "name it by its id, or by its path"
expect 1 show "$root/README.md"
err_has "is not in the index"
finish
