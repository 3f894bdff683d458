/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Foo over UDP: net/ipv4/fou_core.c. There is no header: the protocol goes with
 * the port, by configuration. These are the ports of ip-fou(8).
 */
#ifndef _PROTOCOLS_FOU_H
#define _PROTOCOLS_FOU_H

#define FOU_GRE_PORT		7777
#define FOU_IPIP_PORT		8888

#endif /* _PROTOCOLS_FOU_H */
