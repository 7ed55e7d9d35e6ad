#!/usr/bin/env python3
"""How well a program tells the content of pages from their frame.

list FOLDER                  the pages of a labelled folder, one path a line
score FOLDER OUTPUT [option]...
                             OUTPUT has a JSON object a line with "path" and "text", as of
                             ocsearch extract; a page without one failed and counts as empty
  --meta                     titles and dates, too
  --worst=N --folders=N      how many pages and top folders to name, the lowest first (10)
  --json                     the figures as one JSON object

A labelled folder holds SITE/NAME.html or .txt, a page as fetched, and SITE/NAME.gold.txt, its
content.  There may be SITE/NAME.either.txt, text that costs nothing kept or cut, and
SITE/NAME.meta.json with "title" and "date".

words      the page's words without regard to case, each as often as it stands there.  F1 of a page
           from its precision and recall; the mean over pages.
shingles   runs of four words, case kept.  Precision is the mean over pages with any output, recall
           over pages with any content, F1 that of these means.
The error behind +- is the standard deviation over 500 drawings of as many pages, with replacement.
"""

import json
import os
import random
import re
import statistics
import sys
from collections import Counter

WORD = re.compile(r"\w+")
RUN = 4
DRAWINGS = 500
PAGES = (".html", ".htm", ".txt")


# ---- the folder ----

def pages_of(folder):
    """(page, path without its suffix) of all pages that have a gold text, sorted."""
    found = []
    for place, _, names in os.walk(folder):
        have = set(names)
        for name in names:
            stem, suffix = os.path.splitext(name)
            if suffix in PAGES and stem + ".gold.txt" in have:
                found.append((os.path.realpath(os.path.join(place, name)), os.path.join(place, stem)))
    return sorted(found)


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return stream.read()
    except FileNotFoundError:
        return ""


def outputs_of(path):
    """path -> record; what is no record with a path is left out and so fails its page."""
    records = {}
    with open(path, encoding="utf-8", errors="replace") as stream:
        for line in stream:
            try:
                record = json.loads(line)
                records[os.path.realpath(record["path"])] = record
            except (ValueError, KeyError, TypeError):
                continue
    return {path: r for path, r in records.items() if r.get("type", "doc") == "doc"}


# ---- one page ----

def words(text):
    return Counter(WORD.findall(text.lower()))


def shingles(text):
    found = WORD.findall(text)
    if not found:
        return Counter()
    return Counter(tuple(found[at:at + RUN]) for at in range(max(1, len(found) - RUN + 1)))


def compare(gold, output, either, count):
    """How many items of output and gold agree, are too many, are missing."""
    want, have, spare = count(gold), count(output), count(either)
    right = (want & have).total()
    return right, (have - want - spare).total(), want.total() - right


def f1_of(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def page_figures(row):
    """(F1, precision, recall) of one page; all 1 when there is nothing to find and nothing found."""
    right, extra, missing = row
    if right + extra == 0 or right + missing == 0:
        both = float(extra == missing == 0)
        return both, both, both
    precision, recall = right / (right + extra), right / (right + missing)
    return f1_of(precision, recall), precision, recall


# ---- many pages ----

def mean(values):
    return statistics.fmean(values) if values else 0.0


def mean_of_pages(rows):
    return tuple(mean(column) for column in zip(*map(page_figures, rows))) if rows else (0.0,) * 3


def f1_of_means(rows):
    precision = mean([right / (right + extra) for right, extra, _ in rows if right + extra])
    recall = mean([right / (right + missing) for right, _, missing in rows if right + missing])
    return f1_of(precision, recall), precision, recall


MEASURES = {"words": (words, mean_of_pages), "shingles": (shingles, f1_of_means)}


def error_of(total, rows):
    if len(rows) < 2:
        return 0.0
    chance = random.Random(1)
    return statistics.stdev(total(chance.choices(rows, k=len(rows)))[0] for _ in range(DRAWINGS))


def figures(total, rows):
    f1, precision, recall = total(rows)
    return {"f1": f1, "error": error_of(total, rows), "precision": precision, "recall": recall}


# ---- facts ----

def plain(text):
    return " ".join(WORD.findall((text or "").lower()))


def fact(record, name):
    value = (record or {}).get(name)
    return value.get("value") if isinstance(value, dict) else value


def same(name, gold, value):
    return gold[:10] == value[:10] if name == "date" else plain(gold) == plain(value)


def facts(pages, outputs):
    table = {}
    for name in ("title", "date"):
        right = wrong = missing = 0
        for path, stem in pages:
            gold = json.loads(text_of(stem + ".meta.json") or "{}").get(name)
            value = fact(outputs.get(path), name)
            if not gold:
                continue
            if not value:
                missing += 1
            elif same(name, gold, value):
                right += 1
            else:
                wrong += 1
        if right + wrong + missing:
            precision = right / (right + wrong) if right + wrong else 0.0
            recall = right / (right + wrong + missing)
            table[name] = {"f1": f1_of(precision, recall), "right": right, "wrong": wrong, "missing": missing}
    return table


# ---- the whole ----

def top_of(folder, path):
    return os.path.relpath(path, os.path.realpath(folder)).split(os.sep)[0]


def score(folder, outputs, with_facts=False):
    pages = pages_of(folder)
    result = {"pages": len(pages), "failed": [path for path, _ in pages if path not in outputs]}
    for name, (count, total) in MEASURES.items():
        rows, groups = [], {}
        for path, stem in pages:
            output = (outputs.get(path) or {}).get("text") or ""
            row = compare(text_of(stem + ".gold.txt"), output, text_of(stem + ".either.txt"), count)
            rows.append(row)
            groups.setdefault(top_of(folder, path), []).append(row)
        result[name] = figures(total, rows)
        result[name]["worst"] = sorted((page_figures(row)[0], path) for (path, _), row in zip(pages, rows))
        result[name]["folders"] = {top: (total(some)[0], len(some)) for top, some in groups.items()}
    if with_facts:
        result["facts"] = facts(pages, outputs)
    return result


def show(result, worst, folders):
    print(f"{result['pages']} pages, {len(result['failed'])} failed")
    for path in result["failed"][:worst]:
        print(f"  failed: {path}")
    for name in MEASURES:
        r = result[name]
        print(f"{name:9} F1 {r['f1']:.4f} +-{r['error']:.4f}  P {r['precision']:.4f}  R {r['recall']:.4f}")
    for name, f in result.get("facts", {}).items():
        print(f"{name:9} F1 {f['f1']:.4f}  right {f['right']}  wrong {f['wrong']}  missing {f['missing']}")
    by_words, by_runs = (result[name]["folders"] for name in MEASURES)
    for top in sorted(by_words, key=lambda top: (by_words[top][0], top))[:folders]:
        print(f"  folder {top}: pages {by_words[top][1]}  words {by_words[top][0]:.3f}  shingles {by_runs[top][0]:.3f}")
    for f1, path in result["words"]["worst"][:worst]:
        print(f"  page {path}: words {f1:.3f}")


def main(arguments):
    flags = [word for word in arguments if word.startswith("--")]
    names = [word for word in arguments if not word.startswith("--")]
    if names[:1] == ["list"] and len(names) == 2:
        for path, _ in pages_of(names[1]):
            print(path)
        return
    if names[:1] != ["score"] or len(names) != 3:
        sys.exit(__doc__)
    limit = {word.split("=")[0]: int(word.split("=")[1]) for word in flags if "=" in word}
    result = score(names[1], outputs_of(names[2]), "--meta" in flags)
    if "--json" in flags:
        print(json.dumps(result, ensure_ascii=False))
    else:
        show(result, limit.get("--worst", 10), limit.get("--folders", 10))


if __name__ == "__main__":
    main(sys.argv[1:])
