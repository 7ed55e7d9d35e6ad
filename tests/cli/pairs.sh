# Who and what is named together: counts, examples, copies, and a graph that others can read.
. "$(dirname "$0")/lib.sh"
make_index

# values EXPRESSION: of each pair r of the last output
values() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == "pair":
        print(eval(sys.argv[2], {"r": record}))' "$out" "$1"
}

# what a pair of a document counts is what a search counts
expect 0 pairs --with=Solvang --type=org,person --within=document -n 3 --format=jsonl --all-copies
values 'str(r["documents"]) + " " + " ".join(r[x]["entity"] + ":\"" + r[x]["key"] + "\"" for x in "ab")' >"$work/queries"
[ -s "$work/queries" ] || fail "nobody is named with Solvang"
while read -r documents query; do
    expect 0 count "$query"
    out_is "$documents"
done <"$work/queries"

# the most frequent first, and the summary tells of all
expect 0 pairs -n 0 --format=jsonl
values '-r["documents"]' >"$work/order"
sort -n -c "$work/order" || fail "not by documents"
found=$(wc -l <"$work/order")
tail -n 1 "$out" | grep -qF "\"found\":$found,\"shown\":$found," || fail "a wrong summary"
expect 0 pairs -n 0 --min=2 --format=jsonl
same "$(values 'r["documents"]' | grep -c .)" "$(grep -cv -x -e -1 "$work/order")"
expect 0 pairs -n 2 --offset=1 --format=csv
out_lines 3

# a smaller unit holds no more pairs
expect 0 pairs -n 0 --within=document --format=jsonl
same "$(python3 -c 'import sys; print(int(sys.argv[1]) <= int(sys.argv[2]))' "$found" "$(values 1 | wc -l)")" True

# one copy more changes nothing, unless copies count each
total() { values 'r["documents"]' | python3 -c 'import sys; print(sum(map(int, sys.stdin)))'; }
expect 0 pairs --with=solvang --format=jsonl
once=$(total)
expect 0 pairs --with=solvang --format=jsonl --all-copies
each=$(total)
cp "$work/pages/01-f1a-press-release.txt" "$work/pages/copy.txt"
expect 0 index "$work/pages"
expect 0 pairs --with=solvang --format=jsonl
same "$(total)" "$once"
expect 0 pairs --with=solvang --format=jsonl --all-copies
[ "$(total)" -gt "$each" ] || fail "--all-copies does not count copies"

# the example is what the page has
expect 0 pairs --with=solvang 'path:"'"$work"'/pages/01-f1a-press-release.txt"' -n 1 --format=jsonl
values 'r["example"]["id"] + " " + "..".join(map(str, r["example"]["raw"]))' >"$work/place"
values 'r["example"]["text"]' >"$work/text"
read -r id span <"$work/place"
expect 0 show "$id" --bytes="$span"
cmp -s "$out" "$work/text" || out_is "$(cat "$work/text")"

# a graph that a parser of XML takes, whose edges lead to nodes
expect 0 pairs --type=person,org,country --format=graphml
python3 - "$out" "$found" >"$work/verdict" 2>&1 <<'PY' || fail "$(cat "$work/verdict")"
import sys
import xml.etree.ElementTree as tree

space = "{http://graphml.graphdrawing.org/xmlns}"
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == space + "graphml", root.tag
keys = {key.get("id"): key.get("for") for key in root.findall(space + "key")}
graph = root.find(space + "graph")
nodes = {node.get("id") for node in graph.findall(space + "node")}
edges = graph.findall(space + "edge")
assert len(nodes) > 1 and len(edges) >= int(sys.argv[2]), (len(nodes), len(edges))
for edge in edges:
    assert edge.get("source") in nodes and edge.get("target") in nodes
    data = {item.get("key"): item.text for item in edge.findall(space + "data")}
    assert int(data["weight"]) >= 1 and all(keys[key] == "edge" for key in data), data
for node in graph.findall(space + "node"):
    data = {item.get("key"): item.text for item in node.findall(space + "data")}
    assert data["type"] in ("person", "org", "country") and int(data["documents"]) >= 1
    assert data["name"] and all(keys[key] == "node" for key in data), data
PY

# nothing, and mistakes
expect 1 pairs --with=nobodyofthisname
out_is_empty
expect 0 pairs --with=nobodyofthisname --ok-empty
expect 2 pairs --type=colour
err_has "'colour'"
expect 2 pairs --within=page
expect 2 pairs 'date:['
err_has "^"
expect 4 pairs --db "$work/none"
finish
