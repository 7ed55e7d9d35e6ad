# Documents in the forms of other programs, read as those programs do.
. "$(dirname "$0")/lib.sh"
make_pages
cat >"$work/pages/tex.html" <<'EOF'
<html><head><title>100% of {half_open] braces} cost $5 &amp; more ~ #1 \end^</title></head><body>
<h1>100% of {half_open] braces} cost $5 &amp; more ~ #1 \end^</h1><p>Press release, 3 May 2019. The "quoted",
comma-ridden OSCE Mission to Serbia met Соловьёв &lt;in&gt; Vienna, said Henrik Solvang, and went home again after a
long day of talks about the rule of law and nothing else at all.</p></body></html>
EOF
expect 0 index "$work/pages"
documents=$("$ocsearch" count 'path:"'"$work/pages"'"')

# reads FORM ARGUMENT...: the last output, as its program reads it
reads() {
    form=$1
    shift
    cp "$out" "$work/exported"
    python3 "$here/export.py" "$form" "$work/exported" "$@" >"$work/read" 2>&1 ||
        fail "$form: $(cat "$work/read")"
}

expect 0 export --to=csv
err_is_empty
reads csv
same "$(cat "$work/read")" "$documents"
expect 0 export --to=csv --of=mentions
reads csv
mentions=$(cat "$work/read")
expect 0 'path:"'"$work/pages"'"' -n0 --all-copies --format=jsonl
same "$mentions" "$(jq '.mentions // [] | length' "$out" | paste -sd+ | bc)"

expect 0 export --to=bibtex
reads bibtex
same "$(wc -l <"$work/read")" "$documents"
grep -qF '100\% of \textbraceleft{}half\_open] braces\textbraceright{} cost \$5 \& more \textasciitilde{} \#1 \textbackslash{}end\textasciicircum{}' \
    "$work/read" || fail "not as TeX wants it: $(grep 100 "$work/read")"
cut -f1 "$work/read" | sort >"$work/keys"
rm -rf "$OCSEARCH_DB"
expect 0 index "$work/pages"
expect 0 export --to=bibtex --accessed=2020-01-02
out_has "urldate = {2020-01-02}"
reads bibtex
cut -f1 "$work/read" | sort | cmp -s - "$work/keys" || fail "other keys after indexing anew"

expect 0 export --to=graphml
reads graphml
same "$(cut -d' ' -f1 "$work/read")" "$documents"
expect 0 export --to=ftm
reads ftm
same "$(cat "$work/read")" "$documents"
out_has '"ocs-person-henrik-solvang","schema":"Person","properties":{"name":["Henrik Solvang"],"position":["Head of the OSCE Mission to Serbia"]'
cp "$out" "$work/ftm"
expect 0 export --to=opensearch --mapping
cp "$out" "$work/mapping"
expect 0 export --to=opensearch
reads opensearch "$work/mapping"
same "$(cat "$work/read")" "$documents"

# which documents
expect 0 export --to=ftm person:solvang --since=2018-03 --until=2018
same "$(grep -c '"schema":"Article"' "$out")" "$("$ocsearch" count person:solvang date:2018-03..2018)"
expect 0 export --to=csv -n 3
out_lines 4
expect 0 export --to=csv --db "$OCSEARCH_DB" --db "$OCSEARCH_DB"
reads csv
same "$(cat "$work/read")" "$documents"

# a spreadsheet is told the encoding, and gets no formulas
cat >"$work/pages/formula.txt" <<'EOF'
=HYPERLINK("http://example.org/","Report on the Mission")

VIENNA, 3 May - The OSCE Mission to Serbia met Henrik Solvang in Vienna, and he spoke at length about the rule of
law and about the police, as he had promised to do in the spring.
EOF
expect 0 index "$work/pages"
expect 0 export --to=csv 'path:"'"$work/pages/formula.txt"'"'
out_has ',"=HYPERLINK('
expect 0 export --to=csv --spreadsheet 'path:"'"$work/pages/formula.txt"'"'
out_has ",\"'=HYPERLINK("
out_has ",'--05-03,"
same "$(head -c 3 "$out" | od -An -tx1 | tr -d ' ')" efbbbf
expect 1 export --to=csv zzzzzz
out_lines 1
expect 1 export --to=graphml zzzzzz
reads graphml
expect 0 export --to=ftm zzzzzz --ok-empty
expect 2 export
err_has "--to="
expect 2 export --to=xml
expect 2 export --to=csv nofield:x
err_has "^"
expect 2 export --to=ftm --of=mentions
expect 2 export --to=csv --mapping
expect 2 export --to=ftm --spreadsheet
expect 2 export --to=csv --accessed=2020-01-02
expect 2 export --to=bibtex --accessed=yesterday
expect 2 export --to=csv --since=2019 --until=2018
expect 4 export --to=csv --db "$work/none"
out_is_empty
finish
