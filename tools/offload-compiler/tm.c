// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Machines and their parts: see tm.h. */
#include <stdlib.h>
#include <string.h>

#include "tm_memo.h"
#include "tm_pass.h"

struct tm_machine *tm_new(const char *path, const struct parser *parser,
			  const struct device *device)
{
	struct tm_machine *tm = xcalloc(1, sizeof(*tm));

	tm->path = path;
	tm->parser = parser;
	tm->device = device;
	tm->bdd = bdd_new();
	tm->ops = xcalloc(1, sizeof(*tm->ops));
	tm->num_ops = 1;
	return tm;
}

void tm_free(struct tm_machine *tm)
{
	if (!tm)
		return;
	for (uint32_t i = 0; i < tm->num_states; i++) {
		free(tm->states[i].name);
		free(tm->states[i].ways);
	}
	for (uint32_t i = 0; i < tm->num_ops; i++)
		free(tm->ops[i].op);
	free(tm->states);
	free(tm->ops);
	free(tm->visits);
	free(tm->areas);
	free(tm->repeats);
	tm_memo_free(&tm->costs);
	tm_memo_free(&tm->covers);
	bdd_free(tm->bdd);
	free(tm);
}

void tm_fits(struct tm_machine *tm, const struct node *node, const char *what,
	     uint64_t needed, uint64_t available)
{
	if (needed <= available)
		return;
	if (node)
		diag_error(tm->path, node->line, node->name,
			   "node '%s' needs %llu %s, target '%s' has %llu",
			   node->name, (unsigned long long)needed, what,
			   tm->device->name, (unsigned long long)available);
	else
		diag_error(tm->path, 0, NULL,
			   "parser '%s' needs %llu %s, target '%s' has %llu",
			   tm->parser->name, (unsigned long long)needed, what,
			   tm->device->name, (unsigned long long)available);
	tm->failed = true;
}

/* ---- operations ------------------------------------------------------------- */

static uint32_t hash_ops(const struct tm_op *op, uint32_t num)
{
	const unsigned char *byte = (const unsigned char *)op;
	uint32_t hash = 2166136261U;	/* FNV-1a */

	for (size_t i = 0; i < num * sizeof(*op); i++)
		hash = (hash ^ byte[i]) * 16777619U;
	return hash % TM_HASHES;
}

static bool writes_one(const struct tm_op *op)
{
	return op->type < TCAM_COUNTER_INC && !op->index;
}

static bool reads_length(const struct tm_op *op)
{
	return !op->depth && (op->type == TCAM_EXTRACT_END ||
			      op->type == TCAM_EXTRACT_LENGTH);
}

/* Outputs are written in their order, whatever that of a source. A header's
 * length cannot be wrong: only what lies in an area has to end there.
 */
static bool goes_before(const struct tm_op *op, const struct tm_op *other)
{
	if (!writes_one(other))
		return false;
	if (op->type == TCAM_LENGTH)
		return !op->depth && !reads_length(other);
	return writes_one(op) && op->output < other->output;
}

/* In one order if any will do; of an output that is written twice the second time
 * counts
 */
static uint32_t sort_ops(struct tm_op *op, uint32_t num)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < num; i++) {
		const struct tm_op new = op[i];
		uint32_t at = kept;

		while (at && goes_before(&new, &op[at - 1]))
			at--;
		if (at && writes_one(&new) && writes_one(&op[at - 1]) &&
		    op[at - 1].output == new.output) {
			op[at - 1] = new;
			continue;
		}
		memmove(&op[at + 1], &op[at], (kept++ - at) * sizeof(*op));
		op[at] = new;
	}
	return kept;
}

static uint32_t intern(struct tm_machine *tm, const struct tm_op *op,
		       uint32_t num)
{
	uint32_t *first;
	struct tm_ops *to;

	first = &tm->ops_of_hash[hash_ops(op, num)];
	for (uint32_t i = *first; i; i = tm->ops[i].chain)
		if (tm->ops[i].num == num &&
		    !memcmp(tm->ops[i].op, op, num * sizeof(*op)))
			return i;
	tm->ops = xrealloc(tm->ops, (tm->num_ops + 1) * sizeof(*tm->ops));
	to = &tm->ops[tm->num_ops];
	*to = (struct tm_ops){
		.num = num, .op = xcalloc(num, sizeof(*op)), .chain = *first,
	};
	memcpy(to->op, op, num * sizeof(*op));
	*first = tm->num_ops;
	return tm->num_ops++;
}

uint32_t tm_ops(struct tm_machine *tm, const struct tm_op *op, uint32_t num)
{
	struct tm_op *sorted;
	uint32_t ops;

	if (!num)
		return 0;
	sorted = xcalloc(num, sizeof(*sorted));
	memcpy(sorted, op, num * sizeof(*op));
	ops = intern(tm, sorted, sort_ops(sorted, num));
	free(sorted);
	return ops;
}

uint32_t tm_concat(struct tm_machine *tm, uint32_t first, uint32_t second)
{
	uint32_t a = tm->ops[first].num, b = tm->ops[second].num, ops;
	struct tm_op *op;

	if (!a || !b)
		return a ? first : second;
	op = xcalloc(a + b, sizeof(*op));
	memcpy(op, tm->ops[first].op, a * sizeof(*op));
	memcpy(op + a, tm->ops[second].op, b * sizeof(*op));
	ops = tm_ops(tm, op, a + b);
	free(op);
	return ops;
}

/* ---- states ------------------------------------------------------------------ */

uint32_t tm_add_state(struct tm_machine *tm, const struct tm_state *state)
{
	/* with room for as many again */
	if (!(tm->num_states & (tm->num_states - 1)))
		tm->states = xrealloc(tm->states,
				      (tm->num_states ? 2 * tm->num_states : 1) *
				      sizeof(*tm->states));
	tm->states[tm->num_states] = *state;
	return tm->num_states++;
}

/* Where headers are, and how long, does not matter once the parse has ended */
bool tm_only_moves(const struct tm_op *op)
{
	return !op->depth && (op->type == TCAM_SKIP ||
			      op->type == TCAM_ADVANCE ||
			      op->type == TCAM_LENGTH);
}

static uint32_t before_stop(struct tm_machine *tm, uint32_t ops)
{
	struct tm_ops list = tm->ops[ops];

	while (list.num && tm_only_moves(&list.op[list.num - 1]))
		list.num--;
	return tm_ops(tm, list.op, list.num);
}

void tm_add_way(struct tm_machine *tm, struct tm_state *state, uint32_t guard,
		uint32_t ops, struct tm_target target)
{
	if (guard == BDD_FALSE)
		return;
	if (target.stop)
		ops = before_stop(tm, ops);
	for (uint32_t i = 0; i < state->num_ways; i++) {
		struct tm_way *way = &state->ways[i];

		if (way->ops == ops && way->target.stop == target.stop &&
		    way->target.index == target.index) {
			way->guard = bdd_or(tm->bdd, way->guard, guard);
			return;
		}
	}
	if (!(state->num_ways & (state->num_ways - 1)))
		state->ways = xrealloc(state->ways, (state->num_ways ?
				       2 * state->num_ways : 1) *
				       sizeof(*state->ways));
	state->ways[state->num_ways++] = (struct tm_way){ guard, ops, target };
}
