# What reading pages costs without any index: pages and bytes for each CPU second and peak memory of
# every stage, beside xmllint --html, which only parses (libxml2, as we do).  A stage's own cost is the
# difference from the one before it.
#
#   extract.sh OCSEARCH PAGEGEN [PAGES [FORM]]
. "$(dirname "$0")/lib.sh"

stage() {
    measure "$1" "$ocsearch" extract --format="${2:-jsonl}" --stage="$1" "$pages"
    row "extract --stage=$1"
}

row() {
    printf '%-26s %8s %8s %10s %8s %8s\n' "$1" "$wall" "$cpu" "$(calc "$count / $cpu" .0f)" \
        "$(calc "$page_bytes / 1000000 / $cpu" .1f)" "$peak"
}

make_pages
machine
echo "$count pages ($form), $((page_bytes / count)) bytes each"
printf '%-26s %8s %8s %10s %8s %8s\n' "" "wall s" "CPU s" "pages/CPUs" "MB/CPUs" "peak MB"
stage blocks
stage document
document=$cpu
text_bytes=$(sed -n 's/.*"text":"\(.*\)/\1/p' "$work/out" | wc -c) # with its JSON escapes and tail
stage mentions
mentions=$cpu
stage record text
record=$cpu
if have xmllint && [ "$form" = html ]; then
    measure xmllint sh -c 'find "$1" -name "*.html" | xargs xmllint --html --noout' sh "$pages"
    row "xmllint --html --noout"
    printf '\nCPU of extract / xmllint %35s\n' "document $(calc "$document / $cpu"), mentions $(calc \
        "$mentions / $cpu")"
fi
printf 'mentions alone: %s MB of text a CPU second; the record alone: %s ms a page\n' \
    "$(calc "$text_bytes / 1000000 / ($mentions - $document + 0.0001)" .1f)" \
    "$(calc "($record - $mentions) * 1000 / $count")"
