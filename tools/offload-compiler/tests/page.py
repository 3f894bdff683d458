#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""page.py PAGE [PROMPT...] [--update]: does what a page of the documentation
says, in the current folder, and prints TAP.

A code block with a caption is written to the file of that name; blocks of the
same name make one file. In a block of the language console what stands behind a
PROMPT ("$" if none is given) is run by bash, and what it prints is compared
with the lines up to the next prompt. There a line "..." stands for any lines,
and "..." in a line for any text.
--update puts what was printed into the page, where there is no "...".
"""
import difflib
import re
import subprocess
import sys

PROMPTS = re.compile(r"^(\S*[$#]) (.*)$")


class Block:
    """A code block: its options and lines, and where these stand in the page"""

    def __init__(self, language):
        self.language = language
        self.options = {}
        self.lines = []
        self.first = 0
        self.indent = ""


def indent_of(line):
    return line[:len(line) - len(line.lstrip())]


def read_blocks(lines):
    blocks = []
    at = 0
    while at < len(lines):
        match = re.match(r"( *)\.\. code-block:: (\S+)$", lines[at])
        at += 1
        if not match:
            continue
        block = Block(match.group(2))
        while at < len(lines) and lines[at].strip():
            name, value = re.match(r"\s+:(\S+): (.*)$", lines[at]).groups()
            block.options[name] = value
            at += 1
        while at < len(lines) and not lines[at].strip():
            at += 1
        block.first = at
        block.indent = indent_of(lines[at])
        while at < len(lines) and (not lines[at].strip() or
                                   lines[at].startswith(block.indent)):
            block.lines.append(lines[at][len(block.indent):])
            at += 1
        while not block.lines[-1].strip():
            block.lines.pop()
        blocks.append(block)
    return blocks


class Command:
    def __init__(self, prompt, text, line):
        self.prompt = prompt
        self.text = text
        self.first = line	# of what it prints
        self.want = []


def read_commands(block):
    commands = []
    for number, line in enumerate(block.lines):
        match = PROMPTS.match(line)
        if match:
            commands.append(Command(match.group(1), match.group(2), number + 1))
        elif not commands:
            sys.exit(f"page.py: no prompt above: {line}")
        elif commands[-1].text.endswith("\\") and not commands[-1].want:
            commands[-1].text += "\n" + line
            commands[-1].first = number + 1
        else:
            commands[-1].want.append(line.rstrip())
    return commands


def same(want, got):
    pattern = "".join("(?:.*\n)*?" if line == "..." else
                      ".*".join(map(re.escape, line.split("..."))) + "\n"
                      for line in want)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got))


class Run:
    def __init__(self, prompts):
        self.prompts = prompts
        self.files = {}
        self.commands = 0
        self.failed = False
        self.changes = []	# (first line, number of lines, new ones)

    def report(self, good, name, detail=()):
        print(("ok - " if good else "not ok - ") + name, flush=True)
        for line in detail if not good else ():
            print("# " + line.rstrip("\n"), flush=True)
        self.failed |= not good

    def write(self, name, lines):
        before = self.files.get(name)
        self.files[name] = (before + "\n" if before else "") + \
            "".join(line + "\n" for line in lines)
        with open(name, "w", encoding="utf-8") as out:
            out.write(self.files[name])

    def command(self, block, command):
        done = subprocess.run(["bash", "-c", command.text], text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        got = [line.rstrip() for line in done.stdout.splitlines()]
        good = same(command.want, got)
        self.commands += 1
        self.report(good, command.text.split("\n")[0],
                    difflib.unified_diff(command.want, got, "page", "printed",
                                         lineterm=""))
        if not good and "..." not in "".join(command.want):
            self.changes.append((block.first + command.first,
                                 len(command.want),
                                 [(block.indent + line).rstrip() for line in got]))

    def block(self, block):
        if "caption" in block.options:
            self.write(block.options["caption"], block.lines)
        elif block.language == "console":
            for command in read_commands(block):
                if command.prompt in self.prompts:
                    self.command(block, command)


def main():
    args = [arg for arg in sys.argv[1:] if arg != "--update"]
    if not args:
        sys.exit(__doc__)
    with open(args[0], encoding="utf-8") as page:
        lines = page.read().split("\n")
    run = Run(args[1:] or ["$"])
    for block in read_blocks(lines):
        run.block(block)
    run.report(run.commands, f"{args[0].rsplit('/', 1)[-1]} has commands")
    if "--update" in sys.argv:
        for first, num, new in reversed(run.changes):
            lines[first:first + num] = new
        with open(args[0], "w", encoding="utf-8") as page:
            page.write("\n".join(lines))
    sys.exit(run.failed)


main()
