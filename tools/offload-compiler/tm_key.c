// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * How a target reads the bits that a state looks at. A target has a number of
 * lookups, key_parts. Free ones take any bits, side by side in the key; fixed
 * ones are part_bits wide and start at a byte.
 */
#include <stdlib.h>

#include "tm.h"

struct tm_run {			/* of bits that stand together */
	int32_t		from, to;
};

static int32_t offset_of(uint32_t var)
{
	return (int32_t)var - (int32_t)TM_BIT(0);
}

void tm_support(const struct tm_machine *tm, const struct tm_state *state,
		struct bdd_vars *vars)
{
	for (uint32_t i = 0; i < state->num_ways; i++)
		bdd_support(tm->bdd, state->ways[i].guard, vars);
}

static bool add_part(const struct tm_machine *tm, struct tm_key *key, int32_t offset,
		     uint32_t bits, bool input)
{
	const struct device *device = tm->device;

	if (key->num == smaller(device->key_parts, TCAM_STATE_PARTS))
		return false;
	key->parts[key->num++] = (struct tm_key_part){ offset, bits, input };
	key->bits += bits;
	return bits <= device->part_bits &&
	       key->bits <= smaller(device->key_bits, TCAM_MAX_KEY_BITS);
}

/* The closest two become one, with the bits between them */
static uint32_t join_closest(struct tm_run *runs, uint32_t num)
{
	uint32_t at = 0;

	for (uint32_t i = 1; i + 1 < num; i++)
		if (runs[i + 1].from - runs[i].to <
		    runs[at + 1].from - runs[at].to)
			at = i;
	runs[at].to = runs[at + 1].to;
	for (uint32_t i = at + 1; i + 1 < num; i++)
		runs[i] = runs[i + 1];
	return num - 1;
}

static uint32_t find_runs(const uint32_t *vars, uint32_t num,
			  struct tm_run *runs)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < num; i++) {
		int32_t at = offset_of(vars[i]);

		if (found && runs[found - 1].to == at)
			runs[found - 1].to++;
		else
			runs[found++] = (struct tm_run){ at, at + 1 };
	}
	return found;
}

static bool fit_free(const struct tm_machine *tm, const uint32_t *vars, uint32_t num,
		     struct tm_key *key)
{
	struct tm_run *runs = xcalloc(num + 1, sizeof(*runs));
	uint32_t found = find_runs(vars, num, runs);
	bool good = true;

	while (found > 1 && key->num + found > tm->device->key_parts)
		found = join_closest(runs, found);
	for (uint32_t i = 0; i < found && good; i++)
		good = add_part(tm, key, runs[i].from,
				runs[i].to - runs[i].from, false);
	free(runs);
	return good;
}

static int32_t byte_before(int32_t bit)
{
	return bit & ~7;
}

static bool fit_fixed(const struct tm_machine *tm, const struct tm_state *state,
		      const uint32_t *vars, uint32_t num, struct tm_key *key)
{
	const struct device *device = tm->device;
	int32_t end = INT32_MIN;

	if (num && device->first_at_cursor) {
		end = 8 * state->cursor + (int32_t)device->part_bits;
		if (offset_of(vars[0]) < 8 * state->cursor ||
		    !add_part(tm, key, 8 * state->cursor, device->part_bits,
			      false))
			return false;
	}
	for (uint32_t i = 0; i < num; i++) {
		int32_t at = offset_of(vars[i]);

		if (at < end)
			continue;
		if (!add_part(tm, key, byte_before(at), device->part_bits,
			      false))
			return false;
		end = byte_before(at) + (int32_t)device->part_bits;
	}
	return true;
}

/* Bits of the inputs word come first, as one part */
static uint32_t fit_inputs(const struct tm_machine *tm, const struct bdd_vars *vars,
			   struct tm_key *key)
{
	uint32_t num = 0;

	while (num < vars->num && vars->var[num] < 32)
		num++;
	if (num && !add_part(tm, key, vars->var[0],
			     vars->var[num - 1] - vars->var[0] + 1, true))
		return UINT32_MAX;
	return num;
}

/* Bytes that lookups reach over, of base or of the cursor */
static bool reaches(const struct tm_machine *tm, const struct tm_state *state,
		    const struct tm_key *key)
{
	int32_t low = tm->device->cursor ? 8 * state->cursor : 0, high = low;
	int32_t first = low;

	for (uint32_t i = 0; i < key->num; i++) {
		const struct tm_key_part *part = &key->parts[i];

		if (part->input)
			continue;
		if (part->offset < low)
			low = part->offset;
		if (part->offset + (int32_t)part->bits > high)
			high = part->offset + part->bits;
	}
	return (uint32_t)(high - low) <= 8 * tm->device->lookahead &&
	       (!tm->device->cursor || low == first);
}

/**
 * tm_key_fit() - the key of a state
 * @tm: machine, for its target
 * @state: what looks at bits
 * @key: result; num and bits tell what is too much if it does not fit
 *
 * Return: whether the target has room for it.
 */
bool tm_key_fit(const struct tm_machine *tm, const struct tm_state *state,
		struct tm_key *key)
{
	struct bdd_vars vars = {};
	uint32_t inputs;
	bool good;

	*key = (struct tm_key){};
	tm_support(tm, state, &vars);
	if (!vars.num)
		return true;
	inputs = fit_inputs(tm, &vars, key);
	good = inputs != UINT32_MAX &&
	       (tm->device->fixed_parts ?
		fit_fixed(tm, state, vars.var + inputs, vars.num - inputs, key) :
		fit_free(tm, vars.var + inputs, vars.num - inputs, key)) &&
	       reaches(tm, state, key);
	free(vars.var);
	return good;
}

/* An error that says what a state would need */
void tm_no_room(struct tm_machine *tm, const struct tm_state *state)
{
	const struct device *device = tm->device;
	struct bdd_vars vars = {};
	struct tm_run *runs;
	uint32_t inputs = 0;

	tm->failed = true;
	if (tm->silent)
		return;
	tm_support(tm, state, &vars);
	while (inputs < vars.num && vars.var[inputs] < 32)
		inputs++;
	runs = xcalloc(vars.num + 1, sizeof(*runs));
	diag_error(tm->path, 0, NULL,
		   "state '%s' looks at %u bits in %u places, target '%s' has %u lookups of %u bits, %u bytes from each other at most",
		   state->name, vars.num,
		   find_runs(vars.var + inputs, vars.num - inputs, runs) +
		   !!inputs, device->name, device->key_parts,
		   smaller(device->part_bits, device->key_bits),
		   device->lookahead);
	free(runs);
	free(vars.var);
}
