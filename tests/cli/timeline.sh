# When things happened, by the dates of the texts: bars, sentences, a picture.
. "$(dirname "$0")/lib.sh"
mkdir "$work/pages"
printf 'VIENNA, 13 February 2017 - The house was built in 2014. It opened on 3 March 2015 & is <new>.\n' \
    >"$work/pages/a.txt"
printf 'In May 2015 a second house followed. On 3 March 2015 the first had opened, and since 2021 it is closed. It was a fine day on 6 December.\n' \
    >"$work/pages/b.txt"
expect 0 index "$work/pages"

# bars, with the gap told and the page's own date left out
expect 0 timeline
out_has "2014        ████"
out_has ":           5 years without"
out_has "2021"
out_lacks "2017"
out_has "no year"
err_has "2 of 2 documents"
same "$(grep -c '█' "$out")" 3
LC_ALL=C
expect 0 timeline
out_lacks "█"
out_has "2014        ####"
LC_ALL=C.UTF-8

# no line is wider than the terminal, whatever its width
for columns in 40 80 120; do
    COLUMNS=$columns script -qec "'$ocsearch' timeline 2>/dev/null" /dev/null </dev/null |
        tr -d '\r' >"$work/lines"
    [ -s "$work/lines" ] || fail "nothing on a terminal"
    python3 -c 'import sys; sys.exit(any(len(line.rstrip("\n")) > int(sys.argv[2]) for line in open(sys.argv[1], encoding="utf-8")))' \
        "$work/lines" "$columns" || fail "a line is wider than $columns columns"
done

# by month: what has no month is apart
expect 0 timeline --by=month --format=csv
same "$(sed -n 's/,.*//;2p;3p;4p;5p;6p' "$out" | tr '\n' ' ')" "2014 2015-03 2015-05 2021  "
expect 0 timeline --by=month
out_has "2014        1 without a month"
expect 0 timeline --by=day --since=2015-03 --until=2015-03 --format=csv
out_is "date,precision,documents,mentions
2015-03-03,day,2,2"

# published
expect 0 timeline --of=published --format=csv
out_has "2017,year,1,1"

# the sentences, in order, with the bytes they stand at
expect 0 timeline --events --format=jsonl --since=2015
python3 - "$out" "$work/pages" >"$work/verdict" 2>&1 <<'PY' || fail "$(cat "$work/verdict")"
import json
import sys

records = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
events = [record for record in records if record["type"] == "event"]
assert [event["when"] for event in events] == ["2015-03-03", "2015-03-03", "2015-05", "2021"], events
for event in events:
    evidence = event["evidence"]
    page = open(evidence["path"], "rb").read()
    assert page[slice(*evidence["raw"])].decode() == evidence["text"]
    assert page[slice(*event["raw"])].decode() == event["surface"]
    assert event["surface"] in evidence["text"]
summary = records[-1]
assert summary["type"] == "timeline" and summary["found"] == summary["shown"] == 4, summary
PY
expect 0 timeline --events -n 1 --offset=1 --format=csv
out_lines 2
expect 0 timeline --format=jsonl
out_has '"type":"bar"'
out_has '"type":"event"'

# a picture that is XML, with a title, a bar for each bar, and no script
expect 0 timeline --svg="$work/t.svg" 'house OR "<a&b>"'
python3 - "$work/t.svg" >"$work/verdict" 2>&1 <<'PY' || fail "$(cat "$work/verdict")"
import sys
import xml.etree.ElementTree as tree

space = "{http://www.w3.org/2000/svg}"
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == space + "svg" and root.get("role") == "img"
title = root.find(space + "title").text
assert title.startswith("Dates") and '<a&b>' in title, title
bars = [rect.find(space + "title").text for rect in root.findall(space + "rect") if len(rect)]
assert [bar[:4] for bar in bars] == ["2014", "2015", "2021"], bars
assert not root.findall(".//" + space + "script")
texts = "".join(root.itertext())
assert "documents" in texts and "date in the text" in texts and "without a year: 1" in texts
PY
same "$(ls "$work" | grep -c 't\.svg')" 1

# what is no file is left alone, and what cannot be written is exit 6
mkdir "$work/folder"
expect 6 timeline --svg="$work/folder"
err_has "and no file"
expect 6 timeline --svg="$work/none/t.svg"
err_has "cannot write"
echo old >"$work/t.svg"
expect 2 timeline --svg="$work/t.svg" 'date:['
same "$(cat "$work/t.svg")" old

# nothing, and mistakes
expect 1 timeline zzzz
expect 0 timeline zzzz --ok-empty
expect 2 timeline --by=week
expect 2 timeline --events --of=published
expect 2 timeline --since=soon
expect 4 timeline --db "$work/none"
finish
