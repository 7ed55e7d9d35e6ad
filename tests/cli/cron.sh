# What a nightly run is told: which pages, what may be deleted, and that it gives way; and the units and
# the line of a crontab as they are documented.
. "$(dirname "$0")/lib.sh"
make_pages

# Pages changed since a time; the others are neither looked at nor deleted.
expect 0 index "$work/pages"
touch -d '2001-02-03 04:05' "$work"/pages/*
first=$(ls "$work/pages" | sed -n 1p)
second=$(ls "$work/pages" | sed -n 2p)
echo 'The police of Xanadu spoke.' >>"$work/pages/$first"
rm "$work/pages/$second"
expect 0 index --since=1d "$work/pages"
err_has 'indexed 1: 0 added, 1 changed, 0 unchanged, 0 deleted'
expect 0 index --since="$(date +%F)" "$work/pages"
err_has 'indexed 1: 0 added, 0 changed, 1 unchanged, 0 deleted'
expect 0 index --since=2001-02-03 "$work/pages"
err_has "indexed $((pages - 1)): "
err_has ' 0 deleted'
for time in tomorrow 2001-02 1 1w -1d 99999999999d 2001-02-30; do
    expect 2 index --since="$time" "$work/pages"
    err_has 'write a day as 2026-11-20'
done

# Pruning: never, however many, and not too many.
rm "$work"/pages/1*
expect 0 index --prune=never "$work/pages"
err_has ' 0 deleted'
err_has "; $pages documents"
expect 5 index "$work/pages"
expect 0 index --prune=always "$work/pages"
left=$(ls "$work/pages" | wc -l)
err_has "$((pages - left)) deleted, 0 failed; $left documents"

# The parts of a collection are all of it, and none of it twice.
for part in 0 1 2; do
    expect 0 index --shard=$part/3 --db "$work/part$part" "$work/pages"
    expect 0 search --db "$work/part$part" 'date:* OR NOT date:*' -n0 --snippets=0 --format=csv
    sed 1d "$out" | cut -d, -f3 >>"$work/ids"
done
expect 0 search --db "$work/db" 'date:* OR NOT date:*' -n0 --snippets=0 --format=csv
sed 1d "$out" | cut -d, -f3 | sort >"$work/wanted"
sort "$work/ids" | cmp -s - "$work/wanted" || fail "the parts are not the whole"
for query in police country:RS; do
    expect 0 count "$query"
    cp "$out" "$work/wanted"
    expect 0 count --db "$work/part0" --db "$work/part1" --db "$work/part2" "$query"
    cmp -s "$work/wanted" "$out" || fail "the parts answer otherwise than the whole"
done
for shard in 3/3 1 a/b 1/0 -1/2 0/2x; do
    expect 2 index --shard="$shard" "$work/pages"
done

# An index in one piece has another generation and the same answers; nothing else makes one.
expect 0 index --compact=never "$work/pages"
before=$(readlink "$work/db/current")
expect 0 search police -n0 --format=jsonl
cp "$out" "$work/wanted"
expect 0 index "$work/pages"
[ "$(readlink "$work/db/current")" = "$before" ] || fail "compacted for nothing"
expect 0 index --compact=always -v "$work/pages"
err_has 'compacted'
[ "$(readlink "$work/db/current")" != "$before" ] || fail "not compacted"
expect 0 search police -n0 --format=jsonl
cmp -s "$out" "$work/wanted" || fail "compaction changed the answers"
expect 0 index "$work/pages"
[ ! -e "$work/db/$before" ] || fail "the old generation is left"

# A run gives way when it is told to. It waits for somebody to read its report, and is looked at then.
mkfifo "$work/report"
"$ocsearch" index --nice=7 --db "$work/nice" --report="$work/report" "$work/pages" 2>/dev/null &
run=$!
level=none
for wait in 1 2 3 4 5 6 7 8 9 10; do
    level=$(cut -d' ' -f19 "/proc/$run/stat")
    [ "$level" -ne $(($(nice) + 7)) ] || break
    sleep 0.1
done
[ "$level" -eq $(($(nice) + 7)) ] || fail "a niceness of $level"
cat "$work/report" >/dev/null
wait $run || fail "the run that gives way fails"

# The units are what systemd takes, and they run the program as the manual says.
unit=$root/docs/systemd/ocsearch-index
if command -v systemd-analyze >/dev/null; then
    sed "s|@CMAKE_INSTALL_FULL_BINDIR@/ocsearch|$ocsearch|" "$unit.service.in" \
        >"$work/ocsearch-index.service"
    cp "$unit.timer" "$work"
    systemd-analyze verify --man=no "$work"/ocsearch-index.* >"$work/said" 2>&1 ||
        fail "the units are refused: $(cat "$work/said")"
    ! grep -F ocsearch-index "$work/said" || fail "the units are complained of"
fi
command=$(sed -n 's|^ExecStart=[^ ]*/ocsearch ||p' "$unit.service.in" |
    sed "s|/var/lib/ocsearch|$work|g; s|/srv/pages|$work/pages|")
# shellcheck disable=SC2086 # a command line
expect 0 $command
[ -s "$work/report.jsonl" ] || fail "no report"

# The crontab line of the manual, with folders of ours: quiet, and right.
line=$(grep '^15 3' "$root/docs/ocsearch.1" | sed 's/\\-/-/g')
[ -n "$line" ] || fail "the manual has no crontab line"
command=$(echo "$line" | cut -d' ' -f7- |
    sed "s|ocsearch index|'$ocsearch' index|; s|/var/lib/ocsearch|$work/cron|; s|/srv/pages|$work/pages|")
sh -c "$command" >"$out" 2>"$err" || fail "the crontab line fails"
out_is_empty
err_is_empty

finish
