# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""A parser that somebody wrote who has cpr.rst and nothing else: steps and
names are the page's. parse() takes the document of `show --json`."""


class Verdict(Exception):
    """The parse ends."""


class Area:
    """What visits move through: @end is that of a part's area, or of the frame."""

    def __init__(self, base, end, is_part):
        self.base, self.end, self.is_part = base, end, is_part


def number(value):
    return int(value, 16) if isinstance(value, str) else value


class Parse:
    def __init__(self, cpr, frame, inputs):
        self.cpr, self.frame, self.inputs = cpr, frame, inputs
        self.nodes = {n["name"]: n for n in cpr["nodes"]}
        self.maps = {m["name"]: m for m in cpr["maps"]}
        self.outputs = {o["name"]: o for o in cpr["outputs"]}
        self.counter_of = {c["name"]: c for c in cpr["counters"]}
        self.counters = {name: 0 for name in self.counter_of}
        self.visits = {name: 0 for name in self.nodes}
        self.encaps = self.node_count = 0
        self.origin = None
        self.written = {}

    def bits(self, fields, name, base):
        field = next(f for f in fields if f["name"] == name)
        first, last = field["offset"], field["offset"] + field["bits"]
        data = self.frame[base + first // 8:base + (last + 7) // 8]
        value = int.from_bytes(data, "big") >> -last % 8
        return value & ((1 << field["bits"]) - 1)

    def length(self, node, length, base):
        return length["add"] + sum(self.bits(node["fields"], t["field"], base) * t["times"]
                                   for t in length["terms"])

    # Step 1
    def reset(self, node, counters):
        for name, counter in self.counter_of.items():
            if node["encap"] and counter["encap_resets"]:
                counters[name] = 0

    def act(self, action, counters):
        counter, name = self.counter_of[action["counter"]], action["counter"]
        if action["op"] == "reset":
            counters[name] = 0
        elif counters[name] < counter["max"]:
            counters[name] += 1
        elif not counter["saturate"]:
            raise Verdict("limit-counter")

    def limits(self, node, area):
        limits, name = self.cpr["limits"], node["name"]
        if node["encap"] and self.encaps + 1 > limits["encaps"]:
            raise Verdict("limit-encaps")
        if node["counted"] and self.node_count + 1 > limits["nodes"]:
            raise Verdict("limit-nodes")
        if node["repeat"] and self.visits[name] + 1 > node["repeat"]:
            raise Verdict("limit-repeat")
        tried = dict(self.counters)
        self.reset(node, tried)
        for action in node["actions"]:
            self.act(action, tried)
        self.encaps += node["encap"]
        self.node_count += node["counted"]
        self.visits[name] += 1
        self.reset(node, self.counters)
        if node["counted"] and self.origin is None:
            self.origin = area.base

    # The end of step 1, 2 and 3
    def readable(self, area, base, count):
        if area.is_part and base + count > area.end:
            raise Verdict("bad-length")
        if self.origin is not None and base + count - self.origin > self.cpr["limits"]["bytes"]:
            raise Verdict("window")
        if base + count > len(self.frame):
            raise Verdict("truncated")

    # Step 5
    def holds(self, cond, fields, base):
        for word, test in (("all", all), ("any", any)):
            if word in cond:
                return test(self.holds(c, fields, base) for c in cond[word])
        a = self.bits(fields, cond["field"], base) & number(cond["mask"])
        b = number(cond["value"])
        return {"eq": a == b, "ne": a != b, "lt": a < b, "le": a <= b, "gt": a > b,
                "ge": a >= b}[cond["op"]]

    # Step 6
    def extract(self, item, node, base, length):
        frame = min(len(self.frame), 65535)
        value = {
            "field": lambda: self.bits(node["fields"], item["field"], base),
            "constant": lambda: number(item["value"]),
            "start": lambda: min(base + item["add"], frame),
            "end": lambda: min(base + length, frame),
            "length": lambda: min(length, 65535),
            "counter": lambda: self.counters[item["counter"]],
            "nodes": lambda: self.node_count,
            "encaps": lambda: self.encaps,
        }[item["type"]]()
        name, output = item["output"], self.outputs[item["output"]]
        if "count" in output:
            index = output["index"]
            index = self.encaps if index == "encaps" else self.counters[index["counter"]]
            if index >= output["count"]:
                if output["overflow"] == "drop":
                    return
                index = output["count"] - 1
            name += f"[{index}]"
        self.written[name] = value

    # Step 8, and c of a loop
    def look_up(self, lookup, fields, base):
        if "map" not in lookup:
            return lookup["otherwise"]
        key = 0
        for operand in lookup["key"]:
            if "input" in operand:
                key = key << 1 | (operand["input"] in self.inputs)
            else:
                width = next(f["bits"] for f in fields if f["name"] == operand["field"])
                key = key << width | self.bits(fields, operand["field"], base)
        entries = self.maps[lookup["map"]]
        for entry in entries["exact"]:
            if number(entry["key"]) == key:
                return entry["target"]
        found = [e for e in entries["ternary"] if
                 (number(e["low"]) <= key <= number(e["high"]) if "low" in e else
                  key & number(e["mask"]) == number(e["key"]))]
        return max(found, key=lambda e: e["priority"])["target"] if found else lookup["otherwise"]

    def visit(self, node, area):
        base = area.base
        self.limits(node, area)
        self.readable(area, base, node["length"]["min"])
        length = (area.end - base if node["length"]["rest"] else
                  self.length(node, node["length"], base))
        if length < node["length"]["min"] or (area.is_part and base + length > area.end):
            raise Verdict("bad-length")
        for cond in node["require"]:
            if not self.holds(cond, node["fields"], base):
                raise Verdict(cond["stop"])
        for before in (True, False):
            for action in node["actions"]:
                if action["before"] == before:
                    self.act(action, self.counters)
            for item in node["extract"] if before else ():
                self.extract(item, node, base, length)
        self.parts(node, base, length)
        if not node["overlay"]:
            area.base += length
        return self.look_up(node["next"], node["fields"], base)

    def visits_from(self, target, area):
        """Up to again or done"""
        while "node" in target:
            target = self.visit(self.nodes[target["node"]], area)
        if "stop" in target:
            raise Verdict(target["stop"])
        return target["part"]

    # Step 7
    def parts(self, node, base, length):
        ended = base + node["length"]["min"]
        for part in node["parts"]:
            start = base + part["start"] if "start" in part else ended
            end = start + self.length(node, part["area"], base) if "area" in part else base + length
            if end < start or end > base + length:
                raise Verdict("bad-length")
            area = Area(start, end, True)
            if part["type"] == "loop":
                self.loop(part, area)
                ended = end
            else:
                self.flags(part, node, base, area)
                ended = area.base

    def loop(self, part, area):
        count = 0
        while area.base != area.end:
            if count == part["max"]:
                self.visits_from(part["exceeded"], area)
                return
            if part["need"]:
                self.readable(area, area.base, part["need"])
            target = self.look_up(part["next"], part["fields"], area.base)
            count += 1
            if self.visits_from(target, area) == "done":
                return

    def flags(self, part, node, base, area):
        for flag in part["flags"]:
            value = self.bits(node["fields"], flag["field"], base)
            if value & number(flag["mask"]) != number(flag["value"]):
                continue
            if "node" in flag:
                if self.visits_from({"node": flag["node"]}, area) == "done":
                    return
            elif area.base + flag["skip"] > area.end:
                raise Verdict("bad-length")
            else:
                area.base += flag["skip"]


def parse(cpr, frame, inputs=()):
    """Verdict, counted nodes, levels, and the outputs that were written"""
    p = Parse(cpr, frame, inputs)
    try:
        p.visits_from({"node": cpr["root"]}, Area(0, len(frame), False))
        raise AssertionError("a parse ended with a part")
    except Verdict as verdict:
        return str(verdict), p.node_count, p.encaps, p.written
