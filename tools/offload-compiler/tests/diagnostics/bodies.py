# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Objects and images that say what their CPR does not, or that are for another device"""
import os
import shutil
import struct
import subprocess
import sys

OC = os.environ["OC"]
HEADER, SECTION, LAST = 24, 48, 3	# sections: program, CPR, tables, payload


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
entry = HEADER + SECTION * LAST
payload, = struct.unpack_from("<I", image, entry + 8)

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
write("payload.npi", changed)
tool("verify", "payload.npi")
signed = bytearray(image)
signed[entry] = 5
signed[entry + 16:entry + 48] = bytes(32)
write("signed.npi", signed)
tool("verify", "signed.npi")
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
