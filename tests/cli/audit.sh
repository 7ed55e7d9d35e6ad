# What was cut is told, page by page and site by site, and the sums hold; --keep-blocks cuts nothing.
. "$(dirname "$0")/lib.sh"
make_pages
press=$work/pages/01-f1a-press-release.txt

# values TYPE EXPRESSION: of each record r of this type in the last output
values() {
    python3 -c '
import json, sys
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if record["type"] == sys.argv[2]:
        print(eval(sys.argv[3], {"r": record, "open": open}))' "$out" "$1" "$2"
}
none_false() { ! grep -qx False "$work/values" && [ -s "$work/values" ] || fail "$1"; }

# text, unless told otherwise: a line for the page, the evidence with its longest text
expect 0 extract --audit "$press"
err_is_empty
out_has "$press: kept "
out_has "run of menu entries"
out_has "- Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings"
out_has "site $work/pages: 1 page, kept "
out_lacks "all sites"
out_lacks "! "
same "$(grep -c '^  menu ' "$out")" 2

# records: parts make up the whole, the most words come first, examples lead to the page's bytes
expect 0 extract --audit --format=jsonl "$work/pages"
same "$(values audit 'r["path"]' | wc -l)" "$pages"
values audit 'sum(e["words"] for e in r["evidence"]) == r["words"]["cut"]' >"$work/values"
none_false "evidence does not make up what was cut"
values audit 'abs(r["share"] * sum(r["words"].values()) - r["words"]["cut"]) < 1' >"$work/values"
none_false "a share is wrong"
values audit '[e["words"] for e in r["evidence"]] == sorted((e["words"] for e in r["evidence"]), reverse=True)' \
    >"$work/values"
none_false "evidence is not in its order"
values audit 'r["path"].endswith("01-f1a-press-release.txt") is False or all(
    open(r["path"], "rb").read()[slice(*e["raw"])].decode() == e["example"]
    for e in r["evidence"] if not e["example"].endswith("…"))' >"$work/values"
none_false "an example is not what the page has there"

# sites: by host where the page states its address, else by folder; the last one is all
values audit-site 'r["site"]' >"$work/sites"
grep -qx www.osce.org "$work/sites" || fail "no site by its host"
grep -qx "$work/pages" "$work/sites" || fail "no site by its folder"
same "$(tail -n 1 "$work/sites")" None
same "$(values audit-site 'r["site"] is None and r["pages"]' | tail -n 1)" "$pages"
cut=$(values audit 'r["words"]["cut"]' | awk '{n += $1} END {print n}')
same "$(values audit-site 'r["words"]["cut"]' | tail -n 1)" "$cut"
same "$(values audit-site 'r["words"]["cut"]' | sed '$d' | awk '{n += $1} END {print n}')" "$cut"
same "$(values audit-site 'r["evidence"][0]["path"].startswith("'"$work/pages/"'")' | sort -u)" True

# marks: a page of menu only, a page of text only, prose that was cut
page() { values audit 'r["path"].endswith("'"$1"'") and '"$2" | grep -v '^False$'; }
same "$(page 29-f1-empty-menu-only.txt 'r["mark"]')" little
same "$(page 21-f12-prosecutors.txt 'r["mark"]')" most
same "$(page 01-f1a-press-release.txt '(r["mark"], r["cut_prose"])')" "(None, 0)"
same "$(page 02-f1b-news-item-cut-lead.txt '[(p["role"], p["words"]) for p in r["prose"]]')" "[('lead', 30)]"
expect 0 extract --audit "$work/pages/29-f1-empty-menu-only.txt" "$work/pages/02-f1b-news-item-cut-lead.txt"
out_has "! less than 10 % of its words were kept"
out_has "! cut prose, line "
out_has "! 2 pages to look at"
yes "This paragraph was said before, and since it is said again and again it is cut, all but the first one." |
    head -n 9 >"$work/again.txt"
expect 0 extract --audit "$work/again.txt"
same "$(grep -c '^! cut prose, line' "$out")" 5
out_has "! cut prose, 3 more"

# lists, standard input, pages that fail
printf '%s\n' "$press" "$work/gone.txt" >"$work/list"
expect 3 extract --audit --files-from="$work/list"
out_has "site $work/pages: 1 page, "
err_has "gone.txt"
"$ocsearch" extract --audit - <"$press" >"$out" 2>"$err"
out_has "-: kept "
out_has "site .: 1 page, "

# the command of its own: the sites first, and the same
expect 0 extract --audit "$work/pages"
sort "$out" >"$work/sorted"
expect 0 audit "$work/pages"
sort "$out" | cmp -s - "$work/sorted" || fail "audit and extract --audit do not say the same"
case $(sed -n 1p "$out") in "site $work/pages: "*) ;; *) fail "the sites do not come first" ;; esac
same "$(grep -c "^$work/pages/.*: kept " "$out")" "$pages"
expect 0 audit --sites "$work/pages"
same "$(grep -c ': kept ' "$out")" 0
out_has "all sites: $pages pages, kept "
expect 0 extract --audit --format=jsonl "$work/pages"
cp "$out" "$work/records"
expect 0 audit --format=jsonl "$work/pages"
cmp -s "$out" "$work/records" || fail "audit and extract --audit have other records"
expect 0 audit --sites --format=jsonl "$work/pages"
same "$(values audit 1)" ""
expect 3 audit "$work/gone.txt" "$press"
out_has "site $work/pages: 1 page, "
err_has "1 failed"
expect 2 audit --sample=3 "$press"
expect 2 audit --site=www.osce.org "$press"
expect 2 audit --db="$work/db" "$press"
expect 4 audit # no index yet

# what does not go together
expect 2 extract --audit --stage=blocks "$press"
expect 2 extract --audit --keep-blocks "$press"

# --keep-blocks: all text, and the same facts
facts='(r["title"], r["kind"], r["date"], r["place"], r["source"], r["topic"], r["items"] if "items" in r else 0)'
expect 0 extract "$work/pages"
values doc "$facts" >"$work/facts"
same "$(values doc '"Trafficking in Human Beings" in r["text"]' | sed -n 1p)" False
expect 0 extract --keep-blocks "$work/pages"
values doc "$facts" | cmp -s - "$work/facts" || fail "other facts with all blocks"
same "$(values doc '"Trafficking in Human Beings" in r["text"]' | sed -n 1p)" True
same "$(values doc '"empty" in r' | sort -u)" False
same "$(values doc 'all(line.strip() for line in r["text"].split("\n"))' | sort -u)" True
expect 0 extract --keep-blocks --stage=blocks "$work/pages"
same "$(values block 'r["keep"] or r["role"]' | sort -u | tr '\n' ' ')" "True blank "

# the index: other documents, so they are made anew when the option changes, and not otherwise
menu='"Parliamentary Assembly" path:"'$work/pages/29-f1-empty-menu-only.txt'"'
expect 0 index "$work/pages"
expect 0 index --keep-blocks "$work/pages"
err_has "$pages changed, 0 unchanged"
expect 0 index --keep-blocks "$work/pages"
err_has "0 changed, $pages unchanged"
expect 0 status
out_lacks "stale"
expect 0 count "$menu"
out_is 1
expect 0 index "$work/pages"
err_has "$pages changed, 0 unchanged"
expect 0 count "$menu"
out_is 0

# the pages of the index: the same as by their names
expect 0 audit "$work/pages"
cp "$out" "$work/named"
expect 0 audit
err_is_empty
out_has "index: $pages pages, $pages audited, 0 of them changed, 0 vanished, 0 failed"
sed '/^index: /,/^$/d' "$out" | cmp -s - "$work/named" || fail "the index gives another audit than its files"
expect 0 audit --format=jsonl
grep -v '"type":"audit-index"' "$out" | cmp -s - "$work/records" || fail "other records than those of the files"

# one site, by host or by folder; a sample, always the same, and part of a larger one
expect 0 audit --format=jsonl --site=WWW.osce.org
same "$(values audit 'r["site"]' | sort -u)" www.osce.org
hosted=$(values audit 1 | wc -l)
expect 0 audit --format=jsonl --site="$work/pages"
same "$(values audit 1 | wc -l)" "$((pages - hosted))"
expect 1 audit --site=no.such.host
out_is_empty
expect 0 audit --format=jsonl --sample=5
values audit 'r["path"]' >"$work/five"
same "$(wc -l <"$work/five")" 5
expect 0 audit --format=jsonl --sample=12
values audit 'r["path"]' >"$work/twelve"
same "$(sort "$work/five" "$work/twelve" | uniq -d | wc -l)" 5
expect 0 audit --format=jsonl --sample=2 --site="$work/pages"
same "$(values audit 'r["site"]' | sort | uniq -c | tr -s ' ')" " 2 $work/pages"
expect 0 audit --format=jsonl --sample=1000
same "$(values audit 1 | wc -l)" "$pages"
expect 2 audit --sample=0

# what changed, vanished or failed is told, and the rest is audited
yes "A page that is larger than it may be." | head -c 100000 >"$work/pages/large.txt"
expect 3 index --max-page=90K "$work/pages"
echo "A line more, which nobody has indexed." >>"$press"
rm "$work/pages/14-f5-list.txt"
expect 3 audit
out_has "index: $((pages + 1)) pages, $((pages - 1)) audited, 1 of them changed, 1 vanished, 1 failed"
out_has "! vanished: $work/pages/14-f5-list.txt"
out_has "! failed: $work/pages/large.txt: "
same "$(grep -c '^! changed since it was indexed' "$out")" 1
same "$(grep -c "^$work/pages/.*: kept " "$out")" "$((pages - 1))"
err_has "1 changed since they were indexed, 1 vanished, 1 failed"
expect 3 audit --format=jsonl
same "$(values audit '"changed" in r and r["path"]' | grep -v False)" "$press"
same "$(values error '(r["path"][-9:], r["state"])')" "('-list.txt', 'vanished')
('large.txt', 'failed')"
same "$(values audit-index '(r["pages"], r["audited"], r["changed"], r["vanished"], r["failed"], r["stale"])')" \
    "($((pages + 1)), $((pages - 1)), 1, 1, 1, 0)"
expect 3 audit --site="$work/pages" --sample=1 --format=jsonl # pages that failed are told in any case
same "$(values error 'r["path"][-9:]' | grep -c large.txt)" 1

# an index that keeps all blocks is audited so
rm "$work/pages/large.txt"
expect 0 index --max-delete=100 --keep-blocks "$work/pages"
expect 0 audit --format=jsonl
same "$(values audit 'r["words"]["cut"]' | sort -u)" 0
same "$(values audit-index 'r["stale"]')" 0
finish
