# Room that runs out for real, by a limit on the size of files and, where mounting is allowed, on a small
# file system; and folders that may not be written.  The old index stays, nothing that fills the disk is
# left, and the next run succeeds.
. "$(dirname "$0")/lib.sh"
mounted=
trap 'for place in $mounted; do umount "$place"; done; chmod -R u+w "$work"; rm -rf "$work"' EXIT

# libxapian 1.4.22 drops what it has made so far when a write fails: for builds with LeakSanitizer
echo leak:libxapian >"$work/leaks"
export LSAN_OPTIONS="suppressions=$work/leaks:print_suppressions=0"

mkdir "$work/shut" "$work/many"
numbered_pages "$work/many" 1000 2200
ls "$work"/many/1[01]*.txt >"$work/few" # of which there is an old index
"$ocsearch" index --db "$work/calm" "$work/many" 2>/dev/null
"$ocsearch" export --to=opensearch --db "$work/calm" >"$work/after"

answers() {
    expect 0 export --to=opensearch --db "$1"
    cmp -s "$out" "$2" || fail "the index answers otherwise"
}
# What lies there beside one index.
nothing_beside() {
    same "$(cd "$1" && ls -A | grep -vx -e lock -e current -e "$(readlink "$1/current")")" ""
}

# short_of_room DB OPTION...: a run by $limited, whose means of failing is in place
short_of_room() {
    db=$1
    shift
    last="index --db $db $*, $how"
    "$limited" "$ocsearch" index --db "$db" "$@" "$work/many" >"$out" 2>"$err" </dev/null
    code=$?
    err_has "$db"
    err_has "$reason"
}

# ---- no file may grow beyond a size ----

limited=$work/limited
cat >"$limited" <<'END'
ulimit -f 300 # blocks of 512 bytes
exec "$@"
END
chmod +x "$limited"
sed -i "1i #!/bin/sh" "$limited"
how="files of 150 KB at most"
reason="File too large"

short_of_room "$work/first"
same $code 6
[ ! -e "$work/first" ] || fail "something is left of an index that could not be made"
for course in "" --builder=xapian; do
    rm -rf "$work/db"
    expect 0 index --files-from="$work/few"
    expect 0 export --to=opensearch
    cp "$out" "$work/before"
    # shellcheck disable=SC2086 # none is no option
    short_of_room "$work/db" $course
    same $code 6
    answers "$work/db" "$work/before"
    nothing_beside "$work/db"
    expect 0 index "$work/many"
    answers "$work/db" "$work/after"
done
short_of_room "$work/db" --compact=always
same $code 0
err_has "not compacted"
answers "$work/db" "$work/after"
expect 0 index "$work/many"
nothing_beside "$work/db"
expect 0 index --compact=always "$work/many"
answers "$work/db" "$work/after"

# ---- a small file system ----

limited=env
how="on a small file system"
reason="No space left on device"
mkdir "$work/small"
if mount -t tmpfs -o size=1200k none "$work/small" 2>"$work/mount-err"; then
    mounted=$work/small
    short_of_room "$work/small/first"
    same $code 6
    same "$(ls -A "$work/small")" ""
    expect 0 index --db "$work/small/db" --files-from="$work/few"
    expect 0 export --to=opensearch --db "$work/small/db"
    cp "$out" "$work/before"
    for course in "" --builder=xapian; do
        # shellcheck disable=SC2086
        short_of_room "$work/small/db" $course
        same $code 6
        answers "$work/small/db" "$work/before"
        nothing_beside "$work/small/db"
    done
    for size in 1300k 1700k 2200k 3000k; do
        mount -o remount,size=$size "$work/small"
        "$ocsearch" index --db "$work/small/db" "$work/many" >"$out" 2>"$err"
        code=$?
        [ $code -eq 0 ] || { same $code 6; answers "$work/small/db" "$work/before"; }
        [ $code -ne 0 ] || break
        nothing_beside "$work/small/db"
    done
    mount -o remount,size=20m "$work/small"
    expect 0 index --db "$work/small/db" "$work/many"
    answers "$work/small/db" "$work/after"
    # read only
    echo "One more." >>"$work/many/1000.txt"
    mount -o remount,ro "$work/small"
    expect 6 index --db "$work/small/db" "$work/many"
    err_has "$work/small/db/lock: Read-only file system"
    expect 6 index --db "$work/small/new" "$work/many"
    err_has "$work/small/new: Read-only file system"
    answers "$work/small/db" "$work/after"
    expect 0 index --dry-run --db "$work/small/db" "$work/many"
    err_has "1 changed"
    umount "$work/small" && mounted=
else
    echo "no mounting here: no small file system is tried"
    echo "One more." >>"$work/many/1000.txt"
fi

# ---- folders that may not be written ----

if [ "$(id -u)" -eq 0 ]; then
    # as somebody else
    command -v setpriv >/dev/null && chmod -R go+rX "$work" &&
        setpriv --reuid=65534 --regid=65534 --clear-groups "$ocsearch" --version >"$out" 2>"$err" || {
        echo "no way to be an ordinary user: no forbidden folder is tried"
        finish
        exit
    }
    limited=$work/nobody
    printf '#!/bin/sh\nexec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"\n' >"$limited"
    chmod 755 "$limited"
    how="as nobody"
else
    chmod -R a-w "$work/db" "$work/shut"
fi
reason="Permission denied"
short_of_room "$work/db"
same $code 6
answers "$work/db" "$work/after"
short_of_room "$work/shut/db"
same $code 6
finish
