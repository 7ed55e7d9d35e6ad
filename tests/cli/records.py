"""Look at what ocsearch printed.

check SCHEMA FILE TYPE...   every record is valid, and records of all these types are there; a doc
                            is a whole one, unless --fields is among the types
check-all SCHEMA LIST       the same of many files: of each a line with its name, its types and what
                            printed it, with tabs between them
types SCHEMA MANUAL         the types of records, after comparing the schema with the manual page
rows csv|tsv FILE           every row has the columns of the first
spans FILE                  of the document in FILE: id, raw span and surface of its exact mentions,
                            after comparing each with the page
"""

import csv
import json
import re
import sys


def read_records(path):
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    if text.startswith("["):
        return json.loads(text)
    return [json.loads(line) for line in text.splitlines()]


def validators_of(schema_path):
    try:
        import jsonschema
    except ImportError:
        sys.exit("python3-jsonschema is not installed, and this test is nothing without it")
    with open(schema_path, encoding="utf-8") as stream:
        schema = json.load(stream)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    more = {k: v for k, v in schema["$defs"]["whole_doc"].items() if k != "allOf"}  # seen to above
    return validator, jsonschema.Draft202012Validator(more)


def check(schema_path, path, *types):
    check_file(validators_of(schema_path), path, types)


def check_all(schema_path, list_path):
    validators, wrong = validators_of(schema_path), []
    with open(list_path, encoding="utf-8") as stream:
        entries = [line.rstrip("\n").split("\t") for line in stream]
    for path, types, command in entries:
        try:
            check_file(validators, path, types.split())
        except SystemExit as why:
            wrong.append(f"{command}: {why}")
    if wrong or not entries:
        sys.exit("\n".join(wrong) or "nothing to check")


def check_file(validators, path, types):
    validator, whole = validators
    types, cut = [t for t in types if t != "--fields"], "--fields" in types
    seen = set()
    for number, record in enumerate(read_records(path), 1):
        seen.add(record.get("type"))
        errors = list(validator.iter_errors(record))
        if record.get("type") == "doc" and not cut:
            errors += whole.iter_errors(record)
        for error in errors:
            place = "/".join(str(step) for step in error.absolute_path)
            sys.exit(f"record {number}, {place}: {error.message[:300]}")
        check_snippets(number, record)
    missing = set(types) - seen
    if missing:
        sys.exit(f"no record of type {', '.join(sorted(missing))}")


def check_snippets(number, record):
    """Matches lie within their text, in order; a schema cannot say that."""
    for snippet in record.get("snippets", []):
        end = 0
        for first, last in snippet["match"]:
            if not end <= first < last <= len(snippet["text"]):
                sys.exit(f"record {number}: match {first}..{last} of {snippet['text']!r}")
            end = last


def types(schema_path, manual_path):
    with open(schema_path, encoding="utf-8") as stream:
        schema = json.load(stream)["$defs"]
    with open(manual_path, encoding="utf-8") as stream:
        manual = stream.read().replace("\\-", "-").split(".SH RECORDS\n")[1].split(".SH")[0]
    parts = re.split(r"(?m)^\.SS (.*)\n", manual)
    sections = dict(zip(parts[1::2], parts[2::2]))
    described = [name for name in parts[1::2] if name != "mentions"]
    names = schema["record"]["properties"]["type"]["enum"]
    defined = [name for name in schema if name in names]
    if not names == described == defined:
        sys.exit(f"not in the same order: {names}, {described}, {defined}")
    for name in names:
        keys = set(schema[name].get("properties", {})) - set(re.findall(r"[a-z_]+", sections[name]))
        keys -= {"type", "schema", "raw_exact"}  # told once, for all
        if keys:
            sys.exit(f"{name}: the manual page has no {', '.join(sorted(keys))}")
    print("\n".join(names))


def rows(form, path):
    with open(path, encoding="utf-8", newline="") as stream:
        if form == "csv":
            table = list(csv.reader(stream, strict=True))
        else:
            table = [line.split("\t") for line in stream.read().split("\n")[:-1]]
    if len(table) < 2:
        sys.exit("no rows")
    for number, row in enumerate(table, 1):
        if len(row) != len(table[0]):
            sys.exit(f"row {number} has {len(row)} values: {row}")


def spans(path):
    (document,) = read_records(path)
    with open(document["path"], "rb") as stream:
        page = stream.read()
    for mention in document["mentions"]:
        if not mention.get("raw_exact", True) or "\n" in mention["surface"]:
            continue
        first, last = mention["raw"]
        if page[first:last] != mention["surface"].encode():
            sys.exit(f"{first}..{last} has {page[first:last]!r}, not {mention['surface']!r}")
        print(document["id"], f"{first}..{last}", mention["surface"], sep="\t")


if __name__ == "__main__":
    {"check": check, "check-all": check_all, "types": types, "rows": rows, "spans": spans}[sys.argv[1]](*sys.argv[2:])
