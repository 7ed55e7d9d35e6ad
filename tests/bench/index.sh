# What building and updating an index costs, ours and others', in one run on the same pages: first
# build, a run with nothing changed, and one with 1% of the pages changed.
#
#   index.sh OCSEARCH PAGEGEN [PAGES [FORM]]     1,000 pages of HTML unless told; NO_PEERS=1: ours alone
#
# A peer is skipped with a line when it is not installed: omindex (xapian-omega) and recollindex (recoll)
# read the same pages; sqlite3 gets the text that ocsearch extracted, and only indexes it (FTS5).
. "$(dirname "$0")/lib.sh"

peer() { [ -z "${NO_PEERS:-}" ] && { have "$1" || { echo "$1 is not installed: skipped"; false; }; }; }

# row LABEL [DB]: the last measurement; a build also tells its bytes of index for each page
row() {
    bytes=-
    [ $# -lt 2 ] || bytes=$(calc "$(du -sb --apparent-size "$2" | cut -f1) / $count" .0f)
    printf '%-24s %8s %8s %10s %8s %8s\n' "$1" "$wall" "$cpu" "$(calc "$count / $cpu" .0f)" \
        "$peak" "$bytes"
}

# ratios NAME: how a peer compares with ours, more than 1 where ours is better
ratios() {
    ratio_lines="${ratio_lines}$(printf '%-12s %7.2f %8.2f %8.2f' "$1" \
        "$(calc "$first / $our_first")" "$(calc "$again / $our_again")" \
        "$(calc "$changed / $our_changed")")
"
}

# Every hundredth page gets the words of another seed; runs look at a copy, so that every program
# meets the same change.
fresh_copy() {
    rm -rf "$work/copy"
    cp -a "$pages" "$work/copy"
}
change_copy() {
    other=$work/other-$form-$count
    [ -d "$other" ] || "$pagegen" --count "$count" --form "$form" --seed 2 "$other" || exit 1
    (cd "$other" && find . -type f | sort | awk 'NR % 100 == 50') >"$work/changed"
    while read -r page; do cp "$other/$page" "$work/copy/$page"; done <"$work/changed"
    n_changed=$(wc -l <"$work/changed")
}

# rounds NAME DB COMMAND...: the three runs; their CPU times into $first $again $changed
rounds() {
    name=$1
    db=$2
    shift 2
    rm -rf "$db"
    fresh_copy
    measure "$name" "$@"
    first=$cpu
    row "$name" "$db"
    measure "$name, no change" "$@"
    again=$cpu
    row "  nothing changed"
    change_copy
    measure "$name, 1% changed" "$@"
    changed=$cpu
    row "  $n_changed changed"
}

# The walk that a run with nothing changed cannot do without, beside it.
walk_rounds=20
bare_walk() {
    walk=$(dirname "$pagegen")/barewalk
    [ -x "$walk" ] || { echo "barewalk is not built: skipped"; return; }
    measure barewalk "$walk" "$work/copy" "$walk_rounds"
    printf 'a bare walk: CPU s %s; our run with nothing changed / that: %s\n' \
        "$(calc "$cpu / $walk_rounds" .4f)" "$(calc "$our_again / ($cpu / $walk_rounds)" .1f)"
}

run_recoll() {
    mkdir -p "$work/recoll"
    printf 'topdirs = %s\ndbdir = %s\nloglevel = 2\n' "$work/copy" "$work/recoll/db" \
        >"$work/recoll/recoll.conf"
    rounds recollindex "$work/recoll/db" recollindex -c "$work/recoll"
}

# The text of all pages, a line of JSON each, into a full-text table; the text is extracted before.
run_sqlite() {
    "$ocsearch" extract --stage=document "$pages" >"$work/text.jsonl" 2>/dev/null
    cat >"$work/load.sql" <<END
CREATE TABLE line(json);
.mode ascii
.separator "\\037" "\\n"
.import $work/text.jsonl line
CREATE VIRTUAL TABLE page USING fts5(title, text, tokenize = 'porter unicode61');
INSERT INTO page SELECT json_extract(json, '\$.title'), json_extract(json, '\$.text') FROM line
    WHERE json_extract(json, '\$.type') = 'doc';
DROP TABLE line;
VACUUM;
END
    rm -f "$work/fts.db"
    measure sqlite3 sh -c 'sqlite3 "$1" <"$2"' sh "$work/fts.db" "$work/load.sql"
    row "sqlite3 FTS5, text given" "$work/fts.db"
}

make_pages
machine
echo "$count pages ($form), $((page_bytes / count)) bytes each"
printf '%-24s %8s %8s %10s %8s %8s\n' "" "wall s" "CPU s" "pages/CPUs" "peak MB" "bytes/p"
ratio_lines=
rounds ocsearch "$work/db" "$ocsearch" index -q --db "$work/db" "$work/copy"
our_first=$first our_again=$again our_changed=$changed
bare_walk
if peer omindex; then
    rounds omindex "$work/omega" omindex --db "$work/omega" --url / "$work/copy"
    ratios omindex
fi
if peer recollindex; then
    run_recoll
    ratios recollindex
fi
! peer sqlite3 || run_sqlite
[ -z "$ratio_lines" ] || printf '\nCPU of others / ours %7s %8s\n%-12s %7s %8s %8s\n%s' "" "" "" first \
    no-change 1% "$ratio_lines"
