/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* QUIC's long header: RFC 9000 17.2. Ids are up to 20 bytes in version 1, but a
 * parser has to take them all.
 */
#ifndef _PROTOCOLS_QUIC_H
#define _PROTOCOLS_QUIC_H

struct quic_bits {
	u8 long_form[1], fixed[1], type[2], specific[4], version[32];
	u8 dcid_len[8];
};
#define QUIC_LENGTH		LENGTH(quic, dcid_len, .add = 6)

struct quic_scid_bits {		/* behind the destination's id */
	u8 scid_len[8];
};
#define QUIC_SCID_LENGTH	LENGTH(quic_scid, scid_len, .add = 1)

#endif /* _PROTOCOLS_QUIC_H */
