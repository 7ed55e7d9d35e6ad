# Mutated queries are planned on an index of the sample pages: plan.sh OCSEARCH FUZZ-QUERY QUERIES
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" index --db="$work/db" "$(dirname "$0")/../../corpus/samples" 2>/dev/null
"$2" --count=2000 --db="$work/db" "$3"
