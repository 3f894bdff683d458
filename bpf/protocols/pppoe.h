/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* PPPoE: RFC 2516 4 */
#ifndef _PROTOCOLS_PPPOE_H
#define _PROTOCOLS_PPPOE_H

struct pppoe_bits {
	u8 version[4], type[4], code[8], session[16], len[16];
};

struct pppoe_session_bits {	/* the code is 0, PPP follows */
	u8 version[4], type[4], code[8], session[16], len[16];
	u8 protocol[16];
};

struct pppoe_tag_bits {		/* of discovery */
	u8 type[16], len[16];
};
#define PPPOE_TAG_LENGTH	LENGTH(pppoe_tag, len, .add = 4)

#define PPPOE_TAG_END		0x0000
#define PPPOE_TAG_SERVICE	0x0101
#define PPPOE_TAG_COOKIE	0x0104

#endif /* _PROTOCOLS_PPPOE_H */
