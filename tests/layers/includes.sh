#!/bin/sh
# includes.sh ROOT: the layers of the house, as its #include lines have them.
# includes.sh --self-test: each rule finds a violation in a small house of its own.
#
#  1. base < corpus < ingest < index < query < cli: a file includes only its own folder and those to
#     the left.
#  2. Only the files of index/xapian/ name libxapian's C++ classes or include its headers.
#  3. They are the only C++ files.
set -eu

layers='base corpus ingest index query cli'
fence='index/xapian/'
tab=$(printf '\t')

# Files of ROOT, relative, that match the find expression; what builds leave behind is not ours.
files() {
    root=$1
    shift
    (cd "$root" && find . \( -name .git -o -name build -o -name CMakeFiles \) -prune \
        -o -type f \( "$@" \) -print) | sed 's|^\./||' | LC_ALL=C sort
}

sources() {
    files "$1" -name '*.[ch]' -o -name '*.inc' -o -name '*.cc' -o -name '*.hh'
}

# "FILE LAYER" for each #include of a layer's header, quoted or not.
includes_of() {
    sed -n "s|^[ $tab]*#[ $tab]*include[ $tab]*[\"<]\([^/\">]*\)/[^\">]*[\">].*|$2 \1|p" "$1/$2"
}

# May layer $1 include from folder $2?  A folder that is no layer belongs to the system.
may_include() {
    own=
    for layer in $layers; do
        if [ "$layer" = "$2" ]; then
            [ -z "$own" ]
            return
        fi
        [ "$layer" != "$1" ] || own=met
    done
}

check_includes() {
    for folder in $layers; do
        [ -d "$1/$folder" ] || { echo "$folder: the layer is missing"; continue; }
        sources "$1/$folder" | while read -r file; do
            includes_of "$1" "$folder/$file" | while read -r _ wanted; do
                may_include "$folder" "$wanted" || echo "$folder/$file: includes $wanted/"
            done
            # a way around the layers
            grep -Hn "^[ $tab]*#[ $tab]*include[ $tab]*\"\.\./" "$1/$folder/$file" |
                sed "s|^.*/$folder/|$folder/|" || true
        done
    done
}

check_fence() {
    sources "$1" | while read -r file; do
        [ "${file#"$fence"}" = "$file" ] || continue
        (cd "$1" && grep -Hn -e 'Xapian::' -e "#[ $tab]*include[ $tab]*[<\"]xapian[./]" "$file") ||
            true
    done
}

check_single() {
    found=$(files "$1" -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' -o -name '*.c++' -o -name '*.C' \
        -o -name '*.hh' -o -name '*.hpp' -o -name '*.hxx' -o -name '*.H')
    inside=$(echo "$found" | grep -c "^$fence" || true)
    outside=$(echo "$found" | grep -v "^$fence" | tr '\n' ' ')
    [ "$inside" -gt 0 ] || echo "$fence: no C++ file"
    [ -z "${outside# }" ] || echo "C++ files outside of $fence: $outside"
}

# Prints the violations; fails when there is one.
check() {
    said=$(check_includes "$1"; check_fence "$1"; check_single "$1")
    [ -z "$said" ] || { printf '%s\n' "$said"; return 1; }
}

# ---- self-test -----------------------------------------------------------------------------------

make_house() {
    rm -rf "$1"
    mkdir -p "$1/build/CMakeFiles" "$1/$fence"
    for folder in $layers; do
        mkdir -p "$1/$folder"
        printf '#include "base/base.h"\n#include <sys/stat.h>\n' >"$1/$folder/$folder.h"
    done
    printf '#include "index/index.h"\n#include "corpus/corpus.h"\n' >"$1/query/plan.c"
    printf '#include <xapian.h>\nextern "C" {\n#include "index/index.h"\n}\n' >"$1/${fence}read.cc"
    printf 'int of_a_build;\n' >"$1/build/probe.cpp"
}

# refuses LINE FILE: a house with LINE added to FILE is refused, for this FILE.
refuses() {
    make_house "$house"
    mkdir -p "$house/$(dirname "$2")"
    printf '%s\n' "$1" >>"$house/$2"
    if said=$(check "$house"); then
        echo "not refused: $1 in $2"
        exit 1
    fi
    case $said in
    *"$2"*) ;;
    *) echo "refused for another reason: $1 in $2: $said"; exit 1 ;;
    esac
}

self_test() {
    house=$(mktemp -d)
    trap 'rm -rf "$house"' EXIT
    make_house "$house"
    check "$house" || { echo 'a sound house is refused'; exit 1; }
    refuses '#include "cli/cli.h"' base/text.c
    refuses '  #  include "query/query.h"' index/build.c
    refuses '#include <index/index.h>' corpus/gaz.h
    refuses '#include "ingest/ingest.h"' corpus/deep/file.c
    refuses '#include "../query/query.h"' index/index.h
    refuses '#include <xapian.h>' index/index.h
    refuses '#include <xapian/query.h>' cli/main.c
    refuses 'Xapian::Database db;' query/plan.c
    refuses 'Xapian::Database db;' tests/unit/index.c
    refuses '#include "query/query.h"' index/xapian/handles.hh
    refuses 'int second;' tests/unit/oom.cpp
    refuses 'int second;' index/more.cc
    refuses 'int second;' base/base.hpp
    make_house "$house"
    rm -r "$house/$fence"
    ! check "$house" >/dev/null || { echo 'not refused: no C++ file'; exit 1; }
    make_house "$house"
    rm -r "$house/ingest"
    ! check "$house" >/dev/null || { echo 'not refused: a layer gone'; exit 1; }
}

case ${1:-} in
--self-test) self_test ;;
'') echo "usage: includes.sh ROOT | --self-test" >&2; exit 2 ;;
*) check "$1" ;;
esac
