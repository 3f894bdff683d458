/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* PTP: IEEE 1588-2019, 13.3; message types 13.3.2.3 */
#ifndef _PROTOCOLS_PTP_H
#define _PROTOCOLS_PTP_H

struct ptp_bits {
	u8 sdo[4], type[4], minor_version[4], version[4], len[16];
	u8 domain[8], minor_sdo[8], flags[16], correction[64], specific[32];
	u8 clock[64], port[16], sequence[16], control[8], interval[8];
};

struct ptp_time_bits {		/* of Sync and Delay_Req, behind the header */
	u8 seconds[48], nanoseconds[32];
};

#endif /* _PROTOCOLS_PTP_H */
