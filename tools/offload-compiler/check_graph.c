// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Of the parse graph: nodes are in parts or not, parts do not contain
 * themselves, loops end.
 */
#include <stdlib.h>
#include <string.h>

#include "check.h"

/* ---- elements ------------------------------------------------------------------ */

/* Does a part of @owner name node @at as an element? */
static bool has_element(const struct parser *p, const struct node *owner,
			uint32_t at)
{
	struct target to;

	for (uint32_t i = 0; i < owner->num_parts; i++)
		for (uint32_t n = 0; part_element(p, &owner->parts[i], n, &to); n++)
			if (to.type == TARGET_NODE && to.index == at)
				return true;
	return false;
}

static bool goes_on_to(const struct parser *p, const struct node *node,
		       uint32_t at)
{
	struct target to;

	for (uint32_t n = 0; lookup_target(p, &node->next, n, &to); n++)
		if (to.type == TARGET_NODE && to.index == at)
			return true;
	return false;
}

/* An element that is an ordinary node, too */
static void check_meeting(const struct check *c, uint32_t at)
{
	const struct node *node = &c->parser->nodes[at];
	const char *in = NULL, *by = NULL;

	for (uint32_t i = 0; i < c->parser->num_nodes; i++) {
		const struct node *from = &c->parser->nodes[i];

		if (has_element(c->parser, from, at))
			in = from->name;
		if (c->ordinary[i] && !c->element[i] &&
		    goes_on_to(c->parser, from, at))
			by = from->name;
	}
	if (!by && at != c->parser->root)
		return;		/* what it follows is the fault */
	if (in)
		node_error(c, node, node->line, node->name,
			   "node %s is an element of a part of node %s, and follows %s as an ordinary node: make two nodes of it",
			   node->name, in, by ? by : "nothing");
	else
		node_error(c, node, node->line, node->name,
			   "node %s follows an element of a part and an ordinary node: make two nodes of it, or end the element with AGAIN or DONE",
			   node->name);
}

void check_roles(const struct check *c)
{
	for (uint32_t i = 0; i < c->parser->num_nodes; i++) {
		const struct node *node = &c->parser->nodes[i];

		if (!c->element[i])
			continue;
		if (c->ordinary[i])
			check_meeting(c, i);
		else if (node->encap)
			node_error(c, node, node->line, node->name,
				   "node %s is an element of a part, which cannot be an encapsulation: say .encap = 1 where the inner packet starts",
				   node->name);
		else if (node->counted)
			node_error(c, node, node->line, node->name,
				   "node %s is an element of a part, which is never counted",
				   node->name);
	}
}

/* ---- parts in parts -------------------------------------------------------------- */

struct dive {
	const struct check	*c;
	uint32_t		chain[MAX_NODES];	/* owners */
	uint32_t		depth;
	uint8_t			done[MAX_NODES];	/* at this depth */
	bool			wrong;
};

static void dive_node(struct dive *d, uint32_t at);

static void say_recursion(struct dive *d, uint32_t at)
{
	const struct parser *p = d->c->parser;
	const struct node *node = &p->nodes[at];
	struct buffer chain = {};
	uint32_t i = 0;

	while (d->chain[i] != at)
		i++;
	for (; i < d->depth; i++)
		buffer_printf(&chain, "%s -> ", p->nodes[d->chain[i]].name);
	node_error(d->c, node, node->line, node->name,
		   "node %s is in a part of itself: %s%s", node->name,
		   chain.data, node->name);
	buffer_free(&chain);
	d->wrong = true;
}

static void say_too_deep(struct dive *d, uint32_t at)
{
	const struct parser *p = d->c->parser;
	const struct node *node = &p->nodes[at];
	struct buffer chain = {};

	for (uint32_t i = 0; i < d->depth; i++)
		buffer_printf(&chain, "%s -> ", p->nodes[d->chain[i]].name);
	node_error(d->c, node, node->line, node->name,
		   "parts in parts are at most %d deep, and this is one more: %s%s",
		   MAX_DEPTH - 1, chain.data, node->name);
	buffer_free(&chain);
	d->wrong = true;
}

static void dive_part(struct dive *d, const struct part *part)
{
	struct target to;

	for (uint32_t n = 0; part_element(d->c->parser, part, n, &to); n++)
		if (to.type == TARGET_NODE)
			dive_node(d, to.index);
}

/* Owners are followed by their elements, and these by what follows them. A
 * node is looked at once for each depth; the first fault is all that is said.
 */
static void dive_node(struct dive *d, uint32_t at)
{
	const struct node *node = &d->c->parser->nodes[at];
	struct target to;

	for (uint32_t i = 0; i < d->depth && !d->wrong; i++)
		if (d->chain[i] == at)
			say_recursion(d, at);
	if (!d->wrong && d->depth == MAX_DEPTH)
		say_too_deep(d, at);
	if (d->wrong || d->done[at] & 1 << d->depth)
		return;
	d->done[at] |= 1 << d->depth;
	d->chain[d->depth++] = at;
	for (uint32_t i = 0; i < node->num_parts; i++)
		dive_part(d, &node->parts[i]);
	d->depth--;
	for (uint32_t n = 0; lookup_target(d->c->parser, &node->next, n, &to); n++)
		if (to.type == TARGET_NODE)
			dive_node(d, to.index);
}

void check_depth(const struct check *c)
{
	struct dive d = { .c = c };

	dive_node(&d, c->parser->root);
}

/* ---- loops --------------------------------------------------------------------------- */

/* Bytes that a visit goes on by at least */
static int64_t advance(const struct node *node)
{
	return node->overlay ? 0 : node_bounds(node).low;
}

static bool stays(const struct node *node)
{
	return !advance(node);
}

static bool is_unlimited(const struct node *node)
{
	return !node->counted && !node->repeat && !node->encap;
}

enum colour { WHITE, GREY, BLACK };

struct search {
	const struct check	*c;
	bool			(*member)(const struct node *node);
	const char		*wrong;
	uint8_t			colour[MAX_NODES];
};

/* Depth first, over members only; at most MAX_NODES deep */
static bool find_loop(struct search *s, uint32_t at)
{
	const struct parser *p = s->c->parser;
	const struct node *node = &p->nodes[at];
	struct target to;

	s->colour[at] = GREY;
	for (uint32_t n = 0; lookup_target(p, &node->next, n, &to); n++) {
		if (to.type != TARGET_NODE || !s->member(&p->nodes[to.index]))
			continue;
		if (s->colour[to.index] == GREY) {
			diag_error(node->file ? node->file : s->c->path,
				   node->line, node->name,
				   "the loop from node %s to node %s %s",
				   node->name, p->nodes[to.index].name,
				   s->wrong);
			return true;
		}
		if (s->colour[to.index] == WHITE && find_loop(s, to.index))
			return true;
	}
	s->colour[at] = BLACK;
	return false;
}

static bool search_loop(const struct check *c, const char *wrong,
			bool (*member)(const struct node *node))
{
	struct search s = { .c = c, .member = member, .wrong = wrong };

	for (uint32_t i = 0; i < c->parser->num_nodes; i++)
		if (s.colour[i] == WHITE && member(&c->parser->nodes[i]) &&
		    find_loop(&s, i))
			return true;
	return false;
}

void check_loops(const struct check *c)
{
	if (!search_loop(c, "does not advance in the packet: a node of it has to have a length",
			 stays))
		search_loop(c, "has no limit: a node of it has to be counted, an encapsulation or limited by .repeat",
			    is_unlimited);
}

static bool goes_on_in_place(const struct check *c, const struct node *node,
			     const bool *lazy)
{
	struct target to;

	for (uint32_t n = 0; lookup_target(c->parser, &node->next, n, &to); n++)
		if (to.type == TARGET_AGAIN ||
		    (to.type == TARGET_NODE && lazy[to.index]))
			return true;
	return false;
}

/* Marks what can go on to AGAIN while pos stays. What is left of an area is not
 * empty as long as nothing has been read of it.
 */
static void find_lazy(const struct check *c, bool lazy[MAX_NODES])
{
	bool grown = true;

	while (grown) {
		grown = false;
		for (uint32_t i = 0; i < c->parser->num_nodes; i++) {
			const struct node *node = &c->parser->nodes[i];

			if (lazy[i] || !stays(node) ||
			    (node->rest && !node->overlay) ||
			    !goes_on_in_place(c, node, lazy))
				continue;
			lazy[i] = true;
			grown = true;
		}
	}
}

static void check_part_advance(const struct check *c, const struct node *owner,
			       const struct part *part, const bool *lazy)
{
	bool told[MAX_NODES] = {};
	struct target to;

	if (part->type != PART_LOOP)
		return;
	for (uint32_t n = 0; part_element(c->parser, part, n, &to); n++) {
		const struct node *node;

		if (to.type != TARGET_NODE || !lazy[to.index] || told[to.index])
			continue;
		told[to.index] = true;
		node = &c->parser->nodes[to.index];
		node_error(c, node, node->line, node->name,
			   "node %s, an element of a part of node %s, can be followed by the next one without having advanced in the packet: it has to have a length, or to end the part (DONE)",
			   node->name, owner->name);
	}
}

void check_advance(const struct check *c)
{
	bool lazy[MAX_NODES] = {};

	find_lazy(c, lazy);
	for (uint32_t i = 0; i < c->parser->num_nodes; i++) {
		const struct node *node = &c->parser->nodes[i];

		for (uint32_t k = 0; k < node->num_parts; k++)
			check_part_advance(c, node, &node->parts[k], lazy);
	}
}
