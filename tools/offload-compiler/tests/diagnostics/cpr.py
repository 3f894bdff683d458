# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""CPRs that say what no source can; more of their faults are in cpr.test"""
import json
import os
import subprocess
import sys

OC = os.environ["OC"]


def cpr(source):
    done = subprocess.run([OC, "show", "--json", source], check=True, text=True,
                          stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def put(*path_and_value):
    *path, key, value = path_and_value

    def change(doc):
        for step in path:
            doc = doc[step]
        doc[key] = value
    return change


FIRST = ("nodes", 0)
PORTS = ("nodes", 1)
WIDE = ("maps", 1, "ternary", 0)
GOOD, WIDES = "base/good.c", "base/wide.c"
CASES = {
    "stop_of_condition": (GOOD, put(*PORTS, "require", [
        {"field": "sport", "mask": 65535, "op": "ne", "stop": "window", "value": 0}])),
    "stop_of_entry": (GOOD, put("maps", 0, "exact", 0, "target", {"stop": "truncated"})),
    "stop_of_node": (GOOD, put(*PORTS, "next", "otherwise", {"stop": "limit-nodes"})),
    "key_without_map": (GOOD, put(*PORTS, "next", "key", [{"field": "sport"}])),
    "past_header": (GOOD, put(*PORTS, "length", "min", 3)),
    "too_many_items": (GOOD, put(*PORTS, "extract", 300 * [{}])),
    "no_list": (GOOD, put("nodes", {})),
    "no_object": (GOOD, put("limits", 7)),
    "no_boolean": (GOOD, put(*FIRST, "encap", 0)),
    "no_input": (GOOD, put("inputs", ["stop_at_noon"])),
    "short_digits": (WIDES, put(*WIDE, "key", "30000000")),
    "upper_digits": (WIDES, put(*WIDE, "mask", "3FFFFFFFF")),
    "wide_digits": (WIDES, put(*WIDE, "mask", "400000000")),
    "key_past_mask": (WIDES, put(*WIDE, "mask", "000000001")),
    "no_json": (GOOD, None),
}

for name, (source, change) in CASES.items():
    doc = cpr(source)
    with open(name + ".cpr.json", "w", encoding="ascii") as out:
        if change:
            change(doc)
            json.dump(doc, out, sort_keys=True, separators=(",", ":"))
        else:
            out.write('{"cpr":1,}')
    sys.stdout.flush()
    subprocess.run([OC, "hash", name + ".cpr.json"], check=False, stderr=subprocess.STDOUT)
