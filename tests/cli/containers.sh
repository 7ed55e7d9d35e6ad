# Pages in archives, JSON Lines and crawls are pages like others, and a container is kept up to date
# page by page.
. "$(dirname "$0")/lib.sh"
make_pages
mkdir "$work/in"

# A crawl of the sample pages: crawl FILE PAGE...
crawl() {
    file=$1
    shift
    for page; do
        length=$(($(wc -c <"$page") + 19)) # and the head of the response
        printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.org/%s\r\n' \
            "$(basename "$page")"
        printf 'Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n' \
            "$length"
        printf 'HTTP/1.1 200 OK\r\n\r\n'
        cat "$page"
        printf '\r\n\r\n'
    done >"$file"
}

# The same documents, but for their paths, as from the folder.
same_answers() {
    for query in police '"organized crime"' 'country:RS' 'date:2016..2018'; do
        expect 0 count --db "$work/folder" "$query"
        cp "$out" "$work/wanted"
        expect 0 count --db "$1" "$query"
        cmp -s "$work/wanted" "$out" || fail "other answers than from the folder"
    done
}

expect 0 index --db "$work/folder" "$work/pages"
(cd "$work/pages" && tar czf "$work/in/all.tar.gz" .)
crawl "$work/all.warc" "$work"/pages/*
gzip -c "$work/all.warc" >"$work/all.warc.gz"
for source in in/all.tar.gz all.warc all.warc.gz; do
    expect 0 index --db "$work/db-${source##*/}" "$work/$source"
    err_has "$pages added"
    same_answers "$work/db-${source##*/}"
done

# The address of a page in a crawl is known, and any page leads back to its bytes.
expect 0 search --db "$work/db-all.warc.gz" police -n1 --format=jsonl
out_has '"url":"https://www.example.org/'
page=$(ls "$work/pages" | sed -n 3p)
expect 0 show --db "$work/db-all.tar.gz" "$work/in/all.tar.gz/$page"
expect 0 extract --stage=document "$work/in/all.tar.gz/$page"
out_has "\"path\":\"$work/in/all.tar.gz/$page\""
expect 3 extract "$work/in/all.tar.gz/no-such-page"

# One that is as it was is not opened: here its bytes are spoilt, but size and time are the same.
cp -p "$work/all.warc.gz" "$work/spoilt.warc.gz"
expect 0 index --db "$work/db-spoilt" "$work/spoilt.warc.gz"
size=$(wc -c <"$work/spoilt.warc.gz")
touch -r "$work/spoilt.warc.gz" "$work/time"
head -c "$size" /dev/zero >"$work/spoilt.warc.gz"
touch -r "$work/time" "$work/spoilt.warc.gz"
expect 0 index -v --db "$work/db-spoilt" "$work/spoilt.warc.gz"
err_has '1 containers are as they were, and were not opened'
err_has "$pages unchanged"
echo "$work/spoilt.warc.gz" >"$work/list"
expect 0 index --db "$work/db-spoilt" --files-from "$work/list"
err_has "$pages unchanged"
expect 5 index --keep-blocks --db "$work/db-spoilt" "$work/spoilt.warc.gz"
touch "$work/spoilt.warc.gz"
expect 5 index --db "$work/db-spoilt" "$work/spoilt.warc.gz"

# Nothing changed, a page changed, a page gone, another added: below a folder.
db=$work/db-folder
expect 0 index --db "$db" "$work/in"
expect 0 index --db "$db" "$work/in"
err_has " $pages unchanged"
first=$(ls "$work/pages" | sed -n 1p)
echo 'The police of Xanadu spoke.' >>"$work/pages/$page"
rm "$work/pages/$first"
echo 'A new page about the police of Shangri-La.' >"$work/pages/zz.txt"
(cd "$work/pages" && tar czf "$work/in/all.tar.gz" .)
expect 0 index --db "$db" "$work/in"
err_has "1 added, 1 changed, $((pages - 2)) unchanged, 1 deleted"
expect 0 count --db "$db" xanadu
out_has 1

# A damaged container loses nothing that was known of it.
head -c 2000 "$work/in/all.tar.gz" >"$work/cut" && mv "$work/cut" "$work/in/all.tar.gz"
expect 5 index --db "$db" "$work/in"
err_has 'has no page that can be read: cannot read'
echo 'A page outside.' >"$work/in/page.txt"
expect 3 index --db "$db" "$work/in"
err_has 'all.tar.gz'
err_has ' 0 deleted'
expect 0 count --db "$db" xanadu
out_has 1

# Lines that are no pages are told by their number, and counted.
cat >"$work/lines.jsonl" <<'END'
{"url":"https://www.example.org/a","html":"<html><body><p>The police of Xanadu met on 3 May 2017.</p></body></html>"}
{"no":"page"}
not even JSON
{"text":"A page of text about the police."}
END
expect 3 index --db "$work/db-lines" "$work/lines.jsonl"
err_has 'lines.jsonl, line 2: '
err_has '(and 1 more of its records)'
err_has '2 added'
expect 0 search --db "$work/db-lines" 'police xanadu' --format=jsonl
out_has '"url":"https://www.example.org/a"'

finish
