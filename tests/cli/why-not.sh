# Why a query does not find a document: every part is told, with what the document has instead.
. "$(dirname "$0")/lib.sh"
make_index
page=$work/pages/01-f1a-press-release.txt

# a document that matches
expect 0 why-not "$page" police
same "$(cat "$out")" "yes  police"
err_has "it does match"

# parts that hold and do not
expect 1 why-not "$page" 'police zzzzzz -police SENT(police zzzzzz)'
same "$(sed -n 1p "$out" | cut -c 1-3)" "no "
out_has "yes    police"
out_has "no     zzzzzz"
out_has "no     -police"
out_has "yes      police"
err_has "it does not match"

# it agrees with searches: a part that holds is found by a search for it, a part that does not is not
expect 1 why-not "$page" 'police kosovo country:RS kind:speech date:2000 (org:odihr OR person:*)' --format=jsonl
python3 - "$out" >"$work/clauses" <<'END'
import json, sys
record = json.loads(open(sys.argv[1], encoding="utf-8").read())
for clause in record["clauses"]:
    print("0" if clause["holds"] else "1", record["id"], clause["text"], sep="\t")
END
while IFS="	" read -r code id clause; do
    expect "$code" search "($clause) id:$id"
done <"$work/clauses"

# what the document has instead
expect 1 why-not "$page" 'date:1990'
out_has "the page was published on"
expect 1 why-not "$page" 'kind:zzz'
out_has "the kind of page is"
expect 1 why-not "$page" 'person:zzzzzz'
out_has "the text names"
expect 1 why-not "$page" 'polise'
out_has "look alike: police"
expect 1 why-not "$page" '=polices'
out_has "police"

# mistakes
expect 1 why-not nosuchdocument police
err_has "there is no document"
expect 2 why-not "$page"
expect 2 why-not "$page" 'police ('
err_has "^"
expect 4 why-not "$page" police --db "$work/none"
finish
