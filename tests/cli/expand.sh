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

# both are told
expect 0 search --explain --format=json person:Kovacik~1
out_has '"to":"kovacic"'
expect 0 search --explain ODIHR
out_has 'ODIHR -> Office for Democratic Institutions and Human Rights'

# and what is wrong with them
expect 2 count ODIHR --expand=stem
err_has "'stem' is nothing to expand by"
expect 2 search ODIHR --tables="$work/pages"
err_has 'no table there'
expect 2 count saved:nothing
err_has "no query is saved under the name 'nothing'"
finish
