# One key for the spellings of a name, and the analyst's own rules: at indexing, in searches, in lists.
. "$(dirname "$0")/lib.sh"
mkdir -p "$work/pages/x" "$work/pages/y"
cat >"$work/pages/x/1.txt" <<'END'
Talks in Moscow

MOSCOW, 3 March 2018 - President Vladimir Solovyov met Minister Sergei Ivanenko in Kyiv. Minister John Smith
spoke of customs rules. Mr. Solovyov said that the talks go on.
END
cat >"$work/pages/y/2.txt" <<'END'
Встреча в Киеве

КИЕВ, 4 марта 2018 - Президент Владимир Соловьёв приехал в город. Министр Сергей Иваненко сказал, что
переговоры продолжаются. Президент Владимир Соловьёв согласился с этим.
END
cat >"$work/pages/y/3.txt" <<'END'
Second meeting

VIENNA, 5 March 2018 - President Vladimir Solowjow met Minister Sergey Ivanenko and Ambassador John Smith in
Kiev. Mr. Solowjow said that the talks go on, and Ms. Front Page agreed.
END
cat >"$work/rules" <<'END'
# what we know
merge person: Vladimir Solovyov = Vladimir Solowjow; V. Solovyov
rename person: Sergey Ivanenko = Minister Ivanenko
split person: John Smith = John Smith (customs) when word customs rules
block person: Front Page
END

# found NUMBER QUERY [OPTION]
found() {
    number=$1
    shift
    expect 0 count "$@"
    out_is "$number"
}

# keys of one name are one, in every spelling and script
expect 0 index "$work/pages"
for query in person:Solovyov person:Solovyev person:Соловьёв person:Соловьев 'person:"Vladimir Solovyov"' \
    'person:"Владимир Соловьёв"' 'person:vladimir-soloviev' 'person:"Solovyov Vladimir"'; do
    found 2 "$query"
done
for query in person:Ivanenko person:Иваненко 'person:"Sergej Ivanenko"' place:Kiev place:Kyiv place:Київ; do
    found 3 "$query"
done
expect 0 entities --type=person --name=Ivanenko --format=csv
out_has "person,sergey-ivanenko,"
for name in Solovyev Соловьёв "соловьев владимир"; do
    expect 0 entities --type=person --name="$name" --format=csv
    out_has "person,vladimir-soloviev,"
    out_lines 2
done
expect 0 person:Соловьёв --format=text # what was found is shown, in either script
out_has "Solovyov"

# at search: merged names bring all of theirs, blocked ones nothing
for query in person:Solovyov person:Solowjow person:Соловьёв 'person:"Vladimir Solowjow"'; do
    found 3 "$query" --aliases="$work/rules"
done
found 3 'person:"Minister Ivanenko"' --aliases="$work/rules"
found 1 'person:"Front Page"'
found 1 person:front
found 0 'person:"Front Page"' --aliases="$work/rules"
found 0 person:front --aliases="$work/rules"
found 0 'said NEAR/9 person:front' --aliases="$work/rules"
found 2 'person:"John Smith"'
found 1 'person:"John Smith"' --aliases="$work/rules"
found 1 'person:"John Smith (customs)"' --aliases="$work/rules"
expect 0 'path:'"$work"'/pages/y/3.txt' --format=jsonl --aliases="$work/rules"
out_has '"name":"Vladimir Solovyov","key":"vladimir-soloviev","surface":"Vladimir Solowjow"'
out_has '"name":"Minister Ivanenko"'
out_lacks '"front-page"'
expect 0 show "$work/pages/x/1.txt" --mentions --aliases "$work/rules"
out_has "john-smith-customs"

# in lists, and by the environment
expect 0 entities --type=person --aliases="$work/rules"
cp "$out" "$work/listed"
out_has "John Smith (customs)"
out_lacks "Front Page"
OCSEARCH_ALIASES=$work/rules
export OCSEARCH_ALIASES
expect 0 entities --type=person
cmp -s "$out" "$work/listed" || fail "the environment gives another list"
unset OCSEARCH_ALIASES

# the test tells what would change, and changes nothing
expect 0 alias test "$work/rules"
cat >"$work/due" <<'END'
2: merge person: Vladimir Solovyov = Vladimir Solowjow; V. Solovyov
    before vladimir-solowjow 1, vladimir-soloviev 2
    after  vladimir-soloviev 3
3: rename person: Sergey Ivanenko = Minister Ivanenko
    before sergey-ivanenko 3
    after  sergey-ivanenko 3
4: split person: John Smith = John Smith (customs) when word customs rules
    before john-smith 2
    after  john-smith 1, john-smith-customs 1
5: block person: Front Page
    before front-page 1
    after  nothing
END
cmp -s "$out" "$work/due" || fail "alias test tells otherwise"
err_has "4 rules, 0 of them match nothing in 3 documents"
echo 'block place: Atlantis' >"$work/idle"
expect 0 alias test "$work/idle"
out_has "matches nothing"
err_has "1 rule, 1 of them match nothing"
expect 1 entities --name=customs

# at indexing: all pages are made anew when the rules change, and only then
expect 0 index "$work/pages" --aliases="$work/rules"
err_has "3 changed"
expect 0 index "$work/pages" --aliases="$work/rules"
err_has "3 unchanged"
expect 0 status --aliases="$work/rules"
out_lacks stale
expect 0 status
out_has stale
expect 0 entities --type=person
cmp -s "$out" "$work/listed" || fail "the index has other entities"
found 1 'person:"John Smith (customs)"'
found 3 'person:"Vladimir Solovyov"'
found 0 person:front
echo '# a remark' >>"$work/rules"
expect 0 index "$work/pages" --aliases="$work/rules"
err_has "3 unchanged"
echo 'block person: John Smith; Nobody' >>"$work/rules"
expect 2 index "$work/pages" --aliases="$work/rules"
err_has "$work/rules:7: person 'john-smith' is blocked here, and line 4 has a rule for it"
expect 0 extract "$work/pages/y/3.txt" --stage=mentions --format=text --aliases="$work/idle"
out_has vladimir-solowjow

# mistakes are told with file and line, and nothing is run
printf 'merge person: A\nblock person:\nsplit person: A = B\n' >"$work/bad"
for command in "search crime" "count crime" "entities" "index $work/pages" "show x" "status" "extract $work/pages"; do
    # shellcheck disable=SC2086
    expect 2 $command --aliases="$work/bad"
    out_is_empty
    err_has "$work/bad:1: merge wants a name on both sides of '='"
done
expect 2 alias test "$work/bad"
err_has "$work/bad:2: "
err_has "$work/bad:3: "
expect 2 count crime --aliases="$work/none"
err_has "$work/none"
expect 2 alias
expect 2 alias check "$work/rules"
expect 4 alias test "$work/idle" --db "$work/nowhere"
finish
