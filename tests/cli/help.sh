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

for command in search index extract audit show count entities status alias saved export similar who pairs timeline complete completion kwic why-not; do
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

# Every command has an example, and the manual pages have no mistakes of form.
section .SH EXAMPLES >"$work/examples"
for command in search index extract audit show count entities status alias who pairs timeline complete completion kwic why-not; do
    grep -q "^ocsearch $command " "$work/examples" || fail "no example of $command"
done
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
for command in search index extract audit show count entities status who pairs timeline alias complete completion help; do
    out_has "  $command "
done
finish
