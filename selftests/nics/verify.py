#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""verify.py [--base] DIR MODEL...: what send.py left on the wire, DIR/MODEL.pcap,
as tshark judges it: TAP, a line for each kind of packet. With --base it was the
kernel without our patches, that is wrong where wrong.py says so, and only there."""

import re
import struct
import sys
from collections import defaultdict

from capture import FIELDS, Frame, dissect, sums_at, write_pcap
from inet import ones
from inject import BAD, INJECTED
from kinds import KINDS, NO_SUM
from wrong import BASE, DROPS, MODEL, NET_TX_PKT

RIGHT, WRONG, UNSEEN, UNVERIFIED = "right", "wrong", "unseen", "unverified"
TRANSPORTS, OTHERS = ("tcp", "udp", "sctp"), "other"


class Tap:
    count = failed = 0

    def line(self, passed, name, *why):
        self.count += 1
        self.failed += not passed
        print(f"{'ok' if passed else 'not ok'} {self.count} - {name}")
        if not passed:
            print(*(f"#   {line}" for line in why), sep="\n")


def judge(frame: Frame, kind=None):
    """One frame by what tshark says of all the sums in it"""
    allowed = {"1"} | set(kind.without if kind else "3")
    said = [(name, status) for name in FIELDS for status in frame.status[name]]
    if any(status == "0" or (name == "udp" and status not in allowed) for name, status in said):
        return WRONG
    if any(status not in allowed for _, status in said):
        return UNVERIFIED
    if kind and not any(name in TRANSPORTS for name, _ in said):
        return UNVERIFIED
    return RIGHT


def generic(raw, kind):
    """What csum_start and csum_offset asked for, RFC 1071"""
    data = raw[14 + kind.start:14 + len(kind.packet)]
    return RIGHT if ones(data, kind.pseudo) == 0xffff else WRONG


def is_generic(frame, kind):
    return frame.raw[14 + kind.start:][:4] == kind.port.to_bytes(2, "big") * 2


def sort(frames):
    """Kind's name -> its frames; the rest is of None"""
    kinds = {kind.port: kind for kind in KINDS + INJECTED}
    found = defaultdict(list)
    for frame in frames:
        mine = [kinds[port] for port in frame.ports if port in kinds] or [
            k for k in INJECTED if k.pseudo is not None and is_generic(frame, k)]
        found[mine[0].name if mine else None].append(frame)
    return found


def verdict(kind, frames):
    """Of all its frames, with the numbers of those that are not right"""
    if not frames:
        return UNSEEN, []
    if getattr(kind, "pseudo", None) is not None:
        said = {f.number: generic(f.raw, kind) for f in frames}
    else:
        said = {f.number: judge(f, kind) for f in frames}
    for what in (WRONG, UNVERIFIED):
        if what in said.values():
            return what, [f"frame {n}: {s}" for n, s in said.items() if s != RIGHT]
    other = [f for f in frames if f.forth and not re.search(kind.shows, f.protocols)]
    if other:
        return UNVERIFIED, [f"frame {f.number}: {f.protocols}, without {kind.shows}" for f in other]
    return RIGHT, []


def twins(path, frames, found):
    """For each sum in the first frame of each kind: a run of frames with one bit
    flipped in the last, the sum that is wrong then, the kind's name"""
    chosen = {name: mine[0] for name, mine in found.items() if name}
    places = sums_at(path, [f.number for f in chosen.values()])
    for name, frame in chosen.items():
        if frame.fragments:
            run = [frames[n - 1].raw for n in frame.fragments]
            yield run[:-1] + [flip(run[-1], -1)], "udp", -1, name
            continue
        for field, index, at in places[frame.number]:
            yield [flip(frame.raw, at)], field, index, name


def flip(raw, at):
    raw = bytearray(raw)
    raw[at] ^= 1
    return bytes(raw)


def check_twins(tap, model, path, frames, found):
    # Only what has been found right, and has a sum
    found = {kind.name: found[kind.name] for kind in KINDS + INJECTED
             if found[kind.name] and kind.what not in NO_SUM and
             verdict(kind, found[kind.name])[0] == RIGHT}
    by_hand = [kind for kind in INJECTED if kind.pseudo is not None and kind.name in found]
    missed = [kind.name for kind in by_hand for frame in found.pop(kind.name)
              if generic(flip(frame.raw, 14 + kind.start + kind.offset), kind) == RIGHT]
    runs = list(twins(f"{path}.pcap", frames, found))
    write_pcap(f"{path}.twin.pcap", [raw for run, *_ in runs for raw in run])
    judged, number = dissect(f"{path}.twin.pcap"), 0
    for run, field, index, name in runs:
        number += len(run)
        if judged[number - 1].status[field][index:][:1] != ["0"]:
            missed.append(f"{name}: {field} sum {index}, frame {number} of {path}.twin.pcap")
    missed += [f"{name}: has no sum but that of IP" for name in found
               if not any(run[3] == name and run[1] in (*TRANSPORTS, "gre") for run in runs)]
    tap.line(runs and not missed, f"{model}: a flipped bit is seen in each of {len(runs)} sums, "
             f"{len(found)} kinds of packets", *missed)


def check_kind(tap, kind, frames, model, base, sent):
    """The line of a kind: right, and arrived, if it is in neither table"""
    said, why = verdict(kind, frames)
    kernel = f"{model}: base kernel" if base else model
    reason = MODEL.get(model, {}).get(kind.name)
    lost = [line for line in sent if line.startswith(f"lost {kind.name}:")]
    if base and not reason:
        reason = BASE.get(model, {}).get(kind.name)
    wanted = RIGHT if not reason else UNSEEN if reason == DROPS else WRONG
    good = said == wanted and (base or reason or not lost)
    tap.line(good, f"{kernel}: {kind.name}: " +
             (f"{said}: {reason}" if reason else f"{len(frames)} packets, all sums right"),
             f"{len(frames)} packets: {said}, wanted: {wanted}", *why[:20], *lost)


def check_others(tap, frames, model, base):
    """What no kind has: neighbour discovery and the like"""
    kernel = f"{model}: base kernel" if base else model
    reason = MODEL.get(model, {}).get(OTHERS)
    wrong = [f for f in frames if judge(f) != RIGHT]
    # All that is left to a device here is the sum of GRE
    if reason:
        tap.line(wrong and all(f.status["gre"] for f in wrong), f"{kernel}: {len(frames)} other "
                 f"packets, sums right but {len(wrong)} of GRE: {reason}", *map(str, wrong[:20]))
    else:
        tap.line(frames and not wrong, f"{kernel}: {len(frames)} other packets, all sums right",
                 *map(str, wrong[:20]))


def check_rebuilt(tap, kernel, frames):
    """What wrong.py says of net_tx_pkt: with the address in the IPv6 header, not
    with the last one, the sum is right"""
    made = []
    for frame in (f for f in frames if f.forth):
        udp = frame.raw[54 + 8 + 8 * frame.raw[55]:]	# behind the routing header
        end = struct.pack("!II", len(udp), 17) + udp
        first, last = frame.raw[38:54], frame.raw[62:78]
        made.append([ones(frame.raw[22:38] + to + end) == 0xffff for to in (first, last)])
    tap.line(made and all(sums == [True, False] for sums in made),
             f"{kernel}: the model made the pseudo header of the wrong address", str(made))


def check_model(tap, out, model, base):
    frames = dissect(f"{out}/{model}.pcap")
    found = sort(frames)
    with open(f"{out}/{model}.sent", encoding="ascii") as file:
        sent = file.read().splitlines()
    for kind in KINDS + INJECTED:
        check_kind(tap, kind, found[kind.name], model, base, sent)
    if MODEL.get(model) is NET_TX_PKT:
        check_rebuilt(tap, f"{model}: base kernel" if base else model, found["UDP, SRv6 inline"])
    check_others(tap, found[None], model, base)
    bad = [f"refused {start} {offset}" for start, offset in BAD]
    if not base:
        tap.line(all(line in sent for line in bad), f"{model}: a sum behind the packet's end is refused",
                 *(line for line in bad if line not in sent))
        check_twins(tap, model, f"{out}/{model}", frames, found)


def main(args):
    base = args[:1] == ["--base"]
    out, *models = args[base:]
    tap = Tap()
    for model in models:
        check_model(tap, out, model, base)
    print(f"1..{tap.count}")
    sys.exit(tap.failed != 0)


main(sys.argv[1:])
