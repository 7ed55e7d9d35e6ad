# How well copies of an article are found: of the pages that nearly repeat an earlier one, as pagegen
# tells them, how many pairs search names (recall), and how many of the named are such (precision).
#
#   copies.sh OCSEARCH PAGEGEN [PAGES [FORM]]     with FORM mixed a text dump may repeat an HTML page
. "$(dirname "$0")/lib.sh"
have python3 || { echo "$0: python3 is needed" >&2; exit 2; }

rm -rf "$work/copies" "$work/db"
"$pagegen" --count "$count" --form "$form" --seed 1 --truth "$work/copies" >"$work/truth" || exit 1
"$ocsearch" index -q --db "$work/db" "$work/copies" || exit 1
"$ocsearch" --db "$work/db" --format=jsonl -n0 --all-copies --snippets=0 "path:\"$work/copies\"" \
    >"$work/found" 2>/dev/null
machine
python3 - "$work/truth" "$work/found" <<'END'
import collections
import itertools
import json
import sys

articles = collections.defaultdict(list)
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        path, date, title = line.rstrip("\n").split("\t")
        if title != "empty":
            articles[date, title].append(path)
true = {frozenset(pair) for paths in articles.values() for pair in itertools.combinations(paths, 2)}
with open(sys.argv[2], encoding="utf-8") as lines:
    docs = {r["id"]: r for r in map(json.loads, lines) if r["type"] == "doc"}
named = {frozenset((d["path"], docs[i]["path"])) for d in docs.values() for i in d["duplicates"]["ids"]}
right = len(true & named)
print(f"{len(docs)} documents, {len(true)} pairs of copies, {len(named)} named: "
      f"precision {right / max(1, len(named)):.3f}, recall {right / max(1, len(true)):.3f}")
END
