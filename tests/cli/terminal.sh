# Colour and visible control characters are for terminals; NO_COLOR is honoured.
. "$(dirname "$0")/lib.sh"
make_pages
esc=$(printf '\033')
name=$(printf 'evil\033]0;owned\007.txt')
cp "$work/pages/01-f1a-press-release.txt" "$work/pages/$name"
expect 0 index "$work/pages"

# tty COMMAND: what it prints when standard output is a terminal
tty() {
    last="$1 (on a terminal)"
    script -qec "'$ocsearch' $1" /dev/null >"$out" 2>"$err" </dev/null
}
has_escape() { grep -qF "$esc" "$out"; }

tty 'crime -n1'
has_escape || fail "no colour on a terminal"
NO_COLOR=1
export NO_COLOR
tty 'crime -n1'
! has_escape || fail "colour in spite of NO_COLOR"
tty 'crime -n1 --color=always'
has_escape || fail "--color=always is not stronger than NO_COLOR"
unset NO_COLOR
tty 'crime -n1 --color=never'
! has_escape || fail "colour in spite of --color=never"

tty 'crime -n0 --color=never'
out_has 'evil\x1b]0;owned\x07.txt'
! has_escape || fail "a page's name reaches the terminal as it is"
tty 'crime -n0 --format=csv'
! has_escape || fail "a page's name reaches the terminal as it is"
tty 'crime -n0 --format=jsonl'
! has_escape || fail "a page's name reaches the terminal as it is"

expect 0 crime -n0
out_has "$name"
expect 0 crime -n1
! has_escape || fail "colour in a file"
expect 0 crime -n1 --color=always
has_escape || fail "--color=always does not colour"

# what is coloured
tty 'crime -n1 --highlight=entities'
grep -q "${esc}\[3[2-6]m" "$out" || fail "nothing that the text names is coloured"
grep -qF "${esc}[1;31m" "$out" || fail "no match is coloured"
tty 'crime -n1 --highlight=match'
! grep -q "${esc}\[3[2-6]m" "$out" || fail "more than matches is coloured"
grep -qF "${esc}[1;31m" "$out" || fail "no match is coloured"
tty 'crime -n1 --highlight=none'
! grep -qF "${esc}[1;31m" "$out" || fail "a match is coloured in spite of --highlight=none"

# lines are folded to the width of the terminal, and only there
widest() { sed "s/$(printf '\r')//" "$out" | grep -v "^     $work" | wc -L; }
TERM=xterm
export TERM
for COLUMNS in 60 80; do
    export COLUMNS
    tty 'crime -n0 --color=never'
    [ "$(widest)" -le "$COLUMNS" ] || fail "a line of $(widest) columns where there are $COLUMNS"
    [ "$(widest)" -gt "$((COLUMNS - 10))" ] || fail "lines are folded before the end"
done
expect 0 crime -n0 --color=never
[ "$(widest)" -gt 100 ] || fail "lines are folded in a file"
unset COLUMNS

# The pager gets what would be printed, only on a terminal, and only what is for reading.
OCSEARCH_PAGER="cat >$work/paged; echo paged"
export OCSEARCH_PAGER
tty 'crime -n1'
out_has paged
grep -q crime "$work/paged" || fail "the pager got nothing"
grep -q "1 of " "$out" || fail "the summary is not behind the pager"
for words in 'crime -n1 --pager=never' 'crime -n1 --format=jsonl' 'zzzzzz' 'crime -n1 | cat'; do
    tty "$words"
    ! grep -q '^paged' "$out" || fail "a pager for $words"
done
tty 'crime -n1 --format=jsonl --pager=always'
out_has paged
expect 0 crime -n1 --pager=always
out_lacks paged

# So it is in all commands that print long text, with what they say behind it.
"$ocsearch" saved add crimes crime
page=$work/pages/01-f1a-press-release.txt
for words in 'entities -n3' 'kwic crime -n3' 'who head -n2' 'pairs -n2' 'timeline' 'timeline -e -n2' 'saved run crimes' \
    "show $page" "similar $page"; do
    rm -f "$work/paged"
    tty "$words"
    [ -s "$work/paged" ] || fail "the pager of $words got nothing"
    case $words in
    show* | similar*) ;;
    *) awk 'on; /^paged/ {on = 1}' "$out" | grep -qE '[0-9]' || fail "the summary of $words is not behind the pager" ;;
    esac
    tty "$words --pager=never"
    out_lacks paged
    tty "$words --format=jsonl"
    out_lacks paged
done

# A reader who leaves early, and one that cannot be run.
OCSEARCH_PAGER='head -n 1'
script -qec "'$ocsearch' 'person:* OR crime OR the' -n0 --all-copies; echo code \$?" /dev/null >"$out" 2>"$err" </dev/null
out_has "code 0"
out_lacks "Broken pipe"
OCSEARCH_PAGER=/no/such/pager
script -qec "'$ocsearch' crime -n1; echo code \$?" /dev/null >"$out" 2>"$err" </dev/null
out_has "code 6"
out_has "the pager cannot be run"
finish
