/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* GTP-U version 1: 3GPP TS 29.281, 5.1 and 5.2 */
#ifndef _PROTOCOLS_GTP_U_H
#define _PROTOCOLS_GTP_U_H

struct gtp_bits {
	u8 version[3], gtp[1], reserved[1], has_ext[1], has_seq[1], has_npdu[1];
	u8 type[8], len[16], teid[32];
};

#define GTP_G_PDU		255	/* type: a user's packet follows */

/* There if any of the has_ flags is set. The type of the first extension header
 * is its last byte, and the last byte of an extension header is the type of the
 * next, 0: none. So an extension header is read from that byte on.
 */
struct gtp_opt_bits {
	u8 sequence[16], npdu[8];
};

struct gtp_ext_type_bits {
	u8 type[8];
};

struct gtp_ext_bits {
	u8 type[8], len[8];	/* in words */
};
#define GTP_EXT_LENGTH		LENGTH(gtp_ext, len, .shift = 2)

#define GTP_EXT_PDU_SESSION	0x85

struct gtp_pdu_session_bits {	/* 3GPP TS 38.415, 5.5.2, of downlink */
	u8 type[8], len[8], pdu_type[4], qmp[1], snp[1], msnp[1], reserved[1];
	u8 ppp[1], rqi[1], qfi[6];
};
#define GTP_PDU_SESSION_LENGTH	LENGTH(gtp_pdu_session, len, .shift = 2)

#endif /* _PROTOCOLS_GTP_U_H */
