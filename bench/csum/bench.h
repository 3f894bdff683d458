/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _BENCH_CSUM_H
#define _BENCH_CSUM_H

#include "csum_shim.h"

/* What the two old ones were, and the two that stay */
#define NETIF_F_IP_CSUM 2
#define NETIF_F_HW_CSUM 8
#define NETIF_F_IPV6_CSUM 16
#define NETIF_F_SCTP_CRC 32

/* skb_csum_hwoffload_help() */
int before(struct sk_buff *skb, u64 features);
int after(struct sk_buff *skb, u64 features);

#endif /* _BENCH_CSUM_H */
