# How long a search takes from a cold process on a warm page cache: the program starts, opens the
# index, searches, prints ten hits, ends.  quest (xapian-tools) asks the same database for the same
# terms and prints document numbers and data; it builds no snippets and reads no document.
#
#   search.sh OCSEARCH PAGEGEN [PAGES [FORM]]
#
# Times are milliseconds: mean and least of RUNS (20), by hyperfine where it is installed.
. "$(dirname "$0")/lib.sh"
runs=${RUNS:-20}

# clock COMMAND: its mean and least time into $mean $least
clock() {
    if have hyperfine; then
        hyperfine --style none --warmup 2 --runs "$runs" -i -N --export-csv "$work/times.csv" "$1" \
            >/dev/null 2>&1
        set -- $(awk -F, 'NR == 2 { print $(NF - 6) * 1000, $(NF - 1) * 1000 }' "$work/times.csv")
    else
        set -- $(for i in $(seq "$runs"); do
            from=$(date +%s%N)
            eval "$1" >/dev/null 2>&1
            echo $(($(date +%s%N) - from))
        done | awk '{ t = $1 / 1e6; sum += t; if (NR == 1 || t < least) least = t }
                    END { print sum / NR, least }')
    fi
    mean=$(calc "$1" .1f) least=$(calc "$2" .1f)
}

# search LABEL QUERY [QUEST QUERY]
search() {
    hits=$("$ocsearch" count --db "$work/db" "$2" 2>/dev/null)
    clock "'$ocsearch' search --format=jsonl --db '$work/db' '$2'"
    ours=$least
    line=$(printf '%-12s %9s %8s %8s' "$1" "$hits" "$mean" "$least")
    if [ $# -eq 3 ] && have quest; then
        clock "quest --msize=10 --default-op=and -f default,wildcard --db='$generation' $prefixes '$3'"
        line="$line $(printf '%8s %8s %7s' "$mean" "$least" "$(calc "$least / $ours")")"
    fi
    echo "$line"
}

make_pages
machine
[ -d "$work/db" ] || "$ocsearch" index -q --db "$work/db" "$pages" || exit 1
generation=$work/db/current
prefixes='--boolean-prefix=person:XP~ --boolean-prefix=year:DY'
have quest || echo "quest is not installed: skipped"
echo "$count pages ($form); milliseconds"
printf '%-12s %9s %8s %8s %8s %8s %7s\n' query hits mean least "quest" least ratio
search word 'prosecutors' 'prosecutors'
search rare 'xylophone' 'xylophone'
search words 'police training' 'police training'
search phrase '"organized crime"' '"organized crime"'
search prefix 'prosecut*' 'prosecut*'
search person 'person:kovacic' 'person:kovacic'
search country 'country:RS' # quest would put a colon before the code
search date 'date:2016..2018' 'year:2016 OR year:2017 OR year:2018'
search near 'police NEAR/8 corruption' 'police NEAR/8 corruption'
search all 'police country:RS date:2010.. person:kovacic'
