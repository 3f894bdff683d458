/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* ESP in UDP: RFC 3948 2. An SPI is not 0: a packet that begins with zeros is
 * IKE. A keepalive is one byte, 0xff.
 */
#ifndef _PROTOCOLS_ESP_IN_UDP_H
#define _PROTOCOLS_ESP_IN_UDP_H

#define ESP_KEEPALIVE		0xff

struct esp_keepalive_bits {
	u8 byte[8];
};

struct non_esp_bits {
	u8 marker[32];
};

#endif /* _PROTOCOLS_ESP_IN_UDP_H */
