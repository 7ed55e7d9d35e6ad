# What every test of the program shares: a folder of its own with a copy of the sample pages, and
# checks that go on after a failure, so that one run tells all that is wrong.
#
#   . "$(dirname "$0")/lib.sh"      the first argument is the program
#   expect 2 --no-such-option       run the program and check its exit code
#   out_is_empty; err_has 'text'    look at what the last run printed
#   finish                          at the end

set -u
ocsearch=$1
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
out=$work/out
err=$work/err
last=
failures=0

# The user's own surroundings must not matter.
unset NO_COLOR XDG_DATA_HOME OCSEARCH_ALIASES OCSEARCH_PAGER COLUMNS
PAGER=
OCSEARCH_DB=$work/db
HOME=$work/home
LC_ALL=C.UTF-8
export OCSEARCH_DB HOME LC_ALL PAGER

# Fresh pages in $work/pages: the samples, which the project holds.
make_pages() {
    mkdir -p "$work/pages"
    cp "$root"/corpus/samples/*.txt "$root"/corpus/samples/*.html "$work/pages"
    pages=$(ls "$work/pages" | wc -l)
}

# numbered_pages FOLDER FROM BELOW: a small page for each number
numbered_pages() {
    mkdir -p "$1"
    i=$2
    while [ "$i" -lt "$3" ]; do
        echo "The police of Serbia met on organized crime, number $i, in Belgrade on 3 May 2017." \
            >"$1/$i.txt"
        i=$((i + 1))
    done
}

make_index() {
    make_pages
    expect 0 index "$work/pages"
}

fail() {
    failures=$((failures + 1))
    echo "FAILED: $*"
    echo "    after: ocsearch $last"
    sed 's/^/    stdout: /' "$out" | head -n 5
    sed 's/^/    stderr: /' "$err" | head -n 5
}

# expect CODE ARGUMENT...
expect() {
    wanted=$1
    shift
    last="$*"
    "$ocsearch" "$@" >"$out" 2>"$err" </dev/null
    code=$?
    [ "$code" -eq "$wanted" ] || fail "exit $code where $wanted was due"
    err_lacks "runtime error:" # of a build with sanitizers, whose exit codes look like ours
    err_lacks "Sanitizer:"
}

out_is_empty() { [ ! -s "$out" ] || fail "stdout is not empty"; }
err_is_empty() { [ ! -s "$err" ] || fail "stderr is not empty"; }
out_has() { grep -qF -e "$1" "$out" || fail "stdout lacks '$1'"; }
err_has() { grep -qF -e "$1" "$err" || fail "stderr lacks '$1'"; }
out_lacks() { ! grep -qF -e "$1" "$out" || fail "stdout has '$1'"; }
err_lacks() { ! grep -qF -e "$1" "$err" || fail "stderr has '$1'"; }
out_is() { [ "$(cat "$out")" = "$1" ] || fail "stdout is not '$1'"; }
out_lines() { [ "$(wc -l <"$out")" -eq "$1" ] || fail "stdout has not $1 lines"; }
same() { [ "$1" = "$2" ] || fail "'$1' is not '$2'"; }

finish() {
    [ "$failures" -eq 0 ] || { echo "$failures failed"; exit 1; }
    echo "ok"
}
