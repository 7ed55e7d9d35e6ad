"""Run the commands of README.md as they are written there, and compare what they print with what it shows.

A command stands behind "$ " in a block; it goes on while a quote is open or its line ends with a bar.
What follows up to the next command, an empty line or the end of the block is its output; where there
is none, it must print something or create a file.  White space may differ, since lines are folded for
the page only, and so may the ids, which are made of paths."""

import re
import subprocess
import sys

readme, pages, index = sys.argv[1:4]


def commands(text):
    for block in re.findall(r"(?ms)^```\n(.*?)^```$", text):
        lines = block.splitlines()
        while lines:
            line = lines.pop(0)
            if not line.startswith("$ "):
                continue
            command = line[2:]
            while command.count("'") % 2 == 1 or command.endswith("|"):
                command += "\n" + lines.pop(0)
            output = []
            while lines and lines[0] and not lines[0].startswith("$ "):
                output.append(lines.pop(0))
            yield command, "\n".join(output)


def plain(text):
    return re.sub(r"\b[0-9a-f]{16}\b", "ID", " ".join(text.split()))


def here(text):
    return text.replace("/srv/pages", pages).replace("/srv/ocsearch/index", index)


failed = count = 0
for command, shown in commands(open(readme, encoding="utf-8").read()):
    count += 1
    new = "export OCSEARCH_DB=" + index + "\n" if command.startswith("ocsearch index") else ""
    run = subprocess.run(["sh", "-c", new + here(command)], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE, encoding="utf-8", stdin=subprocess.DEVNULL)
    got = run.stdout + run.stderr
    if shown and plain(here(shown)) != plain(got):
        print("not what README.md shows: %s\n  shown: %s\n  got:   %s"
              % (command, plain(here(shown)), plain(got)))
        failed += 1
    elif not shown and run.returncode != 0:
        print("exit %d: %s\n%s" % (run.returncode, command, got))
        failed += 1
    elif not shown and not run.stdout and not re.search(r"export|saved add", command):
        print("nothing printed: %s" % command)
        failed += 1
if count < 14:
    print("only %d commands were found in README.md" % count)
    failed += 1
sys.exit(failed > 0)
