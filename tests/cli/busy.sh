# Two runs at once, and a run that is killed.  A run is held in its middle by a report that nobody
# reads: the pipe fills, and the run waits while it holds the lock.
. "$(dirname "$0")/lib.sh"

# More report than a pipe and a buffer hold.
long=$(printf '%0200d' 0)
many=300
mkdir -p "$work/many/$long"
i=0
while [ $i -lt $many ]; do
    echo "A meeting on organized crime, number $i, was held in Belgrade." \
        >"$work/many/$long/$(printf '%0200d' $i).txt"
    i=$((i + 1))
done
mkfifo "$work/report"
exec 3<>"$work/report"

# Start a run and wait until it is in its middle.
hold() {
    "$ocsearch" index --report="$work/report" "$@" 2>"$work/held" 3<&- &
    held=$!
    dd bs=1 count=1 <&3 >"$work/byte" 2>"$work/dd"
}

# The processes that the run made, and whether they are gone, which may take a moment.
workers_of() {
    grep -l "^PPid:[[:space:]]*$1\$" /proc/[0-9]*/status 2>"$work/vanished" | cut -d/ -f3
}
all_gone() {
    for attempt in 1 2 3 4 5 6 7 8 9 10; do
        left=
        for pid in $1; do
            kill -0 "$pid" 2>"$work/gone" && left="$left $pid"
        done
        [ -z "$left" ] && return 0
        sleep 0.3
    done
    return 1
}
# kill_held SIGNAL CODE: it ends, and all of its workers with it
kill_held() {
    workers=$(workers_of "$held")
    last="index, killed by $1"
    [ -n "$workers" ] || fail "the run has no workers"
    kill -"$1" "$held"
    wait "$held" 2>"$work/wait"
    same $? "$2"
    all_gone "$workers" || fail "workers are left"
}
release() {
    cat <&3 >"$work/drained" &
    drain=$!
    wait "$held"
    held_code=$?
}

hold "$work/many"
expect 75 index "$work/many"
err_has "another run (process $held) is updating"
out_is_empty
err_lacks "indexed"
expect 75 index --lock-wait=0.2 "$work/many"
"$ocsearch" index --lock-wait=60 "$work/many" >"$work/waited-out" 2>"$work/waited" &
waiting=$!
release
same "$held_code" 0
last="index --lock-wait=60, beside another run"
wait "$waiting"
same $? 0
kill "$drain"
grep -q "$many unchanged" "$work/waited" || fail "the waiting run said: $(cat "$work/waited")"

# killed in its middle: what is there can be read, and the next run goes on to the end
exec 3<&-
rm "$work/report"
mkfifo "$work/report"
exec 3<>"$work/report"
hold --db "$work/killed" "$work/many"
kill_held 9 137
expect 0 index --db "$work/killed" "$work/many"
expect 0 count --db "$work/killed" crime
out_is "$many"

# the same for a run that only adds to an index
expect 0 index --db "$work/grown" "$work/many/$long/$(printf '%0200d' 0).txt"
exec 3<&-
rm "$work/report"
mkfifo "$work/report"
exec 3<>"$work/report"
hold --db "$work/grown" "$work/many"
kill_held 15 143
expect 0 count --db "$work/grown" crime
expect 0 index --db "$work/grown" "$work/many"
expect 0 count --db "$work/grown" crime
out_is "$many"
finish
