#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# May this VM move? A walk through the migdesc command, with descriptors and a NIC of a real QEMU.
#
# Needs migdesc on the PATH, the bindings for Python, and Debian's qemu-system-x86_64; scripts/demo
# sees to that. Leaves nothing behind.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
PATH=$here:$PATH
work=$(mktemp -d)
trap 'stop_vm; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

nic=qemu.org/virtio-net-pci
list=

say ()
{
  printf '\n'
  printf '# %s\n' "$@"
}

# Shows a command line and runs it; "no" and "undecided" are answers and no reason to stop.
run ()
{
  printf '$'
  for word in "$@"; do
    if [ "$word" = "$list" ]; then
      word='"$LIST"'
    fi
    printf ' %s' "$word"
  done
  printf '\n'
  status=0
  "$@" || status=$?
  case $status in
    0) ;;
    1|5) printf '[exit status %s]\n' "$status" ;;
    *) exit "$status" ;;
  esac
}

# start_vm OPTIONS-OF-THE-NIC: returns when the monitor listens, and sets list.
start_vm ()
{
  qemu-system-x86_64 -M pc-i440fx-6.2 -nodefaults -display none -daemonize \
    -pidfile pid -qmp unix:qmp,server=on,wait=off \
    -device "virtio-net-pci,id=net0$1" 2>stderr || { cat stderr >&2; exit 4; }
  list=$(qemu-descriptors --running qmp --id net0 --descriptor here.json)
}

stop_vm ()
{
  if [ -s "$work/pid" ]; then
    kill "$(cat "$work/pid")"
    rm -f "$work/pid" "$work/qmp"
  fi
}

say 'What can a QEMU make of its devices? It is asked once per machine type; these are versions,' \
  'and the devices are models.'
run qemu-descriptors --output here.json virtio-net-pci usb-tablet
run qemu-descriptors --output tablet.json usb-tablet
run migdesc show tablet.json

say 'A VM is running. What is its NIC?'
start_vm ,csum=off
run qemu-descriptors --running qmp --id net0 --descriptor here.json --version
say 'That list is short for those who have the descriptor. This one is complete:'
printf '$ LIST=$(qemu-descriptors --running qmp --id net0 --descriptor here.json)\n'
printf '%s\n' "$list" | fold -w 80

say 'Five hosts: two with the same QEMU, one of which cannot leave checksums to the guest;' \
  'two with an older one, one of which does not say what it takes for vectors;' \
  'and one without such a NIC.'
run make-demo-hosts here.json .

say 'Which of them can take the NIC, why can the others not, and what would help?'
run migdesc check --source here.json "$list" new.json offload.json old.json open.json storage.json

say 'How has the destination to be set up? In short, and in full:'
run migdesc plan --style argv-version "$list" new.json
printf '$ migdesc plan "$LIST" new.json >settings\n'
migdesc plan "$list" new.json >settings
pr -2 -t -w 92 -l 33 settings | expand

# try SETTING...: what QEMU says of a destination with these settings
try ()
{
  printf '$ qemu-migrate --running qmp --id net0 $(cat settings)%s\n' "${*:+ $*}"
  status=0
  qemu-migrate --running qmp --id net0 $(cat settings) "$@" >said || status=$?
  grep -v 'has no peer' said
}

say 'Does QEMU agree? Its own answer comes at the end of a migration: to a destination such' \
  'as old, and to one with the settings above.'
try --m-vectors=3
[ "$status" = 1 ]
try
[ "$status" = 0 ]

say 'What should a VM start with, to be able to run on every host that has the NIC?'
printf '$ migdesc baseline --model %s new.json offload.json old.json >baseline\n' "$nic"
migdesc baseline --model "$nic" new.json offload.json old.json >baseline
list=$(head -n 1 baseline)
printf '$ LIST=$(head -n 1 baseline)\n'
run migdesc plan --style argv-version "$list" new.json

say 'The VM, restarted with what the answers advised:'
stop_vm
start_vm ,vectors=3
run qemu-descriptors --running qmp --id net0 --descriptor here.json --version
run migdesc check --source here.json "$list" new.json offload.json old.json open.json storage.json
