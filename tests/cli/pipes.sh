# For programs at both ends of a pipe: queries by the batch, chosen fields, paths for xargs, and hits
# that come as they are found.
. "$(dirname "$0")/lib.sh"
make_index

# a batch: one answer a line, in order; what is wrong is told with its line and stops nothing
printf '# questions\n\none\tperson:solvang\ncrime\nbad\tcrime nofield:x\nempty\t\n"open\nlang:de\r\n' >"$work/q"
expect 3 count --batch="$work/q"
expect_solvang=$("$ocsearch" count person:solvang)
printf '%s\tone\n%s\tcrime\n%s\tlang:de\n' "$expect_solvang" "$("$ocsearch" count crime)" \
    "$("$ocsearch" count lang:de)" >"$work/wanted"
cmp -s "$out" "$work/wanted" || fail "not the counts of the queries"
err_has "q:5: unknown field 'nofield'"
err_has "      ^"
err_has "q:6: the query is empty"
err_has "q:7: this quote is never closed"
expect 3 count --batch="$work/q" --format=jsonl
same "$(jq -r 'select(.type=="error") | "\(.line) \(.at)"' "$out" | tr '\n' ',')" "5 6,6 null,7 0,"
same "$(jq -r 'select(.type=="count") | .name // .query' "$out" | tr '\n' ',')" "one,crime,lang:de,"
same "$(tail -n 1 "$out" | jq -c '[.type,.queries,.failed]')" '["counts",6,3]'
last="count --batch=- with a last line that is not ended"
printf 'crime' | "$ocsearch" count --batch=- >"$out" 2>"$err"
same "$?" 0
out_lines 1
head -c 1100000 /dev/zero | tr '\0' x >"$work/long"
printf '\ncrime\n' >>"$work/long"
expect 3 count --batch="$work/long"
err_has "long:1: the line is longer"
out_lines 1
expect 2 count --batch="$work/q" crime
expect 2 count --batch="$work/no-such-file"
expect 4 count --batch="$work/q" --db "$work/none"
out_is_empty

# a batch of searches: what the searches give one by one
expect 3 search --batch="$work/q" --format=jsonl -n3
cp "$out" "$work/together"
for query in person:solvang crime lang:de; do
    "$ocsearch" "$query" --format=jsonl -n3 2>"$err"
done >"$work/apart"
jq -c 'select(.type!="error") | del(.name)' "$work/together" >"$work/named"
jq -c . "$work/apart" | cmp -s - "$work/named" || fail "a batch finds something else"
same "$(jq -c 'select(.type=="header") | [.name, .query]' "$work/together" | head -n 1)" '["one","person:solvang"]'
same "$(jq -r 'select(.type=="error") | .line' "$work/together" | tr '\n' ' ')" "5 6 7 "
expect 2 search --batch="$work/q"
expect 2 search --batch="$work/q" --format=json
expect 2 search --batch="$work/q" --format=jsonl crime

# a conversation: each line is answered before the next is written
mkfifo "$work/ask" "$work/answer"
"$ocsearch" count --batch=- <"$work/ask" >"$work/answer" 2>"$err" &
exec 7>"$work/ask" 8<"$work/answer"
for query in crime lang:de zzzzzz; do
    last="a conversation about $query"
    echo "$query" >&7
    read -r answer <&8
    same "$answer" "$("$ocsearch" count "$query")	$query"
done
exec 7>&- 8<&-
wait

# fields: their order in rows, their choice in records
expect 0 crime -n2 --format=csv --fields=title,id
same "$(head -n 1 "$out")" "title,id"
expect 0 crime -n2 --format=tsv --fields=id,date,copies
awk -F '\t' 'NF != 3 {exit 1}' "$out" || fail "not three columns"
expect 0 crime -n1 --format=jsonl --fields=title,date
same "$(sed -n 2p "$out" | jq -c keys)" '["date","id","title","type"]'
expect 0 crime -n0 --format=jsonl
jq -c 'select(.type=="doc") | {type,id,title,mentions,rank}' "$out" >"$work/cut-by-jq"
expect 0 crime -n0 --format=jsonl --fields=rank,mentions,title
jq -c 'select(.type=="doc") | {type,id,title,mentions,rank}' "$out" >"$work/cut"
cmp -s "$work/cut" "$work/cut-by-jq" || fail "chosen fields are not those of whole records"
expect 0 crime -n1 --format=json --fields=text
jq -e '.[1].text | length > 100' "$out" >/dev/null || fail "no text"
expect 2 crime --format=jsonl --fields=titel
err_has "did you mean title?"
expect 2 crime --format=csv --fields=id,id
expect 2 crime --format=csv --fields=mentions
expect 2 crime --format=jsonl --fields=copies
expect 2 crime --format=csv --fields=
expect 2 crime --fields=id
expect 2 crime --format=ids --fields=id
expect 2 crime --format=paths --explain

# paths and ids: the documents of the rows, in their order
expect 0 crime -n0 --format=tsv --fields=path
sed 1d "$out" >"$work/rows"
expect 0 crime -n0 --format=paths
cmp -s "$out" "$work/rows" || fail "not the paths of the rows"
err_is_empty
expect 0 crime -n0 --format=tsv --fields=id
sed 1d "$out" >"$work/rows"
expect 0 crime -n0 --format=ids
cmp -s "$out" "$work/rows" || fail "not the ids of the rows"
expect 1 zzzzzz --format=paths
out_is_empty

# a path with a line feed and a space in it stays one argument
odd="$work/odd
 page.txt"
cp "$work/pages/01-f1a-press-release.txt" "$odd"
expect 0 index "$odd"
expect 0 solvang --all-copies -n0 --format=text0
xargs -0 ls -d <"$out" >"$work/listed" 2>"$err" || fail "xargs -0 was given no paths"
grep -q '^ page.txt$' "$work/listed" || fail "the odd path is not there"
expect 0 solvang --all-copies -n0 --format=text0 --fields=id,path
same "$(xargs -0 -n 2 sh -c 'test -f "$1" && echo "${#0}"' <"$out" | sort -u)" 16

# a reader gets a hit before the next one is looked for: of a pipe that holds little, and that is read
# slowly, the first lines come while the program is still there
for format in jsonl csv text; do
    last="search --format=$format into a pipe: the first line and then nothing"
    { "$ocsearch" 'lang:*' -n0 --all-copies --format=$format 2>"$err"; echo $? >"$work/code"; } |
        { read -r line; [ -n "$line" ] || fail "no line"; }
    case $(cat "$work/code") in 0 | 141) ;; *) fail "exit $(cat "$work/code")" ;; esac
done
writes() {
    last="$* under strace"
    strace -o "$work/trace" -e trace=write "$ocsearch" "$@" 2>"$err" | cat >"$out"
    grep -c '^write(1,' "$work/trace"
}
if strace -V >"$work/version" 2>&1; then
    n=$(writes 'lang:*' -n9 --format=csv)
    same "$n" 10
    n=$(strace -o "$work/trace" -e trace=write "$ocsearch" 'lang:*' -n9 --format=csv 2>"$err" >"$out"
        grep -c '^write(1,' "$work/trace")
    same "$n" 1
fi

# the schema of the records can be pinned wherever there are records, and no other one is printed
for command in search count entities show status extract audit "alias test" "saved list"; do
    expect 2 $command --format-version=2 x
    err_has "format-version"
done
expect 0 crime --format-version=1
finish
