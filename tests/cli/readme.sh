# The commands of README.md do what it says; readme.py runs them, on the sample pages.  Every command of
# the program stands in its table, and every option that it names is one.
. "$(dirname "$0")/lib.sh"
unset XDG_CONFIG_HOME XDG_STATE_HOME OCSEARCH_SAVED
make_index
mkdir "$work/bin"
ln -s "$(readlink -f "$ocsearch")" "$work/bin/ocsearch"
PATH=$work/bin:$PATH
cp "$work/pages/23-html-drupal-entities.html" "$work/page.html"
cd "$work" || exit 1

python3 "$here/readme.py" "$root/README.md" "$work/pages" "$work/new" >"$work/verdict" 2>&1 ||
    fail "$(cat "$work/verdict")"

for command in $("$ocsearch" --help | sed -n '/^Options:/q; s/^  \([a-z][a-z-]*\) .*/\1/p' | grep -vx help); do
    grep -qE "^\| .*\`(ocsearch )?$command[ \`]" "$root/README.md" || fail "$command is in no table of README.md"
    "$ocsearch" "$command" --help
done >"$work/help" 2>&1
grep -oE -e '--[a-z][a-z-]+' "$work/help" | sort -u >"$work/known"
grep -E 'ocsearch|`' "$root/README.md" | grep -vE 'cmake|ctest' | grep -oE -e ' --[a-z][a-z-]+|`--[a-z][a-z-]+' |
    tr -d ' `' | sort -u >"$work/named"
comm -13 "$work/known" "$work/named" >"$work/unknown"
[ ! -s "$work/unknown" ] || fail "README.md names options that there are not: $(cat "$work/unknown")"
[ "$(wc -l <"$work/named")" -ge 15 ] || fail "too few options found in README.md"
finish
