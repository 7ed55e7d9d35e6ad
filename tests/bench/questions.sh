# The same questions put to several programs about the same pages: how many pages each finds, how many
# of them are wrong, how many it misses, and how long it takes to print the first ten.  What is right is
# what the article says, of which the pages are made; the menus around it are not what anybody asked.
#
#   questions.sh OCSEARCH PAGEGEN [PAGES [FORM]]     1,000 pages of HTML unless told
#
# Programs that are not installed are left out with a line: recoll (recollindex and recollq, package
# recollcmd), omega (omindex and quest, packages xapian-omega and xapian-tools).
. "$(dirname "$0")/lib.sh"
have python3 || { echo "$0: python3 is needed" >&2; exit 2; }

rm -rf "$work/asked" "$work/db" "$work/recoll" "$work/omega"
"$pagegen" --count "$count" --form "$form" --seed 1 --texts "$work/asked" >"$work/truth" || exit 1
"$ocsearch" index -q --db "$work/db" "$work/asked" || exit 1
programs=ocsearch
if have recollindex && have recollq; then
    mkdir "$work/recoll"
    printf 'topdirs = %s\nloglevel = 1\n' "$work/asked" >"$work/recoll/recoll.conf"
    recollindex -c "$work/recoll" >/dev/null 2>&1
    programs="$programs recoll"
else
    echo "recoll is not installed: skipped"
fi
if have omindex && have quest; then
    omindex --db "$work/omega" --url / "$work/asked" >/dev/null 2>&1
    programs="$programs omega"
else
    echo "omega is not installed: skipped"
fi
machine
# shellcheck disable=SC2086 # names
exec python3 "$(dirname "$0")/questions.py" "$ocsearch" "$work" $programs
