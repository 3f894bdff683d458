# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Entries and states that a parser takes on a target: ours and published ones."""
import collections
import json
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
TARGETS = os.path.join(HERE, "../../bpf/targets")

Row = collections.namedtuple("Row", "graph target key_bits entries states vendor by")


def published():
    with open(os.path.join(HERE, "published"), encoding="ascii") as file:
        return [Row(*line.split()) for line in file if line[0] not in "#\n"]


def graph(name):
    return os.path.join(HERE, name + ".c")


def target(name, key_bits, folder):
    """The target's file; with another key it is written to @folder."""
    path = os.path.join(TARGETS, name + ".json")
    if key_bits == "-":
        return path
    with open(path, encoding="ascii") as file:
        device = json.load(file)
    device["key_bits"] = int(key_bits)
    path = os.path.join(folder, f"{name}-{key_bits}.json")
    with open(path, "w", encoding="ascii") as file:
        json.dump(device, file)
    return path


def counts(compiler, path, device):
    """(entries, states), or what the compiler said."""
    done = subprocess.run([compiler, "show", "--tcam", "--json", path, "--target",
                           device], capture_output=True, text=True)
    if done.returncode:
        return done.stderr
    shown = json.loads(done.stdout)
    return shown["num_entries"], shown["num_states"]
