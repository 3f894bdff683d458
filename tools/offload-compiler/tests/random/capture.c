// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Apart from the rest, since libpcap and linux/bpf.h do not go together */
#include <pcap/pcap.h>

#include "random.h"

bool packet_write(const char *path, const struct packet *packet)
{
	struct pcap_pkthdr hdr = { .caplen = packet->len, .len = packet->len };
	pcap_t *pcap = pcap_open_dead(DLT_EN10MB, 65535);
	pcap_dumper_t *out = pcap ? pcap_dump_open(pcap, path) : NULL;
	bool good = out;

	if (out) {
		pcap_dump((u_char *)out, &hdr, packet->data);
		good = !pcap_dump_flush(out);
		pcap_dump_close(out);
	}
	if (pcap)
		pcap_close(pcap);
	return good;
}
