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
const void *tcam_next_element(struct tcam_loader *loader, size_t size)
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

static bool load_counts(struct tcam_loader *loader,
			const struct tcam_header *hdr)
{
	struct tcam *tcam = loader->tcam;

	tcam->max_bytes = le32_to_cpu(hdr->max_bytes);
	tcam->max_nodes = le32_to_cpu(hdr->max_nodes);
	tcam->max_encaps = le32_to_cpu(hdr->max_encaps);
	tcam->start = le32_to_cpu(hdr->start);
	tcam->start_action = le32_to_cpu(hdr->start_action);
	tcam->start_actions = le32_to_cpu(hdr->start_actions);
	tcam->num_outputs = le32_to_cpu(hdr->num_outputs);
	tcam->num_counters = le32_to_cpu(hdr->num_counters);
	tcam->num_repeats = le32_to_cpu(hdr->num_repeats);
	tcam->num_visits = le32_to_cpu(hdr->num_visits);
	tcam->num_areas = le32_to_cpu(hdr->num_areas);
	tcam->num_terms = le32_to_cpu(hdr->num_terms);
	tcam->num_rises = le32_to_cpu(hdr->num_rises);
	tcam->num_states = le32_to_cpu(hdr->num_states);
	tcam->num_parts = le32_to_cpu(hdr->num_parts);
	tcam->num_entries = le32_to_cpu(hdr->num_entries);
	tcam->num_actions = le32_to_cpu(hdr->num_actions);

	return check_count(loader, "nodes", tcam->max_nodes, 0,
			   TCAM_MAX_COUNT) &&
	       check_count(loader, "encapsulations", tcam->max_encaps, 0,
			   TCAM_MAX_COUNT) &&
	       check_count(loader, "outputs", tcam->num_outputs, 0,
			   PARSE_MAX_OUTPUTS) &&
	       check_count(loader, "counters", tcam->num_counters, 0,
			   TCAM_MAX_COUNTERS) &&
	       check_count(loader, "repeat limits", tcam->num_repeats, 0,
			   TCAM_MAX_REPEATS) &&
	       check_count(loader, "visits", tcam->num_visits, 0,
			   TCAM_MAX_VISITS) &&
	       check_count(loader, "areas", tcam->num_areas, 0,
			   TCAM_MAX_AREAS) &&
	       check_count(loader, "length terms", tcam->num_terms, 0,
			   TCAM_MAX_TERMS) &&
	       check_count(loader, "rises", tcam->num_rises, 0,
			   TCAM_MAX_RISES) &&
	       check_count(loader, "states", tcam->num_states, 1,
			   TCAM_MAX_STATES) &&
	       check_count(loader, "key parts", tcam->num_parts, 0,
			   TCAM_MAX_PARTS) &&
	       check_count(loader, "entries", tcam->num_entries, 0,
			   TCAM_MAX_ENTRIES) &&
	       check_count(loader, "actions", tcam->num_actions, 0,
			   TCAM_MAX_ACTIONS);
}

static bool load_header(struct tcam_loader *loader, size_t size)
{
	struct tcam *tcam = loader->tcam;
	const struct tcam_header *hdr;
	size_t needed;

	if (size < sizeof(*hdr))
		return tcam_complain(loader, "%zu bytes, the header alone has %zu",
				     size, sizeof(*hdr));
	hdr = tcam_next_element(loader, sizeof(*hdr));
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
		 tcam->num_counters * sizeof(struct tcam_counter) +
		 tcam->num_repeats * sizeof(struct tcam_repeat) +
		 tcam->num_visits * sizeof(struct tcam_visit) +
		 tcam->num_areas * sizeof(struct tcam_area) +
		 tcam->num_terms * sizeof(struct tcam_term) +
		 tcam->num_rises * sizeof(struct tcam_rise) +
		 tcam->num_states * sizeof(struct tcam_state) +
		 tcam->num_parts * sizeof(struct tcam_part) +
		 tcam->num_entries * sizeof(struct tcam_entry) +
		 tcam->num_actions * sizeof(struct tcam_action);
	if (needed != size)
		return tcam_complain(loader, "%zu bytes, the arrays need %zu", size,
				     needed);
	return true;
}

/* One more than @num: an empty array is not NULL */
static void *alloc_array(u32 num, size_t size)
{
	return kvcalloc(num + 1, size, GFP_KERNEL);
}

static bool allocate(struct tcam_loader *loader)
{
	struct tcam *t = loader->tcam;

	t->outputs = alloc_array(t->num_outputs, sizeof(*t->outputs));
	t->counters = alloc_array(t->num_counters, sizeof(*t->counters));
	t->repeats = alloc_array(t->num_repeats, sizeof(*t->repeats));
	t->visits = alloc_array(t->num_visits, sizeof(*t->visits));
	t->areas = alloc_array(t->num_areas, sizeof(*t->areas));
	t->terms = alloc_array(t->num_terms, sizeof(*t->terms));
	t->rises = alloc_array(t->num_rises, sizeof(*t->rises));
	t->states = alloc_array(t->num_states, sizeof(*t->states));
	t->parts = alloc_array(t->num_parts, sizeof(*t->parts));
	t->entries = alloc_array(t->num_entries, sizeof(*t->entries));
	t->actions = alloc_array(t->num_actions, sizeof(*t->actions));
	if (!t->outputs || !t->counters || !t->repeats || !t->visits ||
	    !t->areas || !t->terms || !t->rises || !t->states || !t->parts ||
	    !t->entries || !t->actions)
		return tcam_complain(loader, "out of memory");
	return true;
}

static bool load_arrays(struct tcam_loader *loader)
{
	static const struct {
		bool	(*load)(struct tcam_loader *loader, u32 i);
		size_t	num;		/* offset in struct tcam */
	} arrays[] = {
		{ tcam_load_output, offsetof(struct tcam, num_outputs) },
		{ tcam_load_counter, offsetof(struct tcam, num_counters) },
		{ tcam_load_repeat, offsetof(struct tcam, num_repeats) },
		{ tcam_load_visit, offsetof(struct tcam, num_visits) },
		{ tcam_load_area, offsetof(struct tcam, num_areas) },
		{ tcam_load_term, offsetof(struct tcam, num_terms) },
		{ tcam_load_rise, offsetof(struct tcam, num_rises) },
		{ tcam_load_state, offsetof(struct tcam, num_states) },
		{ tcam_load_part, offsetof(struct tcam, num_parts) },
		{ tcam_load_entry, offsetof(struct tcam, num_entries) },
		{ tcam_load_action, offsetof(struct tcam, num_actions) },
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
	kvfree(tcam->counters);
	kvfree(tcam->repeats);
	kvfree(tcam->visits);
	kvfree(tcam->areas);
	kvfree(tcam->terms);
	kvfree(tcam->rises);
	kvfree(tcam->states);
	kvfree(tcam->parts);
	kvfree(tcam->entries);
	kvfree(tcam->actions);
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
