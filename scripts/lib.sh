# SPDX-License-Identifier: GPL-2.0
# Sourced by the other scripts: where things are, how they speak.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build
. "$top/scripts/pin"

say() { printf '%s  %s\n' "$(date +%H:%M:%S)" "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }

# Show every 200th line's number and text: progress for steps with much output
progress() {
	awk -v what="$1" 'NR % 200 == 0 { printf "          %s %d\n", what, NR; fflush() }'
}

# git as the series' own committer: the same input gives the same commit ids
export GIT_COMMITTER_NAME=netprog GIT_COMMITTER_EMAIL=netprog@localhost
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null

# ccache: the same objects serve every clone of the project
export CCACHE_DIR=${CCACHE_DIR:-$build/ccache}
export CCACHE_BASEDIR=$top CCACHE_NOHASHDIR=1

# lock NAME [-s]: change build/NAME alone, or, shared, only keep it from changing
lock() {
	local fd

	mkdir -p "$build"
	exec {fd}> "$build/.lock-$1"
	flock -n ${2:-} "$fd" || { say "waiting for another run in build/$1"; flock ${2:-} "$fd"; }
}
