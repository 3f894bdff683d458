/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* MPLS label stack entries (RFC 3032 2.1) and what pseudowires put below them:
 * control word and associated channel (RFC 4385 3 and 5)
 */
#ifndef _PROTOCOLS_MPLS_H
#define _PROTOCOLS_MPLS_H

struct mpls_bits {
	u8 label[20], tc[3], bottom[1], ttl[8];
};

struct pw_bits {		/* zero tells it from IP, which has 4 or 6 */
	u8 zero[4], flags[4], fragment[2], length[6], sequence[16];
};

struct pw_channel_bits {
	u8 one[4], version[4], reserved[8], type[16];
};

#define PW_CHANNEL_IPV4		0x0021	/* RFC 4385 5 */
#define PW_CHANNEL_IPV6		0x0057

#endif /* _PROTOCOLS_MPLS_H */
