# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Certificates with one thing wrong in each"""
import os
import re
import subprocess
import sys

OC = os.environ["OC"]
SOURCE = "base/good.c"
subprocess.run([OC, "prove", SOURCE, SOURCE, "--certificate", "good.proof"],
               check=True, stdout=subprocess.DEVNULL)
with open("good.proof", encoding="ascii") as file:
    GOOD = file.read()


def line(text):
    """One more claim about the first place."""
    return re.sub(r"(place .*\n)", rf"\1{text}\n", GOOD, count=1)


def other(start, text):
    """Another line for the one that starts so."""
    return re.sub(rf"{start}.*\n", f"{text}\n", GOOD, count=1)


CASES = {
    "empty": "",
    "version": GOOD.replace("proof 1", "proof 2"),
    "line-cut": GOOD[:-1],
    "end-missing": other("end", "equal 0 0"),
    "end-twice": GOOD + "end 1\n",
    "places-miscounted": other("end", "end 99"),
    "word-unknown": line("lemma 1"),
    "word-missing": line("length 0"),
    "blank-at-the-end": line("length 0 "),
    "line-too-long": line("window 1"),
    "claim-of-no-place": GOOD.replace("equal ", "window\nequal ", 1),
    "number-none": line("counting x"),
    "number-too-large": line("counting 2"),
    "list-unknown": other("place", "place 0 0 9"),
    "algorithm-long": other("first", "first sha256-of-something 00"),
    "digest-odd": other("first", "first sha256 000"),
    "digest-not-hex": other("first", "first sha256 0g"),
    "value-not-hex": line("output 0 0 const 0x1"),
    "value-too-long": line(f"output 0 0 const {'1' * 33}"),
    "value-unknown": line("output 0 0 length 1"),
    "bits-unknown": line("known 0 0 012"),
    "bits-many": line("known" + "".join(f" 0 {64 * n} 1" for n in range(40))),
    "sum-too-large": line("length 0 0 0 1 0 0 32 1048576"),
    "state-unknown": other("place", "place 999 0 0"),
    "output-unknown": line("output 60 0 const 0"),
    "about-another": other("second", "second sha256 00"),
    "start-claims-a-bit": line("known 0 0 1"),
    "start-claims-a-length": line("length 0 0 4 0"),
}

for name, text in CASES.items():
    path = name + ".proof"
    with open(path, "w", encoding="ascii") as out:
        out.write(text)
    done = subprocess.run([OC, "check-proof", path, SOURCE, SOURCE],
                          capture_output=True, text=True, check=False)
    print(done.stdout + done.stderr, end="")
    if done.returncode != 1:
        sys.exit(f"{name}: exit {done.returncode}")
