// SPDX-License-Identifier: GPL-2.0-only
///
/// NETIF_F_HW_CSUM is the only way to offer transmit checksums. A driver whose
/// device parses packets sums in software what the device would get wrong, with
/// skb_csum_hwoffload_legacy_help(). The flags of one protocol are gone.
///
/// The patch mode replaces the flags only: which packets the device can sum
/// nobody but the author of the driver knows. The other modes also tell where a
/// file that offers a flag looks for packets to sum without that help.
///
//  Confidence: Moderate
//  Options: --no-includes
//
//  Keywords: NETIF_F_IP_CSUM, NETIF_F_IPV6_CSUM, NETIF_F_HW_CSUM
//

virtual patch
virtual context
virtual org
virtual report

//----------------------------------------------------------
//  For patch mode
//----------------------------------------------------------

@flag_patch depends on patch@
symbol NETIF_F_IP_CSUM, NETIF_F_IPV6_CSUM, NETIF_F_CSUM_MASK, NETIF_F_HW_CSUM;
@@

(
- NETIF_F_IP_CSUM
+ NETIF_F_HW_CSUM
|
- NETIF_F_IPV6_CSUM
+ NETIF_F_HW_CSUM
|
- NETIF_F_CSUM_MASK
+ NETIF_F_HW_CSUM
)

// Two flags have become one: name it once, wherever the second one stood

@twice depends on flag_patch@
expression E, F;
@@

(
  NETIF_F_HW_CSUM
- | NETIF_F_HW_CSUM
|
  E | NETIF_F_HW_CSUM
- | NETIF_F_HW_CSUM
|
  NETIF_F_HW_CSUM | F
- | NETIF_F_HW_CSUM
|
  E | NETIF_F_HW_CSUM | F
- | NETIF_F_HW_CSUM
)

//----------------------------------------------------------
//  For context mode
//----------------------------------------------------------

@flag_context depends on context && !patch@
@@

(
* NETIF_F_IP_CSUM
|
* NETIF_F_IPV6_CSUM
|
* NETIF_F_CSUM_MASK
)

@helped_context depends on context && !patch@
identifier fn =~ "^(__)?skb_csum_hwoffload_legacy_(check|help)$";
@@

fn(...)

@depends on flag_context && !helped_context@
expression skb;
@@

(
* skb->ip_summed == CHECKSUM_PARTIAL
|
* skb->ip_summed != CHECKSUM_PARTIAL
|
* ipv6_skip_exthdr(...)
)

//----------------------------------------------------------
//  For org and report mode
//----------------------------------------------------------

@flag depends on org || report@
position p;
@@

(
NETIF_F_IP_CSUM@p
|
NETIF_F_IPV6_CSUM@p
|
NETIF_F_CSUM_MASK@p
)

@helped depends on org || report@
identifier fn =~ "^(__)?skb_csum_hwoffload_legacy_(check|help)$";
@@

fn(...)

@partial depends on flag && !helped@
expression skb;
position p;
@@

(
skb->ip_summed@p == CHECKSUM_PARTIAL
|
skb->ip_summed@p != CHECKSUM_PARTIAL
)

@exthdr depends on flag && !helped@
position p;
@@

ipv6_skip_exthdr@p(...)

@script:python depends on org@
p << flag.p;
@@

coccilib.org.print_todo(p[0], "WARNING opportunity for NETIF_F_HW_CSUM")

@script:python depends on org@
p << partial.p;
@@

coccilib.org.print_todo(p[0], "WARNING CHECKSUM_PARTIAL without skb_csum_hwoffload_legacy_help")

@script:python depends on org@
p << exthdr.p;
@@

coccilib.org.print_todo(p[0], "WARNING ipv6_skip_exthdr steps over routing headers")

@script:python depends on report@
p << flag.p;
@@

coccilib.report.print_report(p[0], "WARNING opportunity for NETIF_F_HW_CSUM")

@script:python depends on report@
p << partial.p;
@@

coccilib.report.print_report(p[0], "WARNING CHECKSUM_PARTIAL without skb_csum_hwoffload_legacy_help()")

@script:python depends on report@
p << exthdr.p;
@@

coccilib.report.print_report(p[0], "WARNING ipv6_skip_exthdr() steps over routing headers, use ipv6_skip_exthdr_no_rthdr()")
