/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Network programs (netprog): one source, a body for the kernel and a body for
 * the device, and the device works only while both have the same identity.
 *
 * See Documentation/networking/netprog/.
 */
#ifndef _LINUX_NETPROG_H
#define _LINUX_NETPROG_H

#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/rtnetlink.h>
#include <linux/types.h>
#include <net/netns/bpf.h>
#include <uapi/linux/netprog.h>

struct bpf_prog;
struct net;
struct netlink_ext_ack;

/**
 * struct netprog_hash - identity of a program: the digest of its CPR
 * @alg: name of the digest as the crypto API has it, NUL padded
 * @len: bytes of @data that count; 0 stands for "no program"
 * @data: the digest, zero behind @len
 */
struct netprog_hash {
	char	alg[NETPROG_ALG_LEN];
	u32	len;
	u8	data[NETPROG_HASH_MAX];
};

/**
 * struct netprog_info - what a device says about its program of one kind
 * @name: as in the CPR, NUL padded; empty when there is no program
 * @hash: identity of the program; @hash.len is 0 when there is none
 * @max_bytes: no byte behind this offset is looked at; 0 for no parser
 * @max_nodes: nodes that one packet may visit; 0 for no limit
 * @max_encaps: encapsulation levels that one packet may have
 *
 * Filled by ndo_netprog_query(), which gets it zeroed.
 */
struct netprog_info {
	char			name[NETPROG_NAME_LEN];
	struct netprog_hash	hash;
	u32			max_bytes;
	u32			max_nodes;
	u32			max_encaps;
};

/**
 * struct netprog_active - the program that kernel and device have in common
 * @generation: different for each time that a program became active, on any
 *	device; never 0. A receive descriptor that carries it shows later
 *	whether it was written under the program that is active now.
 * @hash: identity of the program
 */
struct netprog_active {
	u64			generation;
	struct netprog_hash	hash;
	/* private: */
	struct rcu_head		rcu;
};

/**
 * struct netprog_dev - state of a device that can run programs
 * @active: for each kind the common program; NULL unless the hashes are equal
 *
 * Exists from registration of a device with ndo_netprog_query() to
 * free_netdev(). Use netprog_active() to read it.
 */
struct netprog_dev {
	struct netprog_active __rcu	*active[__NETPROG_KIND_MAX];

	/* private: rtnl protects all below */
	struct net_device		*dev;
	struct list_head		list;
	unsigned int			held[__NETPROG_KIND_MAX];
	unsigned long			supported;	/* BIT(kind) */
	struct netprog_info		info[__NETPROG_KIND_MAX];
};

static inline bool netprog_hash_equal(const struct netprog_hash *a,
				      const struct netprog_hash *b)
{
	return a->len && a->len == b->len && a->len <= NETPROG_HASH_MAX &&
	       !strncmp(a->alg, b->alg, NETPROG_ALG_LEN) &&
	       !memcmp(a->data, b->data, a->len);
}

/* Image (net/core/netprog_image.c) */

/**
 * struct netprog_image_prog - one program of an image that was checked
 * @name: as in the CPR, NUL terminated
 * @kind: what it does
 * @hash: digest of @cpr, computed by the kernel
 * @max_bytes: see &struct netprog_info
 * @max_nodes: see &struct netprog_info
 * @max_encaps: see &struct netprog_info
 * @cpr: the Common Parser Representation, JSON without a terminating NUL
 * @cpr_len: bytes of @cpr
 * @tables: the match tables, little endian; names are NUL terminated, owners
 *	and match types in range
 * @num_tables: entries of @tables
 */
struct netprog_image_prog {
	char					name[NETPROG_NAME_LEN];
	enum netprog_kind			kind;
	struct netprog_hash			hash;
	u32					max_bytes;
	u32					max_nodes;
	u32					max_encaps;
	const void				*cpr;
	size_t					cpr_len;
	const struct netprog_image_table	*tables;
	unsigned int				num_tables;
};

/**
 * struct netprog_image - an image that was checked
 * @data: the bytes of the file; the image's own copy
 * @size: bytes of @data
 * @num_progs: entries of @progs, at least one
 * @progs: the programs, by the index that the file gives them
 * @signature: CMS over all bytes before it, NULL if there is none
 * @signature_len: bytes of @signature
 */
struct netprog_image {
	const void			*data;
	size_t				size;
	unsigned int			num_progs;
	struct netprog_image_prog	progs[NETPROG_MAX_PROGRAMS];
	const void			*signature;
	size_t				signature_len;
};

#ifdef CONFIG_NETPROG

struct netprog_image *netprog_image_parse(const void *data, size_t size,
					  struct netlink_ext_ack *extack);
void netprog_image_free(struct netprog_image *image);
const void *netprog_image_payload(const struct netprog_image *image,
				  unsigned int prog, const char *target,
				  size_t *len);

/* Gate (net/core/netprog.c) */

/**
 * netprog_active - the program that the device may run for the kernel
 * @dev: network device
 * @kind: what the program does
 *
 * Load it once per packet, and let the device do its work only if it is not
 * NULL. What it points to stays for as long as the RCU read side section.
 *
 * Context: softirq, RCU read side section, or rtnl held.
 * Return: the common program, NULL if the work is to be done in software.
 */
static inline const struct netprog_active *
netprog_active(const struct net_device *dev, enum netprog_kind kind)
{
	struct netprog_dev *np = dev->netprog;

	if (!np)
		return NULL;
	return rcu_dereference_check(np->active[kind],
				     rcu_read_lock_bh_held() ||
				     lockdep_rtnl_is_held());
}

int netprog_kernel_attached(const struct net *net, enum netprog_kind kind,
			    struct netprog_hash *hash);
bool netprog_device_hold(struct net_device *dev, enum netprog_kind kind);
void netprog_device_release(struct net_device *dev, enum netprog_kind kind);
void netprog_device_change_begin(struct net_device *dev,
				 enum netprog_kind kind);
void netprog_device_change_end(struct net_device *dev,
			       enum netprog_kind kind);

/* Hooks of the core; drivers have no business with what follows */
int netprog_dev_register(struct net_device *dev);
void netprog_dev_registered(struct net_device *dev);
void netprog_dev_unregister(struct net_device *dev);
void netprog_dev_free(struct net_device *dev);
void netprog_dev_move_begin(struct net_device *dev);
void netprog_dev_move_end(struct net_device *dev);
netdev_features_t netprog_fix_features(struct net_device *dev,
				       netdev_features_t features);
void netprog_kernel_change_begin(struct net *net,
				 enum netns_bpf_attach_type type);
void netprog_link_change_begin(struct net **net,
			       enum netns_bpf_attach_type type);
void netprog_kernel_change_end(struct net *net,
			       enum netns_bpf_attach_type type);

#else /* !CONFIG_NETPROG */

static inline struct netprog_image *
netprog_image_parse(const void *data, size_t size,
		    struct netlink_ext_ack *extack)
{
	return ERR_PTR(-EOPNOTSUPP);
}

static inline void netprog_image_free(struct netprog_image *image) {}

static inline const void *
netprog_image_payload(const struct netprog_image *image, unsigned int prog,
		      const char *target, size_t *len)
{
	return NULL;
}

static inline const struct netprog_active *
netprog_active(const struct net_device *dev, enum netprog_kind kind)
{
	return NULL;
}

static inline bool netprog_device_hold(struct net_device *dev,
				       enum netprog_kind kind)
{
	return false;
}

static inline void netprog_device_release(struct net_device *dev,
					  enum netprog_kind kind) {}
static inline void netprog_device_change_begin(struct net_device *dev,
					       enum netprog_kind kind) {}
static inline void netprog_device_change_end(struct net_device *dev,
					     enum netprog_kind kind) {}

static inline int netprog_dev_register(struct net_device *dev)
{
	return 0;
}

static inline void netprog_dev_registered(struct net_device *dev) {}
static inline void netprog_dev_unregister(struct net_device *dev) {}
static inline void netprog_dev_free(struct net_device *dev) {}
static inline void netprog_dev_move_begin(struct net_device *dev) {}
static inline void netprog_dev_move_end(struct net_device *dev) {}

static inline netdev_features_t
netprog_fix_features(struct net_device *dev, netdev_features_t features)
{
	return features;
}

static inline void
netprog_kernel_change_begin(struct net *net,
			    enum netns_bpf_attach_type type) {}
static inline void
netprog_link_change_begin(struct net **net,
			  enum netns_bpf_attach_type type) {}
static inline void
netprog_kernel_change_end(struct net *net,
			  enum netns_bpf_attach_type type) {}

#endif /* CONFIG_NETPROG */
#endif /* _LINUX_NETPROG_H */
