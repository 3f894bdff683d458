/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FUZZ_CSUM_H
#define _FUZZ_CSUM_H

#include "csum_shim.h"
#include <net/csum_legacy.h>

#define HEADROOM 64	/* what ASan poisons is of 8 bytes */
#define FRAME_MAX 512

/* IPv4: RFC 791, IPv6: RFC 6275 and RFC 2675 */
#define LOOSE_ROUTE 131
#define STRICT_ROUTE 137
#define HOME_ADDRESS 201
#define JUMBO_PAYLOAD 194

struct packet {
	u8 bytes[FRAME_MAX];
	int len;
	int network, inner, transport;	/* offsets, as built */
	u8 protocol;
};

bool device_finds(const struct packet *p, const struct sk_buff *skb,
		  const struct skb_csum_legacy *can);

#endif /* _FUZZ_CSUM_H */
