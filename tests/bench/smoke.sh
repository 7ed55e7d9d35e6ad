# Are the pages that we measure with what they claim to be?  Same seed, same bytes; and extract finds
# in both forms the title and the date that pagegen wrote, and that an empty page is empty.
#
#   smoke.sh OCSEARCH PAGEGEN
. "$(dirname "$0")/../cli/lib.sh"
pagegen=$2
tab=$(printf '\t')

generate() { "$pagegen" --count 5 --seed "$2" --truth --form "$1" "$work/$3" >"$work/$3.truth"; }

# With this seed the third page of five is empty.
for form in txt html mixed; do
    generate $form 247 $form || fail "pagegen failed on $form"
    while IFS=$tab read -r path date title; do
        expect 0 extract "$path"
        if [ "$title" = empty ]; then
            out_has '"empty":true'
        else
            out_has "\"title\":\"$title\""
            out_has "\"date\":{\"value\":\"$date\""
        fi
    done <"$work/$form.truth"
    same "$(grep -c "${tab}empty\$" "$work/$form.truth")" 1
done

generate html 247 again
diff -r "$work/html" "$work/again" >/dev/null || fail "the same seed gives other pages"
generate html 1 other
! diff -r "$work/html" "$work/other" >/dev/null || fail "another seed gives the same pages"
finish
