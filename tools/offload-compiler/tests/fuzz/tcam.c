// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * libFuzzer: programs and packets for the engine. An input is a program, as
 * long as its own header says, and then a frame. Half of the inputs are mended:
 * sizes and counts are made right, so that the fuzzer gets behind them.
 */
#include <stdint.h>

#include "tcam_sample.h"

static void mend(u8 *blob, size_t size)
{
	struct tcam_header *hdr = (void *)blob;

	if (size < sizeof(struct tcam_sample))
		return;
	tcam_sample_header(hdr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct parse_result res;
	const struct parse_output *outputs;
	struct bpf_flow_keys keys;
	size_t blob_size = sizeof(struct tcam_sample);
	unsigned int num;
	struct tcam *tcam;
	char err[128];
	u8 *blob, *frame;
	bool l4;

	if (size < 4)
		return 0;
	if (size - 4 < blob_size || data[0] & 2)
		blob_size = size - 4 < (size_t)(data[1] | data[2] << 8) ?
			    size - 4 : (size_t)(data[1] | data[2] << 8);
	blob = malloc(blob_size ? blob_size : 1);
	frame = malloc(size - 4 - blob_size + 1);
	if (!blob || !frame)
		abort();
	memcpy(blob, data + 4, blob_size);
	memcpy(frame, data + 4 + blob_size, size - 4 - blob_size);
	if (data[0] & 1)
		mend(blob, blob_size);
	tcam = tcam_load(blob, blob_size, err, sizeof(err));
	free(blob);
	if (tcam) {
		tcam_run(tcam, frame, size - 4 - blob_size, data[3], &res);
		outputs = tcam_outputs(tcam, &num);
		parse_keys_project(outputs, num, &res, data[3], &keys);
		rss_hash_keys((const u8 *)"0123456789012345678901234567890123456789",
			      &keys, &l4);
	}
	tcam_free(tcam);
	free(frame);
	return 0;
}
