# What the project's own pages refer to exists: links within the repository, decisions by number, source
# files by name.
. "$(dirname "$0")/lib.sh"
cd "$root" || exit 1
: >"$out"
: >"$err"

find . -name '*.md' -not -path './.git/*' -not -path './build/*' >"$work/pages"
while read -r page; do
    grep -oE '\]\([^)#: ]+\)' "$page" | sed 's/^](//; s/)$//' | sort -u | while read -r link; do
        [ -e "$(dirname "$page")/$link" ] || echo "$page: $link"
    done
done <"$work/pages" >"$work/lost"
[ ! -s "$work/lost" ] || fail "links to nothing: $(cat "$work/lost")"

number=0
for decision in docs/decisions/[0-9]*.md; do
    number=$((number + 1))
    [ "$(basename "$decision" | cut -c1-4)" = "$(printf %04d $number)" ] ||
        fail "$decision is not number $number"
    head -n 1 "$decision" | grep -q "^# $(printf %04d $number) " || fail "$decision has another number in its title"
    grep -oE '\[0[0-9]{3}\]\([^)]*\)' "$decision" | grep -vE '\[(0[0-9]{3})\]\((.*/)?\1-' >"$work/crossed"
    [ ! -s "$work/crossed" ] || fail "$decision: $(cat "$work/crossed")"
done
[ "$number" -ge 29 ] || fail "too few decisions"
grep -rhoE '(docs/)?decisions/0[0-9]{3}-[a-z-]+\.md' --include='*.[ch]' --include='*.cc' --include='*.md' \
    base corpus ingest index query cli tests | sort -u | sed 's/^docs.//' | while read -r name; do
    [ -e "docs/$name" ] || echo "$name"
done >"$work/lost"
[ ! -s "$work/lost" ] || fail "no such decision: $(cat "$work/lost")"

# `name.c`, `name.h` and names with a star in README.md and docs/development.md are files.
grep -ohE '`[a-z/*._-]+\.(c|h|cc|sh|py|cmake)`' README.md docs/development.md | tr -d '`' | sort -u >"$work/names"
[ "$(wc -l <"$work/names")" -ge 30 ] || fail "too few names of files found"
while read -r name; do
    for folder in . base corpus ingest index query cli tests tests/unit tests/cli; do
        # shellcheck disable=SC2086 # a star stands for several
        ls $folder/$name >"$work/found" 2>&1 && continue 2
    done
    echo "$name"
done <"$work/names" | grep -vE 'NAME' >"$work/lost"
[ ! -s "$work/lost" ] || fail "no such file: $(cat "$work/lost")"
finish
