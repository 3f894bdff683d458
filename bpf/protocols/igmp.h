/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IGMP: version 2 RFC 2236 2, version 3 RFC 3376 4 */
#ifndef _PROTOCOLS_IGMP_H
#define _PROTOCOLS_IGMP_H

struct igmp_bits {
	u8 type[8], max_resp[8], check[16], group[32];
};

#define IGMP_QUERY		0x11
#define IGMP_REPORT_V1		0x12
#define IGMP_REPORT_V2		0x16
#define IGMP_LEAVE		0x17
#define IGMP_REPORT_V3		0x22

struct igmp_query_bits {	/* what version 3 has besides; sources follow */
	u8 reserved[4], suppress[1], qrv[3], qqic[8], num_sources[16];
};
#define IGMP_QUERY_LENGTH						\
	LENGTH(igmp_query, num_sources, .shift = 2, .add = 4)

struct igmp_report_bits {	/* group records follow */
	u8 type[8], reserved[8], check[16], reserved2[16], num_groups[16];
};

struct igmp_group_bits {	/* sources and auxiliary words follow */
	u8 type[8], aux_words[8], num_sources[16], group[32];
};
#define IGMP_GROUP_LENGTH						\
	LENGTH_SUM(8, TERM(igmp_group, aux_words, 2),			\
		   TERM(igmp_group, num_sources, 2))

struct igmp_source_bits {
	u8 address[32];
};

#endif /* _PROTOCOLS_IGMP_H */
