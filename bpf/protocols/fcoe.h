/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* FCoE: FC-BB-5, 7.7.3, with the header of Fibre Channel: FC-FS-3, 12.1 */
#ifndef _PROTOCOLS_FCOE_H
#define _PROTOCOLS_FCOE_H

struct fcoe_bits {
	u8 version[4], reserved[100], sof[8];
};

struct fc_bits {
	u8 r_ctl[8], d_id[24], cs_ctl[8], s_id[24], type[8], f_ctl[24];
	u8 seq_id[8], df_ctl[8], seq_cnt[16], ox_id[16], rx_id[16];
	u8 parameter[32];
};

#endif /* _PROTOCOLS_FCOE_H */
