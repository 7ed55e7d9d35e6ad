"""questions.py OCSEARCH WORK PROGRAM...: ask each program and count what it got right.

WORK holds the truth (as pagegen --texts prints it), the pages in asked/, and the indexes db/,
recoll/ and omega/. A question that a program has no words for is put as near as it comes; where
there is nothing near it is left out with "-".
"""

import re
import statistics
import subprocess
import sys
import time
import unicodedata

RUNS = 7
ALL = 1000000


def plain(text):
    """Lower case, without diacritics and typographic quotes."""
    marks = unicodedata.normalize("NFKD", text)
    return "".join(c for c in marks if not unicodedata.combining(c)).lower()


class Page:
    def __init__(self, line):
        self.path, self.date, *texts = line.rstrip("\n").split("\t")
        self.text = plain("\n".join(texts))


def says(pattern):
    compiled = re.compile(pattern)
    return lambda page: compiled.search(page.text) is not None


def both(*tests):
    return lambda page: all(test(page) for test in tests)


def dated(first, last):
    return lambda page: first <= page.date[:4] <= last


# What is asked, whether a page answers it, and the words for each program.
QUESTIONS = [
    ("pages that speak of Serbia", says(r"\bserbia\b"),
     {"ocsearch": "Serbia", "recoll": "Serbia", "omega": "serbia"}),
    ("pages that speak of Andorra", says(r"\bandorra\b"),
     {"ocsearch": "Andorra", "recoll": "Andorra", "omega": "andorra"}),
    ("... of the Holy See", says(r"\bholy see\b"),
     {"ocsearch": '"Holy See"', "recoll": '"Holy See"', "omega": '"holy see"'}),
    ("organised crime, however spelled", says(r"\borgani[sz]ed crime\b"),
     {"ocsearch": '"organised crime"', "recoll": '"organised crime"',
      "omega": '"organised crime"'}),
    ("police and corruption", both(says(r"\bpolic(e|es|ed|ing)\b"), says(r"\bcorruption\b")),
     {"ocsearch": "police corruption", "recoll": "police corruption",
      "omega": "police corruption"}),
    ("words that begin with prosecut", says(r"\bprosecut"),
     {"ocsearch": "prosecut*", "recoll": "prosecut*", "omega": "prosecut*"}),
    ("published in 2016", dated("2016", "2016"),
     {"ocsearch": "date:2016", "recoll": "date:2016-01-01/2016-12-31"}),
    ("Norway, published 2010 to 2012", both(says(r"\bnorway\b"), dated("2010", "2012")),
     {"ocsearch": "Norway date:2010..2012", "recoll": "Norway date:2010-01-01/2012-12-31",
      "omega": "norway"}),
    ("border management", says(r"\bborder management\b"),
     {"ocsearch": '"border management"', "recoll": '"border management"',
      "omega": '"border management"'}),
    ("the Mission to Georgia", says(r"\bmission to georgia\b"),
     {"ocsearch": '"Mission to Georgia"', "recoll": '"Mission to Georgia"',
      "omega": '"mission to georgia"'}),
]


def command(program, ocsearch, work, words, most):
    if program == "ocsearch":
        limit = "0" if most == ALL else str(most)
        form = ["--format=csv"] if most == ALL else []
        return [ocsearch, "search", "--db", work + "/db", "--all-copies", "-n", limit, *form, words]
    if program == "recoll":
        return ["recollq", "-c", work + "/recoll", "-n", str(most), "-q", words]
    return ["quest", "--db=" + work + "/omega", "--msize=%d" % most, "--default-op=and",
            "--flags=default,wildcard", "--stemmer=english", words]


def paths(program, out, work):
    if program == "ocsearch":
        return set(re.findall(re.escape(work) + r"/asked/[\w./-]+", out))
    if program == "recoll":
        return set(re.findall(r"file://(" + re.escape(work) + r"/asked/[\w./-]+)", out))
    return {work + "/asked" + url for url in re.findall(r"^url=(/[\w./-]+)", out, re.M)}


def run(arguments):
    start = time.monotonic()
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return done.stdout, (time.monotonic() - start) * 1000


def ask(program, ocsearch, work, words, right):
    found = paths(program, run(command(program, ocsearch, work, words, ALL))[0], work)
    ten = command(program, ocsearch, work, words, 10)
    took = statistics.median(run(ten)[1] for _ in range(RUNS))
    return len(found), len(found - right), len(right - found), took


def main():
    ocsearch, work, *programs = sys.argv[1:]
    with open(work + "/truth", encoding="utf-8") as lines:
        pages = [Page(line) for line in lines]
    print(f"{len(pages)} pages. For each program: pages found, of these wrong, pages missed, "
          "milliseconds to print ten")
    print(f"{'':34}{'right':>7}" + "".join(f"   {p:>9} {'wrong':>7} {'missed':>7} {'ms':>6}"
                                           for p in programs))
    wrong = dict.fromkeys(programs, 0)
    found = dict.fromkeys(programs, 0)
    for label, answers, words in QUESTIONS:
        right = {page.path for page in pages if page.date != "-" and answers(page)}
        line = f"{label:34}{len(right):>7}"
        for program in programs:
            if program not in words:
                line += f"   {'-':>9} {'-':>7} {'-':>7} {'-':>6}"
                continue
            n, bad, missed, took = ask(program, ocsearch, work, words[program], right)
            found[program] += n
            wrong[program] += bad
            line += f"   {n:>9} {bad:>7} {missed:>7} {took:>6.0f}"
        print(line, flush=True)
    print("wrong among all found: " + ", ".join(
        f"{p} {100 * wrong[p] / max(1, found[p]):.1f} %" for p in programs))


main()
