# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
# What is asked for and not there
exec 2>&1
"$OC" build --validate none base/good.c -o . >build.log
"$OC" build --validate none base/two.c -o . >build.log
python3 - <<'END'
import struct
ethernet, raw, frame = 1, 101, bytes(12) + b"\x08\0" + bytes(8)
def capture(name, link, *frames, tail=b""):
    with open(name, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, link))
        for data in frames:
            out.write(struct.pack("<IIII", 0, 0, len(data), len(data)) + data)
        out.write(tail)
capture("good.pcap", ethernet, frame)
capture("short.pcap", ethernet, frame[:13])
capture("raw.pcap", raw, frame)
capture("cut.pcap", ethernet, frame, tail=b"\0\0\0")
capture("long.pcap", ethernet, bytes(65536))
open("empty.pcap", "w").close()
END
for pcap in none empty raw cut long; do
	"$OC" run base/good.c --pcap $pcap.pcap || :
done
"$OC" run base/good.c --pcap short.pcap --on bpf || :
"$OC" run base/good.c --pcap good.pcap --explain 2 || :
"$OC" run base/good.c --pcap good.pcap --program best || :
"$OC" run base/two.c --pcap good.pcap || :
"$OC" vectors base/good.c -o vectors.pcap >vectors.log 2>&1
"$OC" run base/good.c --pcap good.pcap --expect vectors.json || :
"$OC" show base/two.c --program three || :
"$OC" show base/two.c --dot || :
"$OC" show none.c || :
"$OC" show none.npi || :
"$OC" hash base/good.c --hash md4 || :
"$OC" hash run.sh || :
"$OC" hash good.npi.absent || :
"$OC" build --validate none base/good.c -o /dev/null/folder || :
"$OC" build --validate none base/good.c -o /proc || :
CLANG=no-clang "$OC" hash base/good.c || :
CLANG=false "$OC" hash base/good.c || :
