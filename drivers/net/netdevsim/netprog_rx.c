// SPDX-License-Identifier: GPL-2.0
/*
 * Network programs: the receive path of the device.
 *
 *	nsim_netprog_receive()	"hardware": parse, hash, choose the queue, write
 *				the descriptor. Runs on the sender's CPU
 *	nsim_netprog_complete()	driver: take the descriptor over into the skb.
 *				Runs in the receive queue's NAPI poll
 *
 * Between the two the program can change. The descriptor says under which
 * generation it was written, and counts only if that is still the active one.
 * Both steps load netprog_active() once a packet.
 */

#include <linux/bpf.h>
#include <linux/delay.h>
#include <linux/etherdevice.h>
#include <linux/irqflags.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/skbuff.h>
#include <linux/unaligned.h>

#include "netdevsim.h"
#include "netprog.h"

/* The inputs of skb_get_hash(), in whose place the device works */
#define NSIM_NETPROG_INPUTS	PARSE_IN_STOP_AT_FLOW_LABEL
#define NSIM_NETPROG_MAX_DELAY	20000	/* us */

/* In skb->cb, from receive to complete; generation 0: nothing in it */
struct nsim_netprog_desc {
	u64	generation;
	u64	program;
	u32	hash;
	bool	l4;
};

#define NSIM_NETPROG_DESC(skb)	((struct nsim_netprog_desc *)(skb)->cb)

/* Too large for the stack; used with bottom halves and without interrupts off */
struct nsim_netprog_scratch {
	struct parse_result	res;
	struct bpf_flow_keys	keys;
	u8			window[NSIM_NETPROG_WINDOW];
};

static DEFINE_PER_CPU(struct nsim_netprog_scratch, nsim_netprog_scratch);

static void nsim_netprog_count(struct netdevsim *ns,
			       enum nsim_netprog_stat stat)
{
	atomic64_inc(&ns->netprog->stats[stat]);
}

/* Short name of an identity */
static u64 nsim_netprog_id(const struct netprog_hash *hash)
{
	return get_unaligned_be64(hash->data);
}

/* Makes the time between reading the active pointer and using it long enough
 * for a change that does not wait for packets to be seen
 */
static void nsim_netprog_delay(const struct netdevsim *ns)
{
	u32 us = READ_ONCE(ns->nsim_dev->netprog->rx_delay_us);

	for (us = min_t(u32, us, NSIM_NETPROG_MAX_DELAY); us >= 1000; us -= 1000)
		mdelay(1);
	if (us)
		udelay(us);
}

/* @program is about to be used for a packet: is it the kernel's, now? Asks
 * the attached program itself, and nothing of what the gate knows.
 */
static void nsim_netprog_audit(struct netdevsim *ns, u64 program)
{
	struct netprog_hash hash;

	if (!READ_ONCE(ns->nsim_dev->netprog->audit))
		return;
	nsim_netprog_count(ns, NSIM_NETPROG_RX_AUDITED);
	if (netprog_kernel_attached(dev_net(ns->netdev), NETPROG_KIND_PARSER,
				    &hash) ||
	    nsim_netprog_id(&hash) != program)
		nsim_netprog_count(ns, NSIM_NETPROG_RX_MISMATCH);
}

static void nsim_netprog_trace(struct nsim_netprog *np,
			       const struct nsim_netprog_record *rec)
{
	struct nsim_netprog_trace *trace = &np->trace;

	spin_lock(&trace->lock);
	trace->ring[trace->next++ % NSIM_NETPROG_TRACE_LEN] = *rec;
	spin_unlock(&trace->lock);
}

/* What the engine can see of the frame, in one piece */
static const u8 *nsim_netprog_frame(const struct sk_buff *skb, u8 *window,
				    u32 *len)
{
	int offset = skb_mac_offset(skb);

	*len = min_t(u32, skb->len - offset, NSIM_NETPROG_WINDOW);
	if (*len <= skb_headlen(skb) - offset)
		return skb_mac_header(skb);
	if (skb_copy_bits(skb, offset, window, *len))
		return NULL;
	return window;
}

/* Run the engine over @skb. Returns whether there is a hash in @rec. */
static bool nsim_netprog_parse(struct netdevsim *ns, const struct sk_buff *skb,
			       const struct nsim_parser *parser,
			       struct nsim_netprog_record *rec)
{
	struct nsim_netprog_scratch *scratch =
		this_cpu_ptr(&nsim_netprog_scratch);
	struct nsim_netprog_rss *rss = rcu_dereference(ns->netprog->rss);
	const u8 *frame;
	u32 len;

	frame = nsim_netprog_frame(skb, scratch->window, &len);
	if (!frame)
		return false;
	tcam_run(parser->tcam, frame, len, NSIM_NETPROG_INPUTS, &scratch->res);
	parse_keys_project(parser->outputs, parser->num_outputs, &scratch->res,
			   NSIM_NETPROG_INPUTS, &scratch->keys);

	rec->keys = scratch->keys;
	rec->verdict = scratch->res.verdict;
	rec->nodes = scratch->res.nodes;
	if (rec->verdict != PARSE_OKAY) {
		nsim_netprog_count(ns, NSIM_NETPROG_RX_VERDICT +
				   rec->verdict - 1);
		return false;
	}
	rec->hash = rss_hash_keys(rss->key, &rec->keys, &rec->l4);
	if (!rec->hash) {
		nsim_netprog_count(ns, NSIM_NETPROG_RX_NO_FLOW);
		return false;
	}
	rec->queue = rss->indir[rec->hash % NSIM_NETPROG_INDIR_SIZE];
	rec->queue %= READ_ONCE(ns->netdev->real_num_rx_queues);
	return true;
}

static void nsim_netprog_desc_write(struct sk_buff *skb,
				    const struct nsim_netprog_record *rec)
{
	struct nsim_netprog_desc *desc = NSIM_NETPROG_DESC(skb);

	desc->generation = rec->generation;
	desc->program = rec->program;
	desc->hash = rec->hash;
	desc->l4 = rec->l4;
}

/**
 * nsim_netprog_receive - a frame comes in from the wire
 * @ns: the port that receives it
 * @skb: the frame, data behind its Ethernet header
 * @rxq: queue for frames that the engine does not steer
 *
 * Context: BH off and RCU read side; interrupts are off only in netpoll,
 * which may have interrupted another frame on this CPU.
 * Return: the receive queue to put it on.
 */
u32 nsim_netprog_receive(struct netdevsim *ns, struct sk_buff *skb, u32 rxq)
{
	struct net_device *dev = ns->netdev;
	struct nsim_netprog_record rec = { .queue = rxq };
	const struct netprog_active *active;
	const struct nsim_parser *parser;

	BUILD_BUG_ON(sizeof(struct nsim_netprog_desc) > sizeof(skb->cb));
	NSIM_NETPROG_DESC(skb)->generation = 0;

	active = netprog_active(dev, NETPROG_KIND_PARSER);
	if (!active || !(dev->features & NETIF_F_RXHASH))
		return rxq;
	if (irqs_disabled()) {
		nsim_netprog_count(ns, NSIM_NETPROG_RX_BUSY);
		return rxq;
	}

	nsim_netprog_delay(ns);
	parser = rcu_dereference(ns->nsim_dev->netprog->parser);
	if (WARN_ON_ONCE(!parser))
		return rxq;
	rec.generation = active->generation;
	rec.program = nsim_netprog_id(&parser->info.hash);
	nsim_netprog_audit(ns, rec.program);
	if (nsim_netprog_parse(ns, skb, parser, &rec))
		nsim_netprog_desc_write(skb, &rec);
	nsim_netprog_trace(ns->netprog, &rec);
	return rec.queue;
}

static bool nsim_netprog_desc_valid(struct netdevsim *ns,
				    const struct nsim_netprog_desc *desc)
{
	const struct netprog_active *active;

	if (!desc->generation)
		return false;
	active = netprog_active(ns->netdev, NETPROG_KIND_PARSER);
	if (!active || active->generation != desc->generation) {
		nsim_netprog_count(ns, NSIM_NETPROG_RX_STALE);
		return false;
	}
	nsim_netprog_delay(ns);
	nsim_netprog_audit(ns, desc->program);
	return true;
}

/**
 * nsim_netprog_complete - the driver takes a frame off its queue
 * @ns: the port
 * @skb: the frame, without a hash
 *
 * Context: NAPI poll.
 */
void nsim_netprog_complete(struct netdevsim *ns, struct sk_buff *skb)
{
	struct nsim_netprog_desc desc = *NSIM_NETPROG_DESC(skb);

	memset(NSIM_NETPROG_DESC(skb), 0, sizeof(desc));
	if (!nsim_netprog_desc_valid(ns, &desc)) {
		nsim_netprog_count(ns, NSIM_NETPROG_RX_FALLBACK);
		return;
	}
	skb_set_hash(skb, desc.hash,
		     desc.l4 ? PKT_HASH_TYPE_L4 : PKT_HASH_TYPE_L3);
	nsim_netprog_count(ns, NSIM_NETPROG_RX_HASHED);
}

static void nsim_netprog_keys_show(struct seq_file *m,
				   const struct bpf_flow_keys *keys)
{
	seq_printf(m, " nhoff=%u thoff=%u n_proto=0x%04x ip_proto=%u",
		   keys->nhoff, keys->thoff, ntohs(keys->n_proto),
		   keys->ip_proto);
	if (keys->addr_proto == ETH_P_IP)
		seq_printf(m, " src=%pI4 dst=%pI4", &keys->ipv4_src,
			   &keys->ipv4_dst);
	else if (keys->addr_proto == ETH_P_IPV6)
		seq_printf(m, " src=%pI6c dst=%pI6c", keys->ipv6_src,
			   keys->ipv6_dst);
	seq_printf(m, " sport=%u dport=%u label=0x%05x%s%s%s",
		   ntohs(keys->sport), ntohs(keys->dport),
		   ntohl(keys->flow_label), keys->is_frag ? " frag" : "",
		   keys->is_first_frag ? " first-frag" : "",
		   keys->is_encap ? " encap" : "");
}

/* One line a packet, oldest first. The number at the start counts packets. */
static int nsim_netprog_trace_show(struct seq_file *m, void *v)
{
	struct nsim_netprog *np = m->private;
	struct nsim_netprog_trace *trace = &np->trace;
	struct nsim_netprog_record rec;
	u64 i, next;

	next = READ_ONCE(trace->next);
	i = next > NSIM_NETPROG_TRACE_LEN ? next - NSIM_NETPROG_TRACE_LEN : 0;
	for (; i < next; i++) {
		spin_lock_bh(&trace->lock);
		rec = trace->ring[i % NSIM_NETPROG_TRACE_LEN];
		spin_unlock_bh(&trace->lock);
		seq_printf(m, "%llu verdict=%s nodes=%u hash=0x%08x%s queue=%u program=%016llx generation=%llu",
			   i, parse_verdict_names[rec.verdict], rec.nodes,
			   rec.hash, rec.l4 ? " l4" : "", rec.queue,
			   rec.program, rec.generation);
		nsim_netprog_keys_show(m, &rec.keys);
		seq_putc(m, '\n');
	}
	return 0;
}

static int nsim_netprog_trace_open(struct inode *inode, struct file *file)
{
	return single_open(file, nsim_netprog_trace_show, inode->i_private);
}

/* Anything written clears it */
static ssize_t nsim_netprog_trace_write(struct file *file,
					const char __user *data, size_t count,
					loff_t *ppos)
{
	struct seq_file *m = file->private_data;
	struct nsim_netprog *np = m->private;

	spin_lock_bh(&np->trace.lock);
	np->trace.next = 0;
	spin_unlock_bh(&np->trace.lock);
	return count;
}

const struct file_operations nsim_netprog_trace_fops = {
	.open = nsim_netprog_trace_open,
	.read = seq_read,
	.write = nsim_netprog_trace_write,
	.llseek = seq_lseek,
	.release = single_release,
	.owner = THIS_MODULE,
};
