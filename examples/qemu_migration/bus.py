# SPDX-License-Identifier: LGPL-2.1-or-later
"""A D-Bus daemon for one VM and its helpers, and nobody else."""

import ctypes
import os
import signal
import subprocess
import tempfile

from qemu_descriptors.qmp import Failure

END_SECONDS = 5
PR_SET_PDEATHSIG = 1

# Two helpers with one Id make QEMU abort, so a VM never shares its bus.
CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">{users}
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="{names}"/>
  </policy>
</busconfig>
"""

_prctl = ctypes.CDLL(None).prctl


def end_with_parent():
    """In a child before it becomes another program: it does not outlive this one."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class PrivateBus:
    """A bus of our own user, in a folder that only we can enter; ends with the with block."""

    def __init__(self, names="*", every_user=False):
        self._folder = tempfile.TemporaryDirectory(prefix="migdesc-bus-")
        self.socket = os.path.join(self._folder.name, "bus")
        users = '<allow user="*"/>' if every_user else ""
        configuration = os.path.join(self._folder.name, "bus.conf")
        with open(configuration, "w") as file:
            file.write(CONFIGURATION.format(socket=self.socket, users=users, names=names))
        if every_user:
            os.chmod(self._folder.name, 0o755)
        try:
            self._process = subprocess.Popen(
                ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile",
                 "--print-address"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, preexec_fn=end_with_parent)
        except OSError as error:
            self._folder.cleanup()
            raise Failure(f"dbus-daemon: {error.strerror}") from None
        # With its guid, so with a comma: an -object option takes it in JSON only.
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            said = self._process.stderr.read().strip()
            self.stop()
            raise Failure(f"dbus-daemon: {said}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def kill(self):
        self._process.kill()
        self._process.wait()

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process.stdout.close()
        self._process.stderr.close()
        self._folder.cleanup()
