# The help and the manual page say the same: the options of every command, with the names of their
# values and their choices, and the exit codes.
. "$(dirname "$0")/lib.sh"
man=$root/docs/ocsearch.1

# The lines of the section ${1} "${2}" of the manual page, with roff's dashes and fonts taken off.
section() {
    awk -v head="$1 $2" '$0 == head {on = 1; next} /^\.S[SH] / {if (on) exit} on' "$man" |
        sed -e 's/\\-/-/g' -e 's/\\f[BRI]//g' -e 's/\\ / /g' -e 's/"//g'
}

# The options that the section lists: what stands under .TP.
listed() {
    section .SS "$1" | awk 'before == ".TP" && /^\.B[IR]* -/ {print} {before = $0}' | sed 's/= /=/'
}

# "--limit=N" and the like, sorted.
options() {
    grep -oE -e '--[a-z][a-z-]*(=[^ ]+)?' | sort -u
}

# The commands, as the help lists them: what is between the usage and the options.
expect 0 --help
commands=$(sed -n '/^Options:/q; s/^  \([a-z][a-z-]*\) .*/\1/p' "$out" | grep -vx help)
[ "$(echo "$commands" | wc -l)" -ge 19 ] || fail "the help lists too few commands"
ls "$root"/cli/cmd_*.c | sed 's/.*cmd_//; s/\.c$//; s/_/-/g' | sort >"$work/sources"
echo "$commands" | sort | diff "$work/sources" - || fail "not every cli/cmd_*.c (<) is listed (>)"

# The manual page has them in this order, in its synopsis, its sections and its examples.
section .SH SYNOPSIS | sed -n 's/^ocsearch \[*\([a-z-]*\).*/\1/p' | grep -vx help >"$work/synopsis"
sed -n '/^\.SH COMMANDS/,/^\.SS All/s/^\.SS \([a-z-]*\)$/\1/p' "$man" >"$work/sections"
section .SH EXAMPLES | sed -n 's/^ocsearch \([a-z-]*\) .*/\1/p' | uniq >"$work/examples"
for list in synopsis sections examples; do
    echo "$commands" | diff - "$work/$list" || fail "the help (<) and the $list (>) differ"
done

for command in $commands; do
    expect 0 "$command" --help
    cp "$out" "$work/help"
    expect 0 help "$command"
    cmp -s "$out" "$work/help" || fail "help $command is not $command --help"
    sed -n '/^Options:/,/^$/p' "$work/help" |
        sed -n 's/^  \(-.,\|   \) \(--[^ ]*\).*/\2/p' | options >"$work/in-help"
    { listed "$command"; listed "All commands"; } | options >"$work/in-man"
    [ "$(wc -l <"$work/in-help")" -ge 3 ] || fail "no options found in the help"
    diff "$work/in-help" "$work/in-man" || fail "help (<) and manual page (>) of $command differ"
    grep -E '^  -.,' "$work/help" | cut -c3-4 | while read -r letter; do
        { listed "$command"; listed "All commands"; } | grep -qE "^\.B[IR]* $letter(,| |\$)" || echo "$letter"
    done >"$work/letters"
    [ ! -s "$work/letters" ] || fail "not in the manual page: $(cat "$work/letters")"
done

# Every command that takes a query takes the same options with it.
takes() {
    command=$1
    shift
    expect 0 "$command" --help
    for option; do
        grep -qE -e "^  (-.,|   ) --$option(=| |\$)" "$out" || fail "$command has no --$option"
    done
}
for command in search why-not kwic count entities who pairs timeline saved; do
    takes "$command" db aliases expand tables since until ok-empty format-version
done
takes export db aliases expand tables since until ok-empty
takes show db aliases expand tables format-version pager
takes similar db aliases ok-empty format-version pager
for command in search kwic entities who pairs timeline saved; do
    takes "$command" pager
done

# The manual pages have no mistakes of form.
if command -v groff >/dev/null; then
    for page in "$root"/docs/*.[1-9]; do
        groff -man -ww -z -Tutf8 "$page" 2>"$err"
        err_is_empty
    done
fi

expect 0 --help
sed -n '/^Exit codes:/,$p' "$out" | awk 'NR > 1 {print $1}' >"$work/in-help"
section .SH "EXIT STATUS" | sed -n 's/^\.B \([0-9]*\)$/\1/p' >"$work/in-man"
diff "$work/in-help" "$work/in-man" || fail "the exit codes differ"
finish
