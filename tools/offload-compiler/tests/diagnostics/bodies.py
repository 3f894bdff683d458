# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Objects and images that say what their CPR does not, or that are for another device"""
import hashlib
import os
import shutil
import struct
import subprocess
import sys

sys.path.append("base")
from npi import packed, sections

OC = os.environ["OC"]
# Sections: program, CPR, tables, payload, and its proof with a digest of that
HEADER, SECTION, PAYLOAD, PROOF, PROVED = 24, 48, 3, 4, 120


def tool(*args):
    sys.stdout.flush()
    subprocess.run([OC, *args], check=False, stderr=subprocess.STDOUT)


def content(name):
    with open(name, "rb") as file:
        return bytearray(file.read())


def write(name, data):
    with open(name, "wb") as out:
        out.write(data)


def replaced(data, old, new):
    assert data.count(old) >= 1 and len(old) == len(new)
    return data.replace(old, new)


subprocess.run([OC, "build", "base/good.c", "-o", ".", "--validate", "none"], check=True, stdout=subprocess.DEVNULL)
image, body = content("good.npi"), content("good.bpf.o")


def place(number):
    """Offset and size of a section."""
    return struct.unpack_from("<II", image, HEADER + SECTION * number + 8)


payload, size = place(PAYLOAD)
proof, _ = place(PROOF)
tag = b"netprog:parser:sha256:"
at = body.index(tag) + len(tag)
other = bytearray(body)
other[at] = ord("0") if other[at] != ord("0") else ord("1")
write("tag.bpf.o", other)
write("longer.bpf.o", body + b"x")
write("older.bpf.o", replaced(body, b"Clang 19", b"Clang 18"))
shutil.copy("good.bpf.o", "untagged.bpf.o")
subprocess.run(["llvm-objcopy-19", "--remove-section=.BTF", "untagged.bpf.o"], check=True)
subprocess.run(["clang-19", "-target", "bpfel", "-c", "-o", "foreign.o", "-x", "c",
                "/dev/null"], check=True)
for name in ("tag.bpf.o", "untagged.bpf.o", "foreign.o"):
    tool("hash", name)
tool("verify", "longer.bpf.o")
tool("verify", "older.bpf.o")
tool("verify", "good.cpr.json")

changed = bytearray(image)
changed[payload] ^= 1
write("another.npi", changed)
tool("verify", "another.npi")
changed[proof + PROVED:proof + PROVED + 32] = hashlib.sha256(
    changed[payload:payload + size]).digest()
write("payload.npi", changed)
tool("verify", "payload.npi")
METHOD, VERSION, CPR, CERTIFICATE = 0, 16, 56, 184
for member, offset in (("method", METHOD), ("version", VERSION), ("cpr", CPR),
                       ("certificate", CERTIFICATE), ("behind", CERTIFICATE + 32)):
    changed = bytearray(image)
    changed[proof + offset] ^= 1
    write(member + ".npi", changed)
    tool("verify", member + ".npi")
parts = sections(image)
write("unproved.npi", packed(parts[:PROOF]))
tool("verify", "unproved.npi")
tool("show", "--proof", "unproved.npi")
tool("show", "--proof", "good.cpr.json")
write("signed.npi", packed([*parts, [5, 0, bytes(32), b"signature"]]))
tool("verify", "signed.npi")

# One of which `prove` can say nothing, with a proof
subprocess.run([OC, "build", "base/repeats.c", "-o", ".", "--validate", "none"],
               check=True, capture_output=True)
more = sections(content("test.npi"))
record = bytearray(parts[PROOF][3])
for offset, kind in ((CPR, 2), (PROVED, 3)):
    record[offset:offset + 32] = hashlib.sha256(
        next(part[3] for part in more if part[0] == kind)).digest()
write("test.npi", packed([*more, [6, 0, parts[PROOF][2], record]]))
tool("verify", "test.npi")

with open(os.path.join(os.environ["ROOT"], "bpf/targets/netdevsim.json"),
          encoding="ascii") as file:
    target = file.read().replace('"netdevsim"', '"other"')
write("other.json", target.encode())
tool("verify", "--target", "other.json", "good.npi")

write("one.pcap", struct.pack("<IHHiIIIIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 1,
                              0, 0, 14, 14) + bytes(14))
tool("run", "good.npi", "--pcap", "one.pcap", "--on", "device", "--target", "other.json")
tool("run", "payload.npi", "--pcap", "one.pcap", "--on", "device")
tool("show", "--tcam", "good.npi", "--target", "other.json")
