/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* MACsec: IEEE 802.1AE, 9.3. What follows the MACsec EtherType. */
#ifndef _PROTOCOLS_MACSEC_H
#define _PROTOCOLS_MACSEC_H

struct macsec_bits {
	u8 version[1], es[1], has_sci[1], scb[1], encrypted[1], changed[1];
	u8 an[2], reserved[2], short_len[6], pn[32];
};
#define MACSEC_LENGTH		LENGTH(macsec, has_sci, .shift = 3, .add = 6)

struct macsec_sci_bits {
	u8 system[48], port[16];
};

struct macsec_type_bits {	/* if it is not encrypted */
	u8 type[16];
};

#endif /* _PROTOCOLS_MACSEC_H */
