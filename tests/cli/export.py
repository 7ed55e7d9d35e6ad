"""Read what ocsearch exported as the programs do that it is for.

csv FILE            columns, and of rows of mentions the bytes of the pages
bibtex FILE         a small reader of BibTeX that counts braces; prints key and title of each entry
graphml FILE        well-formed XML, every edge between nodes that stand before it, no node twice
ftm FILE            ids, schemata, lists, and references that lead somewhere
opensearch FILE MAPPING   pairs of lines, and no field that the mapping does not have
"""

import csv
import json
import re
import sys
import xml.etree.ElementTree as tree


def check(true, message):
    if not true:
        sys.exit(message)


def check_csv(path):
    with open(path, encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, strict=True))
    check(rows, "no rows")
    for row in rows:
        check(None not in row and None not in row.values(), f"a row of another width: {row}")
        if row["path"].endswith(".txt") and row.get("raw_exact") == "true" and "\n" not in row["surface"]:
            with open(row["path"], "rb") as page:
                page.seek(int(row["raw_from"]))
                found = page.read(int(row["raw_to"]) - int(row["raw_from"]))
            check(found == row["surface"].encode(), f"{found!r} is not {row['surface']!r}")
    print(len(rows))


def take_braces(text, at):
    """The end of the group that opens at ${at}, as BibTeX counts: escapes do not matter to it."""
    depth = 0
    for i in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[i], 0)
        if depth == 0:
            return i
    sys.exit("a brace is never closed")


def check_bibtex(path):
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    at, keys = 0, set()
    while (at := text.find("@misc{", at)) >= 0:
        end = take_braces(text, at + 5)
        body = text[at + 6 : end]
        key, rest = body.split(",", 1)
        check(re.fullmatch(r"ocs-[0-9a-f]{16}", key) and key not in keys, f"key {key}")
        keys.add(key)
        fields, place = {}, 0
        while match := re.compile(r"\s*([a-z]+) = ").match(rest, place):
            start = match.end()
            if rest[start] == "{":
                place = take_braces(rest, start) + 1
            else:
                place = re.compile(r"[a-z]+").match(rest, start).end()
            fields[match[1]] = rest[start:place]
            check(rest[place] in ",\n", f"{key}: {rest[place:place + 20]!r}")
            place += rest[place] == ","
        check(rest[place:].strip() == "", f"{key}: {rest[place:]!r} is left")
        check("title" in fields, f"{key} has no title")
        bare = re.sub(r"\\[$&#%_]|\\text[a-z]+{}", "", fields["title"])
        check(not re.search(r"[$&#%_^~\\]", bare), f"{key}: TeX in {fields['title']}")
        print(key[4:], fields["title"][2:-2], sep="\t")
        at = end
    check(keys, "no entries")


def check_graphml(path):
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes, edges, declared = set(), 0, set()
    for _, element in tree.iterparse(path):
        if element.tag == space + "key":
            declared.add(element.get("id"))
        if element.tag == space + "data":
            check(element.get("key") in declared, f"key {element.get('key')}")
        if element.tag == space + "node":
            check(element.get("id") not in nodes, f"node {element.get('id')} twice")
            nodes.add(element.get("id"))
        if element.tag == space + "edge":
            check({element.get("source"), element.get("target")} <= nodes, "an edge to no node")
            edges += 1
    print(sum(node.startswith("doc:") for node in nodes), edges)


FTM = {
    "Article": "name title fileName sourceUrl publishedAt language publisher keywords country "
    "locationMentioned indexText",
    "Person": "name position proof",
    "Organization": "name proof",
    "Mention": "document resolved name detectedSchema",
}
FTM["Document"] = FTM["Article"]


def check_ftm(path):
    with open(path, encoding="utf-8") as stream:
        entities = [json.loads(line) for line in stream]
    ids = {entity["id"]: entity["schema"] for entity in entities}
    for entity in entities:
        check(re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", entity["id"]), entity["id"])
        check(ids[entity["id"]] == entity["schema"], f"{entity['id']} has two schemata")
        for name, values in entity["properties"].items():
            check(name in FTM[entity["schema"]].split(), f"{entity['schema']} has no {name}")
            check(isinstance(values, list) and values, f"{name} is no list")
            check(all(isinstance(value, str) for value in values), f"{name} has other than text")
            for value in values:
                if name in ("document", "resolved", "proof"):
                    check(value in ids, f"{value} is nowhere")
                if name == "country":
                    check(re.fullmatch("[a-z]{2}", value), value)
                if name == "language":
                    check(re.fullmatch("[a-z]{3}", value), value)
                if name == "publishedAt":
                    check(re.fullmatch(r"\d{4}(-\d\d){0,2}", value), value)
        check(entity["schema"] == "Mention" or "name" in entity["properties"], "no name")
    print(sum(schema in ("Article", "Document") for schema in ids.values()))


def check_opensearch(path, mapping):
    with open(mapping, encoding="utf-8") as stream:
        fields = json.load(stream)["mappings"]["properties"]
    with open(path, encoding="utf-8") as stream:
        lines = [json.loads(line) for line in stream]
    check(len(lines) % 2 == 0, "an odd number of lines")
    for head, document in zip(lines[::2], lines[1::2]):
        check(re.fullmatch("[0-9a-f]{16}", head["index"]["_id"]), "no id")
        check(set(document) <= set(fields), f"{set(document) - set(fields)} are not mapped")
        for mention in document["mentions"]:
            check(set(mention) <= set(fields["mentions"]["properties"]), "a mention is not mapped")
    print(len(lines) // 2)


if __name__ == "__main__":
    {
        "csv": check_csv,
        "bibtex": check_bibtex,
        "graphml": check_graphml,
        "ftm": check_ftm,
        "opensearch": check_opensearch,
    }[sys.argv[1]](*sys.argv[2:])
