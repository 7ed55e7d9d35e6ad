# Does the measurement of clean text measure?  A made-up page with a gold text that we know: all its
# words but two are found, and the tree walk finds the menu too.
#
#   content_smoke.sh BUILD
build=$1
bench=$(cd "$(dirname "$0")" && pwd)
. "$bench/../cli/lib.sh"
expect() { # the measurement in the program's place
    wanted=$1
    shift
    last="content.sh $*"
    BUILD=$build RUNS=1 sh "$bench/content.sh" "$@" >"$out" 2>"$err"
    code=$?
    [ "$code" -eq "$wanted" ] || fail "exit $code where $wanted was due"
}

site=$work/labelled/made-up.example
mkdir -p "$site"
sentence="The harbour office of the town counted four hundred boats in the first week of spring, which is more than ever."
second="Most of them were small, painted in red and white, and moored along the old wall that a storm had broken twice."
{
    echo "<html><head><title>Boats</title><script>var hidden = 1;</script></head><body><nav><ul>"
    for entry in Home News Weather Ferries Contact Imprint; do echo "<li><a href=/$entry>$entry</a></li>"; done
    echo "</ul></nav><main><article><h1>Boats counted</h1><p>$sentence</p><p>$second</p>"
    echo "</article></main><footer>Imprint</footer></body></html>"
} >"$site/boats.html"
printf '%s\n%s\nMissing words\n' "$sentence" "$second" >"$site/boats.gold.txt"
echo '{"title":"Boats counted"}' >"$site/boats.meta.json"
echo "not labelled" >"$site/other.txt"

expect 0 "$work/labelled"
out_has "1 pages, 0 failed"
out_has "words     F1 0.9773 +-0.0000  P 1.0000  R 0.9556" # 43 of 45 words
out_has "title     F1 1.0000  right 1  wrong 0  missing 0"
out_has "  folder made-up.example: pages 1  words 0.977"
out_has "tree walk of libxml2"
same "$(grep -c '^words ' "$out")" 2
out_lacks hidden
expect 2 "$work/nothing-here"
expect 2
finish
