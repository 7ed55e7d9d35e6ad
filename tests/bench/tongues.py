#!/usr/bin/env python3
"""How well ocsearch finds names and dates in texts of other languages than English.

tongues.py OCSEARCH FILE... [--list] [--floors]

A FILE (tests/bench/tongues) holds texts with an empty line between them; the first line of each is its
title.  Names stand in square brackets, a letter for what they are before them (p person, o organisation,
l place, c country, d date) and, behind a bar, what they are called: the name in the nominative for a
person, the key of the rest; without a bar that is not asked.  ~ stands where a name may end as well, ^
where it may start.  What is found within a name of the gold and has no brackets of its own (a country in
an organisation's name) is not counted, nor what the program says is nested.

For each type: P and R of the exact bytes, and how many of the right ones have the right name.
--list prints each mistake: +text found and not there, -text missed, =text by a wrong name.
--floors fails where all files together fall below FLOORS.

*.test.txt were written before the program was run on any of the texts, and its mistakes there were not
looked at; *.dev.txt were read to make the rules.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter, defaultdict

TYPES = {"p": "person", "o": "org", "l": "place", "c": "country", "d": "date"}
# P and R of all texts, a little below what is reached; right names among the right mentions.
FLOORS = {"person": (0.97, 0.91, 0.95), "org": (0.92, 0.83, 0.95), "place": (0.97, 0.95, 0.97),
          "country": (0.95, 0.96, 0.98), "date": (0.96, 0.96, 0.96)}
MARK = re.compile(r"\[([polcd]) ([^\]|]+)(?:\|([^\]]*))?\]")


def unmarked(text):
    """The text without its marks, and the names: (type, starts, ends, surface, called)."""
    plain, names, done = "", [], 0
    for m in MARK.finditer(text):
        plain += text[done:m.start()]
        done = m.end()
        starts, ends = [len(plain)], []
        for c in m[2]:
            if c == "^":
                starts.append(len(plain))
            elif c == "~":
                ends.append(len(plain))
            else:
                plain += c
        ends.append(len(plain))
        names.append((TYPES[m[1]], starts, ends, plain[starts[0]:ends[-1]], m[3]))
    return plain + text[done:], names


def folded(name):
    name = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d"))
    return re.sub(r"\W+", " ", "".join(c for c in name if not unicodedata.combining(c))).strip()


def is_called(kind, mention, called):
    if called is None:
        return True
    if kind == "person":
        return folded(mention["name"]) == folded(called)
    key = mention["key"]
    return ("XXXX-" + key[2:] if key.startswith("--") else key) == called


def found_in(record, plain):
    """The mentions of a record by where they are in ${plain}, in characters."""
    raw = plain.encode()
    for m in record.get("mentions", []):
        start, end = (len(raw[:at].decode(errors="replace")) for at in m["raw"])
        if not m.get("nested"):
            yield m["type"], start, end, m


def compare(record, plain, names, counts, mistakes):
    found = list(found_in(record, plain))
    hit = set()
    for kind, starts, ends, surface, called in names:
        same = [f for f in found if f[0] == kind and f[1] in starts and f[2] in ends]
        counts[kind]["right" if same else "missing"] += 1
        hit.update(id(f[3]) for f in same)
        if not same:
            mistakes.append(f"- {kind:8} {surface}")
        elif is_called(kind, same[0][3], called):
            counts[kind]["named"] += 1
        else:
            mistakes.append(f"= {kind:8} {surface}: {same[0][3]['name']} ({same[0][3]['key']}), not {called}")
    for kind, start, end, m in found:
        inner = any(s[0] <= start and end <= e[-1] and kind != k for k, s, e, _, _ in names if k == "org")
        if id(m) not in hit and not inner:
            counts[kind]["extra"] += 1
            mistakes.append(f"+ {kind:8} {m['surface']} [{m['rule']}]")


def extract(ocsearch, texts):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{i:03}.txt") for i in range(len(texts))]
        for path, (plain, _) in zip(paths, texts):
            with open(path, "w", encoding="utf-8") as out:
                out.write(plain)
        out = subprocess.run([ocsearch, "extract", "--format=jsonl", "--stage=mentions", *paths], check=True,
                             stdout=subprocess.PIPE).stdout
    records = {os.path.basename(r["path"]): r for r in map(json.loads, out.splitlines()) if "mentions" in r}
    return [records.get(os.path.basename(path), {}) for path in paths]


def show(name, counts, mistakes, listed):
    print(name)
    for kind in TYPES.values():
        c = counts[kind]
        found, due = c["right"] + c["extra"], c["right"] + c["missing"]
        if found or due:
            print(f"  {kind:8} P {c['right'] / max(found, 1):.3f}  R {c['right'] / max(due, 1):.3f}  right {c['right']}"
                  f"  extra {c['extra']}  missing {c['missing']}  named right {c['named']}")
    for line in mistakes if listed else []:
        print("   ", line)


def below(counts):
    """The types that fall below their floors, a line each."""
    for kind, floors in FLOORS.items():
        c = counts[kind]
        reached = (c["right"] / max(c["right"] + c["extra"], 1), c["right"] / max(c["right"] + c["missing"], 1),
                   c["named"] / max(c["right"], 1))
        if any(value < floor for value, floor in zip(reached, floors)):
            yield f"{kind}: " + ", ".join(f"{value:.3f}" for value in reached) + f" below {floors}"


def main(arguments):
    files = [a for a in arguments[1:] if not a.startswith("--")]
    if not files:
        sys.exit(__doc__)
    total = defaultdict(Counter)
    for path in files:
        with open(path, encoding="utf-8") as stream:
            texts = [unmarked(t.strip() + "\n") for t in re.split(r"\n\s*\n", stream.read()) if t.strip()]
        counts, mistakes = defaultdict(Counter), []
        for record, (plain, names) in zip(extract(arguments[0], texts), texts):
            compare(record, plain, names, counts, mistakes)
        show(os.path.basename(path), counts, mistakes, "--list" in arguments)
        for kind in counts:
            total[kind].update(counts[kind])
    if len(files) > 1:
        show("all", total, [], False)
    low = list(below(total)) if "--floors" in arguments else []
    sys.exit("\n".join(low) if low else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
