// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* tcam_diff CPR TARGET PACKETS [OTHER]: the reference interpreter and the TCAM
 * to which the parser, or OTHER, is lowered on the same random packets. Packets
 * start from nothing but the graph: each grows by walking random entries of the
 * lookups.
 */
#include <stdlib.h>

#include "tcam_lower.h"

#define MAX_FRAME	600

static uint64_t state = 1;

static uint32_t draw(uint32_t below)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return below ? (state >> 33) % below : 0;
}

static void put_bits(uint8_t *frame, uint32_t offset, uint32_t bits, u128 value)
{
	for (uint32_t i = 0; i < bits; i++) {
		uint32_t at = offset + bits - 1 - i;

		frame[at / 8] &= ~(0x80 >> at % 8);
		if (value >> i & 1)
			frame[at / 8] |= 0x80 >> at % 8;
	}
}

/* Fields that conditions ask for get values at and around the asked one */
static void put_conds(uint8_t *header, const struct node *node)
{
	for (uint32_t i = 0; i < node->num_conds; i++) {
		const struct field *f = &node->fields[node->conds[i].field];
		u128 value = node->conds[i].value;

		if (node->conds[i].op == COMPARE_GT)
			value++;
		if (node->conds[i].op == COMPARE_NE || node->conds[i].op == COMPARE_LT)
			value--;
		if (!draw(40))
			value += draw(3) - 1;
		put_bits(header, f->offset, f->bits, value);
	}
}

static void put_key(uint8_t *header, const struct node *node, u128 key)
{
	for (uint32_t i = node->next.num_key; i--; ) {
		const struct field *f;

		if (node->next.key[i].type == OPERAND_INPUT) {
			key >>= 1;
			continue;
		}
		f = &node->fields[node->next.key[i].index];
		put_bits(header, f->offset, f->bits, key);
		key = f->bits < 128 ? key >> f->bits : 0;
	}
}

/* A target of @node, and the key that leads there in its header */
static struct target choose(const struct parser *parser,
			    const struct node *node, uint8_t *header)
{
	const struct map *map = node->next.map < 0 ? NULL : &parser->maps[node->next.map];
	const struct entry *entry;
	uint32_t pick;

	if (!map)
		return node->next.otherwise;
	pick = draw(map->num_exact + map->num_ternary + 1);
	if (pick == map->num_exact + map->num_ternary)
		return node->next.otherwise;
	entry = pick < map->num_exact ? &map->exact[pick] :
		&map->ternary[pick - map->num_exact];
	put_key(header, node, entry->key |
		(draw(2) ? 0 : ((u128)draw(~0U) << 32 | draw(~0U)) & ~entry->mask));
	return entry->target;
}

static uint32_t make_frame(const struct parser *parser, uint8_t *frame)
{
	uint8_t space[MAX_FRAME + TCAM_MAX_NEED];
	struct target at = { .index = parser->root };
	uint32_t base = 0;

	for (uint32_t i = 0; i < sizeof(space); i++)
		space[i] = draw(3) ? 0 : draw(256);
	while (at.type == TARGET_NODE && base < MAX_FRAME) {
		const struct node *node = &parser->nodes[at.index];
		uint64_t length = node->length.add;

		at = choose(parser, node, space + base);
		put_conds(space + base, node);
		for (uint32_t i = 0; i < node->length.num_terms; i++) {
			const struct field *f =
				&node->fields[node->length.terms[i].field];
			u128 value = 0;

			for (uint32_t b = f->offset; b < f->offset + f->bits; b++)
				value = value << 1 |
					(space[base + b / 8] >> (7 - b % 8) & 1);
			length += (uint64_t)value * node->length.terms[i].times;
		}
		if (!node->overlay)
			base += length < MAX_FRAME ? length : MAX_FRAME;
		if (!draw(60))
			break;
	}
	base += draw(16);
	if (base > MAX_FRAME)
		base = MAX_FRAME;
	memcpy(frame, space, base);
	while (base && !draw(3))
		frame[draw(base)] ^= 1 << draw(8);
	return draw(4) ? base : draw(base + 1);
}

static bool same(const struct parser *parser, const struct parse_result *a,
		 const struct parse_result *b)
{
	if (a->verdict != b->verdict || a->nodes != b->nodes ||
	    a->encaps != b->encaps || a->present != b->present)
		return false;
	for (uint32_t i = 0; i < parser->num_outputs; i++)
		if (a->present >> i & 1 &&
		    memcmp(a->value[i], b->value[i], PARSE_VALUE_BYTES))
			return false;
	return true;
}

static void report(const uint8_t *frame, uint32_t len, uint32_t inputs,
		   const struct parse_result *ref,
		   const struct parse_result *dev)
{
	printf("# inputs %u, reference verdict %u nodes %u present %llx, device %u %u %llx\n# ",
	       inputs, ref->verdict, ref->nodes,
	       (unsigned long long)ref->present, dev->verdict, dev->nodes,
	       (unsigned long long)dev->present);
	for (uint32_t i = 0; i < len; i++)
		printf("%02x", frame[i]);
	putchar('\n');
}

/* Counts by verdict, so that a test can see that all have come up */
static bool compare(const struct parser *parser, const struct tcam *tcam,
		    uint32_t packets, uint32_t verdicts[PARSE_NUM_VERDICTS])
{
	static struct parse_result ref, dev;

	while (packets--) {
		uint8_t space[MAX_FRAME], *frame;
		uint32_t len = make_frame(parser, space), inputs = draw(8);

		/* of its own size, for the sanitizers */
		frame = memcpy(xcalloc(1, len), space, len);
		memset(&dev, 0xa5, sizeof(dev));
		reference_run(parser, frame, len, inputs, &ref);
		tcam_run(tcam, frame, len, inputs, &dev);
		if (!same(parser, &ref, &dev)) {
			report(frame, len, inputs, &ref, &dev);
			free(frame);
			return false;
		}
		verdicts[dev.verdict]++;
		free(frame);
	}
	return true;
}

static struct parser *read_parser(const char *path)
{
	struct buffer json = {};
	struct parser *parser = NULL;

	if (file_read(path, &json))
		parser = cpr_read(path, json.data, json.size);
	buffer_free(&json);
	return parser;
}

static struct tcam *lower(const char *path, const char *target)
{
	struct parser *parser = read_parser(path);
	struct tcam *tcam = NULL;
	struct buffer blob = {};
	struct device device;
	char err[128];

	if (parser && device_read(target, &device) &&
	    tcam_lower(path, parser, &device, &blob))
		tcam = tcam_load(blob.data, blob.size, err, sizeof(err));
	buffer_free(&blob);
	if (parser)
		parser_free(parser);
	return tcam;
}

int main(int argc, char **argv)
{
	uint32_t verdicts[PARSE_NUM_VERDICTS] = {};
	struct parser *parser;
	struct tcam *tcam;
	bool good;

	if (argc != 4 && argc != 5)
		return OC_EXIT_USAGE;
	parser = read_parser(argv[1]);
	tcam = lower(argv[argc == 5 ? 4 : 1], argv[2]);
	good = parser && tcam &&
	       compare(parser, tcam, strtoul(argv[3], NULL, 10), verdicts);
	for (uint32_t i = 0; good && i < PARSE_NUM_VERDICTS; i++)
		printf("# verdict %u: %u packets\n", i, verdicts[i]);
	tcam_free(tcam);
	if (parser)
		parser_free(parser);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
