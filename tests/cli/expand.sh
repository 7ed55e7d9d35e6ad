# What is searched beside what was written: --expand, --tables, and what the header tells of it.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/pages" "$work/tables"
cat >"$work/pages/1.txt" <<'END'
Observers in Skopje

SKOPJE, 3 March 2018 - The Office for Democratic Institutions and Human Rights will send organised observers, said
Ambassador Marta Kovačić, Head of the OSCE Mission to Skopje. Many people were there.
END
cat >"$work/pages/2.txt" <<'END'
Another page

VIENNA, 4 March 2018 - ODIHR organizes a course on trafficking. Kosovo Police officers came.
END
printf 'kosovo-police\tbody\tXK\talias\ten\tBlue Shirts\n' >"$work/tables/orgs.tsv"

# found NUMBER QUERY [OPTION]
found() {
    number=$1
    shift
    expect 0 count "$@"
    out_is "$number"
}

expect 0 index "$work/pages"
found 2 ODIHR
found 1 ODIHR --expand=none
found 1 ODIHR --expand=stems,spelling
found 2 '"Office for Democratic Institutions and Human Rights"' --expand=acronym
found 2 organise
found 0 organise --expand=spelling
found 1 person:Kovacik~1
found 1 'person:*@org:OSCE'
found 0 'person:*@country:AT'
found 1 'org:"Blue Shirts"' --tables="$work/tables"
found 0 'org:"Blue Shirts"'
export OCSEARCH_TABLES="$work/tables"
found 1 'org:"Blue Shirts"'
unset OCSEARCH_TABLES

# The same in all commands that take a query: what is only found by expanding, by a table or at another
# time, is not found.
expect 0 saved add office ODIHR
expect 0 saved add shirts 'org:"Blue Shirts"'
id=$("$ocsearch" search --format=ids 'path:2.txt OR trafficking')
for words in "kwic ODIHR" "entities ODIHR --format=csv" "pairs ODIHR --type=org,place,person,country --within=document --format=csv" \
    "timeline ODIHR --of=published --format=csv" "who kovacic --query=ODIHR --format=csv" "export --to=csv ODIHR" \
    "search ODIHR --format=ids" "saved run office --format=ids" "count ODIHR"; do
    # shellcheck disable=SC2086
    expect 0 $words --ok-empty
    cp "$out" "$work/whole"
    for option in --expand=none --since=2019 --until=2017 --since=2018-03-04; do
        # shellcheck disable=SC2086
        "$ocsearch" $words "$option" >"$out" 2>"$err" || [ $? -eq 1 ] || fail "$words $option fails"
        ! cmp -s "$out" "$work/whole" || fail "$option makes no difference to $words"
    done
done
for words in 'kwic' 'entities' 'pairs --type=org,place --within=document' 'timeline --of=published' 'search' 'why-not '"$id" \
    'export --to=csv'; do
    # shellcheck disable=SC2086
    expect 1 $words 'org:"Blue Shirts"'
    # shellcheck disable=SC2086
    expect 0 $words 'org:"Blue Shirts"' --tables="$work/tables"
done
expect 1 saved run shirts
expect 0 saved run shirts --tables="$work/tables"
expect 1 who kovacic --query='org:"Blue Shirts"'
expect 1 why-not "$id" course --since=2019
expect 0 why-not "$id" course --since=2019 --ok-empty
expect 0 why-not "$id" course --since=2018
for command in search count kwic entities pairs timeline 'who --query=course' "why-not $id" 'export --to=csv' 'saved run office'; do
    word=course
    [ "$command" != 'saved run office' ] || word=
    # shellcheck disable=SC2086
    expect 2 $command $word --since=soon
    err_has "--since wants a date such as 2017, 2017-02 or 2017-02-13, not 'soon'"
    # shellcheck disable=SC2086
    expect 2 $command $word --since=2018 --until=2017
    err_has '--until=2017 is before --since=2018'
done

# both are told
expect 0 search --explain --format=json person:Kovacik~1
out_has '"to":"kovacic"'
expect 0 search --explain ODIHR
out_has 'ODIHR -> Office for Democratic Institutions and Human Rights'

# a whole name is that of each country, and nothing else that begins so
mkdir "$work/courts"
cat >"$work/courts/1.txt" <<'END'
Састанак

БЕОГРАД, 14. март 2019. – Врховни суд је заседао, а Министарство правде није.
END
cat >"$work/courts/2.txt" <<'END'
A court

TBILISI, 15 March 2019 - The Supreme Court of Georgia met the press. It was a long day for all of them there.
END
cat >"$work/courts/3.txt" <<'END'
Another court

VIENNA, 16 March 2019 - The Supreme Court of Sports met the press. It was a long day for all of them there.
END
expect 0 index --db "$work/courts-db" "$work/courts"
found 2 --db "$work/courts-db" 'org:"Supreme Court"'
found 1 --db "$work/courts-db" 'org:"Supreme Court"' --expand=none
found 1 --db "$work/courts-db" 'org:"Ministry of Justice"'
expect 0 search --db "$work/courts-db" --explain 'org:"Supreme Court"'
out_has '-> supreme-court-of-georgia'

# and what is wrong with them
expect 2 count ODIHR --expand=stem
err_has "'stem' is nothing to expand by"
expect 2 search ODIHR --tables="$work/pages"
err_has 'no table there'
expect 2 count saved:nothing
err_has "no query is saved under the name 'nothing'"
finish
