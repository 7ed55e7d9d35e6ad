# What a query that finds nothing was perhaps meant to be.
. "$(dirname "$0")/lib.sh"
make_index

expect 1 'organzied crmie'
out_is_empty
err_has "no documents"
err_has "did you mean  organized crime  ("
expect 0 'organized crime' -n0 --all-copies
n=$(tail -n 1 "$err" | sed 's/ of.*//')
expect 1 'organzied crmie'
err_has "($n documents)"
expect 1 'organzied crmie' --format=jsonl
out_has '"suggestions":[{"query":"organized crime","matches":'"$n"',"exact":true}'
expect 1 zzzzzzzz --format=jsonl
out_has '"suggestions":[]'
expect 1 zzzzzzzz
err_lacks "did you mean"
expect 1 'organzied crmie' --format=csv
err_lacks "did you mean"

# Serbian in the script of the page, whichever the query is in
cat >"$work/pages/cyrillic.txt" <<'EOF'
Заплена имовине у Новом Саду

НОВИ САД, 3. маја 2018. - Тужиоци су данас говорили о заплени имовине и о љиљанима на њиви, и рекли су да се људи
не плаше.
EOF
expect 0 index "$work/pages"
expect 1 'повраћај имовине Дође'
err_lacks "did you mean"
expect 1 '"повраћај имовине"'
err_has 'did you mean  "povraćaj imovine"  ('
expect 1 'ljiljanima na njivi'
err_has 'did you mean  љиљанима '

# only when asked for, where something is found
expect 0 'organzied OR crime' -n1
err_lacks "did you mean"
expect 0 'organzied OR crime' -n1 --suggest
err_has "did you mean  organized OR crime"
expect 0 'organzied OR crime' -n1 --format=jsonl
out_lacks suggestions
finish
