#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# May this VM move? A walk through the migdesc command with descriptors and a NIC of a real QEMU.
#
# Needs migdesc on the PATH (or in $MIGDESC) and Debian's qemu-system-x86_64. Leaves nothing behind.

set -eu

migdesc=${MIGDESC:-migdesc}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'stop_vm; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

nic=qemu.org/virtio-net-pci
machine=pc-i440fx-6.2

say ()
{
  printf '\n# %s\n' "$*"
}

# Shows a command line and runs it; "no" and "undecided" are answers and no reason to stop.
run ()
{
  printf '$ %s\n' "$*" | sed "s|$work/||g; s|$here/||g; s|^\$ $migdesc |$ migdesc |"
  status=0
  (cd "$work" && "$@") || status=$?
  case $status in
    0|1|5) printf '(exit status %s)\n' "$status" ;;
    *) exit "$status" ;;
  esac
}

# start_vm OPTIONS-OF-THE-NIC: returns when the monitor listens.
start_vm ()
{
  qemu-system-x86_64 -M "$machine" -S -nodefaults -display none -daemonize \
    -pidfile "$work/pid" -qmp "unix:$work/qmp,server=on,wait=off" \
    -device "virtio-net-pci,id=d$1" 2>"$work/stderr" || { cat "$work/stderr" >&2; exit 4; }
}

stop_vm ()
{
  if [ -s "$work/pid" ]; then
    kill "$(cat "$work/pid")"
    rm -f "$work/pid"
  fi
}

say 'What can this QEMU be? It is asked once per machine type.'
run "$here/qemu-descriptors" --output here.json virtio-net-pci usb-tablet
run "$migdesc" show here.json

say 'A VM whose NIC was started with checksums switched off.'
start_vm ,csum=off
run "$here/qemu-descriptors" --running "$work/qmp" --descriptor here.json --version
list=$(cd "$work" && "$here/qemu-descriptors" --running qmp --descriptor here.json)

say 'Five hosts. Three have another QEMU, one offloads checksums always, one has no NIC at all.'
mkdir "$work/hosts"
run "$here/make-demo-hosts" here.json hosts

say 'Which of them can take the VM, why can the others not, and what would help?'
run "$migdesc" check --source here.json "$list" hosts/new.json hosts/offload.json hosts/old.json \
  hosts/open.json hosts/storage.json

say 'The exact settings for a destination that can: in short, and in full.'
run "$migdesc" plan --style argv-version "$list" hosts/new.json
run "$migdesc" plan "$list" hosts/new.json

say 'What should a VM start with, so that it can run on each of the hosts with that NIC?'
run "$migdesc" baseline --model "$nic" hosts/new.json hosts/offload.json hosts/old.json

say 'The same VM, restarted with what the answers advised.'
stop_vm
start_vm ,vectors=3
list=$(cd "$work" && "$here/qemu-descriptors" --running qmp --descriptor here.json)
run "$migdesc" check --source here.json "$list" hosts/new.json hosts/offload.json hosts/old.json \
  hosts/open.json
