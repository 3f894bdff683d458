// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Loading a TCAM program. The blob is untrusted: all that tcam_run() relies on
 * is checked here, once, on a copy in host order.
 */
#include "tcam.h"

/* Says why the load fails, and makes it fail */
bool tcam_complain(struct tcam_loader *loader, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(loader->err, loader->errlen, fmt, args);
	va_end(args);
	return false;
}

/* The next element of the blob, whose size load_header() has checked */
static const void *next_element(struct tcam_loader *loader, size_t size)
{
	const void *element = loader->pos;

	loader->pos += size;
	return element;
}

static bool check_count(struct tcam_loader *loader, const char *what, u32 num,
			u32 min, u32 max)
{
	if (num < min || num > max)
		return tcam_complain(loader, "%u %s, must be %u to %u", num, what,
				     min, max);
	return true;
}

static bool check_range(struct tcam_loader *loader, u32 state, const char *what,
			u32 first, u32 num, u32 max, u32 available)
{
	if (num > max)
		return tcam_complain(loader, "state %u: %u %s, at most %u",
				     state, num, what, max);
	if (first + num > available)
		return tcam_complain(loader,
				     "state %u: %s %u to %u, but there are %u",
				     state, what, first, first + num, available);
	return true;
}

static bool load_counts(struct tcam_loader *loader,
			const struct tcam_header *hdr)
{
	struct tcam *tcam = loader->tcam;

	tcam->max_bytes = le32_to_cpu(hdr->max_bytes);
	tcam->max_nodes = le32_to_cpu(hdr->max_nodes);
	tcam->max_encaps = le32_to_cpu(hdr->max_encaps);
	tcam->start = le32_to_cpu(hdr->start);
	tcam->num_outputs = le32_to_cpu(hdr->num_outputs);
	tcam->num_repeats = le32_to_cpu(hdr->num_repeats);
	tcam->num_states = le32_to_cpu(hdr->num_states);
	tcam->num_terms = le32_to_cpu(hdr->num_terms);
	tcam->num_parts = le32_to_cpu(hdr->num_parts);
	tcam->num_entries = le32_to_cpu(hdr->num_entries);
	tcam->num_extracts = le32_to_cpu(hdr->num_extracts);

	return check_count(loader, "outputs", tcam->num_outputs, 0,
			   PARSE_MAX_OUTPUTS) &&
	       check_count(loader, "repeat limits", tcam->num_repeats, 0,
			   TCAM_MAX_REPEATS) &&
	       check_count(loader, "states", tcam->num_states, 1,
			   TCAM_MAX_STATES) &&
	       check_count(loader, "length terms", tcam->num_terms, 0,
			   TCAM_MAX_TERMS) &&
	       check_count(loader, "key parts", tcam->num_parts, 0,
			   TCAM_MAX_PARTS) &&
	       check_count(loader, "entries", tcam->num_entries, 0,
			   TCAM_MAX_ENTRIES) &&
	       check_count(loader, "extracts", tcam->num_extracts, 0,
			   TCAM_MAX_EXTRACTS);
}

static bool load_header(struct tcam_loader *loader, size_t size)
{
	struct tcam *tcam = loader->tcam;
	const struct tcam_header *hdr;
	size_t needed;

	if (size < sizeof(*hdr))
		return tcam_complain(loader, "%zu bytes, the header alone has %zu",
				     size, sizeof(*hdr));
	hdr = next_element(loader, sizeof(*hdr));
	if (le32_to_cpu(hdr->magic) != TCAM_MAGIC)
		return tcam_complain(loader, "magic 0x%08x, must be 0x%08x",
				     le32_to_cpu(hdr->magic), TCAM_MAGIC);
	if (le32_to_cpu(hdr->version) != TCAM_VERSION)
		return tcam_complain(loader, "version %u, this device has %u",
				     le32_to_cpu(hdr->version), TCAM_VERSION);
	if (le32_to_cpu(hdr->size) != size)
		return tcam_complain(loader, "%zu bytes, the header says %u", size,
				     le32_to_cpu(hdr->size));
	if (!load_counts(loader, hdr))
		return false;

	needed = sizeof(*hdr) +
		 tcam->num_outputs * sizeof(struct tcam_output) +
		 tcam->num_repeats * sizeof(struct tcam_repeat) +
		 tcam->num_states * sizeof(struct tcam_state) +
		 tcam->num_terms * sizeof(struct tcam_term) +
		 tcam->num_parts * sizeof(struct tcam_part) +
		 tcam->num_entries * sizeof(struct tcam_entry) +
		 tcam->num_extracts * sizeof(struct tcam_extract);
	if (needed != size)
		return tcam_complain(loader, "%zu bytes, the arrays need %zu", size,
				     needed);
	return true;
}

static bool allocate(struct tcam_loader *loader)
{
	struct tcam *tcam = loader->tcam;

	/* one more: an empty array is not NULL */
	tcam->outputs = kvcalloc(tcam->num_outputs + 1,
				 sizeof(*tcam->outputs), GFP_KERNEL);
	tcam->repeats = kvcalloc(tcam->num_repeats + 1,
				 sizeof(*tcam->repeats), GFP_KERNEL);
	tcam->states = kvcalloc(tcam->num_states + 1,
				sizeof(*tcam->states), GFP_KERNEL);
	tcam->terms = kvcalloc(tcam->num_terms + 1,
			       sizeof(*tcam->terms), GFP_KERNEL);
	tcam->parts = kvcalloc(tcam->num_parts + 1,
			       sizeof(*tcam->parts), GFP_KERNEL);
	tcam->entries = kvcalloc(tcam->num_entries + 1,
				 sizeof(*tcam->entries), GFP_KERNEL);
	tcam->extracts = kvcalloc(tcam->num_extracts + 1,
				  sizeof(*tcam->extracts), GFP_KERNEL);
	if (!tcam->outputs || !tcam->repeats || !tcam->states ||
	    !tcam->terms || !tcam->parts || !tcam->entries || !tcam->extracts)
		return tcam_complain(loader, "out of memory");
	return true;
}

static bool load_output(struct tcam_loader *loader, u32 i)
{
	const struct tcam_output *from = next_element(loader, sizeof(*from));
	struct parse_output *to = &loader->tcam->outputs[i];

	if (strnlen(from->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "output %u: name without an end", i);
	memcpy(to->name, from->name, sizeof(to->name));
	to->bits = le16_to_cpu(from->bits);
	to->key = le16_to_cpu(from->key);
	if (!to->bits || to->bits > PARSE_VALUE_BYTES * 8)
		return tcam_complain(loader, "output %u: %u bits, must be 1 to %u",
				     i, to->bits, PARSE_VALUE_BYTES * 8);
	if (to->key != parse_key_by_name(to->name))
		return tcam_complain(loader, "output %u: key %u, its name is that of %u",
				     i, to->key, parse_key_by_name(to->name));
	if (to->key != PARSE_KEY_NONE && to->bits != parse_key_bits(to->key))
		return tcam_complain(loader, "output %u: %u bits, the flow key has %u",
				     i, to->bits, parse_key_bits(to->key));
	return true;
}

static bool load_repeat(struct tcam_loader *loader, u32 i)
{
	const struct tcam_repeat *from = next_element(loader, sizeof(*from));

	loader->tcam->repeats[i] = le32_to_cpu(from->limit);
	if (!loader->tcam->repeats[i])
		return tcam_complain(loader, "repeat limit %u: 0, must be 1 or more",
				     i);
	return true;
}

static bool check_state(struct tcam_loader *loader, u32 i,
			const struct tcam_rt_state *state)
{
	if (state->flags & ~TCAM_STATE_FLAGS)
		return tcam_complain(loader, "state %u: unknown flags 0x%x", i,
				     state->flags & ~TCAM_STATE_FLAGS);
	if (state->flags & TCAM_STATE_HOLD &&
	    (state->flags != TCAM_STATE_HOLD ||
	     state->repeat != TCAM_NO_REPEAT))
		return tcam_complain(loader, "state %u: holds and counts", i);
	if (state->repeat != TCAM_NO_REPEAT &&
	    state->repeat >= loader->tcam->num_repeats)
		return tcam_complain(loader, "state %u: repeat limit %u of %u", i,
				     state->repeat, loader->tcam->num_repeats);
	if (state->need > TCAM_MAX_NEED)
		return tcam_complain(loader, "state %u: needs %u bytes, at most %u",
				     i, state->need, TCAM_MAX_NEED);
	if (state->length_add > TCAM_MAX_LENGTH_ADD)
		return tcam_complain(loader, "state %u: length %u, at most %u", i,
				     state->length_add, TCAM_MAX_LENGTH_ADD);
	return true;
}

static bool load_state(struct tcam_loader *loader, u32 i)
{
	const struct tcam_state *from = next_element(loader, sizeof(*from));
	struct tcam *tcam = loader->tcam;
	struct tcam_rt_state *to = &tcam->states[i];

	if (strnlen(from->name, TCAM_NAME_LEN) == TCAM_NAME_LEN)
		return tcam_complain(loader, "state %u: name without an end", i);
	to->flags = le16_to_cpu(from->flags);
	to->repeat = le16_to_cpu(from->repeat);
	to->need = le32_to_cpu(from->need);
	to->length_add = le32_to_cpu(from->length_add);
	to->first_term = le16_to_cpu(from->first_term);
	to->end_term = to->first_term + le16_to_cpu(from->num_terms);
	to->first_part = le16_to_cpu(from->first_part);
	to->end_part = to->first_part + le16_to_cpu(from->num_parts);
	to->first_entry = i ? to[-1].end_entry : 0;
	to->end_entry = to->first_entry + le16_to_cpu(from->num_entries);
	if (le16_to_cpu(from->first_entry) != to->first_entry)
		return tcam_complain(loader,
				     "state %u: entries from %u on, must be %u",
				     i, le16_to_cpu(from->first_entry),
				     to->first_entry);
	return check_state(loader, i, to) &&
	       check_range(loader, i, "length terms", to->first_term,
			   le16_to_cpu(from->num_terms), TCAM_STATE_TERMS,
			   tcam->num_terms) &&
	       check_range(loader, i, "key parts", to->first_part,
			   le16_to_cpu(from->num_parts), TCAM_STATE_PARTS,
			   tcam->num_parts) &&
	       check_range(loader, i, "entries", to->first_entry,
			   le16_to_cpu(from->num_entries), TCAM_MAX_ENTRIES,
			   tcam->num_entries);
}

static bool load_term(struct tcam_loader *loader, u32 i)
{
	const struct tcam_term *from = next_element(loader, sizeof(*from));
	struct tcam_rt_term *to = &loader->tcam->terms[i];
	u32 bits = le16_to_cpu(from->bits), shift = le16_to_cpu(from->shift);

	if (!bits || bits + shift > TCAM_MAX_TERM_BITS)
		return tcam_complain(loader,
				     "length term %u: %u bits << %u, must be 1 to %u bits",
				     i, bits, shift, TCAM_MAX_TERM_BITS);
	to->offset = le32_to_cpu(from->offset);
	to->bits = bits;
	to->shift = shift;
	return true;
}

static bool load_part(struct tcam_loader *loader, u32 i)
{
	const struct tcam_part *from = next_element(loader, sizeof(*from));
	struct tcam_rt_part *to = &loader->tcam->parts[i];
	u32 bits = le16_to_cpu(from->bits), type = le16_to_cpu(from->type);

	if (type >= TCAM_NUM_PARTS)
		return tcam_complain(loader, "key part %u: unknown type %u", i, type);
	if (!bits || bits > TCAM_MAX_KEY_BITS)
		return tcam_complain(loader, "key part %u: %u bits, must be 1 to %u",
				     i, bits, TCAM_MAX_KEY_BITS);
	to->offset = le32_to_cpu(from->offset);
	to->bits = bits;
	to->type = type;
	if (type == TCAM_PART_INPUT && (u64)to->offset + bits > 32)
		return tcam_complain(loader, "key part %u: inputs have 32 bits", i);
	return true;
}

static bool load_entry(struct tcam_loader *loader, u32 i)
{
	const struct tcam_entry *from = next_element(loader, sizeof(*from));
	struct tcam *tcam = loader->tcam;
	struct tcam_rt_entry *to = &tcam->entries[i];
	u32 num = le16_to_cpu(from->num_extracts), half;

	for (half = 0; half < 2; half++) {
		to->value[half] = le64_to_cpu(from->value.half[half]);
		to->mask[half] = le64_to_cpu(from->mask.half[half]);
		if (to->value[half] & ~to->mask[half])
			return tcam_complain(loader, "entry %u: value outside its mask",
					     i);
	}
	to->flags = le16_to_cpu(from->flags);
	to->target = le16_to_cpu(from->target);
	to->first_extract = le16_to_cpu(from->first_extract);
	to->end_extract = to->first_extract + num;
	if (to->flags & ~TCAM_ENTRY_FLAGS)
		return tcam_complain(loader, "entry %u: unknown flags 0x%x", i,
				     to->flags & ~TCAM_ENTRY_FLAGS);
	if (to->flags & TCAM_ENTRY_STOP && to->target >= PARSE_NUM_VERDICTS)
		return tcam_complain(loader, "entry %u: unknown verdict %u", i,
				     to->target);
	if (!(to->flags & TCAM_ENTRY_STOP) && to->target >= tcam->num_states)
		return tcam_complain(loader, "entry %u: goes to state %u of %u", i,
				     to->target, tcam->num_states);
	if (num > PARSE_MAX_OUTPUTS)
		return tcam_complain(loader, "entry %u: %u extracts, at most %u",
				     i, num, PARSE_MAX_OUTPUTS);
	if (to->first_extract + num > tcam->num_extracts)
		return tcam_complain(loader, "entry %u: extracts %u to %u, but there are %u",
				     i, to->first_extract, to->first_extract + num,
				     tcam->num_extracts);
	return true;
}

/* Whether a constant has no more bits than its output */
static bool value_fits(const u64 value[2], u32 bits)
{
	if (bits >= 128)
		return true;
	if (bits >= 64)
		return !(value[0] >> (bits - 64));
	return !value[0] && !(value[1] >> bits);
}

static bool check_extract(struct tcam_loader *loader, u32 i,
			  const struct tcam_rt_extract *extract, u32 bits)
{
	u32 room = loader->tcam->outputs[extract->output].bits;

	switch (extract->type) {
	case TCAM_EXTRACT_FIELD:
		if (!bits || bits > room)
			return tcam_complain(loader, "extract %u: %u bits into %u",
					     i, bits, room);
		break;
	case TCAM_EXTRACT_CONST:
		if (!value_fits(extract->value, room))
			return tcam_complain(loader, "extract %u: constant over %u bits",
					     i, room);
		break;
	default:
		if (room < 16)
			return tcam_complain(loader, "extract %u: an offset into %u bits",
					     i, room);
		break;
	}
	return true;
}

static bool load_extract(struct tcam_loader *loader, u32 i)
{
	const struct tcam_extract *from = next_element(loader, sizeof(*from));
	struct tcam *tcam = loader->tcam;
	struct tcam_rt_extract *to = &tcam->extracts[i];
	u32 type = le16_to_cpu(from->type), output = le16_to_cpu(from->output);
	u32 bits = le32_to_cpu(from->bits);

	if (type >= TCAM_NUM_EXTRACTS)
		return tcam_complain(loader, "extract %u: unknown type %u", i, type);
	if (output >= tcam->num_outputs)
		return tcam_complain(loader, "extract %u: output %u of %u", i,
				     output, tcam->num_outputs);
	to->type = type;
	to->output = output;
	to->offset = le32_to_cpu(from->offset);
	to->value[0] = le64_to_cpu(from->value.half[0]);
	to->value[1] = le64_to_cpu(from->value.half[1]);
	if (!check_extract(loader, i, to, bits))
		return false;
	to->bits = bits;
	return true;
}

static bool load_arrays(struct tcam_loader *loader)
{
	static const struct {
		bool	(*load)(struct tcam_loader *loader, u32 i);
		size_t	num;		/* offset in struct tcam */
	} arrays[] = {
		{ load_output, offsetof(struct tcam, num_outputs) },
		{ load_repeat, offsetof(struct tcam, num_repeats) },
		{ load_state, offsetof(struct tcam, num_states) },
		{ load_term, offsetof(struct tcam, num_terms) },
		{ load_part, offsetof(struct tcam, num_parts) },
		{ load_entry, offsetof(struct tcam, num_entries) },
		{ load_extract, offsetof(struct tcam, num_extracts) },
	};
	u32 array, i;

	for (array = 0; array < ARRAY_SIZE(arrays); array++) {
		const u32 *num = (void *)loader->tcam + arrays[array].num;

		for (i = 0; i < *num; i++)
			if (!arrays[array].load(loader, i))
				return false;
	}
	return true;
}

/**
 * tcam_load() - check and load a program
 * @blob: see tcam_format.h; not needed afterwards
 * @size: bytes of @blob
 * @err: what is wrong, if it fails
 * @errlen: bytes of @err
 *
 * Context: process, may sleep.
 * Return: the program, to be freed with tcam_free(), or NULL.
 */
struct tcam *tcam_load(const void *blob, size_t size, char *err, size_t errlen)
{
	struct tcam_loader loader = {
		.pos = blob, .err = err, .errlen = errlen,
	};

	loader.tcam = kvcalloc(1, sizeof(*loader.tcam), GFP_KERNEL);
	if (!loader.tcam) {
		tcam_complain(&loader, "out of memory");
		return NULL;
	}
	if (load_header(&loader, size) && allocate(&loader) &&
	    load_arrays(&loader) && tcam_check(&loader))
		return loader.tcam;
	tcam_free(loader.tcam);
	return NULL;
}

/**
 * tcam_free() - free a program that nobody runs any more
 * @tcam: program or NULL
 */
void tcam_free(struct tcam *tcam)
{
	if (!tcam)
		return;
	kvfree(tcam->outputs);
	kvfree(tcam->repeats);
	kvfree(tcam->states);
	kvfree(tcam->terms);
	kvfree(tcam->parts);
	kvfree(tcam->entries);
	kvfree(tcam->extracts);
	kvfree(tcam);
}

/**
 * tcam_outputs() - outputs of a program
 * @tcam: program
 * @num: how many they are
 *
 * Return: the outputs; they live as long as @tcam.
 */
const struct parse_output *tcam_outputs(const struct tcam *tcam,
					unsigned int *num)
{
	*num = tcam->num_outputs;
	return tcam->outputs;
}
