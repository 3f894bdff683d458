// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* The places of a search, what they share, and the packet that leads to one. */
#include <stdlib.h>
#include <string.h>

#include "prove_pair.h"

#define MAX_PLACES	(1U << 20)
#define MAX_EXACT	4000		/* a pair each is kept: some 20 KiB */
#define MAX_BRANCHES	4000000
#define MAX_TRIES	200000		/* of them, for a packet */

/* ---- linear forms ------------------------------------------------------------- */

uint32_t prover_intern(struct prover *p, const struct sym_linear *linear)
{
	for (uint32_t i = p->num_linears; i--; )
		if (sym_equal(&p->linears[i], linear))
			return i;
	p->linears = xrealloc(p->linears,
			      (p->num_linears + 1) * sizeof(*p->linears));
	p->linears[p->num_linears] = *linear;
	return p->num_linears++;
}

const struct sym_linear *prover_linear(const struct prover *p, uint32_t index)
{
	return &p->linears[index];
}

uint32_t prover_move(struct prover *p, uint32_t linear, int64_t by)
{
	struct sym_linear moved = *prover_linear(p, linear);

	moved.add += by;
	return prover_intern(p, &moved);
}

/* Whether all packets of @bits have the same value in @ref */
static bool is_known(struct prover *p, uint32_t bits, struct sym_ref ref,
		     uint32_t *value)
{
	if (ref.depth >= SYM_REST || ref.bits > 32)
		return false;
	*value = 0;
	for (uint32_t i = 0; i < ref.bits; i++) {
		uint32_t var = bdd_var(p->bdd, sym_var(ref, i));
		bool zero = bdd_and(p->bdd, bits, var) == BDD_FALSE;
		bool one = bdd_and(p->bdd, bits, bdd_not(p->bdd, var)) ==
			   BDD_FALSE;

		if (!zero && !one)
			return false;
		*value = *value << 1 | one;
	}
	return true;
}

uint32_t prover_resolve(struct prover *p, uint32_t linear, uint32_t bits)
{
	struct sym_linear old = *prover_linear(p, linear), new = {};
	uint32_t value;

	if (!old.num)
		return linear;
	new.add = old.add;
	new.full = old.full;
	for (uint32_t i = 0; i < old.num; i++) {
		if (is_known(p, bits, old.terms[i].ref, &value))
			new.add += old.terms[i].times * value;
		else
			sym_add_term(&new, old.terms[i].ref,
				     old.terms[i].times);
	}
	return prover_intern(p, &new);
}

/* ---- places --------------------------------------------------------------------- */

/* Member by member: what lies between them is not always zero */
static void key_value(struct buffer *key, uint32_t output, const struct value *v)
{
	uint32_t words[] = {
		output, v->type, v->ref.depth, v->ref.offset, v->ref.bits,
		v->linear, v->counter, v->up, v->reset,
	};

	buffer_add(key, words, sizeof(words));
	buffer_add(key, &v->value, sizeof(v->value));
}

/* All that a pair at a place is */
static void make_key(const struct prover *p, const struct pair *pair,
		     struct buffer *key)
{
	buffer_add(key, &pair->bits, sizeof(pair->bits));
	buffer_add(key, &pair->same_window, sizeof(pair->same_window));
	for (uint32_t i = 0; i < p->machine[0]->num_counters; i++)
		buffer_add(key, &pair->equal[i], sizeof(pair->equal[i]));
	for (int s = 0; s < 2; s++) {
		const struct side *side = &pair->side[s];

		buffer_add(key, &side->state, sizeof(side->state));
		buffer_add(key, &side->stopped, sizeof(side->stopped));
		buffer_add(key, &side->verdict, sizeof(side->verdict));
		buffer_add(key, &side->counting, sizeof(side->counting));
		buffer_add(key, side->length, sizeof(side->length));
		for (uint32_t i = 0; i < p->machine[0]->num_outputs; i++) {
			if (side->out[i].type == VALUE_OLD)
				continue;
			key_value(key, i, &side->out[i]);
		}
	}
	buffer_add(key, pair->rem, sizeof(pair->rem));
	buffer_add(key, pair->area, sizeof(pair->area));
	buffer_add(key, pair->win, sizeof(pair->win));
	buffer_add(key, pair->count, sizeof(pair->count));
}

static uint32_t *find_place(const struct prover *p, const struct buffer *key)
{
	uint64_t hash = 0xcbf29ce484222325ULL;
	uint32_t at;

	for (size_t i = 0; i < key->size; i++)
		hash = (hash ^ (uint8_t)key->data[i]) * 0x100000001b3ULL;
	at = hash >> 20 & (p->table_size - 1);
	while (p->table[at]) {
		const struct buffer *other = &p->places[p->table[at] - 1].key;

		if (other->size == key->size &&
		    !memcmp(other->data, key->data, key->size))
			break;
		at = (at + 1) & (p->table_size - 1);
	}
	return &p->table[at];
}

static void add_edge(struct prover *p, uint32_t from, uint32_t to)
{
	if (p->exact)
		return;
	if (!(p->num_edges & (p->num_edges + 1)))
		p->edges = xrealloc(p->edges, 2 * (p->num_edges + 1) *
				    sizeof(*p->edges));
	p->edges[p->num_edges++] = (struct edge){ from, to };
}

/* A pair that has come from place @parent over @bits */
void prover_add(struct prover *p, const struct pair *pair, uint32_t parent,
		uint32_t bits)
{
	struct buffer key = {};
	struct place *place;
	uint32_t *slot;

	make_key(p, pair, &key);
	slot = find_place(p, &key);
	add_edge(p, parent, *slot ? *slot - 1 : p->num_places);
	if (*slot || p->num_places == p->max_places) {
		p->gave_up |= !*slot;
		buffer_free(&key);
		return;
	}
	p->places = xrealloc(p->places, (p->num_places + 1) * sizeof(*place));
	place = &p->places[p->num_places];
	*place = (struct place){
		.pair = xcalloc(1, sizeof(*pair)), .parent = parent,
		.state = { pair->side[0].state, pair->side[1].state },
		.stopped = { pair->side[0].stopped, pair->side[1].stopped },
		.bits = bits, .key = key,
	};
	memcpy(place->base, pair->base, sizeof(place->base));
	*place->pair = *pair;
	place->pair->place = p->num_places;
	*slot = ++p->num_places;
	if (!p->exact)
		prover_claim(p, pair);
}

static void init(struct prover *p, const struct sym_machine *a,
		 const struct sym_machine *b, bool exact)
{
	const struct sym_linear zero = {}, stale = { .full = true };

	*p = (struct prover){
		.machine = { a, b }, .exact = exact, .bdd = bdd_new(),
		.max_places = exact ? MAX_EXACT : MAX_PLACES,
		.table_size = 2 * MAX_PLACES, .max_branches = exact ? MAX_TRIES : MAX_BRANCHES,
	};
	p->ways[0] = xcalloc(a->num_states, sizeof(*p->ways[0]));
	p->ways[1] = xcalloc(b->num_states, sizeof(*p->ways[1]));
	p->table = xcalloc(p->table_size, sizeof(*p->table));
	p->zero = prover_intern(p, &zero);
	p->stale = prover_intern(p, &stale);
	for (uint32_t i = 0; i < a->num_counters; i++)
		for (uint32_t j = 0; j < b->num_counters; j++)
			if (a->max[i] == b->max[j])
				p->possible[i] |= 1ULL << j;
	/* Both count these for the result, whatever their limits are */
	p->possible[SYM_NODES] |= 1ULL << SYM_NODES;
	p->possible[SYM_ENCAPS] |= 1ULL << SYM_ENCAPS;
	for (uint32_t j = 0; j < b->num_outputs; j++)
		for (uint32_t i = 0; i < a->num_outputs; i++)
			if (!strcmp(a->outputs[i].name, b->outputs[j].name))
				p->output_of[j] = i;
}

static void done(struct prover *p)
{
	for (int s = 0; s < 2; s++) {
		for (uint32_t i = 0; i < p->machine[s]->num_states; i++)
			free(p->ways[s][i].way);
		free(p->ways[s]);
	}
	for (uint32_t i = 0; i < p->num_places; i++) {
		free(p->places[i].pair);
		buffer_free(&p->places[i].key);
	}
	free(p->places);
	free(p->table);
	free(p->linears);
	free(p->edges);
	free(p->why);
	free(p->equals);
	buffer_free(&p->claims);
	bdd_free(p->bdd);
}

static void start(struct prover *p)
{
	struct pair *first = xcalloc(1, sizeof(*first));
	const struct interval any = { INT64_MIN, INT64_MAX };
	const struct interval none = { 0, 0 };

	first->bits = BDD_TRUE;
	for (uint32_t d = 0; d < MAX_DEPTH; d++) {
		first->rem[d] = (struct interval){ 0, INT64_MAX };
		first->area[d] = d ? none : any;
		first->win[0][d] = any;
		first->win[1][d] = any;
	}
	memcpy(first->equal, p->possible, sizeof(first->equal));
	for (int s = 0; s < 2; s++) {
		first->side[s].state = p->machine[s]->start;
		first->side[s].x = p->zero;
	}
	prover_add(p, first, 0, BDD_TRUE);
	free(first);
}

/* ---- the search ---------------------------------------------------------------------- */

#define FAR	UINT32_MAX

/* How far a pair of states is from the one where the proof failed; 0 is that one
 * and what the proof has not come to
 */
struct guide {
	uint32_t	*distance;	/* [state of 0 * num_states of 1 + ...] */
	uint32_t	width;
};

static uint32_t *distance(const struct guide *guide, uint32_t a, uint32_t b)
{
	return &guide->distance[a * guide->width + b];
}

static void make_guide(const struct prover *p, struct guide *guide)
{
	uint32_t *near = xcalloc(p->num_places, sizeof(*near));
	bool changed = true;

	guide->width = p->machine[1]->num_states;
	guide->distance = xcalloc((size_t)p->machine[0]->num_states *
				  guide->width, sizeof(uint32_t));
	memset(near, 0xff, p->num_places * sizeof(*near));
	near[p->last.place] = 0;
	while (changed) {
		changed = false;
		for (uint32_t i = 0; i < p->num_edges; i++) {
			const struct edge *e = &p->edges[i];

			if (near[e->to] == FAR || near[e->from] <= near[e->to] + 1)
				continue;
			near[e->from] = near[e->to] + 1;
			changed = true;
		}
	}
	for (uint32_t i = 0; i < p->num_places; i++)
		*distance(guide, p->places[i].state[0],
			  p->places[i].state[1]) = FAR;
	for (uint32_t i = 0; i < p->num_places; i++) {
		uint32_t *d = distance(guide, p->places[i].state[0],
				       p->places[i].state[1]);

		if (near[i] < *d)
			*d = near[i];
	}
	free(near);
}

/* The nearest place that is not explored, of these the latest; without a guide
 * the first
 */
static uint32_t next_place(const struct prover *p, uint32_t from)
{
	uint32_t best = p->num_places, least = FAR;

	if (!p->guide)
		return from;
	for (uint32_t i = 0; i < p->num_places; i++) {
		const struct place *place = &p->places[i];
		uint32_t d = *distance(p->guide, place->state[0],
				       place->state[1]);

		if (!place->pair || (d > least && best < p->num_places))
			continue;
		least = d;
		best = i;
	}
	return best;
}

static void search(struct prover *p)
{
	uint32_t i = 0;

	start(p);
	for (;;) {
		struct pair *pair;

		i = next_place(p, i);
		if (i == p->num_places || p->found || p->gave_up)
			return;
		pair = p->places[i].pair;
		p->places[i].pair = NULL;
		explore(p, pair);
		free(pair);
		i++;
	}
}

/* ---- the packet that tells them apart ------------------------------------------------ */

#define MAX_PACKET	16384

struct packet {
	uint8_t		bytes[MAX_PACKET], known[MAX_PACKET];
	uint32_t	inputs;
};

/* Bit of the frame that a variable is, when the bases are those of a place */
static int64_t bit_of(uint32_t var, const int64_t base[MAX_DEPTH])
{
	struct sym_ref ref = {};

	while (ref.depth + 1 < MAX_DEPTH) {
		ref.depth++;
		if (var < sym_var(ref, 0) - SYM_BEHIND) {
			ref.depth--;
			break;
		}
	}
	return 8 * base[ref.depth] + var - (int64_t)sym_var(ref, 0);
}

/* One packet of @bits; what is known already stays */
static void assign(const struct prover *p, uint32_t bits,
		   const int64_t base[MAX_DEPTH], struct packet *packet)
{
	while (bits > BDD_TRUE) {
		uint32_t var = bdd_top(p->bdd, bits);
		int64_t at = var < 32 ? 0 : bit_of(var, base);
		bool one = bdd_low(p->bdd, bits) == BDD_FALSE;

		if (var < 32) {
			one |= packet->inputs >> var & 1 &&
			       bdd_high(p->bdd, bits) != BDD_FALSE;
			packet->inputs &= ~(1U << var);
			packet->inputs |= (uint32_t)one << var;
		} else if (at >= 0 && at < 8 * MAX_PACKET) {
			uint8_t mask = 0x80 >> at % 8;

			if (packet->known[at / 8] & mask)
				one = packet->bytes[at / 8] & mask;
			packet->known[at / 8] |= mask;
			packet->bytes[at / 8] |= one ? mask : 0;
		}
		bits = one ? bdd_high(p->bdd, bits) : bdd_low(p->bdd, bits);
	}
}

static void make_packet(const struct prover *p, struct proof_result *result)
{
	struct packet *packet = xcalloc(1, sizeof(*packet));
	const struct interval *rem = &p->last.rem[0];
	uint32_t at = p->last.place;
	int64_t len = p->places[at].base[0];

	len += rem->hi < MAX_PACKET ? rem->hi : rem->lo > 256 ? rem->lo : 256;
	/* The last place knows most: what it needs comes first */
	assign(p, p->last.bits, p->places[at].base, packet);
	for (uint32_t i = at; i; i = p->places[i].parent)
		assign(p, p->places[i].bits,
		       p->places[p->places[i].parent].base, packet);
	if (len > MAX_PACKET)
		len = MAX_PACKET;
	if (len > 0)
		buffer_add(&result->frame, packet->bytes, len);
	result->inputs = packet->inputs;
	free(packet);
}

/* ---- the verdict ------------------------------------------------------------------------ */

static bool same_outputs(const struct sym_machine *a,
			 const struct sym_machine *b, struct proof_result *result)
{
	for (int swap = 0; swap < 2; swap++) {
		const struct sym_machine *m = swap ? b : a, *n = swap ? a : b;

		for (uint32_t i = 0; i < m->num_outputs; i++) {
			uint32_t k = 0;

			while (k < n->num_outputs &&
			       (strcmp(m->outputs[i].name, n->outputs[k].name) ||
				m->outputs[i].bits != n->outputs[k].bits))
				k++;
			if (k < n->num_outputs)
				continue;
			result->why = xasprintf("%s has an output %s of %u bits, %s has none",
						m->what, m->outputs[i].name,
						m->outputs[i].bits, n->what);
			return false;
		}
	}
	return true;
}

/* The proof failed: is there a packet? */
static void find_packet(const struct sym_machine *a, const struct sym_machine *b,
			const struct guide *guide, struct proof_result *result)
{
	struct prover p;

	init(&p, a, b, true);
	p.guide = guide;
	search(&p);
	if (p.found) {
		result->proof = PROOF_DIFFERENT;
		free(result->why);
		result->why = xstrdup(p.why);
		make_packet(&p, result);
	}
	done(&p);
}

/* If one ends, so does the other: as long as the one goes on they go on together,
 * and then the other comes to no place twice
 */
static bool ends_with(const struct prover *p, int s)
{
	struct edge *alone = xcalloc(p->num_edges, sizeof(*alone));
	uint32_t num = 0;
	bool ends;

	for (uint32_t i = 0; i < p->num_edges; i++)
		if (p->places[p->edges[i].from].stopped[s])
			alone[num++] = p->edges[i];
	ends = edges_end(p->num_places, alone, num);
	free(alone);
	return ends;
}

static bool both_end(struct prover *p)
{
	char *why[2] = {};
	bool ends[2], both;

	for (int s = 0; s < 2; s++)
		ends[s] = machine_ends(p->machine[s], &why[s]);
	both = (ends[0] && ends[1]) || (ends[0] && ends_with(p, 0)) ||
	       (ends[1] && ends_with(p, 1));
	if (!both)
		p->why = xstrdup(why[ends[0]]);
	free(why[0]);
	free(why[1]);
	return both;
}

/**
 * prove() - are two machines equal for every packet?
 * @a: one
 * @b: the other
 * @result: the answer; of a difference, a packet on which to try it. To be freed
 *	    with proof_free()
 */
void prove(const struct sym_machine *a, const struct sym_machine *b,
	   struct proof_result *result)
{
	struct guide guide = {};
	struct prover p;

	*result = (struct proof_result){ .proof = PROOF_DIFFERENT };
	if (!same_outputs(a, b, result))
		return;
	init(&p, a, b, false);
	search(&p);
	result->places = p.num_places;
	result->branches = p.branches;
	if (!p.found && !p.gave_up && both_end(&p))
		result->proof = PROOF_EQUAL;
	else
		result->proof = PROOF_UNKNOWN;
	result->why = xstrdup(p.why ? p.why : "too many cases");
	if (result->proof == PROOF_EQUAL) {
		buffer_printf(&p.claims, "end %u\n", p.num_places);
		result->claims = p.claims;
		p.claims = (struct buffer){};
	}
	if (p.found)
		make_guide(&p, &guide);
	done(&p);
	if (guide.distance)
		find_packet(a, b, &guide, result);
	free(guide.distance);
}

void proof_free(struct proof_result *result)
{
	free(result->why);
	buffer_free(&result->frame);
	buffer_free(&result->claims);
}
