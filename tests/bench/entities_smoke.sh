# Does the measurement of entities measure?  Two made-up texts of which we know what they name; one
# name of the gold stands in neither, so that it must be missing.
#
#   entities_smoke.sh BUILD
build=$1
bench=$(cd "$(dirname "$0")" && pwd)
. "$bench/../cli/lib.sh"
expect() { # the measurement in the program's place
    wanted=$1
    shift
    last="entities.sh $*"
    BUILD=$build RUNS=1 SPEED_KB=$speed_kb sh "$bench/entities.sh" "$@" >"$out" 2>"$err"
    code=$?
    [ "$code" -eq "$wanted" ] || fail "exit $code where $wanted was due"
}

set=$work/set
mkdir -p "$set/docs"
# gold DOC TYPE TEXT [MORE]: a line of gold for the first place of TEXT in the document
gold() {
    text=$3 more=${4:-} python3 - "$set" "$1" "$2" >>"$set/gold.jsonl" <<'PYTHON'
import json, os, sys
folder, doc, kind = sys.argv[1:]
text = os.environ["text"].encode()
start = open(f"{folder}/docs/{doc}.txt", "rb").read().find(text)
print(json.dumps({"doc": doc, "type": kind, "start": start, "end": start + len(text), "text": text.decode(),
                  **json.loads(os.environ["more"] or "{}")}))
PYTHON
}
echo "Minister Marta Kovačić spoke in Serbia on 6 June 2014, and everybody listened to what was said." >"$set/docs/a.txt"
echo "The seminar in Croatia was opened by Henrik Solvang on 7 June 2014, and it lasted the whole day." >"$set/docs/b.txt"
echo '{"name":"made up","types":["person","country","date"]}' >"$set/dataset.json"
printf '{"doc":"a"}\n{"doc":"b"}\n' >"$set/meta.jsonl"
gold a person "Minister Marta Kovačić"
gold a country Serbia '{"norm":"RS"}'
gold a date "6 June 2014" '{"norm":"2014-06-06"}'
gold b person "seminar"
gold b person "Henrik Solvang"
gold b country Croatia '{"norm":"HR"}'
gold b date "on 7 June 2014" '{"norm":"2014-06-07"}'

speed_kb=0
expect 0 "$set"
out_has "2 texts"
out_has "  person   strict   F1 0.8000 "
out_has "P 1.0000  R 0.6667  right 2  extra 0  missing 1"
for measure in strict overlap set norm; do
    out_has "$(printf '  date     %-8s F1 1.0000 +-0.0000  P 1.0000  R 1.0000  right 2  extra 0  missing 0' $measure)"
done
out_has "  country  set      F1 1.0000 "
out_lacks "of text a CPU second"
speed_kb=10
expect 0 "$set"
out_has "of text a CPU second"
expect 2 "$work/nothing-here"
expect 2
finish
