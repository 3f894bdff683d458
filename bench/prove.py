#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""prove.py OC PEAK FOLDER: what proofs cost, beside what is published.

Each line is one run of `prove` and one of `check-proof` on its certificate, as
whole processes; of rewritten forms the slowest and the largest. Exits 1 if
anything is not proved, or if a certificate is not valid.
"""
import os
import random
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.append(os.path.join(ROOT, "tools/offload-compiler/tests"))
import rewrite      # noqa: E402, it is there

OC, PEAK, FOLDER = sys.argv[1:]
FORMS, REWRITES = 20, 6
failed = False

# Octopus (CAV 2026), at most 64 MiB each; Leapfrog (PLDI 2022) needed 9 hours and
# 250 GB for the edge router's graph, which is no public fact, and its compiled form
PAIRS = (("rearranged", "state rearrangement", "0.12 s"),
         ("speculative", "speculative extraction", "0.20 s"),
         ("initialised", "header initialisation", "0.22 s"))
GRAPHS = (("bench/tcam/enterprise.c", "53.2 s"), ("bench/tcam/datacenter.c", "70.6 s"))
BODIES = (("bench/tcam/enterprise.c", "7.2 s (edge)"), ("bench/tcam/datacenter.c", ""),
          ("bpf/flow_dissector.c", ""), ("bpf/examples/big.c", ""))


def path(name):
    return os.path.join(FOLDER, name)


def measured(*args):
    """What was said, seconds, MiB."""
    global failed
    done = subprocess.run([PEAK, OC, *args], capture_output=True, text=True, check=False)
    if done.returncode:
        failed = True
        print(done.stdout + done.stderr, file=sys.stderr, end="")
    seconds, kib = done.stderr.split()[-2:]
    return done.stdout.split(":")[0], float(seconds), float(kib) / 1024


def proved(one, other):
    """Of `prove` and of `check-proof`."""
    proof = path("bench.proof")
    if os.path.exists(proof):
        os.remove(proof)
    said = measured("prove", one, other, "--certificate", proof)
    if said[0] != "equal":
        return said, ("", 0, 0)
    return said, measured("check-proof", proof, one, other)


def show(name, results, published):
    """The worst of some results."""
    said = {answer[0] for answer, _ in results}
    print(f"{name:38} {'/'.join(sorted(said)):9}", end="")
    for i in range(2):
        print(f" {max(r[i][1] for r in results):7.3f} s {max(r[i][2] for r in results):6.1f} MiB",
              end="")
    print(f"   {published}".rstrip(), flush=True)


def cpr(source):
    name = path(os.path.basename(source)[:-2] + ".cpr.json")
    with open(name, "w", encoding="ascii") as out:
        subprocess.run([OC, "show", "--json", os.path.join(ROOT, source)], check=True,
                       stdout=out)
    return name


def image(source):
    """XDP: it leaves the outputs of any graph as they are."""
    subprocess.run([OC, "build", "--prog", "xdp", "--validate", "none", "-o", FOLDER,
                    os.path.join(ROOT, source)], check=True, stdout=subprocess.DEVNULL)
    return path(os.path.basename(source)[:-2] + ".npi")


def rewritten(base):
    """Other nodes, maps and entries for the same parser, by fixed seeds."""
    with open(base, encoding="ascii") as file:
        text = file.read().strip()
    for i in range(FORMS):
        form = path("form.cpr.json")
        with open(form, "w", encoding="ascii") as out:
            rng = random.Random(f"{os.path.basename(base)} {i}")
            out.write(rewrite.rewrite(text, rng, REWRITES)[0])
        yield form


os.makedirs(FOLDER, exist_ok=True)
print(f"{'':48} {'prove':>9} {'at most':>10} {'check':>9} {'at most':>10}   Octopus")
for pair, title, figure in PAIRS:
    show(title, [proved(cpr(f"bench/prove/{pair}.c"), cpr(f"bench/prove/{pair}_other.c"))],
         figure)
for graph, figure in GRAPHS:
    source_cpr, title = cpr(graph), os.path.basename(graph)[:-2]
    show(f"{title}, itself", [proved(source_cpr, source_cpr)], figure)
    show(f"{title}, {FORMS} rewritten forms",
         [proved(source_cpr, form) for form in rewritten(source_cpr)], "")
for graph, figure in BODIES:
    show(f"{os.path.basename(graph)[:-2]}, its TCAM program",
         [proved(cpr(graph), image(graph))], figure)
sys.exit(failed)
