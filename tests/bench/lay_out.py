#!/usr/bin/env python3
"""Lay out public sets of pages with gold text as labelled folders (see score_text.py).

lay_out.py BENCH FOLDER      FOLDER/{aeb,aeb-dump,wcxb,seeds} of the sets that lie in BENCH:
  data/aeb/                  ground-truth.json, html/ID.html.gz: article-extraction-benchmark
  data/wcxb/dev/             ground-truth/ID.json, html/ID.html.gz: web-content-extraction-benchmark
  seeds/gold.json            which lines of which text dumps are content; the dumps lie in ../../seeds
aeb-dump is aeb as text dumps: a block a line, "- " before a list item, the navigation left in.
"""

import gzip
import json
import os
import re
import sys
from html.parser import HTMLParser
from urllib.parse import urlsplit

SECTIONS = "article aside body dialog footer header main nav section"
GROUPS = "address blockquote details div fieldset figure form h1 h2 h3 h4 h5 h6 hr p pre summary"
LISTS = "dd dl dt li menu ol ul"
TABLES = "caption table td th tr"
PARTS = "br center figcaption legend option select"
OWN_LINE = set(" ".join((SECTIONS, GROUPS, LISTS, TABLES, PARTS)).split())
UNSEEN = set("head iframe noscript script style svg template textarea time title".split())
WITHIN_ITEM = {"br", "p", "div"}  # what may stand between an item's dash and its text


class Events(HTMLParser):
    """What a dump needs of a page: (kind, tag or text), kind one of open, close, empty, text."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.seen = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.seen.append(("open", tag))

    def handle_endtag(self, tag):
        self.seen.append(("close", tag))

    def handle_startendtag(self, tag, attributes):
        self.seen.append(("empty", tag))

    def handle_data(self, data):
        self.seen.append(("text", data))


def visible(events):
    """Text outside of unseen elements, and the tags that begin or end a line."""
    unseen = []
    for kind, what in events:
        if (kind, what) == ("open", "body"):
            unseen = []
        if kind == "open" and what in UNSEEN:
            unseen.append(what)
        elif kind == "close" and what in unseen:
            unseen = unseen[:unseen.index(what)]
        elif what in OWN_LINE and kind != "text" or kind == "text" and not unseen:
            yield kind, what


def lines(events):
    text, dash = "", False  # of the line at hand; dash: a list item that has no line yet
    for kind, what in [*events, ("empty", "br")]:
        if kind == "text":
            text += what
            continue
        if text.strip():
            yield ("- " if dash else "") + " ".join(text.split())
            dash = False
        text = ""
        if kind == "open" and dash and what not in WITHIN_ITEM:
            yield "-"
            dash = False
        if what == "li" and kind != "empty":
            dash = kind == "open"


def decoded(data):
    stated = re.search(rb"""charset=["']?([\w-]+)""", data[:4096], re.I)
    for name in ("utf-8", stated[1].decode() if stated else "cp1252", "latin-1"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def dump_of(data):
    return ("\n".join(lines(visible(Events(decoded(data)).seen))) + "\n").encode()


def read(path):
    with open(path, encoding="utf-8") as stream:
        return stream.read()


def site_of(url):
    """The registered name of a host, by the commonest second levels."""
    host = (urlsplit(url).hostname if "//" in url else url.split("/")[0]) or "_"
    labels = host.lower().removeprefix("www.").split(".")
    national = len(labels) > 2 and len(labels[-1]) == 2
    shared = national and labels[-2] in {"ac", "co", "com", "edu", "gov", "gob", "gv", "net", "or", "org"}
    return ".".join(labels[-3 if shared else -2:])


def place(folder, site, name, page, suffix, gold, either="", meta=None):
    where = os.path.join(folder, re.sub(r"[^\w.-]", "_", site) or "_")
    os.makedirs(where, exist_ok=True)
    files = {suffix: page, ".gold.txt": gold.encode()}
    if either:
        files[".either.txt"] = either.encode()
    if meta:
        files[".meta.json"] = json.dumps(meta, ensure_ascii=False).encode()
    for end, data in files.items():
        with open(os.path.join(where, name + end), "wb") as stream:
            stream.write(data)


def lay_out_aeb(source, folder):
    for name, item in json.loads(read(f"{source}/ground-truth.json")).items():
        page = gzip.open(f"{source}/html/{name}.html.gz").read()
        gold, site = item.get("articleBody", ""), site_of(item.get("url", name))
        place(f"{folder}/aeb", site, name, page, ".html", gold)
        place(f"{folder}/aeb-dump", site, name, dump_of(page), ".txt", gold)


def lay_out_wcxb(source, folder):
    for file in sorted(os.listdir(f"{source}/ground-truth")):
        name = file.removesuffix(".json")
        item = json.loads(read(f"{source}/ground-truth/{file}"))
        truth = item["ground_truth"]
        meta = {"title": truth.get("title"), "date": truth.get("publish_date")}
        page = gzip.open(f"{source}/html/{name}.html.gz").read()
        place(f"{folder}/wcxb", site_of(item.get("url") or name), name, page, ".html",
              truth.get("main_content") or "", meta=meta)


def lines_of(page, spans):
    return "\n".join(line for first, last in spans for line in page[first - 1:last])


def lay_out_seeds(source, dumps, folder):
    for name, item in json.loads(read(f"{source}/gold.json"))["pages"].items():
        with open(f"{dumps}/{name}.txt", "rb") as stream:
            page = stream.read()
        numbered = decoded(page).splitlines()
        meta = {key: numbered[value - 1].strip("- ") if isinstance(value, int) else value
                for key, value in item.get("meta", {}).items()}
        place(f"{folder}/seeds", item.get("site", name), name, page, ".txt", lines_of(numbered, item["keep"]),
              lines_of(numbered, item.get("either", [])), meta)


def main(bench, folder):
    if os.path.exists(f"{bench}/data/aeb/ground-truth.json"):
        lay_out_aeb(f"{bench}/data/aeb", folder)
    for part in ("dev", "test", "."):
        if os.path.isdir(f"{bench}/data/wcxb/{part}/ground-truth"):
            lay_out_wcxb(f"{bench}/data/wcxb/{part}", folder)
    if os.path.exists(f"{bench}/seeds/gold.json") and os.path.isdir(f"{bench}/../../seeds"):
        lay_out_seeds(f"{bench}/seeds", f"{bench}/../../seeds", folder)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
