/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/* Random parsers with every construct of oc.h, and packets for them */
#ifndef RANDOM_H
#define RANDOM_H

#include "../../oc.h"

/* ---- rng.c: xorshift64*; the same seed gives the same draws ---------------- */

struct rng {
	uint64_t	state;
};

void rng_seed(struct rng *rng, uint64_t seed);
uint32_t rnd(struct rng *rng, uint32_t below);	/* 0 for 0 */
uint32_t rnd_from(struct rng *rng, uint32_t low, uint32_t high);
bool one_in(struct rng *rng, uint32_t n);
/* Half of them any, half of them 0 to 3 */
void rnd_bytes(struct rng *rng, uint8_t *to, uint32_t size);
u128 rnd_bits(struct rng *rng, uint32_t bits);	/* edges are likely */
u128 ones(uint32_t bits);

/* ---- clauses.c, lookup.c, parser.c: a parser that parser_check() takes ------ */

/* What a parser may have: one bit each, so that a difference can be narrowed */
enum feature {
	WITH_CONDS, WITH_GROUPS, WITH_TERNARY, WITH_RANGES, WITH_LENGTHS,
	WITH_SIGNED, WITH_REST, WITH_LOOPS, WITH_FLAGS, WITH_NESTED,
	WITH_COUNTERS, WITH_ARRAYS, WITH_ENCAP, WITH_OVERLAY, WITH_REPEAT,
	WITH_INPUTS, WITH_WIDE, WITH_KEYS, WITH_BACK,
	NUM_FEATURES
};

extern const char *const feature_names[NUM_FEATURES];

/* @features: a mask; which of them the parser has is drawn, too */
struct parser *random_parser(uint64_t seed, uint32_t features);

/* ---- packet.c ---------------------------------------------------------------- */

#define MAX_FRAME	1024

struct packet {
	uint32_t	len;
	uint8_t		data[MAX_FRAME];
};

void random_packet(struct rng *rng, const struct parser *parser,
		   struct packet *packet);

/* ---- capture.c: a file with this packet ---------------------------------------- */

bool packet_write(const char *path, const struct packet *packet);

/* ---- private to clauses.c, lookup.c and parser.c ------------------------------ */

#define MAX_SCOPES	6

struct scope {			/* ordinary nodes; the elements of some part */
	uint32_t	depth;		/* 1 for ordinary nodes */
	uint32_t	budget;		/* nodes to come */
};

struct gen {
	struct rng	rng;
	uint32_t	features;
	struct parser	*p;
	struct scope	scopes[MAX_SCOPES];
	uint32_t	num_scopes;
	uint32_t	scope[MAX_NODES];	/* of a node */
	uint32_t	map_scope[MAX_NODES];
	bool		map_free[MAX_NODES];	/* leads back and to AGAIN */
};

/* A header: that of a node, or what the lookup of a part reads */
struct header {
	struct field	**fields;
	uint32_t	*num;
	uint32_t	bytes;
};

#define FOR_PART	UINT32_MAX	/* as the node that a target is for */

bool has(struct gen *g, enum feature feature);
char *random_name(struct gen *g, const char *kind, uint32_t number);
struct header node_header(struct node *node);
/* A field of at most @max bits; its index, or -1 if there is no bit at all */
int random_field(struct gen *g, struct header *h, uint32_t max);
int find_field(struct gen *g, struct header *h, uint32_t offset, uint32_t bits);
void random_length(struct gen *g, struct header *h, struct length *length,
		   int32_t min);
void random_conds(struct gen *g, struct node *node);
void random_actions(struct gen *g, struct node *node);
void random_extracts(struct gen *g, struct node *node);
void root_extracts(struct gen *g, struct node *root);
bool wants_parts(struct gen *g, const struct node *node, uint32_t scope);
void random_parts(struct gen *g, struct node *node, uint32_t scope);
void random_lookup(struct gen *g, struct header *h, struct lookup *lookup,
		   uint32_t scope, uint32_t from);
void root_lookup(struct gen *g, struct node *root, struct header *h);
struct target random_target(struct gen *g, uint32_t scope, uint32_t from);
struct target random_stop(struct gen *g);
bool moves_on(const struct node *node);
uint32_t new_node(struct gen *g, uint32_t scope);
uint32_t new_counter(struct gen *g);

#endif /* RANDOM_H */
