#!/bin/sh
# symbols.sh LIBRARY HEADER: LIBRARY exports exactly the functions that HEADER declares.
# symbols.sh --self-test: it finds one too many, one too few and one leaked by C++.
#
# What the compiler instantiates of the C++ library and of libxapian's headers is weak and does not
# count, as long as it belongs to them or makes and ends a handle; nor does C++ namespace xap, in which
# the parts of the binding share what they need.  The environment may name another NM or CC.
set -eu

nm=${NM:-nm}
cc=${CC:-cc}

without_comments() {
    awk '{ text = text $0 "\n" }
         END {
             while ((from = index(text, "/*")) > 0) {
                 rest = substr(text, from + 2)
                 to = index(rest, "*/")
                 text = substr(text, 1, from - 1) " " (to ? substr(rest, to + 2) : "")
             }
             print text
         }' "$1"
}

# Names of the binding before a bracket that opens parameters.
declared() {
    without_comments "$1" | sed '/^[[:space:]]*#/d' |
        grep -o '\<xap_[a-z0-9_]*(' | tr -d '(' | LC_ALL=C sort -u
}

# Everything strong that LIBRARY defines for others, functions or not.
exported() {
    $nm --defined-only --extern-only --format=posix "$1" |
        awk '$2 ~ /^[TDBRGSC]$/ { print $1 }' | grep -v '^_ZN3xap' | LC_ALL=C sort -u
}

# Weak things that belong neither to C++, nor to libxapian, nor to a handle.
stray() {
    $nm --demangle --defined-only --extern-only "$1" |
        awk '$2 ~ /^[WVu]$/ { $1 = $2 = ""; print }' | sed 's/^ *//' |
        grep -v -e 'std::' -e '__gnu_cxx::' -e 'Xapian::' -e '^xap::' -e '^DW\.ref\.' -e '^__clang_call_terminate$' \
            -e '^operator ' -e '^typeinfo ' \
            -e '^xap_[a-z]*::~*xap_' || true
}

check() {
    work=$(mktemp -d)
    declared "$2" >"$work/declared"
    exported "$1" >"$work/exported"
    said=$(LC_ALL=C comm -23 "$work/declared" "$work/exported" | sed 's/^/declared, not exported: /'
           LC_ALL=C comm -13 "$work/declared" "$work/exported" | sed 's/^/exported, not declared: /'
           stray "$1" | sed 's/^/leaked: /'
           [ -s "$work/declared" ] || echo "$2 declares nothing")
    rm -r "$work"
    [ -z "$said" ] || { printf '%s\n' "$said"; return 1; }
}

# ---- self-test -----------------------------------------------------------------------------------

library_of() {
    printf '%s\n' "$1" >"$house/a.c"
    $cc -c "$house/a.c" -o "$house/a.o"
    rm -f "$house/a.a"
    ar rc "$house/a.a" "$house/a.o"
}

# refuses WHY SOURCE: a library of SOURCE is refused with these words.
refuses() {
    library_of "$2"
    if said=$(check "$house/a.a" "$house/a.h"); then
        echo "not refused: $2"
        exit 1
    fi
    [ "$said" = "$1" ] || { echo "refused for another reason: $2: $said"; exit 1; }
}

self_test() {
    house=$(mktemp -d)
    trap 'rm -rf "$house"' EXIT
    cat >"$house/a.h" <<'END'
/* see xap_other(1) and
 * xap_third(2) */
void xap_one(int a,
             int b); /* not xap_fourth() */
int *xap_two(void); /* goes on
                     * xap_fifth() */
END
    sound='static int hidden; void xap_one(int a, int b) { hidden = a + b; } int *xap_two(void) { return &hidden; }'
    library_of "$sound"
    check "$house/a.a" "$house/a.h" || { echo 'a sound library is refused'; exit 1; }
    refuses 'exported, not declared: xap_three' "$sound void xap_three(void) {}"
    refuses 'exported, not declared: helper' "$sound int helper;"
    refuses 'declared, not exported: xap_two' 'void xap_one(int a, int b) { (void)a; (void)b; }'
    refuses 'declared, not exported: xap_one' 'int *xap_two(void) { return 0; } static void xap_one(void) {}'
    refuses 'leaked: helper' "$sound __attribute__((weak)) void helper(void) {}"
    : >"$house/a.h"
    library_of 'static int hidden;'
    ! check "$house/a.a" "$house/a.h" >/dev/null || { echo 'not refused: an empty header'; exit 1; }
}

case ${1:-} in
--self-test) self_test ;;
*)
    [ $# -eq 2 ] || { echo "usage: symbols.sh LIBRARY HEADER | --self-test" >&2; exit 2; }
    check "$1" "$2"
    ;;
esac
