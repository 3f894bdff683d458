// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A frame of which some bits are decided; what was decided last can be undone */
#include <stdlib.h>

#include "vectors.h"

struct undo {
	uint32_t	at;
	uint8_t		data, known;
};

static void set_byte(struct draft *draft, uint32_t at, uint8_t data,
		     uint8_t known)
{
	if (draft->num_trail == draft->space_trail) {
		draft->space_trail = 2 * draft->space_trail + 256;
		draft->trail = xrealloc(draft->trail, draft->space_trail *
					sizeof(*draft->trail));
	}
	draft->trail[draft->num_trail++] = (struct undo){
		at, draft->data[at], draft->known[at]
	};
	draft->data[at] = data;
	draft->known[at] = known;
}

void draft_undo(struct draft *draft, uint32_t mark)
{
	while (draft->num_trail > mark) {
		const struct undo *undo = &draft->trail[--draft->num_trail];

		draft->data[undo->at] = undo->data;
		draft->known[undo->at] = undo->known;
	}
}

void draft_clear(struct draft *draft)
{
	draft_undo(draft, 0);
	draft->inputs = 0;
	draft->inputs_known = 0;
}

void draft_free(struct draft *draft)
{
	free(draft->data);
	free(draft->known);
	free(draft->trail);
}

bool draft_set(struct draft *draft, int64_t base, const struct field *field,
	       u128 mask, u128 value)
{
	uint64_t first = 8 * (uint64_t)base + field->offset;
	uint64_t last = first + field->bits - 1;
	int shift = (int)(last % 8) - 7;

	for (uint64_t i = last / 8 + 1; i-- > first / 8; shift += 8) {
		uint8_t m = shift < 0 ? mask << -shift : mask >> shift;
		uint8_t v = shift < 0 ? value << -shift : value >> shift;
		uint8_t known = draft->known[i];

		if ((draft->data[i] ^ v) & m & known)
			return false;
		if (m & ~known)
			set_byte(draft, i, (draft->data[i] & ~m) | (v & m),
				 known | m);
	}
	return true;
}
