// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The fuzzer's first input: the sample program and an IPv4-in-IPv4 frame
 * with options.
 */
#include "tcam_sample.h"

int main(void)
{
	static const u8 frame[66] = {
		[12] = 8, [14] = 0x45, [23] = 4, [34] = 0x48, [40] = 0x80,
		[43] = 17, [58] = 7, 2, 8, 4,
	};
	static const u8 how[4] = { 1, 0, 0, 0 };
	struct tcam_sample sample;

	tcam_sample_init(&sample);
	return fwrite(how, sizeof(how), 1, stdout) == 1 &&
	       fwrite(&sample, sizeof(sample), 1, stdout) == 1 &&
	       fwrite(frame, sizeof(frame), 1, stdout) == 1 ? 0 : 1;
}
