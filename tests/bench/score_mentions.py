#!/usr/bin/env python3
"""How well a program finds people, places, countries, organisations and dates in texts.

list FOLDER                  the texts, one path a line
score FOLDER OUTPUT [--json] OUTPUT is what ocsearch extract printed (JSON lines), or a mention a line:
                             {"doc","type","start","end","text"[,"norm"]}
text_bytes OUTPUT            how many bytes of text the records of extract hold

FOLDER holds docs/DOC.txt; gold.jsonl, a mention a line as above, with "alt" (other spans that are as
right) and "alt_text", and "opt" for one that costs nothing found or missed; meta.jsonl, {"doc"} a
line; dataset.json with "types".  Offsets are bytes, half open.  norm: ISO 3166-1 alpha-2 of a country,
ISO 8601 of a date (XXXX-12-06 where the year is unknown).

strict     the same bytes, after articles, titles before people, prepositions before dates, possessives
           and punctuation at the ends are taken off on both sides
overlap    at least one byte in common, one to one
set        the names of each text, each once: countries by norm, others folded (no case, no diacritics)
norm       the values of the dates of each text, where the gold has values
Dates of no definite day, month or year (recently, last century) are not counted.  The error behind +-
is the standard deviation of F1 over 500 drawings of as many texts.
"""

import json
import os
import random
import re
import statistics
import sys
import unicodedata
from collections import defaultdict

DRAWINGS = 500


# ---- what is taken off the ends ----

ENDS = " \t\r\n,.;:!?()[]-\"'\u2018\u2019\u201c\u201d"
ARTICLE = re.compile(r"(?:the|an|a)\s+(?=\S)", re.I)
BEFORE_DATE = re.compile(
    r"(?:(?:about|after|and|around|as of|at|before|between|by|dated|during|earlier|early|for|from|in|late|"
    r"mid|of|on|since|the|till|to|until)[\s-]+)+(?=.)", re.I | re.S)
ABBREVIATED = re.compile(r"(?:mrs?|ms|dr|prof|gen|col)\.(?=\S)", re.I)  # Dr.Brown
WORD_BEFORE = re.compile(r"(\S+)\s+(?=\S)")
# Words that may stand before a person's name and are no part of it: forms of address, ranks, offices.
TITLES = """
    mr mrs ms miss sir dame lord lady dr prof professor hon rev excellency honourable
    king queen prince princess pope bishop imam
    president premier chancellor minister senator governor mayor judge justice ambassador envoy
    general colonel major captain lieutenant sergeant admiral commander
    head chief director chair chairman chairperson secretary commissioner adviser representative spokesperson
    deputy vice former acting prime foreign interior
    a an and for of the to"""


def title_words():
    return set(TITLES.split())


def bare(word):
    return re.sub(r"['\u2019]s$", "", word.casefold().strip(",.;:()\"'\u2018\u2019\u201c\u201d"))


def after_titles(text, start, end, titles):
    while True:
        match = ABBREVIATED.match(text, start, end) or WORD_BEFORE.match(text, start, end)
        word = bare(match[0].strip()) if match else ""
        if not match or match.end() >= end or word not in titles:
            return start
        start = match.end()


def core(kind, text, titles):
    """The part of a mention that is compared, as (start, end) in characters."""
    start = len(text) - len(text.lstrip(ENDS))
    end = max(start, len(text.rstrip(ENDS)))
    if kind != "date" and end - start > 2 and text[end - 2:end] in ("'s", "\u2019s"):
        end -= 2
    match = (BEFORE_DATE if kind == "date" else ARTICLE).match(text, start, end)
    if match and match.end() < end:
        start = match.end()
    if kind == "person":
        start = after_titles(text, start, end, titles)
        start += len(text[start:end]) - len(text[start:end].lstrip(ENDS))
    return start, end


# ---- names and dates as they are compared ----

LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss",
                         "æ": "ae", "Æ": "AE", "\u2018": "'", "\u2019": "'"})


def folded(name):
    name = re.sub(r"'s\b|'$", "", name.translate(LETTERS).strip())
    name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    name = re.sub(r"(?<=\b\w)\.(?=\w\b|\w\.|\s|$)", "", name.translate(LETTERS))  # U.S. is US
    return re.sub(r"^(?:the|an|a) ", "", re.sub(r"\W+", " ", name.casefold()).strip())


MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
         r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")
DEFINITE = re.compile(
    r"\b(?:1[6-9]|20)\d\d\b|\b\d{8}\b|\b\d{1,4}([/.-])\d{1,2}[/.-]\d{1,4}\b|"
    rf"\b{MONTH}\.?\s+\d|\d(?:st|nd|rd|th)?(?:\s+of)?\s+{MONTH}\b|^(?:march|may)$|"
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:to|yester)day\b|\btomorrow\b", re.I)
INDEFINITE = re.compile(
    r"\b(?:(?:week|month|year|day|night|morning|evening|afternoon|hour|minute|decade|weekend|quarter)s?|"
    r"centur(?:y|ies)|\d*0s|spring|summer|autumn|fall|winter|recent(?:ly)?|now|soon|ago|time|moment|present|"
    r"past|future|later|earlier|ever|then|tonight|noon|midnight)\b", re.I)


def is_indefinite(mention):
    text = mention["text"]
    return mention["type"] == "date" and not DEFINITE.search(text) and bool(INDEFINITE.search(text))


# ---- reading ----

def lines_of(path):
    with open(path, encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def cut_span(kind, span, text, titles):
    start, end = core(kind, text, titles)
    if start >= end:
        return tuple(span), text
    first = span[0] + len(text[:start].encode())
    return (first, first + len(text[start:end].encode())), text[start:end]


def cut(mention, titles):
    """A mention as it is compared: its span first, then those that are as right."""
    kind = mention["type"]
    span, text = cut_span(kind, (mention["start"], mention["end"]), mention["text"], titles)
    others = [cut_span(kind, *pair, titles) for pair in zip(mention.get("alt", []), mention.get("alt_text", []))]
    return {"spans": [span, *(s for s, _ in others)], "text": text, "others": [t for _, t in others],
            "norm": mention.get("norm"), "opt": bool(mention.get("opt"))}


def iso(kind, key):
    if kind not in ("country", "date"):
        return None
    return "XXXX-" + key[2:] if key.startswith("--") else key


def mentions_of(record):
    """A record of extract or one mention, as mentions."""
    if "doc" in record:
        yield record
        return
    doc = os.path.basename(record.get("path", "")).removesuffix(".txt")
    for m in record.get("mentions", []):
        yield {"doc": doc, "type": m["type"], "start": m["raw"][0], "end": m["raw"][1], "text": m["surface"],
               "norm": iso(m["type"], m["key"])}


def read_gold(folder, titles):
    docs = [meta["doc"] for meta in lines_of(os.path.join(folder, "meta.jsonl"))]
    gold = defaultdict(list)
    for mention in lines_of(os.path.join(folder, "gold.jsonl")):
        gold[mention["doc"], mention["type"]].append(cut(mention, titles))
    return docs, gold


def read_found(path, titles):
    found, seen = defaultdict(list), set()
    for record in lines_of(path):
        for m in mentions_of(record):
            same = m["doc"], m["type"], m["start"], m["end"], m["text"]
            if same not in seen and not is_indefinite(m):
                found[m["doc"], m["type"]].append(cut(m, titles))
            seen.add(same)
    return found


# ---- one text: right, too many, missing ----

def meet(span, spans):
    return any(span[0] < end and start < span[1] for start, end in spans)


def exact(due, found):
    """Which of ${due} were found to the byte, and the spans that are none of them."""
    hit, rest = set(), []
    for span in sorted((m["spans"][0] for m in found), key=lambda s: (s[0], -s[1])):
        which = next((i for i, gold in enumerate(due) if span in gold["spans"]), None)
        if which is None:
            rest.append(span)
        else:
            hit.add(which)  # found twice costs nothing
    return hit, rest


def touched(span, due, hit):
    """The first gold mention that the span meets and that is still missing; -1: only others."""
    which = [i for i, gold in enumerate(due) if meet(span, gold["spans"])]
    return next((i for i in which if i not in hit), -1 if which else None)


def costs(span, due, free):
    over = any(meet(span, gold["spans"][:1]) for gold in due)
    return over or not any(meet(span, gold["spans"]) for gold in free)


def count_spans(gold, found, strict):
    due, free = ([g for g in gold if g["opt"] == opt] for opt in (False, True))
    hit, rest = exact(due, found)
    extra = 0
    for span in rest:
        which = None if strict else touched(span, due, hit)
        if which is None:
            extra += costs(span, due, free)
        elif which >= 0:
            hit.add(which)
    return len(hit), extra, len(due) - len(hit)


def count_values(gold, found):
    """By norm; what stands where the gold has no value is left out."""
    due = {g["norm"] for g in gold if g["norm"] and not g["opt"]}
    free = {g["norm"] for g in gold if g["norm"] and g["opt"]}
    unknown = {folded(g["text"]) for g in gold if g["opt"] or not g["norm"]}
    have = {m["norm"] for m in found if m["norm"] and (m["norm"] in due or folded(m["text"]) not in unknown)}
    return len(have & due), len(have - due - free), len(due - have)


def count_names(gold, found):
    due = {folded(g["text"]) for g in gold if not g["opt"]} - {""}
    free = {folded(g["text"]) for g in gold if g["opt"]} - {""}
    meant = {}
    for g in gold:
        for other in g["others"] if folded(g["text"]) else []:
            meant.setdefault(folded(other), folded(g["text"]))
    names = {folded(m["text"]) for m in found} - {""}
    have = {name if name in due else meant.get(name, name) for name in names}
    return len(have & due), len(have - due - free), len(due - have)


COUNTS = {
    "strict": lambda kind, gold, found: count_spans(gold, found, True),
    "overlap": lambda kind, gold, found: count_spans(gold, found, False),
    "set": lambda kind, gold, found: (count_values if kind == "country" else count_names)(gold, found),
    "norm": lambda kind, gold, found: count_values(gold, found),
}


# ---- all texts ----

def sums(rows):
    return [sum(column) for column in zip(*rows)] if rows else [0, 0, 0]


def ratios(row):
    right, extra, missing = row
    precision = right / (right + extra) if right + extra else 0.0
    recall = right / (right + missing) if right + missing else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def figures(rows):
    chance = random.Random(1)
    drawn = [ratios(sums(chance.choices(rows, k=len(rows))))[2] for _ in range(DRAWINGS)] if len(rows) > 1 else []
    precision, recall, f1 = ratios(sums(rows))
    return {"precision": precision, "recall": recall, "f1": f1, "error": statistics.stdev(drawn) if drawn else 0.0,
            "counts": sums(rows)}


def score(folder, output):
    titles = title_words()
    docs, gold = read_gold(folder, titles)
    found = read_found(output, titles)
    with open(os.path.join(folder, "dataset.json"), encoding="utf-8") as stream:
        kinds = json.load(stream)["types"]
    result = {"docs": len(docs), "types": {}}
    for kind in kinds:
        valued = kind == "date" and any(g["norm"] for doc in docs for g in gold[doc, kind])
        measures = [name for name in COUNTS if name != "norm" or valued]
        result["types"][kind] = {
            name: figures([COUNTS[name](kind, gold[doc, kind], found[doc, kind]) for doc in docs])
            for name in measures}
    return result


def show(result):
    print(f"{result['docs']} texts")
    for kind, measures in result["types"].items():
        for name, f in measures.items():
            print(f"  {kind:8} {name:8} F1 {f['f1']:.4f} +-{f['error']:.4f}  P {f['precision']:.4f}  R {f['recall']:.4f}"
                  f"  right {f['counts'][0]}  extra {f['counts'][1]}  missing {f['counts'][2]}")


def main(arguments):
    names = [word for word in arguments if word != "--json"]
    if names[:1] == ["list"] and len(names) == 2:
        docs = os.path.join(os.path.realpath(names[1]), "docs")
        print("\n".join(os.path.join(docs, name) for name in sorted(os.listdir(docs)) if name.endswith(".txt")))
    elif names[:1] == ["text_bytes"] and len(names) == 2:
        print(sum(len((record.get("text") or "").encode()) for record in lines_of(names[1])))
    elif names[:1] == ["score"] and len(names) == 3:
        result = score(*names[1:])
        print(json.dumps(result)) if "--json" in arguments else show(result)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
