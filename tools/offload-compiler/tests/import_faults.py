# SPDX-License-Identifier: GPL-2.0 OR BSD-3-Clause
"""Faults of a document: what is changed in import/*.json, and what is told."""
from import_changes import add, both, deep, drop, put, rename

K, X = "kparser", "xdp2"
N = "parse-nodes"

# The document, a name, the change, all errors (their file left out)
FAULTS = [
    (K, "unknown_member", put(N, "ipv4", "colour", 1),
     ['/parse-nodes/3/colour: error: is not known here']),
    (K, "unknown_member_of_root", put("colour", 1),
     ['/colour: error: is not known here']),
    (K, "missing_member", drop(N, "ipv4", "next-proto", "field-off"),
     ['/parse-nodes/3/next-proto/field-off: error: is missing']),
    (K, "string_for_integer", put(N, "ipv4", "min-hdr-length", "20"),
     ['/parse-nodes/3/min-hdr-length: error: is not an integer from 0 to 2147483647']),
    (K, "integer_for_boolean", put(N, "ip", "overlay", 1),
     ['/parse-nodes/2/overlay: error: is not true or false']),
    (K, "negative_offset", put(N, "vlan", "next-proto", "field-off", -2),
     ['/parse-nodes/1/next-proto/field-off: error: is not an integer from 0 to 2147483647']),
    (K, "mask_without_0x", put(N, "ipv4", "hdr-length", "mask", "f"),
     ['/parse-nodes/3/hdr-length/mask: error: is not a string "0x..." of up to 32 '
      'lower-case hex digits']),
    (K, "mask_in_upper_case", put(N, "ipv4", "hdr-length", "mask", "0xF"),
     ['/parse-nodes/3/hdr-length/mask: error: is not a string "0x..." of up to 32 '
      'lower-case hex digits']),
    (K, "key_of_two_kinds", put(N, "ip", "next-proto", "ents", 0, "key", "four"),
     ['/parse-nodes/2/next-proto/ents/0/key: error: is neither an integer from 0 nor a '
      'string "0x..." of up to 32 lower-case hex digits']),
    (K, "null_in_a_list", put("tlv-nodes", 0, None),
     ['/parse-nodes/3/tlv-parse-node/ents/0/node: error: there is no "router_alert" in '
      '/tlv-nodes',
      '/tlv-nodes/0: error: is not an object']),
    (K, "too_many_items", put("counters", 4097 * [{}]),
     ['/counters: error: has more than 4096 items',
      '/parse-nodes/1/counter-actions/0/name: error: there is no "vlans" in /counters',
      '/parse-nodes/1/metadata/ents/0/index: error: there is no "vlans" in /counters',
      '/parse-nodes/12/metadata/ents/2/counter: error: there is no "vlans" in /counters']),
    (K, "too_many_entries",
     put(N, "udp", "next-proto", "ents", [{"key": n, "node": "gue"} for n in range(1025)]),
     ['/parse-nodes/9/next-proto/ents: error: has 1025 entries, at most 1024 are possible']),
    (K, "node_without_name", drop(N, "tcp", "name"),
     ['/parse-nodes/8/name: error: is missing, empty or no string',
      '/proto-tables/1/ents/2/node: error: there is no "tcp" in /parse-nodes']),
    (K, "node_twice", put(N, "tcp", "name", "udp"),
     ['/parse-nodes/9/name: error: "udp" is /parse-nodes/8 already',
      '/proto-tables/1/ents/2/node: error: there is no "tcp" in /parse-nodes']),
    (K, "name_too_long", rename("udp", "a_name_of_thirty_two_characters_"),
     ['/parse-nodes/9/name: error: makes a name of 32 characters, '
      '"a_name_of_thirty_two_characters_": 31 are possible',
      '/parse-nodes/9/next-proto/ents: error: makes a name of 36 characters, '
      '"a_name_of_thirty_two_characters_next": 31 are possible']),
    (K, "dangling_node_of_a_table",
     put("proto-tables", "ip_protocols", "ents", 2, "node", "tpc"),
     ['/proto-tables/1/ents/2/node: error: there is no "tpc" in /parse-nodes']),
    (K, "dangling_node_far_from_all",
     put("proto-tables", "ip_protocols", "ents", 2, "node", "nothing"),
     ['/proto-tables/1/ents/2/node: error: there is no "nothing" in /parse-nodes']),
    (K, "dangling_root", put("parsers", 0, "root-node", "ethers"),
     ['/parsers/0/root-node: error: there is no "ethers" in /parse-nodes; did you mean '
      '"ether"?']),
    (K, "dangling_okay_target", put("parsers", 0, "okay-target", "okey"),
     ['/parsers/0/okay-target: error: there is no "okey" in /parse-nodes; did you mean "okay"?']),
    (K, "dangling_table", put(N, "vlan", "next-proto", "table", "ether_typos"),
     ['/parse-nodes/1/next-proto/table: error: there is no "ether_typos" in /proto-tables; '
      'did you mean "ether_types"?']),
    (K, "dangling_wildcard", put(N, "udp", "next-proto", "wildcard-node", "pay"),
     ['/parse-nodes/9/next-proto/wildcard-node: error: there is no "pay" in /parse-nodes']),
    (K, "dangling_next_node", put(N, "gue", "next-node", "pay"),
     ['/parse-nodes/7/next-node: error: there is no "pay" in /parse-nodes']),
    (K, "dangling_tlv_node", put(N, "tcp", "tlv-parse-node", "ents", 0, "node", "msss"),
     ['/parse-nodes/8/tlv-parse-node/ents/0/node: error: there is no "msss" in /tlv-nodes; '
      'did you mean "mss"?']),
    (K, "dangling_tlv_table", put(N, "hop_by_hop", "tlv-parse-node", "table", "options"),
     ['/parse-nodes/5/tlv-parse-node/table: error: there is no "options" in /tlv-tables']),
    (K, "dangling_flag_node", put("flag-fields-tables", 0, "ents", 1, "node", "key"),
     ['/flag-fields-tables/0/ents/1/node: error: there is no "key" in /flag-fields-nodes']),
    (K, "dangling_flag_table", put(N, "gre", "flag-fields-parse-node", "table", "fields"),
     ['/parse-nodes/6/flag-fields-parse-node/table: error: there is no "fields" in '
      '/flag-fields-tables']),
    (K, "dangling_metadata_list", put(N, "ipv4", "metadata", "list", "ipv4"),
     ['/parse-nodes/3/metadata/list: error: there is no "ipv4" in /metadata-list']),
    (K, "dangling_metadata_object", put("metadata-list", 0, "list", 0, "v6_addrs"),
     ['/metadata-list/0/list/0: error: there is no "v6_addrs" in /metadata-objects; did you '
      'mean "v4_addrs"?']),
    (K, "dangling_cond_list", put(N, "gre", "cond-exprs", "list", "gre_version"),
     ['/parse-nodes/6/cond-exprs/list: error: there is no "gre_version" in '
      '/cond-exprs-list; did you mean "gre_version_0"?']),
    (K, "dangling_counter", put(N, "vlan", "counter-actions", 0, "name", "vlan"),
     ['/parse-nodes/1/counter-actions/0/name: error: there is no "vlan" in /counters; did '
      'you mean "vlans"?']),
    (K, "dangling_index", put(N, "vlan", "metadata", "ents", 0, "index", "vlan"),
     ['/parse-nodes/1/metadata/ents/0/index: error: there is no "vlan" in /counters; did '
      'you mean "vlans"?']),
    (X, "dangling_in_an_unused_table",
     add("proto-tables", {"name": "unused", "ents": [{"key": 1, "node": "udp"}]}),
     ['/proto-tables/3/ents/0/node: error: there is no "udp" in /parse-nodes']),
    (K, "key_not_shifted", put(N, "vxlan", "next-proto", "ents", 0, "key", 8),
     ['/parse-nodes/10/next-proto/ents/0/key: error: never matches: the field is shifted by '
      '3 bits, so it would be 0x1']),
    (K, "no_room_for_tlvs", put(N, "tcp", "hdr-length", "multiplier", 1),
     ['/parse-nodes/8/hdr-length: error: is too short: TLVs start at byte 20, where the '
      'header of 15 bytes ends']),
    (K, "members_of_both_dialects", put("parsers", 0, "file_name", "everything.c"),
     ["/: error: is it XDP2's or kParser's? Only XDP2 has /parsers/0/file_name, only "
      'kParser has /parse-nodes/3/metadata/list; tell by --dialect']),
    (K, "no_parser", put("parsers", []),
     ['/parsers: error: there is no "everything" in /parsers']),
    (K, "too_many_nodes", put("parsers", 0, "max-nodes", 257),
     ['/parsers/0/max-nodes: error: is 257, but has to be 2 to 256']),
    (K, "one_node", put("parsers", 0, "max-nodes", 1),
     ['/parsers/0/max-nodes: error: is 1, but has to be 2 to 256']),
    (K, "too_many_encaps", put("parsers", 0, "max-encaps", 256),
     ['/parsers/0/max-encaps: error: is 256, but has to be 0 to 255']),
    (K, "fail_target_with_metadata", put("parsers", 0, "fail-target", "payload"),
     ['/parsers/0/fail-target: error: cannot run: a parse that fails ends at once, and its '
      'verdict tells why']),
    (K, "okay_target_with_a_lookup", put(N, "okay", "next-node", "udp"),
     ['/parse-nodes/12/next-node: error: is never looked at: this node is a target of the '
      'parser and only extracts']),
    (K, "okay_target_reads_a_header",
     put(N, "okay", "metadata", "ents", 0, "type", "hdr_length"),
     ['/parse-nodes/12/metadata/ents/0/type: error: hdr_length needs a header, and this '
      'node is entered behind the last or before the next']),
    (X, "missing_default", drop(N, "ether_node", "next-proto", "default"),
     ['/parse-nodes/0/next-proto/default: error: is missing: continue, wild, stop_okay or '
      'stop_fail']),
    (X, "missing_limit", drop("parsers", 0, "max-nodes"),
     ['/parsers/0/max-nodes: error: is missing']),
    (K, "field_past_header", put(N, "vlan", "next-proto", "field-off", 4),
     ['/parse-nodes/1/next-proto: error: reads bytes 4 to 5, but the fixed header has 4: '
      'min-hdr-length would have to be 6']),
    (K, "missing_min_length", drop(N, "vxlan", "min-hdr-length"),
     ['/parse-nodes/10/next-proto: error: reads bytes 0 to 0, but the fixed header has 0: '
      'min-hdr-length would have to be 1']),
    (K, "huge_header", put(N, "vxlan", "min-hdr-length", 257),
     ['/parse-nodes/10/min-hdr-length: error: is 257, but has to be 0 to 256']),
    (K, "field_of_no_bytes", put(N, "vlan", "next-proto", "field-len", 0),
     ['/parse-nodes/1/next-proto/field-len: error: is 0, but has to be 1 to 16']),
    (K, "field_too_wide",
     both(put(N, "vxlan", "min-hdr-length", 32), put(N, "vxlan", "next-proto", "field-len", 17)),
     ['/parse-nodes/10/next-proto/field-len: error: is 17, but has to be 1 to 16']),
    (K, "mask_wider_than_field", put(N, "ip", "next-proto", "mask", "0xf00"),
     ['/parse-nodes/2/next-proto/mask: error: is wider than the field of 8 bits']),
    (K, "mask_shifted_away", put(N, "ip", "next-proto", "right-shift", 8),
     ['/parse-nodes/2/next-proto/mask: error: leaves nothing of the field']),
    (K, "mask_of_little_endian", put(N, "vlan", "next-proto", "mask", "0xff1f"),
     ['/parse-nodes/1/next-proto/mask: error: straddles bytes as on a little-endian '
      'machine; in network order it would be "0x1fff"']),
    (K, "key_wider_than_field", put("proto-tables", "ip_protocols", "ents", 2, "key", 256),
     ['/proto-tables/1/ents/2/key: error: is wider than the field of 8 bits']),
    (K, "key_outside_mask", put(N, "ip", "next-proto", "ents", 0, "key", "0x40"),
     ['/parse-nodes/2/next-proto/ents/0/key: error: never matches: the field is shifted by '
      '4 bits, so it would be 0x4']),
    (K, "key_twice", put("proto-tables", "ip_protocols", "ents", 2, "key", 17),
     ['/proto-tables/1/ents/3: error: is a second entry for the key 0x11']),
    (K, "key_of_little_endian", put("proto-tables", "ether_types", "ents", 0, "key", "0x8"),
     ['/proto-tables/0/ents/0/key: error: is IPv4 in the byte order of a little-endian '
      'machine; in network order it would be "0x800" (if it is meant so, write it as a '
      'number: 8)']),
    (X, "key_of_little_endian", put("proto-tables", "ether_table", "ents", 1, "key", "0xdd86"),
     ['/proto-tables/0/ents/1/key: error: is IPv6 in the byte order of a little-endian '
      'machine; in network order it would be "0x86dd" (if it is meant so, write it as a '
      'number: 56710)']),
    (K, "port_of_little_endian", put(N, "udp", "next-proto", "ents", 0, "key", "0xb512"),
     ['/parse-nodes/9/next-proto/ents/0/key: error: is VXLAN in the byte order of a '
      'little-endian machine; in network order it would be "0x12b5" (if it is meant so, '
      'write it as a number: 46354)']),
    (K, "table_and_ents", put(N, "ip", "next-proto", "table", "ip_protocols"),
     ['/parse-nodes/2/next-proto: error: needs either table or ents',
      '/proto-tables/1/ents/3/key: error: never matches: the field & 0xf0 >> 4 has other bits',
      '/proto-tables/1/ents/4/key: error: never matches: the field & 0xf0 >> 4 has other bits',
      '/proto-tables/1/ents/5/key: error: never matches: the field & 0xf0 >> 4 has other bits']),
    (K, "neither_table_nor_ents", drop(N, "vlan", "next-proto", "table"),
     ['/parse-nodes/1/next-proto: error: needs either table or ents']),
    (K, "next_node_and_next_proto", put(N, "vlan", "next-node", "ip"),
     ['/parse-nodes/1: error: needs either next-node or next-proto']),
    (K, "wild_without_wildcard", put(N, "vlan", "next-proto", "default", "wild"),
     ['/parse-nodes/1/next-proto/default: error: is "wild", but there is no wildcard-node']),
    (K, "alt_wild", put(N, "vlan", "next-proto", "default", "alt_wild"),
     ['/parse-nodes/1/next-proto/default: error: "alt_wild" is not possible: continue, '
      'wild, stop_okay, stop_node_okay and stop_fail are']),
    (X, "shift_of_little_endian", put(N, "tcp_node", "hdr-length", "right-shift", 2),
     ['/parse-nodes/7/hdr-length/right-shift: error: makes lengths multiples of 1024 bytes: '
      'it is that of a little-endian machine; in network order it would be 10']),
    (K, "length_in_machine_order",
     put(N, "tcp", "hdr-length",
         {"field-off": 12, "field-len": 2, "mask": "0xf000", "right-shift": 10}),
     ['/parse-nodes/8/hdr-length: error: is a length of 2 bytes in the byte order of the '
      'machine; endian-swap true would make it network order']),
    (K, "length_of_mixed_order",
     put(N, "tcp", "hdr-length",
         {"field-off": 12, "field-len": 2, "endian-swap": True, "mask": "0x3fc0", "multiplier": 4}),
     ['/parse-nodes/8/hdr-length/right-shift: error: makes lengths multiples of 256 bytes: '
      'it is that of a little-endian machine; in network order it would be 6']),
    (K, "length_of_no_order",
     put(N, "tcp", "hdr-length", {"field-off": 12, "field-len": 2, "endian-swap": True,
         "mask": "0xff0", "right-shift": 1, "multiplier": 32}),
     ['/parse-nodes/8/hdr-length/right-shift: error: makes lengths multiples of 256 bytes '
      'or more: mask and shift are of different byte orders']),
    (K, "length_without_mask",
     put(N, "hop_by_hop", "hdr-length",
         {"field-off": 0, "field-len": 2, "endian-swap": True, "multiplier": 32}),
     ['/parse-nodes/5/hdr-length/add: error: is missing: key 0 leads here, so this is IPv6 '
      'hop-by-hop options, which is longer than that; right would be field-off 1, field-len '
      '1, multiplier 8, add 8',
      '/parse-nodes/5/hdr-length: error: can be more than 1048576 bytes: a mask would keep '
      'the bits that are a length']),
    (K, "multiplier_0", put(N, "hop_by_hop", "hdr-length", "multiplier", 0),
     ['/parse-nodes/5/hdr-length/multiplier: error: is 0, but has to be 1 to 65535']),
    (K, "missing_length_of_extension",
     both(drop(N, "hop_by_hop", "hdr-length"), drop(N, "hop_by_hop", "tlv-parse-node")),
     ['/parse-nodes/5/hdr-length: error: is missing: key 0 leads here, so this is IPv6 '
      'hop-by-hop options, of variable length; right would be field-off 1, field-len 1, '
      'multiplier 8, add 8']),
    (K, "missing_add_of_extension", drop(N, "hop_by_hop", "hdr-length", "add"),
     ['/parse-nodes/5/hdr-length/add: error: is missing: key 0 leads here, so this is IPv6 '
      'hop-by-hop options, which is longer than that; right would be field-off 1, field-len '
      '1, multiplier 8, add 8']),
    (K, "missing_length_of_tlvs", drop(N, "tcp", "hdr-length"),
     ['/parse-nodes/8/hdr-length: error: is missing: TLVs start at byte 20, where the '
      'header of 20 bytes ends']),
    (X, "flags_length_without_flags", drop(N, "gre_node", "flag-fields-parse-node"),
     ['/parse-nodes/6/hdr-length/flag-fields-length: error: is true, but there is no '
      'flag-fields-parse-node']),
    (K, "timestamp", put(N, "okay", "metadata", "ents", 0, "type", "timestamp"),
     ['/parse-nodes/12/metadata/ents/0/type: error: timestamp cannot be told from the '
      'packet: the result would not be the same everywhere']),
    (K, "return_code", put(N, "okay", "metadata", "ents", 0, "type", "return_code"),
     ['/parse-nodes/12/metadata/ents/0/type: error: return_code is no output: the verdict '
      'is part of every result']),
    (K, "bit_offset", put(N, "payload", "metadata", "ents", 0, "type", "bit_offset"),
     ['/parse-nodes/11/metadata/ents/0/type: error: bit_offset is not possible: offsets are '
      'in bytes; offset would be one']),
    (K, "unknown_kind", put(N, "payload", "metadata", "ents", 0, "type", "checksum"),
     ['/parse-nodes/11/metadata/ents/0/type: error: "checksum" is not known: extract, '
      'constant, offset, hdr_length, num_encaps, num_nodes and counter are']),
    (K, "extract_past_header", put(N, "udp", "metadata", "ents", 0, "hdr-src-off", 6),
     ['/parse-nodes/9/metadata/ents/0: error: reads bytes 6 to 9, but the fixed header has '
      '8: a length of 2, or a min-hdr-length of 10']),
    (K, "overlapping_places", put("metadata-objects", "ipv4_at", "md-off", 46),
     ['/metadata-objects/1: error: writes bytes 46 to 47 of the metadata, but '
      '/metadata-objects/0 writes 40 to 47: one node writes a place once']),
    (K, "same_name_other_place",
     both(put(N, "udp", "metadata", "ents", 0, "name", "ports"),
          put(N, "udp", "metadata", "ents", 0, "md-off", 36)),
     ['/parse-nodes/9/metadata/ents/0/md-off: error: "ports" is 4 bytes at 36 of the '
      'metadata here, but 4 at 32 in /parse-nodes/8/metadata/ents/0: another place needs '
      'another name']),
    (K, "place_of_two_names",
     both(put("tlv-nodes", "mss", "metadata", "ents", 0, "md-off", 36), put("tlv-nodes", "mss",
          "metadata", "ents", 0, "length", 4), put("tlv-nodes", "mss", "min-hdr-length", 6),
          put("tlv-nodes", "sack_2", "metadata", "ents", 0, "md-off", 36)),
     ['/tlv-nodes/7/metadata/ents/0/name: error: is missing: this can be "mss" '
      '(/tlv-nodes/3/metadata/ents/0) or "tsval" (/tlv-nodes/4/metadata/ents/0)']),
    (K, "past_metameta_size", put("parsers", 0, "metameta-size", 47),
     ['/flag-fields-nodes/0/metadata/ents/0: error: ends at byte 48, but metameta-size is 47']),
    (K, "past_frame_size", put("parsers", 0, "frame-size", 49),
     ['/metadata-objects/1: error: ends at byte 50, but frame-size is 49']),
    (K, "constant_too_wide", put(N, "at_encap", "metadata", "ents", 0, "value", 256),
     ['/parse-nodes/13/metadata/ents/0/value: error: is wider than "outer", which has 8 bits']),
    (K, "constant_without_value", drop(N, "at_encap", "metadata", "ents", 0, "value"),
     ['/parse-nodes/13/metadata/ents/0/value: error: is missing']),
    (K, "extract_without_source", drop(N, "udp", "metadata", "ents", 0, "hdr-src-off"),
     ['/parse-nodes/9/metadata/ents/0/hdr-src-off: error: is missing']),
    (K, "length_of_an_offset", put(N, "payload", "metadata", "ents", 0, "length", 1),
     ['/parse-nodes/11/metadata/ents/0/length: error: is 1, but offset has 2 to 16 bytes']),
    (K, "counter_without_name", drop(N, "okay", "metadata", "ents", 2, "counter"),
     ['/parse-nodes/12/metadata/ents/2/counter: error: is missing']),
    (K, "flow_key_of_other_width",
     put(N, "ipv6", "metadata", "ents", 0, {"name": "ip_proto", "type": "extract",
         "hdr-src-off": 6, "md-off": 0, "length": 2}),
     ['/parse-nodes/4/metadata/ents/0: error: writes 16 bits to "ip_proto", which has 8']),
    (K, "flow_key_as_an_array",
     both(put("metadata-objects", 0, "name", "ipv4_src"), put("metadata-objects", 0, "length",
          4), put("metadata-list", 0, "list", 0, "ipv4_src")),
     ['/metadata-objects/0/name: error: "ipv4_src" is a flow key, which cannot be an array: '
      'another name would do']),
    (K, "name_of_an_array_too_long",
     put(N, "tcp", "metadata", "ents", 0, "name", "name_of_twenty_nine_characters"),
     ['/parse-nodes/8/metadata/ents/0/name: error: makes an output '
      '"name_of_twenty_nine_characters[0]", but 31 characters are possible',
      '/parse-nodes/8/metadata/ents/0/name: error: makes an output '
      '"name_of_twenty_nine_characters[1]", but 31 characters are possible']),
    (X, "mask_with_zeros_below", drop(N, "ipv4_node", "metadata", "ents", 1, "right-shift"),
     ['/parse-nodes/3/metadata/ents/1: error: mask and right-shift have to leave one run of '
      'bits, with the lowest at 0: an output is a field alone']),
    (X, "mask_with_a_hole", put(N, "ipv4_node", "metadata", "ents", 1, "mask", "0xa0"),
     ['/parse-nodes/3/metadata/ents/1: error: mask and right-shift have to leave one run of '
      'bits, with the lowest at 0: an output is a field alone']),
    (X, "handler", put(N, "tcp_node", "handler", {"name": "count", "watchers": "0x1"}),
     ['/parse-nodes/7/handler: error: is code, which can do and return anything: take it '
      'out if the parse does not depend on it']),
    (X, "handler_of_a_tlv", put("tlv-nodes", 0, "handler", "count"),
     ['/tlv-nodes/0/handler: error: is code, which can do and return anything: take it out '
      'if the parse does not depend on it']),
    (X, "past_the_element", put("counters", 0, "element-size", 2),
     ['/parse-nodes/1/metadata/ents/1: error: ends at byte 3 of an element, but those of '
      '"counter_1" have 2']),
    (X, "array_of_one", put("counters", 0, "num-elements", 1),
     ['/counters/0: error: an array of one element has no index: a plain output would do']),
    (X, "counter_too_high", put("counters", 0, "num-elements", 256),
     ['/counters/0/num-elements: error: is 256, but has to be 1 to 255',
      '/counters/0: error: an array of one element has no index: a plain output would do']),
    (X, "array_in_a_frame", put(N, "vlan_node", "metadata", "ents", 1, "is-frame", True),
     ['/parse-nodes/1/metadata/ents/1/index: error: an array in a frame has two indices; an '
      'output has one']),
    (K, "unknown_action", put(N, "vlan", "counter-actions", 0, "type", "inc"),
     ['/parse-nodes/1/counter-actions/0/type: error: "inc" is not known: '
      '(pre|post)_metadata_(inc|reset) are']),
    (K, "signed_comparison", put("cond-exprs-list", 0, "ents", 0, "type", "sgt"),
     ['/cond-exprs-list/0/ents/0/type: error: "sgt" compares signed numbers; fields have no '
      'sign: "ugt" would compare them']),
    (K, "unknown_comparison", put("cond-exprs-list", 0, "ents", 0, "type", "like"),
     ['/cond-exprs-list/0/ents/0/type: error: "like" is not known: and, or, equal, '
      'not_equal, less_than, less_or_equal, greater_than, greater_or_equal are']),
    (K, "value_outside_mask", put("cond-exprs-list", 0, "ents", 0, "value", 8),
     ['/cond-exprs-list/0/ents/0/value: error: has bits that the field & its mask never '
      'has: 0x8']),
    (K, "value_wider_than_field",
     put("tlv-nodes", "jumbo", "cond-exprs", "ents", 0, "value", 4294967296),
     ['/tlv-nodes/1/cond-exprs/ents/0/value: error: has bits that the field & its mask '
      'never has: 0x100000000']),
    (K, "list_and_ents_of_conditions", put(N, "gre", "cond-exprs", "ents", []),
     ['/parse-nodes/6/cond-exprs: error: needs either ents or list']),
    (K, "list_and_ents_of_metadata", put(N, "ipv4", "metadata", "ents", []),
     ['/parse-nodes/3/metadata: error: needs either ents or list']),
    (K, "empty_group", put(N, "ipv4", "cond-exprs", "ents", 0, "ents", 0, "ents", []),
     ['/parse-nodes/3/cond-exprs/ents/0/ents/0/ents: error: has no condition']),
    (K, "no_condition", put(N, "ipv4", "cond-exprs", "ents", []),
     ['/parse-nodes/3/cond-exprs/ents: error: has no condition']),
    (K, "group_of_other_kind",
     put(N, "ipv4", "cond-exprs", "ents", 0, "ents", 0, "type", "xor"),
     ['/parse-nodes/3/cond-exprs/ents/0/ents/0/type: error: a group is "and" or "or", not '
      '"xor"']),
    (K, "inner_default_fail",
     put(N, "ipv4", "cond-exprs", "ents", 0, "ents", 0, "default-fail", "stop_fail"),
     ['/parse-nodes/3/cond-exprs/ents/0/ents/0/default-fail: error: only the outermost '
      'group can say how the parse ends']),
    (K, "fail_to_next_node",
     put(N, "ipv4", "cond-exprs", "ents", 0, "default-fail", "stop_node"),
     ['/parse-nodes/3/cond-exprs/ents/0/default-fail: error: "stop_node" is not possible: a '
      'condition that does not hold ends the parse, stop_okay or stop_fail']),
    (K, "fail_to_okay_target",
     put(N, "ipv4", "cond-exprs", "ents", 0, "default-fail", "stop_okay"),
     ['/parse-nodes/3/cond-exprs/ents/0/default-fail: error: a condition that does not hold '
      "ends the parse at once: it cannot lead to the parser's okay-target"]),
    (K, "conditions_nested_too_deep", deep(),
     ['/parse-nodes/3/cond-exprs/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0/ent'
      's/0/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0/ents/0: error: is nested deeper '
      'than 16 groups']),
    (K, "type_past_header", put(N, "tcp", "tlv-parse-node", "tlv-type", "field-off", 300),
     ['/parse-nodes/8/tlv-parse-node/tlv-type: error: reads bytes 300 to 300, but the fixed '
      'header has 256: min-hdr-length would have to be 301']),
    (K, "pad1_elsewhere", put(N, "tcp", "tlv-parse-node", "tlv-type", "mask", "0x7f"),
     ["/parse-nodes/8/tlv-parse-node/eol: error: is a value of a TLV's first byte, so "
      'tlv-type has to be all of that byte',
      "/parse-nodes/8/tlv-parse-node/pad1: error: is a value of a TLV's first byte, so "
      'tlv-type has to be all of that byte']),
    (K, "pad1_in_the_table", put(N, "tcp", "tlv-parse-node", "ents", 0, "key", 1),
     ['/parse-nodes/8/tlv-parse-node/pad1: error: is a second entry for the key 0x1']),
    (K, "too_many_tlvs", put(N, "tcp", "tlv-parse-node", "max-tlvs", 256),
     ['/parse-nodes/8/tlv-parse-node/max-tlvs: error: is 256, but has to be 1 to 255']),
    (K, "padding_limit", put(N, "ipv4", "tlv-parse-node", "max-padding-length", 39),
     ['/parse-nodes/3/tlv-parse-node/max-padding-length: error: cannot be kept: all TLVs '
      'are counted together, by max-tlvs; 40 or more would never be reached']),
    (K, "non_padding_limit", put(N, "ipv4", "tlv-parse-node", "max-non-padding", 7),
     ['/parse-nodes/3/tlv-parse-node/max-non-padding: error: cannot be kept: all TLVs are '
      'counted together, by max-tlvs; 8 or more would never be reached']),
    (K, "unknown_disposition", put(N, "ipv4", "tlv-parse-node", "disp-limit-exceeded", "stop"),
     ['/parse-nodes/3/tlv-parse-node/disp-limit-exceeded: error: "stop" is not known: '
      'stop_okay, stop_node_okay, stop_sub_node_okay and stop_fail are']),
    (K, "limit_to_okay_target",
     put(N, "ipv4", "tlv-parse-node", "disp-limit-exceeded", "stop_okay"),
     ['/parse-nodes/3/tlv-parse-node/disp-limit-exceeded: error: TLVs cannot lead to the '
      "parser's okay-target; stop_node_okay would go on behind them"]),
    (K, "unknown_tlv_to_okay_target", put(N, "ipv4", "tlv-parse-node", "default", "stop_okay"),
     ["/parse-nodes/3/tlv-parse-node/default: error: TLVs cannot lead to the parser's "
      'okay-target; stop_node_okay would go on behind them']),
    (K, "unknown_default_of_tlvs", put(N, "ipv4", "tlv-parse-node", "default", "skip"),
     ['/parse-nodes/3/tlv-parse-node/default: error: "skip" is not possible: continue, '
      'wild, stop_okay, stop_node_okay, stop_sub_node_okay and stop_fail are']),
    (K, "wild_tlv_without_wildcard", put(N, "ipv4", "tlv-parse-node", "default", "wild"),
     ['/parse-nodes/3/tlv-parse-node/default: error: is "wild", but there is no wildcard-node']),
    (K, "start_of_other_kind", put(N, "hop_by_hop", "tlv-parse-node", "start-offset", "2"),
     ['/parse-nodes/5/tlv-parse-node/start-offset: error: is neither an integer from 0 to '
      '65535 nor an object']),
    (K, "tlv_reads_past_itself", drop("tlv-nodes", "mss", "min-hdr-length"),
     ['/tlv-nodes/3/metadata/ents/0: error: reads bytes 2 to 3, but the fixed header has 2: '
      'min-hdr-length would have to be 4']),
    (K, "tlv_longer_than_possible", put("tlv-nodes", "mss", "max-len", 3),
     ['/tlv-nodes/3/max-len: error: is 3, but the TLV has at least 4 bytes']),
    (K, "tlv_longer_than_its_length_can_say", put("tlv-nodes", "mss", "min-hdr-length", 256),
     ['/tlv-nodes/3: error: needs a TLV of 256 to 65535 bytes, which tlv-length cannot tell']),
    (K, "tlv_length_of_two_fields",
     put(N, "tcp", "tlv-parse-node", "tlv-length", "mask", "0x5f"),
     ['/tlv-nodes/3: error: needs a TLV of 4 bytes, but the length is no single field',
      '/tlv-nodes/4: error: needs a TLV of 10 bytes, but the length is no single field',
      '/tlv-nodes/6: error: needs a TLV of 10 bytes, but the length is no single field',
      '/tlv-nodes/7: error: needs a TLV of 18 bytes, but the length is no single field']),
    (K, "overlay_past_tlv", put("tlv-nodes", "sack", "overlay-node", "field-off", 2),
     ['/tlv-nodes/5/overlay-node: error: reads bytes 2 to 2, but the fixed header has 2: '
      'min-hdr-length would have to be 3']),
    (K, "overlay_encap", put("tlv-nodes", "sack", "overlay-node", "encap", True),
     ['/tlv-nodes/5/overlay-node/encap: error: a TLV is no encapsulation']),
    (K, "tlvs_and_flags",
     put(N, "ipv4", "flag-fields-parse-node",
         {"flags-offset": 0, "flags-length": 1, "ents": []}),
     ['/parse-nodes/3: error: has TLVs and flag fields: nothing tells which of them come first']),
    (K, "flags_past_header", put(N, "gre", "flag-fields-parse-node", "flags-offset", 3),
     ['/parse-nodes/6/flag-fields-parse-node: error: reads bytes 3 to 4, but the fixed '
      'header has 4: a length of 1, or a min-hdr-length of 5']),
    (K, "flags_of_no_bytes", put(N, "gre", "flag-fields-parse-node", "flags-length", 0),
     ['/parse-nodes/6/flag-fields-parse-node/flags-length: error: is 0, but has to be 1 to 16']),
    (K, "flags_mask_too_wide", put(N, "gre", "flag-fields-parse-node", "flags-mask", "0x1ffff"),
     ['/parse-nodes/6/flag-fields-parse-node/flags-mask: error: is wider than the flags of '
      '16 bits']),
    (K, "flag_outside_mask", put("flag-fields-tables", 0, "ents", 1, "flag", "0x4000"),
     ["/flag-fields-tables/0/ents/1/flag: error: 0x4000 is never set: the flags' mask and "
      'its own leave 0x0']),
    (K, "flag_of_two_bits_in_a_length",
     both(put("flag-fields-tables", 0, "ents", 1, "flag", "0x3000"), put("flag-fields-tables",
          0, "ents", 2, "flag", "0x1000")),
     ['/flag-fields-tables/0/ents/1/flag: error: is more than one bit: it cannot be part of '
      'a length, which is a sum of fields']),
    (K, "flag_field_too_long", put("flag-fields-tables", 0, "ents", 0, "field-len", 257),
     ['/flag-fields-tables/0/ents/0/field-len: error: is 257, but has to be 0 to 256']),
    (K, "flag_field_shorter_than_its_node",
     put("flag-fields-tables", 0, "ents", 0, "min-hdr-length", 5),
     ['/flag-fields-tables/0/ents/0/min-hdr-length: error: is more than the 4 bytes of the '
      'field']),
    (K, "flag_without_node_and_name", drop("flag-fields-tables", 0, "ents", 0, "name"),
     ['/flag-fields-tables/0/ents/0: error: needs a node or a name']),
    (K, "flag_is_node_and_names_one",
     put("flag-fields-tables", 0, "ents", 1, "metadata", {"ents": []}),
     ['/flag-fields-tables/0/ents/1: error: names a node and is one, too']),
    (K, "default_of_flags", put(N, "gre", "flag-fields-parse-node", "default", "stop_fail"),
     ['/parse-nodes/6/flag-fields-parse-node/default: error: "stop_fail" is not possible: '
      'flags without a field are passed over, as continue says']),
    (X, "flags_in_other_order",
     put(N, "gre_node", "flag-fields-parse-node", "flags-reverse-order", False),
     ['/parse-nodes/6/flag-fields-parse-node/ents/1/flag: error: 0x2000 stands behind '
      '0x8000, but flags-reverse-order is false: is the list in the order of the packet?',
      '/parse-nodes/6/flag-fields-parse-node/ents/2/flag: error: 0x1000 stands behind '
      '0x2000, but flags-reverse-order is false: is the list in the order of the packet?']),
    (X, "flag_left_out_by_the_compiler",
     put(N, "gre_node", "flag-fields-parse-node", "ents", 0, None),
     ['/parse-nodes/6/flag-fields-parse-node/ents/0: error: is not an object']),
    (K, "root_with_metadata",
     put(N, "ether", "metadata",
         {"ents": [{"name": "dst", "type": "extract", "md-off": 0, "hdr-src-off": 0,
                    "length": 6}]}),
     ['/parse-nodes/0: error: the root can extract only what is known where a parse starts '
      'behind it: n_proto from its key, nhoff and thoff from its end']),
    (K, "root_with_a_condition", put(N, "ether", "cond-exprs", {"list": "gre_version_0"}),
     ['/parse-nodes/0: error: the root, ether, has to be an uncounted node of constant '
      'length without conditions, counters and parts, looked up by one field of 16 bits: '
      'parses also start behind it, at (n_proto, nhoff)']),
    (K, "loop_that_does_not_advance", put(N, "ip", "next-proto", "ents", 0, "node", "ip"),
     ['/parse-nodes/2: error: the loop from node ip to node ip does not advance in the '
      'packet: a node of it has to have a length']),
    (K, "too_many_outputs",
     put("parsers", 0,
         {"name": "everything", "root-node": "ether", "max-encaps": 10, "max-nodes": 16}),
     ['/parsers/0: error: number of outputs is 69, but has to be 0 to 64']),
]

# The same, of what is right and suspicious
WARNINGS = [
    (K, "nodes_without_the_root", both(),
     ['/parse-nodes/12/metadata/ents/1/type: warning: num_nodes does not count the root node '
      'here: one less']),
    (K, "flag_without_an_entry",
     both(drop(N, "okay", "metadata", "ents", 1),
          put(N, "gre", "flag-fields-parse-node", "flags-mask", "0xb007")),
     ['/parse-nodes/6/flag-fields-parse-node/flags-mask: warning: has 0x7, which no entry '
      'tells the field of']),
    (X, "half_of_an_address",
     both(put("proto-tables", "ether_table", "ents", 1, "node", "ipv6_node"),
          put(N, "ipv6_node", "metadata", "ents", 0, "length", 8)),
     ['/parse-nodes/4/metadata/ents/0/length: warning: takes 8 bytes of the IPv6 source '
      'address, which has 16']),
]
