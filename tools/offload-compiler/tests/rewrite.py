# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Harmless rewrites of a CPR: other nodes, maps and entries, the same parser.

A rewrite takes a Graph and a random.Random, changes the graph at a place that
this chooses, and returns whether there was one. EQUAL ones change no result.
CUTTING ones make two nodes of one header: a packet that ends between them, or is
stopped by a limit there, has other fields written, or another of these verdicts.
"""
import copy
import json

MAX_NODES = 256
MAX_PRIORITY = (1 << 31) - 1
STOP_FAIL = {"stop": "fail"}


def number(value):
    return int(value, 16) if isinstance(value, str) else value


def value(integer, bits):
    """Above 32 bits a value is a string."""
    return integer if bits <= 32 else f"{integer:0{(bits + 3) // 4}x}"


def full(bits):
    return (1 << bits) - 1


# ---- canonical form --------------------------------------------------------

def ternary_order(entry):
    is_range = "low" in entry
    low, high = ("low", "high") if is_range else ("key", "mask")
    return -entry["priority"], is_range, number(entry[low]), number(entry[high])


def names_in(node):
    """Of the fields that a node refers to."""
    text = json.dumps([node["extract"], node["length"], node["next"],
                       node["parts"], node["require"]])
    return {f["name"] for f in node["fields"] if f'"field": "{f["name"]}"' in text}


def canonical(cpr):
    """Its bytes; what nothing refers to is dropped."""
    reached, pending = set(), [cpr["root"]]
    nodes = {node["name"]: node for node in cpr["nodes"]}
    maps = {m["name"]: m for m in cpr["maps"]}
    used = set()
    while pending:
        name = pending.pop()
        if name in reached:
            continue
        reached.add(name)
        for lookup in lookups(nodes[name]):
            used.add(lookup.get("map"))
        pending += [ref["node"] for ref in references(nodes[name], maps)]
    cpr["nodes"] = sorted((n for n in cpr["nodes"] if n["name"] in reached),
                          key=lambda n: n["name"])
    cpr["maps"] = sorted((m for m in cpr["maps"] if m["name"] in used),
                         key=lambda m: m["name"])
    for node in cpr["nodes"]:
        kept = names_in(node)
        node["fields"] = sorted((f for f in node["fields"] if f["name"] in kept),
                                key=lambda f: f["name"])
    for m in cpr["maps"]:
        m["exact"].sort(key=lambda e: number(e["key"]))
        m["ternary"].sort(key=ternary_order)
    return json.dumps(cpr, sort_keys=True, separators=(",", ":"))


# ---- what a CPR consists of ---------------------------------------------------

def lookups(node):
    """Its own and those of its parts."""
    return [node["next"]] + [p["next"] for p in node["parts"] if "next" in p]


def references(node, maps):
    """All objects {"node": name} that can be reached from it in one step."""
    found = []
    for lookup in lookups(node):
        found.append(lookup["otherwise"])
        if "map" in lookup:
            m = maps[lookup["map"]]
            found += [e["target"] for e in m["exact"] + m["ternary"]]
    for part in node["parts"]:
        found += part.get("flags", [])
        found += [part["exceeded"]] if "exceeded" in part else []
    return [target for target in found if "node" in target]


class Graph:
    """A CPR, its parts by name."""

    def __init__(self, cpr):
        self.cpr = cpr
        self.nodes = {n["name"]: n for n in cpr["nodes"]}
        self.maps = {m["name"]: m for m in cpr["maps"]}

    def users(self, name):
        return [l for n in self.cpr["nodes"] for l in lookups(n)
                if l.get("map") == name]

    def to(self, name):
        """All references to a node, each once."""
        refs = {id(r): r for n in self.cpr["nodes"]
                for r in references(n, self.maps) if r["node"] == name}
        return list(refs.values())

    def new_name(self, name, taken):
        number = 2
        while f"{name[:24]}_{number}" in taken:
            number += 1
        return f"{name[:24]}_{number}"

    def add_node(self, node, name):
        node["name"] = self.new_name(name, self.nodes)
        self.cpr["nodes"].append(node)
        self.nodes[node["name"]] = node
        return {"node": node["name"]}

    def add_map(self, name, bits, exact=(), ternary=()):
        name = self.new_name(name, self.maps)
        m = {"bits": bits, "exact": list(exact), "name": name,
             "ternary": list(ternary)}
        self.cpr["maps"].append(m)
        self.maps[name] = m
        return name

    def inner(self):
        """Nodes but the root; none if there are too many for more."""
        if len(self.nodes) > MAX_NODES - 20:
            return []
        return [n for n in self.cpr["nodes"] if n["name"] != self.cpr["root"]]

    def own_map(self, lookup):
        """A map that nobody else looks up."""
        m = self.maps[lookup["map"]]
        if len(self.users(m["name"])) > 1:
            lookup["map"] = self.add_map(m["name"], m["bits"],
                                         copy.deepcopy(m["exact"]),
                                         copy.deepcopy(m["ternary"]))
        return self.maps[lookup["map"]]

    def with_map(self):
        return [l for n in self.cpr["nodes"] for l in lookups(n) if "map" in l]


def pick(rng, things):
    return rng.choice(things) if things else None


def find(m, otherwise, key):
    """Where a key leads to."""
    for e in m["exact"]:
        if number(e["key"]) == key:
            return e["target"]
    for e in sorted(m["ternary"], key=ternary_order):
        if "low" in e and number(e["low"]) <= key <= number(e["high"]):
            return e["target"]
        if "mask" in e and key & number(e["mask"]) == number(e["key"]):
            return e["target"]
    return otherwise


def make_room(m):
    """Above and below each priority; false if they are too high for that."""
    if any(e["priority"] * 4 + 4 > MAX_PRIORITY for e in m["ternary"]):
        return False
    for e in m["ternary"]:
        e["priority"] = e["priority"] * 4 + 2
    return True


def ternary(m, key, mask, priority, target):
    return {"key": value(key, m["bits"]), "mask": value(mask, m["bits"]),
            "priority": priority, "target": dict(target)}


# ---- entries -----------------------------------------------------------------------

def halve(m, entry, bit):
    """The two entries that differ in a bit which @entry leaves out."""
    key, mask = number(entry["key"]), number(entry["mask"]) | bit
    return [ternary(m, key | b, mask, entry["priority"], entry["target"])
            for b in (0, bit)]


def free_bits(m, entry):
    return [1 << i for i in range(m["bits"])
            if not number(entry["mask"]) >> i & 1]


def split_entry(graph, rng):
    """A wildcard entry as two."""
    places = [(m, e) for m in graph.cpr["maps"] for e in m["ternary"]
              if "mask" in e and free_bits(m, e)]
    if not places:
        return False
    m, entry = pick(rng, places)
    m["ternary"].remove(entry)
    kept = [e for e in halve(m, entry, pick(rng, free_bits(m, entry)))
            if not is_hidden(m, e)]
    m["ternary"] += kept
    return True


def span(m, entry):
    """Of its keys the first and the last, and the bits that all have in common."""
    if "low" in entry:
        low, high = number(entry["low"]), number(entry["high"])
        return low, high, ~full((low ^ high).bit_length())
    key = number(entry["key"])
    mask = number(entry["mask"]) if "mask" in entry else full(m["bits"])
    return key, key | (full(m["bits"]) & ~mask), mask


def hides(m, high, low):
    first, last, common = span(m, low)
    if "low" in high:
        return number(high["low"]) <= first and last <= number(high["high"])
    key, _, mask = span(m, high)
    return not mask & ~common and not (first ^ key) & mask


def is_hidden(m, entry):
    """By one that comes before it: that is an error."""
    return any(hides(m, e, entry) for e in m["exact"]) or \
        any(hides(m, e, entry) for e in m["ternary"]
            if e["priority"] > entry["priority"])


def split_range(graph, rng):
    places = [(m, e) for m in graph.cpr["maps"] for e in m["ternary"]
              if "low" in e and number(e["low"]) < number(e["high"])]
    if not places:
        return False
    m, entry = pick(rng, places)
    cut = rng.randrange(number(entry["low"]), number(entry["high"]))
    m["ternary"].append({**entry, "low": value(cut + 1, m["bits"]),
                         "target": dict(entry["target"])})
    entry["high"] = value(cut, m["bits"])
    return True


def join_entries(graph, rng):
    """Two exact entries as a wildcard."""
    places = []
    for m in graph.cpr["maps"]:
        for i, a in enumerate(m["exact"]):
            for b in m["exact"][:i]:
                bit = number(a["key"]) ^ number(b["key"])
                if not bit & (bit - 1) and a["target"] == b["target"]:
                    places.append((m, a, b, bit))
    if not places:
        return False
    m, a, b, bit = pick(rng, places)
    top = max([e["priority"] for e in m["ternary"]], default=0)
    if top == MAX_PRIORITY:
        return False
    m["exact"] = [e for e in m["exact"] if e is not a and e is not b]
    m["ternary"].append(ternary(m, number(a["key"]) & ~bit,
                                full(m["bits"]) ^ bit, top + 1, a["target"]))
    return True


def add_redundant(graph, rng):
    """An exact entry for a key that leads there without it."""
    lookup = pick(rng, graph.with_map())
    if lookup is None:
        return False
    m = graph.own_map(lookup)
    keys = [number(e["key"]) ^ 1 << rng.randrange(m["bits"])
            for e in m["exact"] + m["ternary"] if "key" in e]
    for _ in range(rng.randrange(1, 4)):
        key = pick(rng, keys + [rng.getrandbits(m["bits"])])
        if any(number(e["key"]) == key for e in m["exact"]) or \
                any("mask" in e and number(e["mask"]) == full(m["bits"]) or
                    "low" in e for e in m["ternary"]):
            continue
        target = dict(find(m, lookup["otherwise"], key))
        m["exact"].append({"key": value(key, m["bits"]), "target": target})
    return True


def write_default(graph, rng):
    """What no entry matches goes by two entries; otherwise is never used."""
    lookup = pick(rng, graph.with_map())
    if lookup is None or "part" in lookup["otherwise"]:
        return False
    m = graph.own_map(lookup)
    if not make_room(m):
        return False
    rest = ternary(m, 0, 0, 0, lookup["otherwise"])
    m["ternary"] += [e for e in halve(m, rest, 1 << rng.randrange(m["bits"]))
                     if not is_hidden(m, e)]
    lookup["otherwise"] = dict(STOP_FAIL)
    return True


def add_unreachable(graph, rng):
    """An entry that the two halves of another one hide."""
    lookup = pick(rng, graph.with_map())
    if lookup is None:
        return False
    m = graph.own_map(lookup)
    entry = pick(rng, [e for e in m["ternary"]
                       if "mask" in e and free_bits(m, e)])
    if entry is None or not make_room(m):
        return False
    halves = halve(m, entry, pick(rng, free_bits(m, entry)))
    for half in halves:
        half["priority"] += 1
    m["ternary"] += [e for e in halves if not is_hidden(m, e)]
    entry["target"] = dict(STOP_FAIL)
    return True


def copy_map(graph, rng):
    lookup = pick(rng, [l for l in graph.with_map()
                        if len(graph.users(l["map"])) > 1])
    return lookup is not None and bool(graph.own_map(lookup))


# ---- nodes -------------------------------------------------------------------------

def copy_node(graph, rng):
    """Some of those that go on to a node go on to its copy."""
    node = pick(rng, [n for n in graph.inner()
                      if not n["repeat"] and len(graph.to(n["name"])) > 1])
    if node is None:
        return False
    refs = graph.to(node["name"])
    target = graph.add_node(copy.deepcopy(node), node["name"])
    for ref in rng.sample(refs, rng.randrange(1, len(refs))):
        ref["node"] = target["node"]
    return True


def empty_node(graph, rng):
    """A node without bytes before another, whoever goes on to that."""
    node = pick(rng, [n for n in graph.inner() if graph.to(n["name"])])
    if node is None:
        return False
    refs = graph.to(node["name"])
    empty = bare_node(node)
    empty.update(fields=[], overlay=True,
                 length={"add": 0, "min": 0, "rest": False, "terms": []})
    lead_to(empty, [], {"node": node["name"]})
    target = graph.add_node(empty, node["name"])
    for ref in refs:
        ref["node"] = target["node"]
    return True


def bare_node(node):
    """One for the same header that only moves on."""
    node = copy.deepcopy(node)
    node.update(actions=[], counted=False, encap=False, extract=[], parts=[],
                repeat=0, require=[])
    return node


def lead_to(node, key, otherwise, map_name=None):
    node["next"] = {"key": key, "otherwise": otherwise}
    if map_name:
        node["next"]["map"] = map_name


def split_node(graph, rng):
    """Its checks, and some of what it extracts, then the rest and the lookup."""
    node = pick(rng, [n for n in graph.inner() if not n["parts"]])
    if node is None:
        return False
    rest = bare_node(node)
    if not node["actions"]:
        moved = [e for e in node["extract"] if rng.randrange(2)]
        rest["extract"] = copy.deepcopy(moved)
        node["extract"] = [e for e in node["extract"] if e not in moved]
    node["overlay"] = True
    lead_to(node, [], graph.add_node(rest, node["name"]))
    return True


def bits_of(node, key):
    field = next(f for f in node["fields"] if f["name"] == key["field"])
    return field["bits"]


def cut_key(node, rng):
    """A key as upper and lower part, the width of the lower; or None."""
    key = node["next"]["key"]
    widths = [1 if "input" in k else bits_of(node, k) for k in key]
    if len(key) > 1:
        at = rng.randrange(1, len(key))
        return key[:at], key[at:], sum(widths[at:])
    if not key or "input" in key[0] or widths[0] < 2:
        return None
    field = next(f for f in node["fields"] if f["name"] == key[0]["field"])
    low = rng.randrange(1, widths[0])
    names = [f"{field['name'][:20]}_{part}{field['bits']}_{low}"
             for part in ("high", "low")]
    node["fields"] += [
        {"bits": widths[0] - low, "name": names[0], "offset": field["offset"]},
        {"bits": low, "name": names[1],
         "offset": field["offset"] + widths[0] - low}]
    return [{"field": names[0]}], [{"field": names[1]}], low


def split_key(graph, rng):
    """One lookup as two, the second one for each upper part of a key."""
    node = pick(rng, [n for n in graph.inner() if "map" in n["next"] and
                      not n["parts"] and
                      not graph.maps[n["next"]["map"]]["ternary"]])
    cut = node and cut_key(node, rng)
    if not cut:
        return False
    high, low, bits = cut
    m, otherwise = graph.maps[node["next"]["map"]], node["next"]["otherwise"]
    groups = {}
    for e in m["exact"]:
        key = number(e["key"])
        groups.setdefault(key >> bits, []).append(
            {"key": value(key & full(bits), bits), "target": dict(e["target"])})
    if len(groups) > 8:
        return False
    exact = []
    for upper, entries in sorted(groups.items()):
        rest = bare_node(node)
        lead_to(rest, low, dict(otherwise),
                graph.add_map(m["name"], bits, entries))
        exact.append({"key": value(upper, m["bits"] - bits),
                      "target": graph.add_node(rest, node["name"])})
    rest = bare_node(node)
    lead_to(rest, [], dict(otherwise))
    lead_to(node, high, graph.add_node(rest, node["name"]),
            graph.add_map(m["name"], m["bits"] - bits, exact))
    node["overlay"] = True
    return True


def as_entries(m, cond, target):
    """The condition's entries and otherwise, if @target follows when it holds."""
    bits, op = m["bits"], cond["op"]
    at, stop = number(cond["value"]), {"stop": cond["stop"]}
    if op in ("eq", "ne"):
        targets = (target, stop) if op == "eq" else (stop, target)
        return [ternary(m, at, number(cond["mask"]), 0, targets[0])], targets[1]
    low, high = {"lt": (0, at - 1), "le": (0, at), "gt": (at + 1, full(bits)),
                 "ge": (at, full(bits))}[op]
    if low > high:
        return None, None
    return [{"low": value(low, bits), "high": value(high, bits), "priority": 0,
             "target": target}], stop


def condition_as_entries(graph, rng):
    """The last one that a node requires."""
    def fits(node):
        cond = node["require"][-1] if node["require"] else {}
        return "field" in cond and not node["actions"] and \
            (cond["op"] in ("eq", "ne") or
             number(cond["mask"]) == full(bits_of(node, cond))) and \
            not number(cond["value"]) & ~number(cond["mask"])

    node = pick(rng, [n for n in graph.inner() if fits(n)])
    if node is None:
        return False
    cond, bits = node["require"][-1], bits_of(node, node["require"][-1])
    rest = bare_node(node)
    rest.update(extract=node["extract"], parts=node["parts"], next=node["next"])
    name = graph.add_map("condition", bits)
    entries, otherwise = as_entries(graph.maps[name], cond,
                                    {"node": graph.new_name(node["name"],
                                                            graph.nodes)})
    if entries is None:
        return False
    graph.maps[name]["ternary"] = entries
    graph.add_node(rest, node["name"])
    node.update(extract=[], parts=[], overlay=True, require=node["require"][:-1])
    lead_to(node, [{"field": cond["field"]}], otherwise, name)
    return True


# ---- headers --------------------------------------------------------------------------

def cuts(node):
    """Bytes between which the node's header can be cut."""
    last = [e["type"] for e in node["extract"] if e["type"] == "length"]
    if node["overlay"] or node["parts"] or node["actions"] or last:
        return []
    late = {k["field"] for k in node["next"]["key"] if "field" in k}
    late |= {t["field"] for t in node["length"]["terms"]}
    late |= {f["name"] for f in node["fields"]
             if f'"field": "{f["name"]}"' in json.dumps(node["require"])}
    free = not node["require"] and not node["length"]["terms"]
    places = []
    for at in range(8, 8 * node["length"]["min"], 8):
        across = [f for f in node["fields"]
                  if f["offset"] < at < f["offset"] + f["bits"]]
        early = {f["name"] for f in node["fields"] if f["offset"] < at}
        writes = any(e.get("field") in early or e["type"] != "field"
                     for e in node["extract"])
        if not across and not early & late and (free or not writes):
            places.append(at // 8)
    return places


def split_header(graph, rng):
    """A node for the first bytes of a header, another for the rest."""
    node = pick(rng, [n for n in graph.inner() if cuts(n)])
    if node is None:
        return False
    at = pick(rng, cuts(node))
    rest = bare_node(node)
    rest["require"], node["require"] = node["require"], []
    rest["next"] = node["next"]
    rest["length"]["add"] -= 0 if rest["length"]["rest"] else at
    rest["length"]["min"] -= at
    node["length"] = {"add": at, "min": at, "rest": False, "terms": []}
    rest["fields"] = [{**f, "offset": f["offset"] - 8 * at}
                      for f in node["fields"] if f["offset"] >= 8 * at]
    late = {f["name"] for f in rest["fields"]}
    rest["extract"] = [e for e in node["extract"]
                       if e.get("field") in late or e["type"] == "end"]
    node["extract"] = [e for e in node["extract"] if e not in rest["extract"]]
    node["fields"] = [f for f in node["fields"] if f["name"] not in late]
    lead_to(node, [], graph.add_node(rest, node["name"]))
    return True


EQUAL = (split_entry, split_range, join_entries, add_redundant, write_default,
         add_unreachable, copy_map, copy_node, split_node, split_key,
         condition_as_entries)
CUTTING = (empty_node, split_header)


def rewrite(text, rng, number, kinds=EQUAL):
    """The CPR @text after up to @number rewrites, and their names."""
    cpr, done = json.loads(text), []
    for _ in range(4 * number):
        kind = rng.choice(kinds)
        tried = copy.deepcopy(cpr)
        if len(done) < number and kind(Graph(tried), rng) and not any(
                is_hidden(m, e) for m in tried["maps"] for e in m["ternary"]):
            canonical(tried)
            cpr = tried
            done.append(kind.__name__)
    return canonical(cpr), done
