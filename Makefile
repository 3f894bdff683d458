# SPDX-License-Identifier: GPL-2.0
# One C source, two bodies, one hash: everything is built under build/.

include scripts/pin

KERNEL_FRAGMENTS := configs/kernel.config
DEBUG_FRAGMENTS  := configs/kernel.config configs/debug.config
export KERNEL

.PHONY: help
help:
	@echo 'make demo          everything, then the demonstration in a virtual machine'
	@echo 'make check         every test; ends with N passed, N failed (about 60 minutes)'
	@echo 'make vm            a shell in the patched kernel; CMD="..." runs that and ends'
	@echo 'make setup         install the packages (needs root)'
	@echo 'make kernel        the patched kernel; KERNEL=dir: from another 6.12 tree'
	@echo 'make kernel-debug  the same with KASAN, lockdep and kmemleak'
	@echo 'make kernel-base   the same without our patches, in build/base/kernel'
	@echo 'make tools         offload-compiler, devlink and ethtool in build/bin'
	@echo 'make check-host    the tests that need no virtual machine'
	@echo 'make check-san     of those the quick ones, with the compiler under sanitizers'
	@echo 'make check-vm      the selftests in the kernel; check-vm-debug: in the debug kernel'
	@echo 'make check-nics    transmit checksums of QEMU models of NICs; also of the base kernel'
	@echo 'make series        patches for git am in build/series'
	@echo 'make check-series  the series apply, checkpatch; BUILD=1: each patch builds'
	@echo 'make check-drivers every driver the series touches is compiled; ARCHS="x86 um" some'
	@echo 'make clean         remove build/'

.PHONY: setup
setup:
	@scripts/setup

.PHONY: tree kernel kernel-debug kernel-base
tree: setup
	@scripts/linux-fetch
	@scripts/linux-apply
kernel: tree
	@scripts/kernel build/kernel $(KERNEL_FRAGMENTS)
kernel-debug: tree
	@scripts/kernel build/kernel-debug $(DEBUG_FRAGMENTS)
kernel-base: tree
	@scripts/kernel-base $(KERNEL_FRAGMENTS)

.PHONY: tools compiler iproute2 ethtool
tools: compiler iproute2 ethtool
compiler: setup
	@mkdir -p build/bin
	@$(MAKE) -s -C tools/offload-compiler O=$(CURDIR)/build/offload-compiler
	@ln -sf ../offload-compiler/offload-compiler build/bin/offload-compiler
iproute2 ethtool: setup
	@scripts/user-tool $@

.PHONY: demo vm
demo: kernel tools
	@scripts/demo
vm: kernel tools
	@scripts/vm $(if $(CMD),-- bash -c '$(CMD)')

.PHONY: check check-host check-san check-vm check-vm-debug check-nics check-series check-drivers series
check:
	@scripts/check
check-host: kernel tools
	@$(MAKE) -C tools/offload-compiler O=$(CURDIR)/build/offload-compiler check
	@$(MAKE) -s -C selftests/fuzz O=$(CURDIR)/build/fuzz check
check-san: kernel tools
	@$(MAKE) -C tools/offload-compiler O=$(CURDIR)/build/offload-compiler check-san
check-vm: kernel tools selftests
	@scripts/check-vm
check-vm-debug: kernel-debug tools selftests
	@scripts/check-vm --debug
check-nics: kernel kernel-base ethtool
	@scripts/check-nics
series: tree iproute2 ethtool
	@scripts/series
check-series: series
	@scripts/check-series
check-drivers: tree
	@scripts/check-cocci
	@scripts/check-drivers $(ARCHS)

.PHONY: selftests
selftests: tree compiler
	@$(MAKE) -s -C selftests O=$(CURDIR)/build/selftests

.PHONY: clean
clean:
	rm -rf build
