#!/usr/bin/env python3
"""Make text dumps of labelled pages, to teach the model of dumps from.

    flatten.py FOLDER OUT

FOLDER/SITE/NAME.html and NAME.gold.txt become OUT/SITE/NAME.txt and NAME.gold.txt.  A page is
flattened as scrapers of whole sites do it: one line for each block of text in document order,
"- " before the entries of a list, a lone "-" where an entry opens with a block of its own, no
title, no time elements, no blank lines.  Nothing is left out for being frame.
"""

import html.parser
import pathlib
import re
import sys

# Elements that end the line they stand in.
BREAKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option"
    " p pre section select summary table td th tr ul".split())
# Elements whose text no reader sees; time is what scrapers lose.
UNSEEN = frozenset("head iframe noscript script style svg template textarea time title".split())
# After these an entry of a list still waits for its text.
TRANSPARENT = frozenset(("br", "p", "div"))


class Flattener(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines = []
        self.pieces = []
        self.unseen = []        # open elements of UNSEEN, outermost first
        self.entry = False      # an entry has begun and has no text yet

    def end_line(self):
        line = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if line:
            self.lines.append(("- " if self.entry else "") + line)
            self.entry = False

    def handle_starttag(self, tag, attrs):
        if tag == "body":
            self.unseen.clear()
        if tag in UNSEEN:
            self.unseen.append(tag)
        if tag not in BREAKS:
            return
        self.end_line()
        if self.entry and tag not in TRANSPARENT:
            self.lines.append("-")
            self.entry = False
        self.entry = self.entry or tag == "li"

    def handle_endtag(self, tag):
        if tag in self.unseen:
            del self.unseen[self.unseen.index(tag):]
        elif tag in BREAKS:
            self.end_line()
            self.entry = self.entry and tag != "li"

    def handle_startendtag(self, tag, attrs):
        if tag in BREAKS:
            self.end_line()

    def handle_data(self, data):
        if not self.unseen:
            self.pieces.append(data)


def decoded(data):
    declared = re.search(rb"charset=[\"']?([\w-]+)", data[:4096], re.I)
    for name in ("utf-8", declared.group(1).decode("ascii") if declared else "windows-1252"):
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def flattened(data):
    flattener = Flattener()
    flattener.feed(decoded(data))
    flattener.close()
    flattener.end_line()
    return "".join(line + "\n" for line in flattener.lines)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: flatten.py FOLDER OUT")
    source, out = map(pathlib.Path, sys.argv[1:])
    for page in sorted(source.glob("*/*.html")):
        folder = out / page.parent.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / (page.stem + ".txt")).write_text(flattened(page.read_bytes()), "utf-8")
        gold = page.with_name(page.stem + ".gold.txt").read_bytes()
        (folder / (page.stem + ".gold.txt")).write_bytes(gold)


if __name__ == "__main__":
    main()
