/* SPDX-License-Identifier: GPL-2.0 */
/* Network programs: what the files of net/core/netprog* share */
#ifndef _NET_CORE_NETPROG_H
#define _NET_CORE_NETPROG_H

#include <linux/netprog.h>

/* netprog_hash.c */
int netprog_digest_len(const char *alg);
int netprog_digest(const char *alg, const void *data, size_t len, u8 *out);
int netprog_tag_parse(const char *tag, enum netprog_kind *kind,
		      struct netprog_hash *hash);
int netprog_prog_hash(const struct bpf_prog *prog, enum netprog_kind kind,
		      struct netprog_hash *hash);

/* netprog.c */
const struct netprog_hash *netprog_kernel_hash(const struct net *net,
					       enum netprog_kind kind);

/* netprog_nl.c */
void netprog_nl_notify(struct net_device *dev, enum netprog_kind kind);

#endif /* _NET_CORE_NETPROG_H */
