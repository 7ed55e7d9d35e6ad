# How long exact facets over all matches take from a cold process on a warm page cache, for a mixed set
# of queries: the program starts, opens the index, searches, counts, prints ten hits and the facets, ends.
#
#   facets.sh OCSEARCH PAGEGEN [PAGES [FORM]]
#
# Of all runs (RUNS of each query, 3) the 50th and 99th per cent in milliseconds of time and of processor
# time, and the greatest memory.  Queries are words, pairs, phrases, people, countries, kinds, dates and
# what all pages have.
. "$(dirname "$0")/lib.sh"
runs=${RUNS:-3}
facets=${FACETS:-person:20,country,kind,year}

# The mixed set: a line each.
queries() {
    for word in the security crime police border election human training media report conference \
        minority trafficking support visit; do
        echo "$word"
        echo "$word OR meeting"
        echo "$word -officers"
        echo "$word country:RS"
    done
    for year in 1996 1999 2002 2005 2008 2011 2014 2017 2020 2023; do
        echo "date:$year.."
        echo "security date:$year"
        echo "on:$year"
    done
    for code in RS AL MK UA AM KZ AT MD; do
        echo "country:$code"
        echo "country:$code person:*"
    done
    echo '"organized crime"'
    echo '"human rights"'
    echo 'police NEAR/8 training'
    echo 'lang:en'
    echo 'person:*'
    echo 'kind:"press release"'
    echo 'secur* OR polic*'
}

# Milliseconds, processor milliseconds, kilobytes of one run.
timed() {
    python3 - "$@" <<'P'
import resource, subprocess, sys, time

start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
wall = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{wall * 1e3:.1f} {(used.ru_utime + used.ru_stime) * 1e3:.1f} {used.ru_maxrss}")
P
}

# share COLUMN PER_CENT: of the lines of $work/times
share() {
    cut -d' ' -f"$1" "$work/times" | sort -n |
        awk -v share="$2" '{ at[NR] = $1 } END { i = int(NR * share / 100 + 0.999999); print at[i] }'
}

make_pages
machine
[ -d "$work/db" ] || "$ocsearch" index -q --db "$work/db" "$pages" || exit 1
queries >"$work/queries"
while read -r query; do
    i=0
    while [ $((i += 1)) -le "$runs" ]; do
        timed "$ocsearch" search --db "$work/db" --facet="$facets" "$query"
    done
done <"$work/queries" >"$work/times"
echo "$count pages ($form), $(wc -l <"$work/queries") queries $runs times, --facet=$facets"
printf '%-16s %8s %8s\n' milliseconds p50 p99
printf '%-16s %8s %8s\n' time "$(share 1 50)" "$(share 1 99)"
printf '%-16s %8s %8s\n' processor "$(share 2 50)" "$(share 2 99)"
printf '%-16s %8s\n' "memory, MiB" "$(calc "$(share 3 100) / 1024" .1f)"
