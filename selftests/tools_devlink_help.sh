#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# devlink's help names the fetch and the parser object.
. "$(dirname "$0")/tools.inc"

check "fetch" 0 "devlink dev reload DEV action parser_fetch [ file ] FILE" \
	devlink dev help
check "parser_show" 0 "devlink dev parser show [ DEV ]" devlink dev help
check "help_of_parser" 0 "devlink dev parser show [ DEV ]" \
	devlink dev parser help
check "unknown_verb_of_parser" 1 'Command "frobnicate" not found' \
	devlink dev parser frobnicate
tap_end
