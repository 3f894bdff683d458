/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* IP encapsulating security payload: RFC 4303 2. The rest is encrypted. */
#ifndef _PROTOCOLS_ESP_H
#define _PROTOCOLS_ESP_H

struct esp_bits {
	u8 spi[32], sequence[32];
};

#endif /* _PROTOCOLS_ESP_H */
