/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* UDP ports that tell what follows, as IANA assigns them */
#ifndef _PROTOCOLS_UDP_PORTS_H
#define _PROTOCOLS_UDP_PORTS_H

#define PTP_EVENT_PORT		319
#define PTP_GENERAL_PORT	320
#define QUIC_PORT		443
#define L2TP_PORT		1701
#define GTP_U_PORT		2152
#define ESP_PORT		4500	/* ESP in UDP, and IKE */
#define VXLAN_PORT		4789
#define VXLAN_GPE_PORT		4790
#define ROCE_PORT		4791
#define GUE_PORT		6080
#define GENEVE_PORT		6081

#endif /* _PROTOCOLS_UDP_PORTS_H */
