#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# devlink refuses a wrong 'dev reload ... action parser-fetch' before it asks
# the kernel, and says what belongs there. The device need not exist.
. "$(dirname "$0")/tools.inc"

reload() { devlink dev reload netdevsim/netdevsim99 "$@"; }

check "file_missing" 1 "action parser_fetch FILE" reload action parser-fetch
check "file_missing_before_option" 1 "action parser_fetch FILE" \
	reload action parser_fetch limit no_reset
check "file_without_name" 1 "String parameter expected" \
	reload action parser_fetch file
check "file_name_empty" 1 "is empty" reload action parser_fetch ""
check "file_without_action" 1 'belongs to reload action parser_fetch' \
	reload file a.npi
check "file_of_another_action" 1 'belongs to reload action parser_fetch' \
	reload action driver_reinit file a.npi
check "two_files" 1 'Unknown option "b.npi"' \
	reload action parser-fetch a.npi b.npi
check "unknown_action" 1 'Unknown reload action "parser"' \
	reload action parser a.npi
tap_end
