// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A capture as frames in memory */
#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "run.h"

static bool add_frame(const char *path, struct capture *capture,
		      const struct pcap_pkthdr *hdr, const uint8_t *data)
{
	struct frame *frame;

	if (hdr->caplen > RUN_MAX_FRAME) {
		diag_error(path, 0, NULL, "packet %u has %u bytes, more than %u",
			   capture->num + 1, hdr->caplen, RUN_MAX_FRAME);
		return false;
	}
	if (!(capture->num & (capture->num - 1)))
		capture->frames = xrealloc(capture->frames,
					   2 * (capture->num + 1) *
					   sizeof(*capture->frames));
	frame = &capture->frames[capture->num++];
	frame->len = hdr->caplen;
	/* Exactly its size, so that sanitizers see a read past its end */
	frame->data = xcalloc(1, frame->len);
	memcpy(frame->data, data, frame->len);
	return true;
}

bool capture_read(const char *path, struct capture *capture)
{
	char err[PCAP_ERRBUF_SIZE];
	pcap_t *in = pcap_open_offline(path, err);
	struct pcap_pkthdr *hdr;
	const uint8_t *data;
	bool good = true;
	int got = 0;

	memset(capture, 0, sizeof(*capture));
	if (!in) {
		diag_error(path, 0, NULL, "cannot be read: %s", err);
		return false;
	}
	if (pcap_datalink(in) != DLT_EN10MB) {
		diag_error(path, 0, NULL, "has packets of type %s, not Ethernet",
			   pcap_datalink_val_to_name(pcap_datalink(in)) ?: "unknown");
		good = false;
	}
	while (good && (got = pcap_next_ex(in, &hdr, &data)) == 1)
		good = add_frame(path, capture, hdr, data);
	if (good && got == PCAP_ERROR) {
		diag_error(path, 0, NULL, "cannot be read after packet %u: %s",
			   capture->num, pcap_geterr(in));
		good = false;
	}
	pcap_close(in);
	if (!good)
		capture_free(capture);
	return good;
}

void capture_free(struct capture *capture)
{
	uint32_t i;

	for (i = 0; i < capture->num; i++)
		free(capture->frames[i].data);
	free(capture->frames);
	memset(capture, 0, sizeof(*capture));
}
