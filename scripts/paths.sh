# SPDX-License-Identifier: GPL-2.0
# Sourced: where the project's new files stand in the kernel tree, and how the
# patches name them. The only place that knows the mapping.

# repository path -> kernel path; all other paths are the same in both
kernel_path() {
	case $1 in
	selftests/*) echo "tools/testing/selftests/net/netprog/${1#*/}" ;;
	bpf/*)       echo "tools/testing/selftests/net/netprog/progs/${1#*/}" ;;
	*)           echo "$1" ;;
	esac
}

# The `new: PATH` lines of a patch, above its first hunk
new_files() { sed -n '/^diff --git /q; s/^new: *//p' "$1"; }

# The patches of a series file, in order
series() { [ ! -f "$1/series" ] || sed 's/#.*//' "$1/series"; }

# New kernel files that none of the paths listed in file $1 names
orphans() {
	cd "$top"
	find include net drivers -name '*.[ch]' | sort | comm -23 - <(sort -u "$1")
}
