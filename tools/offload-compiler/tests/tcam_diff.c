// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* tcam_diff CPR TARGET PACKETS [OTHER]: the reference interpreter and the TCAM
 * to which the parser, or OTHER, is lowered on the same random packets.
 */
#include <stdlib.h>
#include <string.h>

#include "../run.h"
#include "random/random.h"
#include "oc.h"

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
	static struct packet packet;
	struct rng rng;

	rng_seed(&rng, 1);
	while (packets--) {
		uint32_t len, inputs = rnd(&rng, 8);
		uint8_t *frame;

		random_packet(&rng, parser, &packet);
		len = packet.len;
		/* of its own size, for the sanitizers */
		frame = memcpy(xcalloc(1, len), packet.data, len);
		memset(&dev, 0xa5, sizeof(dev));
		reference_run(parser, frame, len, inputs, &ref);
		tcam_run(tcam, frame, len, inputs, &dev);
		if (!results_equal(parser, "reference", &ref, "device", &dev,
				   NULL)) {
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

static struct tcam *lower_file(const char *path, const char *target)
{
	struct parser *parser = read_parser(path);
	struct tcam *tcam = NULL;
	struct buffer blob = {};
	struct device device;

	if (parser && device_read(target, &device))
		tcam = tcam_lower(path, parser, &device, &blob);
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
	tcam = lower_file(argv[argc == 5 ? 4 : 1], argv[2]);
	good = parser && tcam &&
	       compare(parser, tcam, strtoul(argv[3], NULL, 10), verdicts);
	for (uint32_t i = 0; good && i < PARSE_NUM_VERDICTS; i++)
		printf("# verdict %u: %u packets\n", i, verdicts[i]);
	tcam_free(tcam);
	if (parser)
		parser_free(parser);
	return good ? OC_EXIT_GOOD : OC_EXIT_WRONG;
}
