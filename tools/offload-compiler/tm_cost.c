// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* Entries that states need, each function counted once. */
#include <stdlib.h>

#include "tm_memo.h"
#include "tm_pass.h"

uint32_t tm_cost(struct tm_machine *tm, const struct tm_state *state)
{
	struct tm_known *known = tm_recall(&tm->costs, tm_key_of_ways(state),
					   state->num_ways + 1);
	struct tm_cover cover;

	if (!known->at_least)
		return known->cost;
	tm_cover(tm, state, &cover);	/* costs nothing by itself */
	known->cost = cover.num;
	known->at_least = false;
	free(cover.rules);
	return known->cost;
}

uint32_t tm_total(struct tm_machine *tm)
{
	uint32_t total = 0;

	for (uint32_t i = 0; i < tm->num_states; i++)
		total += tm_cost(tm, &tm->states[i]) +
			 (tm->states[i].loop ? 2 : 0);
	return total;
}
