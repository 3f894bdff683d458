// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * differential FILE PACKETS BPF_PACKETS [SEED [PCAP...]]
 *
 * The reference interpreter against the device model, and for the first
 * BPF_PACKETS against the eBPF bodies in this kernel, flow dissector, XDP and tc:
 * random stacks of headers, packets grown along the parser's graph, those of
 * captures, and mutations of all; before those, every one of 200 packets cut at
 * each byte. The same seed gives the same packets. Prints what was compared; the
 * first difference is shown and exits 1.
 */
#include <stdlib.h>
#include <string.h>

#include "../run.h"
#include "random/random.h"

struct differential {
	struct loaded_list	list;
	const struct parser	*parser;
	struct tcam		*tcam;
	struct bpf_body		*bpf, *tc;
	struct capture		seeds;
	struct rng		rng;
	uint64_t		done, on_bpf, verdicts[PARSE_NUM_VERDICTS];
	uint64_t		bpf_limit;
	bool			deep;	/* the next stack: to meet the limits */
};

/* ---- random stacks of headers ---------------------------------------------- */

static uint8_t *push(struct packet *p, uint32_t size)
{
	uint8_t *at = p->data + p->len;

	if (p->len + size > MAX_FRAME)
		return NULL;
	p->len += size;
	return at;
}

static void fill(struct differential *d, uint8_t *to, uint32_t size)
{
	while (size--)
		*to++ = rnd(&d->rng, 256);
}

static void put16(uint8_t *to, uint16_t value)
{
	to[0] = value >> 8;
	to[1] = value;
}

static void ethertype(struct differential *d, struct packet *p, uint8_t *type);
static void ip_proto(struct differential *d, struct packet *p, uint8_t *proto);

static void ipv4(struct differential *d, struct packet *p)
{
	uint32_t words = rnd(&d->rng, 4) ? 5 : 5 + rnd(&d->rng, 11);
	uint8_t *h = push(p, 4 * words);

	if (!h)
		return;
	fill(d, h, 4 * words);
	h[0] = 0x40 | (rnd(&d->rng, 50) ? words : rnd(&d->rng, 16));
	put16(h + 6, d->deep || rnd(&d->rng, 8) ? 0 : rnd(&d->rng, 65536));
	ip_proto(d, p, h + 9);
}

static void ipv6(struct differential *d, struct packet *p)
{
	uint8_t *h = push(p, 40);

	if (!h)
		return;
	fill(d, h, 40);
	h[0] = 0x60 | rnd(&d->rng, 16);
	if (rnd(&d->rng, 2))
		memset(h + 1, 0, 3);
	ip_proto(d, p, h + 6);
}

static void extension(struct differential *d, struct packet *p, bool fragment)
{
	uint32_t words = fragment || rnd(&d->rng, 2) ? 1 : 1 + rnd(&d->rng, 4);
	uint8_t *h = push(p, 8 * words);

	if (!h)
		return;
	fill(d, h, 8 * words);
	h[1] = words - 1;
	if (fragment && rnd(&d->rng, 2))
		put16(h + 2, rnd(&d->rng, 2));
	ip_proto(d, p, h);
}

static void gre(struct differential *d, struct packet *p)
{
	uint8_t flags = rnd(&d->rng, 4) ? rnd(&d->rng, 256) & 0xb0 : rnd(&d->rng, 256);
	uint32_t size = 4 + 4 * (!!(flags & 0x80) + !!(flags & 0x20) +
				 !!(flags & 0x10));
	uint8_t *h = push(p, size);

	if (!h)
		return;
	fill(d, h, size);
	h[0] = flags;
	h[1] = d->deep || rnd(&d->rng, 8) ? 0 : rnd(&d->rng, 256);
	ethertype(d, p, h + 2);
}

static void udp(struct differential *d, struct packet *p)
{
	static const uint16_t ports[] = { 4789, 6081, 8472, 4790, 6635, 53 };
	uint16_t port = ports[rnd(&d->rng, 6)];
	uint8_t *h = push(p, 8), *tunnel;

	if (!h)
		return;
	fill(d, h, 8);
	put16(h + 2, port);
	tunnel = port == 53 ? NULL : push(p, 8);
	if (!tunnel)
		return;
	fill(d, tunnel, 8);
	tunnel[0] = port == 6081 ? 0 : 8;
	ethertype(d, p, tunnel + 2);
}

static void tcp(struct differential *d, struct packet *p)
{
	uint32_t words = 5 + (rnd(&d->rng, 2) ? 0 : rnd(&d->rng, 11));
	uint8_t *h = push(p, 4 * words);

	if (!h)
		return;
	fill(d, h, 4 * words);
	h[12] = (rnd(&d->rng, 50) ? words : rnd(&d->rng, 16)) << 4;
}

static void ethernet(struct differential *d, struct packet *p)
{
	uint8_t *h = push(p, 14);

	if (!h)
		return;
	fill(d, h, 12);
	ethertype(d, p, h + 12);
}

static void mpls(struct differential *d, struct packet *p)
{
	uint8_t *h;

	do {
		h = push(p, 4);
		if (!h)
			return;
		fill(d, h, 4);
	} while (!(h[2] & 1));
	rnd(&d->rng, 2) ? ipv4(d, p) : ipv6(d, p);
}

static void tail(struct differential *d, struct packet *p)
{
	uint32_t size = rnd(&d->rng, 40);
	uint8_t *h = push(p, size);

	if (h)
		fill(d, h, size);
}

static void ethertype(struct differential *d, struct packet *p, uint8_t *type)
{
	static const uint16_t types[] = {
		0x0800, 0x86dd, 0x0800, 0x86dd, 0x8100, 0x88a8, 0x8847, 0x8848,
		0x6558, 0x0806, 0x8864, 0x88f7, 0x9100, 0x88ca, 0x894f,
	};
	uint16_t value = types[rnd(&d->rng, d->deep ? 6 :
				   sizeof(types) / sizeof(types[0]))];
	uint8_t *vlan;

	put16(type, value);
	switch (value) {
	case 0x0800:
		return ipv4(d, p);
	case 0x86dd:
		return ipv6(d, p);
	case 0x8100:
	case 0x88a8:
	case 0x9100:
		vlan = push(p, 4);
		if (vlan)
			ethertype(d, p, vlan + 2);
		return;
	case 0x8847:
	case 0x8848:
		return mpls(d, p);
	case 0x6558:
		return ethernet(d, p);
	default:
		tail(d, p);
	}
}

static void ip_proto(struct differential *d, struct packet *p, uint8_t *proto)
{
	static const uint8_t protos[] = {
		6, 6, 17, 17, 47, 4, 41, 0, 43, 44, 60, 51, 1, 58, 132, 33, 136,
		115, 50, 59, 137,
	};

	static const uint8_t tunnels[] = { 4, 41, 47, 60, 4, 41, 4 };

	*proto = d->deep && rnd(&d->rng, 50) ? tunnels[rnd(&d->rng, sizeof(tunnels))] :
					 protos[rnd(&d->rng, sizeof(protos))];
	switch (*proto) {
	case 6:
		return tcp(d, p);
	case 17:
		return udp(d, p);
	case 47:
		return gre(d, p);
	case 4:
		return ipv4(d, p);
	case 41:
		return ipv6(d, p);
	case 0:
	case 43:
	case 60:
	case 51:
	case 44:
		return extension(d, p, *proto == 44);
	default:
		tail(d, p);
	}
}

/* ---- mutations --------------------------------------------------------------- */

static void take_seed(struct differential *d, struct packet *p)
{
	const struct frame *seed;

	if (rnd(&d->rng, 2)) {
		random_packet(&d->rng, d->parser, p);
		return;
	}
	p->len = 0;
	d->deep = !rnd(&d->rng, 4);
	if (!d->seeds.num || rnd(&d->rng, 4)) {
		ethernet(d, p);
		return;
	}
	seed = &d->seeds.frames[rnd(&d->rng, d->seeds.num)];
	p->len = seed->len < MAX_FRAME ? seed->len : MAX_FRAME;
	memcpy(p->data, seed->data, p->len);
}

/* Twice the same headers: what limits are for */
static void repeat_part(struct differential *d, struct packet *p)
{
	uint32_t from = rnd(&d->rng, p->len), size = rnd(&d->rng, p->len - from) + 1;

	if (p->len + size > MAX_FRAME)
		return;
	memmove(p->data + from + size, p->data + from, p->len - from);
	p->len += size;
}

static void mutate(struct differential *d, struct packet *p)
{
	static const uint8_t edges[] = { 0, 1, 0x0f, 0x10, 0x7f, 0x80, 0xff,
					 0x45, 0x4f, 0x60, 0x08, 0x06 };

	if (!p->len)
		return;
	switch (rnd(&d->rng, 6)) {
	case 0:
		p->data[rnd(&d->rng, p->len)] ^= 1 << rnd(&d->rng, 8);
		break;
	case 1:
		p->data[rnd(&d->rng, p->len)] = edges[rnd(&d->rng, sizeof(edges))];
		break;
	case 2:
		p->data[rnd(&d->rng, p->len)] = rnd(&d->rng, 256);
		break;
	case 3:
		p->len = rnd(&d->rng, p->len + 1);
		break;
	case 4:
		repeat_part(d, p);
		break;
	case 5:
		tail(d, p);
		break;
	}
}

/* ---- comparison --------------------------------------------------------------- */

/* BPF_PROG_TEST_RUN makes no socket buffer of less */
static uint32_t least_for_tc(const struct frame *frame)
{
	switch (frame->data[12] << 8 | frame->data[13]) {
	case 0x0800:
		return 14 + 20;
	case 0x86dd:
		return 14 + 40;
	default:
		return 14 + 1;
	}
}

static bool tc_equal(struct differential *d, const struct frame *frame,
		     uint32_t inputs, const struct parse_result *ref, FILE *out)
{
	const struct parse_result *res;

	if (frame->len < least_for_tc(frame))
		return true;
	res = bpf_body_outputs(d->tc, frame, inputs);
	return res && results_equal(d->parser, "reference", ref, "tc", res, out);
}

static bool compare(struct differential *d, const struct frame *frame,
		    uint32_t inputs, bool bpf, FILE *out)
{
	struct parse_result ref, res;
	bool equal;

	reference_run(d->parser, frame->data, frame->len, inputs, &ref);
	tcam_run(d->tcam, frame->data, frame->len, inputs, &res);
	equal = results_equal(d->parser, "reference", &ref, "device", &res, out);
	if (!out)
		d->verdicts[ref.verdict]++;
	if (bpf && frame->len >= RUN_MIN_FRAME) {
		equal &= bpf_equal(d->parser, d->bpf, frame, inputs, &ref, out) &
			 tc_equal(d, frame, inputs, &ref, out);
		d->on_bpf++;
	}
	return equal;
}

/* The bytes are moved to memory of just their size, for the sanitizers */
static bool check(struct differential *d, const struct packet *p,
		  uint32_t inputs)
{
	struct frame frame = { .len = p->len, .data = malloc(p->len + !p->len) };
	bool bpf = d->bpf && d->on_bpf < d->bpf_limit;
	bool equal;

	if (!frame.data)
		return false;
	memcpy(frame.data, p->data, p->len);
	equal = compare(d, &frame, inputs, bpf, NULL);
	if (!equal) {
		printf("# packet %llu, %u bytes, inputs %u: the bodies differ\n",
		       (unsigned long long)d->done, frame.len, inputs);
		compare(d, &frame, inputs, bpf, stdout);
		print_frame(stdout, &frame);
	}
	d->done++;
	free(frame.data);
	return equal;
}

/* Every length of a packet, from 0 for the device and from 14 for eBPF */
static bool check_lengths(struct differential *d)
{
	struct packet p = {};
	uint32_t i, len;

	for (i = 0; i < 200; i++) {
		take_seed(d, &p);
		for (len = p.len; len-- > 0; p.len = len)
			if (!check(d, &p, i % 8))
				return false;
	}
	return true;
}

static bool check_random(struct differential *d, uint64_t packets)
{
	struct packet p = {};

	while (d->done < packets) {
		uint32_t times = rnd(&d->rng, 4);

		take_seed(d, &p);
		while (times--)
			mutate(d, &p);
		if (!check(d, &p, rnd(&d->rng, 8)))
			return false;
	}
	return true;
}

static bool open_all(struct differential *d, const char *path)
{
	struct buffer blob = {};
	struct device device;
	char *target = target_path("netdevsim");

	if (load_file(path, "sha256", &d->list) &&
	    device_read(target, &device)) {
		d->parser = d->list.programs[0].parser;
		d->tcam = tcam_lower(path, d->parser, &device, &blob);
	}
	free(target);
	buffer_free(&blob);
	if (d->tcam && d->bpf_limit)
		d->bpf = bpf_body_open(&d->list.programs[0], BPF_PROG_XDP);
	if (d->bpf)
		d->tc = bpf_body_open(&d->list.programs[0], BPF_PROG_TC);
	return d->tcam && (d->tc || !d->bpf_limit);
}

static bool add_seeds(struct differential *d, const char *path)
{
	struct capture more;
	uint32_t i;

	if (!capture_read(path, &more))
		return false;
	d->seeds.frames = xrealloc(d->seeds.frames,
				   (d->seeds.num + more.num + 1) *
				   sizeof(*d->seeds.frames));
	for (i = 0; i < more.num; i++)
		d->seeds.frames[d->seeds.num++] = more.frames[i];
	free(more.frames);
	return true;
}

int main(int argc, char **argv)
{
	struct differential d = {};
	bool good = argc >= 4;
	int i;

	if (!good) {
		fputs("usage: differential FILE PACKETS BPF_PACKETS [SEED [PCAP...]]\n",
		      stderr);
		return OC_EXIT_USAGE;
	}
	d.bpf_limit = strtoull(argv[3], NULL, 0);
	rng_seed(&d.rng, argc > 4 ? strtoull(argv[4], NULL, 0) : 1);
	for (i = 5; good && i < argc; i++)
		good = add_seeds(&d, argv[i]);
	good = good && open_all(&d, argv[1]) && check_lengths(&d) &&
	       check_random(&d, strtoull(argv[2], NULL, 0));
	printf("# %llu packets on reference and device, %llu of them on bpf; verdicts",
	       (unsigned long long)d.done, (unsigned long long)d.on_bpf);
	for (i = 0; i < PARSE_NUM_VERDICTS; i++)
		printf(" %llu", (unsigned long long)d.verdicts[i]);
	if (d.bpf)
		printf("; %u instructions verified", bpf_body_verified(d.bpf));
	putchar('\n');
	bpf_body_close(d.bpf);
	bpf_body_close(d.tc);
	if (d.tcam)
		tcam_free(d.tcam);
	capture_free(&d.seeds);
	loaded_free(&d.list);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
