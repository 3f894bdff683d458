// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * The packets: each is run through the reference, whose result is what is
 * expected of it, and through vectors_walk.c, which tells the way that it takes.
 * A packet that takes another one than it was made for is a bug of ours.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "vectors_search.h"

#define PHASE_WORK	(1 << 27)	/* for that it takes seconds, not hours */
#define FEW_WORK	(1 << 20)	/* tenths of a second */
#define MAX_NAMED	24	/* nodes of a path that are written out */

static uint64_t hash_packet(const struct packet *packet)
{
	uint64_t hash = 0xcbf29ce484222325 ^ packet->inputs;

	for (uint32_t i = 0; i < packet->len; i++)
		hash = (hash ^ packet->data[i]) * 0x100000001b3;
	return hash;
}

static bool same_packet(const struct packet *a, const struct packet *b)
{
	return a->len == b->len && a->inputs == b->inputs &&
	       !memcmp(a->data, b->data, a->len);
}

static void rehash(struct vectors *v)
{
	v->hash_size = v->hash_size ? 2 * v->hash_size : 1024;
	free(v->hash);
	v->hash = xcalloc(v->hash_size, sizeof(*v->hash));
	for (uint32_t i = 0; i < v->num; i++) {
		uint64_t at = hash_packet(&v->packets[i]);

		while (v->hash[at % v->hash_size])
			at++;
		v->hash[at % v->hash_size] = i + 1;
	}
}

static bool is_double(struct vectors *v, const struct packet *packet)
{
	uint64_t at = hash_packet(packet);

	if (2 * v->num >= v->hash_size)
		rehash(v);
	for (; v->hash[at % v->hash_size]; at++)
		if (same_packet(&v->packets[v->hash[at % v->hash_size] - 1],
				packet)) {
			v->last = v->hash[at % v->hash_size] - 1;
			return true;
		}
	v->hash[at % v->hash_size] = v->num + 1;
	v->last = v->num;
	return false;
}

/* ---- the way that a packet takes ------------------------------------------------ */

static bool fits(const struct pick *pick, uint32_t step,
		 const struct outcome *out)
{
	const struct twist *twist = pick->twist;

	if (pick->step != step)
		return false;
	if (twist && twist->fail)
		return out->site == SITE_COND + twist->fail - 1;
	if (twist && twist->site)
		return out->site == twist->site;
	return !out->site && (pick->choice == CHOICE_ANY ||
			      pick->choice == out->choice);
}

struct end {
	struct target	to;
	uint32_t	nodes, encaps;
	uint32_t	picks;		/* of the script that were taken */
};

static void add_name(const struct vectors *v, struct buffer *path,
		     uint32_t step, uint32_t n)
{
	if (v->graph->low->steps[step].type != STEP_VISIT)
		return;
	if (n < MAX_NAMED)
		buffer_printf(path, "%s%s", path->size ? " > " : "",
			      cover_name(v->cover, step));
	else if (n == MAX_NAMED)
		buffer_printf(path, " > ...");
}

static struct end walk(struct vectors *v, const struct packet *packet,
		       const struct script *script, struct buffer *path)
{
	struct bytes bytes = { packet->data, packet->len, packet->inputs };
	struct end end = { .to.index = lowered_root(v->graph->low) };
	uint32_t num_nodes = 0;
	struct outcome out;
	struct regs regs;
	bool taken = true;

	regs_init(&regs);
	for (uint32_t i = 0; end.to.type == TARGET_NODE; i++) {
		uint32_t step = end.to.index;

		add_name(v, path, step, num_nodes);
		num_nodes += v->graph->low->steps[step].type == STEP_VISIT;
		step_run(v->graph, &bytes, &regs, step, &out, v->cover);
		cover_step(v->cover, step, &out);
		taken = taken && i < script->num &&
			fits(&script->picks[i], step, &out);
		end.picks += taken;
		end.to = out.to;
	}
	end.nodes = regs.nodes;
	end.encaps = regs.encaps;
	return end;
}

static void add_packet(struct vectors *v, struct packet *packet,
		       const struct script *script)
{
	struct parse_result *res = &packet->result;
	struct buffer path = {};
	struct end end = walk(v, packet, script, &path);

	reference_run(v->graph->parser, packet->data, packet->len,
		      packet->inputs, res);
	if (end.picks < script->num || res->verdict != end.to.index ||
	    res->nodes != end.nodes || res->encaps != end.encaps) {
		diag_error(v->graph->parser->name, 0, NULL,
			   "internal error: the packet for \"%s\" goes astray after %u of %u steps, at %s; the reference ends as %s with %u nodes, and should as %s with %u",
			   packet->purpose, end.picks, script->num, path.data,
			   parse_verdict_names[res->verdict], res->nodes,
			   parse_verdict_names[end.to.index], end.nodes);
		v->broken = true;
	}
	packet->path = path.data;
	if (v->num == v->space) {
		v->space = 2 * v->space + 64;
		v->packets = xrealloc(v->packets,
				      v->space * sizeof(*v->packets));
	}
	v->packets[v->num++] = *packet;
}

static bool walk_ends_at(const struct vectors *v, const struct bytes *bytes,
			 uint32_t want)
{
	struct target to = { .index = lowered_root(v->graph->low) };
	struct outcome out = {};
	struct regs regs;
	uint32_t step = want;

	regs_init(&regs);
	while (to.type == TARGET_NODE) {
		step = to.index;
		step_run(v->graph, bytes, &regs, step, &out, NULL);
		to = out.to;
	}
	return step == want && out.site == SITE_TRUNCATED;
}

static void keep_packet(struct vectors *v, struct packet *packet,
			const struct script *script, const char *purpose)
{
	if (is_double(v, packet)) {
		free(packet->data);
		return;
	}
	packet->purpose = xstrdup(purpose);
	add_packet(v, packet, script);
}

bool vectors_try(struct vectors *v, struct script *script, const char *fmt, ...)
{
	struct packet packet = {}, zeros = {}, ones = {};
	va_list args;
	char *purpose;

	v->gave_up |= builder_work(v->builder) > v->work_end;
	if (v->broken || builder_work(v->builder) > v->work_end ||
	    !builder_run(v->builder, script, &packet))
		return false;
	va_start(args, fmt);
	if (vasprintf(&purpose, fmt, args) < 0)
		purpose = xstrdup("");
	va_end(args);
	if (v->refill) {
		builder_repeat(v->builder, 0, &zeros);
		keep_packet(v, &zeros, script, purpose);
		builder_repeat(v->builder, 0xff, &ones);
		keep_packet(v, &ones, script, purpose);
	}
	keep_packet(v, &packet, script, purpose);
	free(purpose);
	return true;
}

/**
 * vectors_cut() - the n-th packet, cut off or made longer
 * @v: to add it to
 * @n: packet
 * @len: bytes
 * @purpose: in a few words
 */
void vectors_cut(struct vectors *v, uint32_t n, int64_t len, const char *purpose)
{
	const struct packet *from = &v->packets[n];
	struct packet packet = { .inputs = from->inputs };
	struct script none = {};
	uint32_t known;

	if (v->broken || len < 0 || len > RUN_MAX_FRAME)
		return;
	packet.len = len;
	packet.data = xcalloc(1, len ? len : 1);
	known = from->len < len ? from->len : len;
	memcpy(packet.data, from->data, known);
	memset(packet.data + known, 0xa5, len - known);
	if (is_double(v, &packet)) {
		free(packet.data);
		return;
	}
	packet.purpose = xstrdup(purpose);
	add_packet(v, &packet, &none);
}

/* Cuts a packet where it comes to a step that was never truncated */
static void sweep_packet(struct vectors *v, uint32_t n)
{
	const struct packet *p = &v->packets[n];
	struct bytes bytes = { p->data, p->len, p->inputs };
	struct target to = { .index = lowered_root(v->graph->low) };
	struct outcome out;
	struct regs regs;

	regs_init(&regs);
	while (to.type == TARGET_NODE) {
		uint32_t step = to.index;
		int64_t base = regs.pos[v->graph->low->steps[step].depth];

		step_run(v->graph, &bytes, &regs, step, &out, NULL);
		to = out.to;
		if (!cover_is_site(v->cover, step, SITE_TRUNCATED) ||
		    cover_has_site(v->cover, step, SITE_TRUNCATED) ||
		    !out.read || base + out.read > RUN_MAX_FRAME)
			continue;
		bytes.len = out.read - 1;
		if (walk_ends_at(v, &bytes, step))
			vectors_cut(v, n, out.read - 1, "frame ends in a node before");
		return;
	}
}

static void sweep(struct vectors *v)
{
	uint32_t num = v->num;

	for (uint32_t i = 0; i < num && !v->broken; i++)
		sweep_packet(v, i);
}

static void start_phase(struct vectors *v, uint64_t work)
{
	v->work_end = builder_work(v->builder) + work;
}

static void start(struct vectors *v)
{
	v->builder = builder_make(v->graph);
	v->cover = cover_make(v->graph);
	v->reach = xcalloc(v->graph->num_steps, sizeof(*v->reach));
	for (uint32_t i = 0; i < v->graph->num_steps; i++)
		v->reach[i].len = NO_WISH;
}

/**
 * vectors_make() - all packets for a parser
 * @v: with its graph
 * @max_paths: at most so many whole paths on top of edges and boundaries
 */
void vectors_make(struct vectors *v, uint32_t max_paths)
{
	start(v);
	start_phase(v, PHASE_WORK);
	plan_pairs(v);
	plan_loops(v);
	start_phase(v, PHASE_WORK);
	plan_limits(v);
	start_phase(v, PHASE_WORK);
	plan_deep(v, SEARCHES);
	start_phase(v, PHASE_WORK);
	plan_probes(v);
	start_phase(v, PHASE_WORK);
	plan_paths(v, max_paths);
	sweep(v);
}

void vectors_make_few(struct vectors *v)
{
	start(v);
	start_phase(v, FEW_WORK);
	plan_pairs(v);
	start_phase(v, FEW_WORK);
	plan_deep(v, 1);
	start_phase(v, FEW_WORK);
	plan_probes(v);
}

void vectors_free(struct vectors *v)
{
	for (uint32_t i = 0; i < v->num; i++) {
		free(v->packets[i].data);
		free(v->packets[i].path);
		free(v->packets[i].purpose);
	}
	for (uint32_t i = 0; v->reach && i < v->graph->num_steps; i++)
		script_free(&v->reach[i]);
	free(v->reach);
	free(v->packets);
	free(v->hash);
	builder_free(v->builder);
	cover_free(v->cover);
}
