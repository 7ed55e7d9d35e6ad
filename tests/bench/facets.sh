# How long exact facets over all matches take from a cold process on a warm page cache, for a mixed set
# of queries: the program starts, opens the index, searches, counts, prints ten hits and the facets, ends.
#
#   facets.sh OCSEARCH PAGEGEN [PAGES [FORM]]
#
# The 50th and 99th per cent over the queries, in milliseconds of time and of processor time, of all runs
# (RUNS of each query, 3) and of the least of each query, which other work on the machine lengthens less;
# and the greatest memory.  Queries are words, pairs, phrases, people, countries, kinds, dates and
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

# Of each run milliseconds, processor milliseconds, kilobytes of memory.
run_all() {
    python3 - "$work/queries" "$runs" "$@" <<'P'
import os, sys, time

queries, runs, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
null = [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]
for query in open(queries, encoding="utf-8"):
    for _ in range(runs):
        start = time.perf_counter()
        child = os.posix_spawn(command[0], [*command, query.strip()], os.environ, file_actions=null)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            sys.exit(f"{query.strip()}: exit {os.waitstatus_to_exitcode(status)}")
        print(f"{wall * 1e3:.1f} {(used.ru_utime + used.ru_stime) * 1e3:.1f} {used.ru_maxrss}")
P
}

# share FILE COLUMN PER_CENT: of its lines
share() {
    cut -d' ' -f"$2" "$1" | sort -n |
        awk -v share="$3" '{ at[NR] = $1 } END { i = int(NR * share / 100 + 0.999999); print at[i] }'
}

make_pages
machine
[ -d "$work/db" ] || "$ocsearch" index -q --db "$work/db" "$pages" || exit 1
queries >"$work/queries"
run_all "$ocsearch" search --db "$work/db" --facet="$facets" -- >"$work/times" || exit 1

# Of each query the least of both times.
awk -v runs="$runs" '{
    i = int((NR - 1) / runs)
    if (!(i in wall) || $1 < wall[i]) wall[i] = $1
    if (!(i in cpu) || $2 < cpu[i]) cpu[i] = $2
} END { for (i in wall) print wall[i], cpu[i] }' "$work/times" >"$work/least"

# row LABEL COLUMN
row() {
    printf '%-14s %8s %8s %8s %8s\n' "$1" "$(share "$work/times" "$2" 50)" \
        "$(share "$work/times" "$2" 99)" "$(share "$work/least" "$2" 50)" "$(share "$work/least" "$2" 99)"
}
echo "$count pages ($form), $(wc -l <"$work/queries") queries $runs times, --facet=$facets"
printf '%-14s %17s %17s\n' '' 'all runs' 'least of each'
printf '%-14s %8s %8s %8s %8s\n' milliseconds p50 p99 p50 p99
row time 1
row processor 2
printf '%-14s %8s\n' "memory, MiB" "$(calc "$(share "$work/times" 3 100) / 1024" .1f)"
