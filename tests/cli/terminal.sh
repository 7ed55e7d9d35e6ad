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
finish
