# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""table.py COMPILER: TCAM entries of the graphs, ours beside published ones."""
import sys
import tempfile

import counts

COLUMNS = "{:14} {:10} {:>4} {:>6} {:>7} {:>9} {:>7}  {:6} {}"


def print_row(compiler, row, folder):
    device = counts.target(row.target, row.key_bits, folder)
    ours = counts.counts(compiler, counts.graph(row.graph), device)
    if isinstance(ours, str):
        print(f"{row.graph:14} {row.target:10} {ours.strip()}")
        return
    entries, states = ours
    order = ""
    if row.entries != "-":
        diff = entries - int(row.entries)
        order = "fewer" if diff < 0 else "equal" if diff == 0 else "more"
    print(COLUMNS.format(row.graph, row.target, row.key_bits, states, entries,
                         row.entries, row.vendor, order, row.by))


def main(compiler):
    rows = counts.published()
    graphs = list(dict.fromkeys(row.graph for row in rows))
    rows += [counts.Row(graph, "netdevsim", "-", "-", "-", "-", "")
             for graph in graphs]
    print(COLUMNS.format("graph", "target", "key", "states", "entries",
                         "published", "vendor", "", ""))
    with tempfile.TemporaryDirectory() as folder:
        for row in rows:
            print_row(compiler, row, folder)


main(*sys.argv[1:])
