// SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
/* A device payload for scripts: what tcam_show() prints, as one JSON object. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>

#include "tcam_show.h"

/* No number of JSON has 128 bits */
static json_t *hex(struct tcam_value value)
{
	uint64_t hi = le64_to_cpu(value.half[0]), lo = le64_to_cpu(value.half[1]);

	if (hi)
		return json_sprintf("0x%" PRIx64 "%016" PRIx64, hi, lo);
	return json_sprintf("0x%" PRIx64, lo);
}

static json_t *actions_json(const struct payload *p, uint32_t first,
			    uint32_t num, uint32_t depth)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < num; i++) {
		size_t size;
		char *text;
		FILE *out = open_memstream(&text, &size);

		if (!out)
			break;
		tcam_show_action(p, out, &p->actions[first + i], depth);
		fclose(out);
		json_array_append_new(list, json_string(text));
		free(text);
	}
	return list;
}

static json_t *key_json(const struct payload *p, const struct tcam_state *state)
{
	json_t *list = json_array();

	for (uint32_t i = 0; i < le16_to_cpu(state->num_parts); i++) {
		const struct tcam_part *part =
			&p->parts[le16_to_cpu(state->first_part) + i];
		bool input = le16_to_cpu(part->type) == TCAM_PART_INPUT;

		json_array_append_new(list, json_pack("{sssisi}", "of",
			input ? "inputs" : "packet",
			"bit", (int32_t)le32_to_cpu(part->offset),
			"bits", le16_to_cpu(part->bits)));
	}
	return list;
}

static json_t *entry_json(const struct payload *p,
			  const struct tcam_state *state, uint32_t n)
{
	const struct tcam_entry *entry =
		&p->entries[le16_to_cpu(state->first_entry) + n];
	bool loop = le16_to_cpu(state->flags) & TCAM_STATE_LOOP;
	uint32_t target = le16_to_cpu(entry->target);
	json_t *json = json_object();

	if (loop && n < 2) {
		json_object_set_new(json, "when", json_string(n ? "exceeded" :
							      "end"));
	} else {
		json_object_set_new(json, "value", hex(entry->value));
		json_object_set_new(json, "mask", hex(entry->mask));
	}
	json_object_set_new(json, "actions",
			    actions_json(p, le32_to_cpu(entry->first_action),
					 le16_to_cpu(entry->num_actions),
					 le16_to_cpu(state->depth)));
	if (le16_to_cpu(entry->flags) & TCAM_ENTRY_STOP)
		json_object_set_new(json, "stop",
				    json_string(parse_verdict_names[target]));
	else
		json_object_set_new(json, "state", json_integer(target));
	return json;
}

static json_t *state_json(const struct payload *p, uint32_t index)
{
	const struct tcam_state *state = &p->states[index];
	json_t *entries = json_array(), *json;

	for (uint32_t i = 0; i < le16_to_cpu(state->num_entries); i++)
		json_array_append_new(entries, entry_json(p, state, i));
	json = json_pack("{sisssssiso}", "index", index, "name", state->name,
			 "why", tcam_whys[le16_to_cpu(state->why)],
			 "depth", le16_to_cpu(state->depth),
			 "key", key_json(p, state));
	if (le16_to_cpu(state->flags) & TCAM_STATE_LOOP)
		json_object_set_new(json, "max",
				    json_integer(le16_to_cpu(state->max)));
	if (state->need)
		json_object_set_new(json, "need",
				    json_integer(le32_to_cpu(state->need)));
	json_object_set_new(json, "entries", entries);
	return json;
}

static json_t *limits_json(const struct payload *p)
{
	return json_pack("{sisisi}", "bytes", le32_to_cpu(p->hdr->max_bytes),
			 "nodes", le32_to_cpu(p->hdr->max_nodes),
			 "encaps", le32_to_cpu(p->hdr->max_encaps));
}

bool tcam_show_json(const void *blob, const struct device *device,
		    const char *parser, FILE *out)
{
	struct payload p = tcam_payload(blob);
	json_t *states = json_array(), *json;
	bool good;

	for (uint32_t i = 0; i < le32_to_cpu(p.hdr->num_states); i++)
		json_array_append_new(states, state_json(&p, i));
	json = json_pack("{sssssisisisisoso}", "parser", parser,
			 "target", device->name,
			 "num_entries", le32_to_cpu(p.hdr->num_entries),
			 "max_entries", device->entries,
			 "num_states", le32_to_cpu(p.hdr->num_states),
			 "max_states", device->states,
			 "limits", limits_json(&p), "start",
			 json_pack("{siso}", "state", le32_to_cpu(p.hdr->start),
				   "actions", actions_json(&p,
					le32_to_cpu(p.hdr->start_action),
					le32_to_cpu(p.hdr->start_actions), 0)));
	json_object_set_new(json, "states", states);
	good = !json_dumpf(json, out, JSON_COMPACT) && fputc('\n', out) != EOF;
	json_decref(json);
	return good;
}
