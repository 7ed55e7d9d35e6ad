# Output that cannot be written is not success; a reader that has had enough is no error.
. "$(dirname "$0")/lib.sh"
make_index

# full NAME ARGUMENT...: with a full disk as standard output
full() {
    last="$* >/dev/full"
    "$ocsearch" "$@" >/dev/full 2>"$err"
    code=$?
    : >"$out"
    same "$code" 6
    err_has "cannot write standard output: No space left on device"
}
full crime
full crime --format=json
full crime -n0 --format=csv
full count crime
full status
full show "$work/pages/01-f1a-press-release.txt"
full extract "$work/pages"
full --help
full search --help
full --version

last="crime >&-"
"$ocsearch" crime >&- 2>"$err"
same $? 6
last="index >&-, which prints nothing there"
"$ocsearch" index "$work/pages" >&- 2>"$err"
same $? 0
last="index 0<&- 1>&- 2>&-"
touch "$work/pages/"*
"$ocsearch" index "$work/pages" <&- >&- 2>&-
same $? 0
expect 0 count 'path:"'"$work/pages"'"'
out_is "$pages"

expect 6 index --report=/dev/full "$work/pages"
err_has "cannot write /dev/full"
expect 6 index --report="$work/no/such/folder/report" "$work/pages"

# an index that may not grow, as on a full disk: told, and no document is lost of what was there
expect 0 index --db "$work/small" "$work/pages/01-f1a-press-release.txt"
last="index with too little room"
(ulimit -f 100 && "$ocsearch" index --db "$work/small" "$work/pages") >"$out" 2>"$err"
same $? 6
[ -s "$err" ] || fail "not a word"
expect 0 count --db "$work/small" 'title:prosecutors'
out_is 1
expect 0 index --db "$work/small" "$work/pages"
expect 0 count --db "$work/small" 'path:"'"$work/pages"'"'
out_is "$pages"

# quiet when the reader leaves: as by the signal's default, even where a parent has it ignored
leave() {
    : >"$out"
    { "$ocsearch" "$@" 2>"$err"; echo $? >"$work/code"; } | head -n 1 >"$out"
    out_lines 1
    err_is_empty
    same "$(cat "$work/code")" 141
}
mkdir "$work/many"
for i in 1 2 3 4 5 6 7 8; do cp -R "$work/pages" "$work/many/$i"; done
last="extract many | head -n 1"
leave extract "$work/many"
trap '' PIPE
last="extract many | head -n 1, with SIGPIPE ignored"
leave extract "$work/many"
trap - PIPE
finish
