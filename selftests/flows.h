/* SPDX-License-Identifier: GPL-2.0 */
#ifndef SELFTESTS_FLOWS_H
#define SELFTESTS_FLOWS_H

struct flow_record {
	__u32 device_hash;	/* 0: the device set none */
	__u32 hash;
	__u32 queue;		/* RX queue + 1, 0: not recorded */
	__u32 len;		/* bytes of data that count */
	__u8 data[512];
};

#endif /* SELFTESTS_FLOWS_H */
