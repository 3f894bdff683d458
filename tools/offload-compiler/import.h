/* SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause */
/*
 * From XDP2's and kParser's JSON to struct parser. One converter for both: what
 * an object may hold, and in which of the two, is told by lists of members
 * (import_members.c). Each fault is named by its JSON pointer, and all of them
 * in one run, so nothing here stops at the first.
 */
#ifndef OFFLOAD_COMPILER_IMPORT_H
#define OFFLOAD_COMPILER_IMPORT_H

#include <jansson.h>

#include "check.h"	/* ones() */

enum dialect { DIALECT_NONE, DIALECT_XDP2, DIALECT_KPARSER };

#define IN_XDP2		(1 << DIALECT_XDP2)
#define IN_KPARSER	(1 << DIALECT_KPARSER)
#define IN_BOTH		(IN_XDP2 | IN_KPARSER)

struct import_options {
	enum dialect	dialect;	/* NONE: to be recognised */
	const char	*parser;	/* NULL: the only one */
	uint32_t	max_bytes;	/* 0: the default; no dialect has it */
};

#define IMPORT_MAX_BYTES	512

/* The parser in @data, checked and in canonical order; NULL after diagnostics
 * that name @path. Touches no file.
 */
struct parser *import_parser(const char *path, const void *data, size_t size,
			     const struct import_options *options);

/* ---- import_json.c: places, faults, members ----------------------------- */

/* A place in the document, as long as the callers of what names it */
struct place {
	const struct place *up;		/* NULL: key is a pointer already */
	const char	*key;		/* NULL: an item of a list */
	size_t		index;
};

#define AT(up, key)	(&(const struct place){ (up), (key), 0 })
#define AT_ITEM(up, i)	(&(const struct place){ (up), NULL, (i) })
#define AT_TEXT(text)	(&(const struct place){ NULL, (text), 0 })
#define AT_ROOT(list, i) AT_ITEM(AT(AT_TEXT(""), (list)), (i))

/* What an object may hold */
struct member {
	const char	*name;
	char		type;		/* b: boolean, u: integer from 0, i: from
					 * -65535; both to 2^31; v: integer from 0;
					 * h: "0x...", k: that or an integer from
					 * 0; s: string, o: object, l: list
					 */
	uint8_t		in;		/* IN_* dialects that have it */
	uint8_t		needed;		/* IN_* that cannot be without */
};

struct import {
	const char	*path;
	enum dialect	dialect;
	json_t		*root;
	json_t		*config;	/* the parser's object */
	char		*config_at;
	struct parser	*parser;
	struct item	*items;		/* by parser->nodes */
	struct map_item	*map_items;	/* by parser->maps */
	struct place_name *names;	/* of outputs; import_output.c */
	uint32_t	num_names;
	struct output_item *outputs;	/* those of parser->outputs and arrays */
	uint32_t	num_outputs;
	struct tlvs	**tlvs;		/* import_tlv.c */
	uint32_t	num_tlvs;
	uint32_t	num_frames;
	uint32_t	max_bytes;
	int32_t		okay;		/* node that STOP_OKAY leads to; -1 */
	json_t		*at_encap;	/* encap-target; NULL: none */
	char		*at_encap_at;
	bool		failed;		/* there was a fault */
	char		**told;		/* faults and warnings, each once */
	uint32_t	num_told;
};

char *place_text(const struct place *at);
/* Path and place, as the name of a file: the head of a message */
char *place_file(const struct import *im, const struct place *at);
void import_fault(struct import *im, const struct place *at, const char *fmt,
		  ...) __attribute__((format(printf, 3, 4)));
void import_warning(struct import *im, const struct place *at, const char *fmt,
		    ...) __attribute__((format(printf, 3, 4)));
/* Tells all that is wrong with the members; false if @obj is no object */
bool import_members(struct import *im, json_t *obj, const struct place *at,
		    const struct member *members);
/* The values of members that were looked at; else the default */
uint32_t member_uint(json_t *obj, const char *key, uint32_t missing);
int32_t member_int(json_t *obj, const char *key, int32_t missing);
bool member_bool(json_t *obj, const char *key, bool missing);
const char *member_string(json_t *obj, const char *key);	/* NULL: missing */
bool member_value(json_t *obj, const char *key, u128 *value);
json_t *member_object(json_t *obj, const char *key);
json_t *member_list(json_t *obj, const char *key);
/* The item of that name in a list of the root; its index */
json_t *find_item(struct import *im, const char *list, const char *name,
		  size_t *index);
/* The same; a fault at @at if there is none */
json_t *need_item(struct import *im, const struct place *at, const char *list,
		  const char *name, size_t *index);

/* ---- import_members.c: which members there are -------------------------- */

extern const struct member root_members[], parser_members[], node_members[],
	length_members[], next_members[], entry_members[], table_members[],
	metadata_members[], extract_members[], metadata_list_members[],
	conds_members[], cond_members[], action_members[], tlvs_members[],
	tlv_type_members[], tlv_node_members[], flags_members[],
	flag_members[], flag_node_members[], counter_members[];
/* NONE after a fault that tells why */
enum dialect import_dialect(struct import *im);

/* ---- import_bits.c: bytes of a header, in bits -------------------------- */

/* field-off, field-len, mask and right-shift: ((bytes & mask) >> shift) */
struct bytes {
	uint32_t	off, len;
	u128		mask;
	uint32_t	shift;
};

/* @limit: bytes of the fixed header. False after a fault */
bool import_bytes(struct import *im, json_t *obj, const struct place *at,
		  uint32_t limit, struct bytes *bytes);
bool check_extent(struct import *im, const struct place *at, uint32_t off,
		  uint32_t len, uint32_t limit);
uint32_t add_field(struct field **fields, uint32_t *num, uint32_t offset,
		   uint32_t bits);
/* The mask has no hole: its one field */
bool bytes_field(const struct bytes *bytes, uint32_t *offset, uint32_t *bits);
void import_length(struct import *im, json_t *obj, const struct place *at,
		   uint32_t limit, struct field **fields, uint32_t *num_fields,
		   struct length *length);
void import_key(const struct bytes *bytes, struct field **fields,
		uint32_t *num_fields, struct lookup *next);
uint32_t key_bits(const struct bytes *bytes);
/* The value of @obj's @key as that lookup sees it; false after a fault */
bool import_key_value(struct import *im, json_t *obj, const struct place *at,
		      const char *key, const struct bytes *bytes, u128 *value);
u128 swap_bytes(u128 value, uint32_t len);

/* ---- import_known.c: what assigned numbers tell ------------------------- */

/* A key that is an assigned number in the other byte order; NULL: it is not */
const char *known_swapped(u128 key, uint32_t len);
void check_known(struct import *im, json_t *node, const struct place *at,
		 u128 key, uint32_t len);

/* ---- import_graph.c: nodes, maps, targets ------------------------------- */

enum item_type {
	ITEM_ROOT,		/* the root, uncounted */
	ITEM_NODE,		/* any other parse node */
	ITEM_ENCAP,		/* raises the level on the way to one */
	ITEM_AT_ENCAP,		/* encap-target, before that */
	ITEM_OKAY,		/* okay-target */
	ITEM_TLV,		/* a tlv-node as an element of context */
	ITEM_TLV_LENGTH,	/* looks whether it is long enough */
	ITEM_TLV_SKIP,		/* the context's TLV without a node */
	ITEM_TLV_PAD1,
	ITEM_FLAG,		/* a flag field; context: its length */
};

struct item {			/* what a node is made of */
	enum item_type	type;
	json_t		*obj;
	char		*at;
	uint32_t	context;	/* ITEM_TLV*: im->tlvs */
	bool		wild;		/* ITEM_TLV_LENGTH: of the wildcard node */
};

struct map_item {		/* what a map is made of */
	json_t		*ents;
	struct bytes	bytes;
	bool		encap;
	int32_t		context;	/* im->tlvs; -1: of protocols */
};

/* A node that is still to be converted; the name may get a number */
uint32_t intern_node(struct import *im, const struct item *item,
		     const struct place *at, const char *name,
		     const char *suffix);
char *import_name(struct import *im, const struct place *at, const char *name,
		  const char *suffix);
struct target stop_okay(const struct import *im);
struct target import_target(struct import *im, const struct place *at,
			    const char *name, bool encap);
/* The list of "table" or "ents", its place (to be freed) and the table's name;
 * NULL if there is none
 */
json_t *import_entries(struct import *im, json_t *obj, const struct place *at,
		       const char *tables, char **entries_at, const char **name);

struct lookup_of {
	const char	*owner, *suffix;	/* a name for entries without */
	int32_t		context;	/* im->tlvs; -1: of protocols */
	bool		encap;
};

/* Key and map; no lookup if there are no entries */
void import_lookup(struct import *im, const struct bytes *bytes, json_t *obj,
		   const struct place *at, const struct lookup_of *of,
		   struct field **fields, uint32_t *num_fields,
		   struct lookup *next);
char *map_name(struct import *im, const struct place *at, const char *name,
	       const char *suffix);
int32_t append_map(struct import *im, const struct map_item *item,
		   const struct map *map);
void add_entry(struct import *im, struct map *map, const struct place *at,
	       u128 key, struct target target);

/* ---- import_node.c, and what a node holds ------------------------------- */

void import_node(struct import *im, uint32_t index);
void refuse_handler(struct import *im, json_t *obj, const struct place *at);
struct part *add_part(struct node *node, enum part_type type);
void skip_to_start(struct import *im, json_t *start, const struct place *at,
		   struct node *node);
void import_conds(struct import *im, json_t *obj, const struct place *at,
		  struct node *node);			/* import_cond.c */
/* @header: the node has one that can be read. import_metadata.c */
void import_metadata(struct import *im, json_t *obj, const struct place *at,
		     struct node *node, bool header);
uint32_t metadata_extent(json_t *obj);	/* bytes that it reads */
void import_flags(struct import *im, json_t *obj, const struct place *at,
		  struct node *node);			/* import_flags.c */
void import_flags_length(struct import *im, json_t *obj,
			 const struct place *at, struct node *node);
void import_flag_element(struct import *im, const struct item *item,
			 struct node *node);

/* ---- import_tlvs.c, import_tlv.c: a node's TLVs; one of them ------------ */

struct tlvs {
	json_t		*obj;
	char		*at, *length_at;
	char		*owner;
	uint32_t	min;		/* bytes of every TLV, but pad1 */
};

/* @good_length: that of the node could be read */
void import_tlvs(struct import *im, json_t *obj, const struct place *at,
		 struct node *node, bool good_length);
void import_tlv_element(struct import *im, const struct item *item,
			struct node *node);
struct target import_tlv_target(struct import *im, const struct place *at,
				const char *name, uint32_t context, bool wild);
/* The word says that the node goes on behind them */
bool ends_tlvs(const char *word);
/* Of a TLV that no entry names: the wildcard node, or the default */
struct target unknown_target(struct import *im, json_t *obj,
			     const struct place *at, uint32_t context);
struct target tlv_special(struct import *im, enum item_type type,
			  uint32_t context, const char *suffix);
void tlvs_free(struct import *im);

/* ---- import_output.c: places in the metadata as outputs ----------------- */

struct md_place {
	bool		frame;
	uint32_t	off;		/* md-off; + struct-off in an element */
	uint32_t	len;
	const char	*index;		/* counter; NULL: no array */
};

struct output_item {
	char		*name;
	uint32_t	bits;
	uint32_t	output;		/* index; of an array the first */
};

struct place_name {
	char		*name;		/* of the document */
	struct md_place	place;
	char		*at;
};

/* All names in the document, so that what has none can be found by place */
void collect_names(struct import *im, json_t *value, const struct place *at);
bool read_md_place(json_t *obj, struct md_place *place);
/* @len bytes. @num: 0, or which of several that the place is split into, from
 * 1. False after a fault
 */
bool import_output(struct import *im, json_t *obj, const struct place *at,
		   const struct md_place *place, uint32_t num, uint32_t len,
		   uint32_t *output);
int32_t import_counter(struct import *im, const struct place *at,
		       const char *name);
void outputs_free(struct import *im);

#endif /* OFFLOAD_COMPILER_IMPORT_H */
