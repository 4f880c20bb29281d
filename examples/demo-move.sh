#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A device really moves: between programs of different versions and back, by the example manager.
#
# Needs the build tree in MIGDESC_BUILD, and its bindings; scripts/demo sees to that. Leaves nothing
# behind, and no process.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
PATH=$here/manager:$PATH
programs=$MIGDESC_BUILD/examples/nic-backend
work=$(mktemp -d)
trap 'stop_vm; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work"

say ()
{
  printf '\n'
  printf '# %s\n' "$@"
}

# Shows a command of the manager and runs it; "no" is an answer.
manage ()
{
  printf '$ manager --fleet . %s\n' "$*"
  status=0
  manager --fleet . "$@" 2>&1 || status=$?
  [ "$status" -le 1 ] || exit "$status"
}

stop_vm ()
{
  manager --fleet . stop web >/dev/null 2>&1 || true
}

# card COMMAND [MEMBER]: the guest's side, and a look at the card's answer
card ()
{
  /usr/bin/python3 - "$here" "$@" <<'END'
import sys
sys.path.insert(0, sys.argv[1])
from manager import Fleet
with Fleet(".").vm("web") as vm:
    if sys.argv[2] == "receive":
        vm.call("receive", queue=1, frames=5, bytes=640)
    state = vm.call("get")["state"]
    print(f"queue 1 has received {state['queues'][1]['frames']} frames")
END
}

for host in alpha:4 beta:3 gamma:1; do
  mkdir -p "hosts/${host%:*}/backends"
  ln -s "$programs/nic-backend-${host#*:}" "hosts/${host%:*}/backends/nic"
done

say 'A device moves. Three hosts have a network card of versions 4, 3 and 1, each a program.' \
  'A device begins on the newest:'
manage run web --params 'example.org/nic?num-queues=2,rx-filter-size=16,jumbo=on' --host alpha
card receive

say 'It moves to an older program. Who could take it, and why the other could not:'
manage migrate web
card look

say 'And back, with all that it has done in between:'
card receive
manage migrate web --host alpha
card look

say 'Its process is killed. The journal knows what may run where:'
pid=$(manager --fleet . status web | sed -n 's/.*process \([0-9]*\).*/\1/p')
printf '$ kill -9 %s\n' "$pid"
kill -9 "$pid"
manage recover web
card look

say 'Where it is now:'
manage status
