# Completion: the script knows every command and option, and bash offers what it should, with the quotes
# that the line has.
. "$(dirname "$0")/lib.sh"
make_index

expect 0 complete 'person:'
[ -s "$out" ] || fail "no names"
expect 0 complete pers
out_is person:
expect 1 complete 'person:zzzzzz'
expect 2 complete a b
expect 2 completion
expect 2 completion fish
expect 0 completion zsh
command -v zsh >/dev/null && { zsh -n "$out" || fail "zsh cannot read its script"; }
expect 0 completion bash
cp "$out" "$work/script"
command -v bash >/dev/null || finish
bash -n "$work/script" || fail "bash cannot read its script"

# every option of every command is in it, and its choices
"$ocsearch" --help | sed -n '/^Options:/q; s/^  \([a-z][a-z-]*\) .*/\1/p' | grep -vx help >"$work/commands"
[ "$(wc -l <"$work/commands")" -ge 19 ] || fail "too few commands"
while read -r command; do
    "$ocsearch" "$command" --help | grep -oE '^  (-.,|   ) --[a-z-]*' | grep -oE -e '--.*' |
        while read -r option; do
            sed -n "/^_ocsearch_options/,/^}/p" "$work/script" |
                grep -qE "^    $command\\) .*[\" ]$option[= \"]" || echo "$command $option"
        done
done <"$work/commands" >"$work/missing"
[ ! -s "$work/missing" ] || fail "not completed: $(cat "$work/missing")"

# What bash offers for a line with the cursor at its end: a word a line.  The words are cut as readline
# does, at blanks, colons and equals signs.
cat >"$work/drive" <<'END'
. "$1"
shopt -s progcomp
COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
shift 2
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_ocsearch
printf '%s\n' "${COMPREPLY[@]}"
END
# offers LINE WORD...: the line as it is written, and as readline cuts it
offers() {
    last="completion of $1"
    : >"$err"
    bash "$work/drive" "$work/script" "$@" >"$out" 2>"$err"
    err_is_empty
}
p=$ocsearch
offers "$p st" "$p" st
out_is status
offers "$p search --form" "$p" search --form
out_has --format=
out_has --format-version=
offers "$p search --format=j" "$p" search --format = j
out_is "$(printf 'jsonl\njson')"
offers "$p search --sort=" "$p" search --sort =
out_is "$(printf 'score\ndate\ndate-asc')"
offers "$p index --db=$work/pag" "$p" index --db = "$work/pag"
out_is "$work/pages"
offers "$p show $work/pages/01" "$p" show "$work/pages/01"
out_is "$work/pages/01-f1a-press-release.txt"
offers "$p help ali" "$p" help ali
out_is alias
offers "$p completion b" "$p" completion b
out_is bash
offers "$p pers" "$p" pers
out_is person:
offers "$p country:serb" "$p" country : serb
out_is Serbia
offers "$p kind:press" "$p" kind : press
out_is '\"Press\ release\"'
offers "$p kind:\\\"press" "$p" kind : '\"press'
out_is '\"Press\ release\"'
offers "$p 'kind:press" "$p" "'kind:press"
out_is 'kind:"Press release"'
offers "$p 'crime kind:\"press" "$p" "'crime kind:\"press"
out_is 'crime kind:"Press release"'
offers "$p \"kind:press" "$p" '"kind:press'
out_is 'kind:\"Press release\"'
offers "$p entities --type=place kind:press" "$p" entities --type = place kind : press
out_is '\"Press\ release\"'

# the index that the line names
mkdir "$work/few"
cp "$work/pages/01-f1a-press-release.txt" "$work/few"
expect 0 index --db "$work/other" "$work/few"
OCSEARCH_DB=$work/none
offers "$p --db $work/other kind:" "$p" --db "$work/other" kind :
out_is '\"Press\ release\"'
offers "$p search --db=$work/other kind:" "$p" search --db = "$work/other" kind :
out_is '\"Press\ release\"'
offers "$p kind:" "$p" kind : # without an index nothing is offered, and nothing said
out_is ''
finish
