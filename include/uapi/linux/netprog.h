/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Network programs (netprog): the image format.
 *
 * An image (NAME.npi, under /lib/firmware) carries one or more programs. Each
 * program is described by a descriptor, by its Common Parser Representation
 * (CPR, canonical JSON), whose digest is the program's identity, and by one
 * payload for each device target. All integers are little endian. Sections do
 * not overlap, lie in ascending order of their offsets, and every byte that is
 * neither header, section table nor section is zero.
 *
 * See Documentation/networking/netprog/image.rst.
 */
#ifndef _UAPI_LINUX_NETPROG_H
#define _UAPI_LINUX_NETPROG_H

#include <linux/types.h>

#define NETPROG_IMAGE_MAGIC		"NPIMAGE\n"
#define NETPROG_IMAGE_MAGIC_LEN		8
#define NETPROG_IMAGE_VERSION		1
#define NETPROG_IMAGE_ALIGN		8	/* of every section, in bytes */
#define NETPROG_IMAGE_MAX_SIZE		(4 * 1024 * 1024)
#define NETPROG_IMAGE_MAX_SECTIONS	64

#define NETPROG_NAME_LEN		32	/* with the final NUL */
#define NETPROG_ALG_LEN			16	/* with the final NUL */
#define NETPROG_HASH_MAX		64	/* bytes of digest */
#define NETPROG_MAX_PROGRAMS		8
#define NETPROG_MAX_TABLES		64	/* in one program */

/* What a program does */
enum netprog_kind {
	NETPROG_KIND_PARSER,
	NETPROG_KIND_GSO,
	NETPROG_KIND_GRO,

	/* private: */
	__NETPROG_KIND_MAX
};

enum netprog_section_type {
	NETPROG_SECTION_PROGRAM = 1,	/* struct netprog_image_program */
	NETPROG_SECTION_CPR,		/* canonical JSON, not terminated */
	NETPROG_SECTION_PAYLOAD,	/* device code for one target */
	NETPROG_SECTION_TABLES,		/* array of struct netprog_image_table */
	NETPROG_SECTION_SIGNATURE,	/* CMS over all bytes before it; last */
	NETPROG_SECTION_PROOF,		/* struct netprog_image_proof */
};

/* Who fills a match table */
enum netprog_owner {
	NETPROG_OWNER_RAW,
	NETPROG_OWNER_NTUPLE,
	NETPROG_OWNER_FLOWER,
	NETPROG_OWNER_NFTABLES,
	NETPROG_OWNER_ROUTE,

	/* private: */
	__NETPROG_OWNER_MAX
};

enum netprog_match {
	NETPROG_MATCH_EXACT,
	NETPROG_MATCH_TERNARY,
	NETPROG_MATCH_LPM,

	/* private: */
	__NETPROG_MATCH_MAX
};

/**
 * struct netprog_image_hdr - first bytes of an image
 * @magic: NETPROG_IMAGE_MAGIC, no terminator
 * @version: NETPROG_IMAGE_VERSION
 * @num_sections: entries in the section table, which follows this header
 * @size: bytes of the whole image
 * @reserved: zero
 */
struct netprog_image_hdr {
	__u8	magic[NETPROG_IMAGE_MAGIC_LEN];
	__le32	version;
	__le32	num_sections;
	__le32	size;
	__le32	reserved;
};

/**
 * struct netprog_image_section - one entry of the section table
 * @type: enum netprog_section_type
 * @program: index of the program it belongs to, from 0; 0 for a signature
 * @offset: of its first byte from the start of the image, NETPROG_IMAGE_ALIGN
 * @size: bytes, without the padding to the next section
 * @target: device target of a payload or of its proof, NUL padded; all zero for
 *	    other types
 */
struct netprog_image_section {
	__le32	type;
	__le32	program;
	__le32	offset;
	__le32	size;
	__u8	target[NETPROG_NAME_LEN];
};

/**
 * struct netprog_image_program - descriptor of one program
 * @name: as in the CPR, NUL padded
 * @kind: enum netprog_kind
 * @hash_alg: name of the digest as the kernel's crypto API has it ("sha256")
 * @hash_len: bytes of @hash that count
 * @hash: digest of the program's CPR section
 * @max_bytes: the parser looks at no byte behind this offset; 0 for no parser
 * @max_nodes: nodes that one packet may visit; 0 for no limit
 * @max_encaps: encapsulation levels that one packet may have
 * @reserved: zero
 */
struct netprog_image_program {
	__u8	name[NETPROG_NAME_LEN];
	__le32	kind;
	__u8	hash_alg[NETPROG_ALG_LEN];
	__le32	hash_len;
	__u8	hash[NETPROG_HASH_MAX];
	__le32	max_bytes;
	__le32	max_nodes;
	__le32	max_encaps;
	__le32	reserved;
};

/**
 * struct netprog_image_table - one match table of a program
 * @name: as in the CPR, NUL padded
 * @owner: enum netprog_owner
 * @match: enum netprog_match
 * @key_bits: width of the whole key
 * @size: entries
 */
struct netprog_image_table {
	__u8	name[NETPROG_NAME_LEN];
	__le32	owner;
	__le32	match;
	__le32	key_bits;
	__le32	size;
};

/**
 * struct netprog_image_proof - what was proved of a payload
 * @method: how it was proved, NUL padded ("bisimulation")
 * @version: of the method
 * @reserved: zero
 * @tool: who proved it, with its version, NUL padded ("offload-compiler-0.1")
 * @cpr: digest of the program's CPR section
 * @payload: digest of the payload of the same program and target
 * @certificate: digest of the proof's certificate, which is not in the image
 *
 * It says that for every packet the payload does what the CPR says. The digests
 * are of the algorithm and length of the program's descriptor.
 */
struct netprog_image_proof {
	__u8	method[NETPROG_ALG_LEN];
	__le32	version;
	__le32	reserved;
	__u8	tool[NETPROG_NAME_LEN];
	__u8	cpr[NETPROG_HASH_MAX];
	__u8	payload[NETPROG_HASH_MAX];
	__u8	certificate[NETPROG_HASH_MAX];
};

/* The BTF decl tag on a program's entry function: "netprog:parser:sha256:HEX" */
#define NETPROG_BTF_TAG_PREFIX		"netprog:"

#endif /* _UAPI_LINUX_NETPROG_H */
