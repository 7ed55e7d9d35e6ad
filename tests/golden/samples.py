#!/usr/bin/env python3
"""samples.py EXTRACTED.jsonl [-v]: what `ocsearch extract` made of corpus/samples against the
expectations written by hand beside each page (corpus/samples/README.md).

Facts, kept text and cut text must be exactly right.  Entities are measured: precision and recall over
all pages must not fall below the floors written here, and every miss can be read with -v.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
FACTS = ("title", "kind", "date", "date_from", "lang", "place", "source", "topic", "empty")
# precision and recall that entities have reached; raise them when they rise
FLOORS = {"people": (0.95, 0.94), "countries": (0.98, 0.97), "places": (0.93, 0.875), "orgs": (0.86, 0.81),
          "dates": (0.975, 0.965), "roles": (0.88, 0.67)}
TYPES = {"people": "person", "countries": "country", "places": "place", "orgs": "org", "dates": "date",
         "roles": "person"}


def fold(text):
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c)).replace("đ", "d").replace("’", "'")
    text = re.sub(r"^(the|osce) ", "", re.sub(r"[^\w]+", " ", text).strip())
    return text


def lines(text):
    return re.sub(r"\s+", " ", text or "")


def facts_of(record):
    date = record.get("date") or {}
    kind = record.get("kind")
    return {"title": record.get("title"), "kind": kind.lower() if kind else None,
            "date": date.get("value"), "date_from": date.get("from"), "lang": record.get("lang"),
            "place": record.get("place"), "source": record.get("source"), "topic": record.get("topic"),
            "empty": bool(record.get("empty"))}


def wrong_facts(expected, record):
    got = facts_of(record)
    keys = ("title", "empty") if expected["empty"] else FACTS
    for key in keys:
        want = expected[key]
        if isinstance(want, list):
            same = [fold(x) for x in want] == [fold(x) for x in got[key] or []]
        elif key == "title" and want:
            same = lines(want) == lines(got[key])
        else:
            same = want == got[key]
        if not same:
            yield f"{key}: want {want!r}, got {got[key]!r}"


def wrong_text(expected, record):
    text = lines(record.get("text"))
    for want in expected["contains"]:
        if lines(want) not in text:
            yield f"text lacks {want!r}"
    for bad in expected["absent"]:
        if lines(bad) in text:
            yield f"text holds {bad!r}"
    for once in expected.get("once", []):
        if text.count(lines(once)) != 1:
            yield f"text holds {text.count(lines(once))} times {once!r}"


def wrong_items(expected, record):
    want, got = expected.get("items"), record.get("items") or []
    if want is None:
        return
    pairs = [(lines(i["title"]), i.get("date")) for i in want]
    have = [(lines(i["title"]), i.get("date")) for i in got]
    if pairs != have:
        yield f"items: want {pairs!r}, got {have!r}"


def role_pairs(name, roles):
    return {f"{fold(name)}: {fold(role)}" for role in roles}


def names_of(record, kind):
    if kind == "roles":
        return set().union(*(role_pairs(m["name"], (r["text"] for r in m.get("roles", [])))
                             for m in record.get("mentions", []) if m["type"] == "person"))
    field = "key" if kind in ("countries", "dates") else "name"
    found = {m[field] for m in record.get("mentions", [])
             if m["type"] == TYPES[kind] and not m.get("nested")}
    return found if kind in ("countries", "dates") else {fold(f) for f in found}


def wanted(expected, kind):
    if kind == "roles":
        return set().union(*(role_pairs(p["name"], p["roles"]) for p in expected["people"]))
    if kind == "people":
        return {fold(p["name"]) for p in expected["people"]}
    return set(expected[kind]) if kind in ("countries", "dates") else {fold(n) for n in expected[kind]}


def main():
    records = {}
    for line in open(sys.argv[1], encoding="utf-8"):
        record = json.loads(line)
        if record["type"] == "doc":
            records[Path(record["path"]).stem] = record
    verbose, failed = "-v" in sys.argv, 0
    counts = {kind: [0, 0, 0] for kind in TYPES}
    for file in sorted(SAMPLES.glob("*.expected.json")):
        name = file.name[:-len(".expected.json")]
        expected = json.loads(file.read_text("utf-8"))
        if name not in records:
            print(f"{name}: no record")
            failed += 1
            continue
        wrong = [*wrong_facts(expected, records[name]), *wrong_text(expected, records[name]),
                 *wrong_items(expected, records[name])]
        for line in wrong:
            print(f"{name}: {line}")
        failed += bool(wrong)
        for kind, count in counts.items():
            want, have = wanted(expected, kind), names_of(records[name], kind)
            count[0] += len(want & have)
            count[1] += len(have - want)
            count[2] += len(want - have)
            if verbose and want != have:
                print(f"  {name} {kind}: missing {sorted(want - have)}, surplus {sorted(have - want)}")
    for kind, (hit, surplus, miss) in counts.items():
        precision = hit / (hit + surplus) if hit + surplus else 1.0
        recall = hit / (hit + miss) if hit + miss else 1.0
        floor = FLOORS[kind]
        print(f"{kind:10} precision {precision:.3f} recall {recall:.3f} ({hit} right, {surplus} surplus, "
              f"{miss} missing; floors {floor[0]} {floor[1]})")
        failed += precision < floor[0] or recall < floor[1]
    print(f"{len(records)} pages, {failed} failures")
    return 1 if failed else 0


sys.exit(main())
