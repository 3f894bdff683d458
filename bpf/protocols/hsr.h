/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Tags of HSR and PRP, behind their own EtherType: IEC 62439-3, 5.7 */
#ifndef _PROTOCOLS_HSR_H
#define _PROTOCOLS_HSR_H

struct hsr_bits {
	u8 path[4], size[12], sequence[16], type[16];
};

#endif /* _PROTOCOLS_HSR_H */
