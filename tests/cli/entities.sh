# Entities are listed and counted, over the index or over what matches, in every form of output.
. "$(dirname "$0")/lib.sh"
make_index

# values EXPRESSION: of each entity record r of the last output
values() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == "entity":
        print(eval(sys.argv[2], {"r": record}))' "$out" "$1"
}

# counts agree with what searches count
expect 0 entities --type=country -n 3 --format=jsonl
out_lines 4
values 'r["key"]' >"$work/keys"
values 'r["documents"]' >"$work/documents"
while read -r key; do
    expect 0 count "country:$key"
    cat "$out"
done <"$work/keys" >"$work/counted"
cmp -s "$work/documents" "$work/counted" || fail "documents are counted otherwise than by count"

# the most frequent first; the summary tells of all
expect 0 entities -n 0 --format=jsonl
values '-r["documents"]' >"$work/order"
sort -n -c "$work/order" || fail "not by documents"
values 'r["entity"]' | grep -qx date && fail "dates without being asked for"
tail -n 1 "$out" | grep -qF "\"documents\":$pages,\"found\":$(($(wc -l <"$out") - 1))," ||
    fail "a wrong summary"
expect 0 entities --type=date,country --type=place -n 0 --format=jsonl
same "$(values 'r["entity"]' | sort -u | tr '\n' ' ')" "country date place "

# a query limits it, a name chooses
expect 0 entities 'lang:sr' --type=country -n 0 --format=csv
same "$(sed -n '1p' "$out")" "entity,key,name,country,documents,mentions,first,last,aliases"
expect 0 entities --name=KOVACIC --type=person
out_has "Marta Kovačić"
out_lines 1
err_has "1 of 1 found in $pages documents"
expect 0 entities --name=belgrade --type=place --format=jsonl
same "$(values 'r["country"]')" RS

# pages of them follow each other
expect 0 entities -n 4 --format=tsv
tail -n +4 "$out" >"$work/half"
expect 0 entities -n 2 --offset=2 --format=tsv
tail -n +2 "$out" | cmp -s - "$work/half" || fail "an offset gives other entities"

# nothing, and mistakes
expect 1 entities --name=nobodyofthisname
out_is_empty
expect 0 entities --name=nobodyofthisname --ok-empty
expect 2 entities --type=colour
err_has "'colour'"
expect 2 entities 'date:['
err_has "^"
expect 4 entities --db "$work/none"
finish
