// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/*
 * Both dialects read some bytes, mask and shift them; a CPR has fields. A mask
 * is as many fields as it has runs of ones.
 */
#include <string.h>

#include "import.h"

#define MAX_FIELD_BYTES	16

u128 swap_bytes(u128 value, uint32_t len)
{
	u128 swapped = 0;

	for (uint32_t i = 0; i < len; i++, value >>= 8)
		swapped = swapped << 8 | (value & 0xff);
	return swapped;
}

static uint32_t lowest_bit(u128 value)
{
	uint32_t bit = 0;

	while (bit < 127 && !(value >> bit & 1))
		bit++;
	return bit;
}

/* Takes the uppermost run of ones off the mask: bits @low to @high */
static bool next_run(u128 *mask, uint32_t *high, uint32_t *low)
{
	uint32_t bit = 127;

	if (!*mask)
		return false;
	while (!(*mask >> bit & 1))
		bit--;
	*high = bit;
	while (bit && *mask >> (bit - 1) & 1)
		bit--;
	*low = bit;
	*mask &= ones(bit);
	return true;
}

static bool has_hole(u128 mask)
{
	uint32_t high, low;

	return next_run(&mask, &high, &low) && mask;
}

/* What is left of the mask behind the shift, at its old place */
static u128 seen_bits(const struct bytes *b)
{
	return b->shift < 128 ? b->mask >> b->shift << b->shift : 0;
}

bool check_extent(struct import *im, const struct place *at, uint32_t off,
		  uint32_t len, uint32_t limit)
{
	uint64_t end = (uint64_t)off + len;

	if (end <= limit)
		return true;
	if (off < limit)
		import_fault(im, at,
			     "reads bytes %u to %llu, but the fixed header has %u: a length of %u, or a min-hdr-length of %llu",
			     off, (unsigned long long)end - 1, limit,
			     limit - off, (unsigned long long)end);
	else
		import_fault(im, at,
			     "reads bytes %u to %llu, but the fixed header has %u: min-hdr-length would have to be %llu",
			     off, (unsigned long long)end - 1, limit,
			     (unsigned long long)end);
	return false;
}

static bool check_mask(struct import *im, const struct place *at,
		       const struct bytes *b)
{
	u128 swapped = swap_bytes(b->mask, b->len);

	at = AT(at, "mask");
	if (b->mask > ones(8 * b->len)) {
		import_fault(im, at, "is wider than the field of %u bits",
			     8 * b->len);
		return false;
	}
	if (has_hole(b->mask) && !has_hole(swapped) && b->len <= 8) {
		import_fault(im, at,
			     "straddles bytes as on a little-endian machine; in network order it would be \"0x%llx\"",
			     (unsigned long long)swapped);
		return false;
	}
	if (!seen_bits(b)) {
		import_fault(im, at, "leaves nothing of the field");
		return false;
	}
	return true;
}

bool import_bytes(struct import *im, json_t *obj, const struct place *at,
		  uint32_t limit, struct bytes *b)
{
	u128 mask;

	b->off = member_uint(obj, "field-off", 0);
	b->len = member_uint(obj, "field-len", 0);
	b->shift = member_uint(obj, "right-shift", 0);
	b->mask = 0;
	if (b->len < 1 || b->len > MAX_FIELD_BYTES) {
		if (json_object_get(obj, "field-len"))
			import_fault(im, AT(at, "field-len"),
				     "is %u, but has to be 1 to %u", b->len,
				     MAX_FIELD_BYTES);
		return false;
	}
	if (!json_object_get(obj, "field-off") ||
	    !check_extent(im, at, b->off, b->len, limit))
		return false;
	b->mask = ones(8 * b->len);
	if (!json_object_get(obj, "mask"))
		return check_mask(im, at, b);
	if (!member_value(obj, "mask", &mask))
		return false;		/* has its fault */
	b->mask = mask;
	return check_mask(im, at, b);
}

uint32_t add_field(struct field **fields, uint32_t *num, uint32_t offset,
		   uint32_t bits)
{
	uint32_t i;

	for (i = 0; i < *num; i++)
		if ((*fields)[i].offset == offset && (*fields)[i].bits == bits)
			return i;
	*fields = xrealloc(*fields, (i + 1) * sizeof(**fields));
	(*fields)[i] = (struct field){
		.name = xasprintf("f%u_%u", offset, bits),
		.offset = offset, .bits = bits,
	};
	(*num)++;
	return i;
}

static uint32_t run_offset(const struct bytes *b, uint32_t high)
{
	return 8 * (b->off + b->len) - 1 - high;
}

bool bytes_field(const struct bytes *b, uint32_t *offset, uint32_t *bits)
{
	u128 mask = seen_bits(b);
	uint32_t high, low;

	if (!next_run(&mask, &high, &low) || mask || low != b->shift)
		return false;
	*offset = run_offset(b, high);
	*bits = high - low + 1;
	return true;
}

/* ---- lengths ------------------------------------------------------------ */

/* XDP2 writes the mask in network order, but the shift as it is on the machine
 * that read the bytes; kParser reads them so unless told otherwise.
 */
static bool check_order(struct import *im, json_t *obj, const struct place *at,
			const struct bytes *b, uint32_t multiplier)
{
	uint32_t low = lowest_bit(seen_bits(b));
	uint32_t little = lowest_bit(swap_bytes(b->mask, b->len));
	u128 unit = (u128)multiplier << (low - b->shift);

	if (b->len == 1)
		return true;
	if (im->dialect == DIALECT_KPARSER &&
	    !member_bool(obj, "endian-swap", false)) {
		import_fault(im, at,
			     "is a length of %u bytes in the byte order of the machine; endian-swap true would make it network order",
			     b->len);
		return false;
	}
	if (unit < 256)
		return true;
	if (unit <= MAX_LENGTH_ADD && little >= b->shift &&
	    low >= little - b->shift)
		import_fault(im, AT(at, "right-shift"),
			     "makes lengths multiples of %u bytes: it is that of a little-endian machine; in network order it would be %u",
			     (uint32_t)unit, low - (little - b->shift));
	else
		import_fault(im, AT(at, "right-shift"),
			     "makes lengths multiples of 256 bytes or more: mask and shift are of different byte orders");
	return false;
}

static bool add_term(struct import *im, const struct place *at,
		     struct length *length, uint32_t field, uint32_t bits,
		     uint64_t times)
{
	if (bits > 20 || times > TERM_MAX ||
	    ((1ULL << bits) - 1) * times > TERM_MAX) {
		import_fault(im, at,
			     "can be more than %u bytes: a mask would keep the bits that are a length",
			     TERM_MAX);
		return false;
	}
	length->terms = xrealloc(length->terms,
				 (length->num_terms + 1) * sizeof(*length->terms));
	length->terms[length->num_terms++] = (struct term){ field, times };
	return true;
}

void import_length(struct import *im, json_t *obj, const struct place *at,
		   uint32_t limit, struct field **fields, uint32_t *num_fields,
		   struct length *length)
{
	uint32_t multiplier = member_uint(obj, "multiplier", 1), high, low;
	struct bytes b;
	u128 mask;

	length->add = member_int(obj, "add", 0);
	if (multiplier < 1 || multiplier > MAX_LENGTH_ADD) {
		import_fault(im, AT(at, "multiplier"),
			     "is %u, but has to be 1 to %u", multiplier,
			     MAX_LENGTH_ADD);
		return;
	}
	if (!import_bytes(im, obj, at, limit, &b) ||
	    !check_order(im, obj, at, &b, multiplier))
		return;
	mask = seen_bits(&b);
	while (next_run(&mask, &high, &low)) {
		uint32_t bits = high - low + 1, shift = low - b.shift;
		uint32_t field = add_field(fields, num_fields,
					   run_offset(&b, high), bits);

		if (!add_term(im, at, length, field, bits, shift > 20 ?
			      UINT64_MAX : (uint64_t)multiplier << shift))
			return;
	}
}

/* ---- keys --------------------------------------------------------------- */

uint32_t key_bits(const struct bytes *b)
{
	u128 mask = seen_bits(b);
	uint32_t high, low, bits = 0;

	while (next_run(&mask, &high, &low))
		bits += high - low + 1;
	return bits;
}

/* One operand a run, the uppermost first */
void import_key(const struct bytes *b, struct field **fields,
		uint32_t *num_fields, struct lookup *next)
{
	u128 mask = seen_bits(b);
	uint32_t high, low;

	while (next_run(&mask, &high, &low)) {
		next->key = xrealloc(next->key, (next->num_key + 1) *
						sizeof(*next->key));
		next->key[next->num_key++] = (struct operand){
			.type = OPERAND_FIELD,
			.index = add_field(fields, num_fields,
					   run_offset(b, high), high - low + 1),
		};
	}
}

static bool check_value(struct import *im, const struct place *at, u128 value,
			const struct bytes *b)
{
	if (value > ones(8 * b->len)) {
		import_fault(im, at, "is wider than the field of %u bits",
			     8 * b->len);
		return false;
	}
	if (!(value & ~(seen_bits(b) >> b->shift)))
		return true;
	if (value & ~seen_bits(b))
		import_fault(im, at,
			     "never matches: the field & 0x%llx >> %u has other bits",
			     (unsigned long long)b->mask, b->shift);
	else
		import_fault(im, at,
			     "never matches: the field is shifted by %u bits, so it would be 0x%llx",
			     b->shift, (unsigned long long)(value >> b->shift));
	return false;
}

/* Only "0x..." comes from a program; what a person writes as a number is it */
static bool check_known_order(struct import *im, const struct place *at,
			      json_t *value, u128 key, const struct bytes *b)
{
	const char *what = known_swapped(key, b->len);

	if (!what || !json_is_string(value))
		return true;
	import_fault(im, at,
		     "is %s in the byte order of a little-endian machine; in network order it would be \"0x%llx\" (if it is meant so, write it as a number: %llu)",
		     what, (unsigned long long)swap_bytes(key, b->len),
		     (unsigned long long)key);
	return false;
}

bool import_key_value(struct import *im, json_t *obj, const struct place *at,
		      const char *key, const struct bytes *b, u128 *value)
{
	u128 mask = seen_bits(b), raw;
	uint32_t high, low;

	if (!member_value(obj, key, &raw))
		return false;
	if (!check_value(im, AT(at, key), raw, b) ||
	    !check_known_order(im, AT(at, key), json_object_get(obj, key), raw,
			       b))
		return false;
	*value = 0;
	while (next_run(&mask, &high, &low)) {
		uint32_t bits = high - low + 1;

		*value = bits < 128 ? *value << bits : 0;
		*value |= raw >> (low - b->shift) & ones(bits);
	}
	return true;
}
