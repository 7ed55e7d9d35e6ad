"""Count by hand: facets from the doc records of a search, in the order and form of its facet rows.

    facets.py DOCS FACET
"""
import collections
import json
import sys


def years(key):
    """The years of a date or a range of dates; none where the year is unknown."""
    ends = [part[:4] for part in key.split("/")]
    if any(not end.isdigit() for end in ends):
        return []
    return [f"{year:04d}" for year in range(int(ends[0]), int(ends[-1]) + 1)]


def mentions(doc, kind):
    """Key and name of each mention that the index does not pass over."""
    for m in doc["mentions"]:
        if m["type"] == kind and not (m.get("nested") and kind in ("country", "place")):
            yield m["key"], m["name"], m.get("country", "")


def things(doc, facet):
    """What a document counts for: key, name and country, once for each mention."""
    date = (doc.get("date") or {}).get("value") or ""
    if facet in ("person", "country", "org"):
        yield from mentions(doc, facet)
    elif facet == "on":
        yield from mentions(doc, "date")
    elif facet == "on-year":
        for key, _, _ in mentions(doc, "date"):
            for year in years(key):
                yield year, year, ""
    elif facet == "lang" and doc["lang"]:
        yield doc["lang"], doc["lang"], ""
    elif facet == "year" and date[:4].isdigit():
        yield date[:4], date[:4], ""
    elif facet == "month" and date[:4].isdigit():
        month = date.split("/")[0][:7]
        yield month, month, ""


def main():
    docs, facet = sys.argv[1:]
    documents = collections.Counter()
    names = collections.defaultdict(collections.Counter)
    with open(docs, encoding="utf-8") as lines:
        for line in lines:
            doc = json.loads(line)
            if doc["type"] != "doc":
                continue
            found = list(things(doc, facet))
            documents.update({key for key, _, _ in found})
            for key, name, _ in found:
                names[key][name] += 1
    order = sorted(documents, key=lambda key: (-documents[key], key.encode()))
    if facet in ("year", "month", "on-year"):
        order = sorted(documents)
    for key in order:
        name = min(names[key], key=lambda name: (-names[key][name], name.encode()))
        print(facet, key, name, documents[key], sep="\t")


main()
