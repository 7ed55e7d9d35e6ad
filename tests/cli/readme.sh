# The pipes of README.md work as they are written there: each is run, and must print something.
. "$(dirname "$0")/lib.sh"
unset XDG_CONFIG_HOME XDG_STATE_HOME OCSEARCH_SAVED
make_index
mkdir "$work/bin"
ln -s "$(readlink -f "$ocsearch")" "$work/bin/ocsearch"
PATH=$work/bin:$PATH
cp "$work/pages/23-html-drupal-entities.html" "$work/page.html"
cd "$work" || exit 1

# A command goes from "$ " up to the next one, its output or the end of the block; a line that ends within
# quotes or with a bar goes on.
awk '/^## /{on = ($0 == "## Into other programs")} on' "$root/README.md" |
    awk -v dir="$work" '
        /^```/ {code = !code; if (file) close(file); file = ""; next}
        code && /^\$ ocsearch audit/ {file = ""; next}
        code && /^\$ / {if (file) close(file); n++; file = sprintf("%s/readme-%02d", dir, n); quotes = 0; more = 1; $0 = substr($0, 3)}
        code && file && more {
            print > file
            quotes += gsub(/\047/, "\047")
            more = quotes % 2 == 1 || /\|$/
        }'
count=0
for command in "$work"/readme-[0-9][0-9]; do
    last=$(cat "$command")
    case $last in
    *pandas*) python3 -c 'import pandas' 2>"$err" || continue ;;
    *'saved add'*) printf '\necho added\n' >>"$command" ;;
    esac
    sh -e "$command" >"$out" 2>"$err" || fail "exit $?"
    [ -s "$out" ] || fail "it prints nothing"
    err_is_empty
    count=$((count + 1))
done
[ "$count" -ge 8 ] || fail "only $count commands were found in README.md"
finish
