# A concordance lists every place, in every form of output, with bytes that are those of the page.
. "$(dirname "$0")/lib.sh"
make_index

# the bytes of every exact place are the match
expect 0 kwic 'police OR person:* OR "organized crime"' --format=jsonl
python3 - "$out" >"$work/verdict" 2>&1 <<'END' || fail "$(cat "$work/verdict")"
import json, sys
records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
lines, last, exact = records[:-1], records[-1], 0
for line in lines:
    page = open(line["path"], "rb").read()
    first, end = line["raw"]
    got = page[first:end].decode("utf-8", "replace")
    if "\n" in line["left"] + line["match"] + line["right"]:
        sys.exit(f"more than a line: {line}")
    if line.get("raw_exact", True) and got == line["match"]:
        exact += 1
    elif line.get("raw_exact", True) and line["match"].isascii() and "&" not in got and "<" not in got and " ".join(got.split()) != line["match"]:
        sys.exit(f"{got!r} is not {line['match']!r}")
if exact < len(lines) / 2 or exact < 50:
    sys.exit(f"only {exact} of {len(lines)} are in the page as they are in the text")
if last["type"] != "concordance" or last["shown"] != len(lines) or not last["complete"]:
    sys.exit(f"a wrong end: {last}")
END
all=$(($(wc -l <"$out") - 1))

# a number of matches as counted otherwise
expect 0 count 'police OR person:* OR "organized crime"'
same "$(cat "$out")" "$(expect 0 kwic 'police OR person:* OR "organized crime"' --format=jsonl; tail -n 1 "$out" | sed 's/.*"matches":\([0-9]*\).*/\1/')"

# every order has the same lines
for order in left match right date document; do
    expect 0 kwic 'police OR person:* OR "organized crime"' --sort=$order --format=tsv
    same "$(($(wc -l <"$out") - 1))" "$all"
done
expect 0 kwic 'police' --sort=document --format=tsv
tail -n +2 "$out" | cut -f 2 | LC_ALL=C sort -c || fail "not by path"
expect 0 kwic 'police' --sort=date --format=tsv
tail -n +2 "$out" | cut -f 3 | grep . | LC_ALL=C sort -c || fail "not by date"

# contexts and limits
expect 0 kwic police -n 3 --format=csv
out_lines 4
same "$(sed -n 1p "$out")" "id,path,date,left,match,right,mark,raw_from,raw_to,raw_exact"
expect 0 kwic police -n 3 --context=0
out_lines 3
err_has "the first 3 places; "
expect 0 kwic police -n 1 --words=2 --format=jsonl
out_has '"complete":false'

# the matches stand below each other
expect 0 kwic '"organized crime"' --context=30
same "$(python3 -c '
import sys
print(len({line.lower().index("organi") for line in open(sys.argv[1], encoding="utf-8")}))' "$out")" 1

# on a terminal lines are as long as it is wide at most, and the matches stand below each other
for columns in 60 80 120; do
    script -qc "stty cols $columns; '$ocsearch' kwic '\"organized crime\"' --color=never" /dev/null \
        >"$out" 2>"$err" </dev/null
    python3 -c '
import sys, unicodedata
lines = [l.rstrip("\r\n") for l in open(sys.argv[1], encoding="utf-8") if "places in" not in l]
width = lambda l: sum(not unicodedata.combining(c) for c in l)
assert len(lines) > 5, lines
assert max(map(width, lines)) <= int(sys.argv[2]), max(lines, key=width)
assert len({l.lower().index("organi") for l in lines}) == 1, lines' "$out" "$columns" 2>"$work/verdict" ||
        fail "$(cat "$work/verdict")"
done

# nothing, and mistakes
expect 1 kwic zzzzzz
out_is_empty
expect 0 kwic zzzzzz --ok-empty
expect 2 kwic
expect 2 kwic police --words=2 --context=3
expect 2 kwic 'SENT(police kind:x)'
err_has "^"
expect 4 kwic police --db "$work/none"

# documents without a place to show are not said to be none
expect 1 kwic 'lang:de'
err_has "found by no words or names"
for command in kwic entities timeline pairs; do
    expect 1 $command zzzzzz
    err_has "no documents"
    err_lacks "0 of 0"
done
expect 1 who zzzzzz
err_lacks "0 of 0"
finish
