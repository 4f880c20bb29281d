/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "cannot-read",
    "a file, directory or stream cannot be read",
    "The system refused to open or read what was named; the message has its reason. Nothing is "
    "known about the descriptor, which is not the same as an answer of no.",
    "$ migdesc show no-such-file.json\n"
    "migdesc: no-such-file.json: cannot be read: No such file or directory",
  },
  {
    "cannot-write",
    "a file or stream cannot be written",
    "The system refused to write a state; the message has its reason. What has been written is "
    "not complete, and a reader will say so. A file that was to be replaced is as it was.",
    "$ migdesc state edit --set nic0.mtu=9000 --output none/new.mds nic.mds\n"
    "migdesc: none/new.mds: cannot be written: No such file or directory",
  },
  {
    "cannot-run",
    "a program cannot be started",
    "A place that starts with exec: is a program that prints its descriptor. It is run directly "
    "and not by a shell, with the words of the command split as a shell would. Here it does not "
    "exist or may not be run.",
    "$ migdesc show 'exec:no-such-program --print-migration-info-json'\n"
    "migdesc: exec:no-such-program --print-migration-info-json: cannot be run: there is no such "
    "program",
  },
  {
    "unsafe-file",
    "a file that others may write, or a program by no absolute path",
    "A drop-in points at a program that is going to be run with the rights of whoever asks. So it "
    "has to belong to root or to the user who asks, and nobody else may be able to write it. The "
    "same holds for the program, which it names by an absolute path, and for every directory and "
    "symbolic link on the way to either; a directory that others may write is good where it is "
    "sticky, as /tmp is. Here one of these is not so, and the message says which; nothing was run.",
    "$ cat 50-nic.json\n"
    "{\"binary\": \"my-nic\"}\n"
    ">>> Migdesc.BackendProgram.list([\".\"], None, None)[0].is_usable()\n"
    "./50-nic.json:1:12: \"my-nic\" is not an absolute path (at /binary)",
  },
  {
    "descriptor-changed",
    "a program offers something else than it did",
    "A decision stands on what a backend program said some time ago, or on what a cache had of "
    "it. Asked again before a device is created, it says something else: it was replaced by "
    "another version, or depends on what this host has at the moment. Decide again, with the new "
    "descriptor.",
    "$ cat 50-nic.json\n"
    "{\"binary\": \"/bin/sh\", \"arguments\": [\"-c\", \"cat nic.json\"]}\n"
    ">>> Migdesc.BackendProgram.list([\".\"], None, None)[0].verify(\"0\", None)\n"
    "/bin/sh: what it offers has changed: the digest was 0, and is "
    "bccb4fa3ae9248ad9cb8d3d1180246dca0caf000dc3c2facfa216ef24389dc73",
  },
  {
    "program-failed",
    "a program ended with a failure",
    "The program that should print its descriptor ended with another status than 0, or by a "
    "signal. What it wrote to its standard error is part of the message, and what it printed is "
    "not used.",
    "$ migdesc show 'exec:sh -c \"echo no such device >&2; exit 3\"'\n"
    "migdesc: exec:sh -c \"echo no such device >&2; exit 3\": ended with status 3: no such "
    "device",
  },
  {
    "program-timeout",
    "a program took longer than it may",
    "The program that should print its descriptor has 10 seconds, and is killed then with all "
    "it has started. A manager asks many hosts and cannot wait for one for ever. A program that "
    "needs longer should print what it knows in advance.",
    "$ migdesc show 'exec:sleep 60'\n"
    "migdesc: exec:sleep 60: did not end within 10000 ms (limit program-time)",
  },
  {
    "program-output",
    "a program printed more than it may",
    "The program that should print its descriptor may print 16 MiB, and is killed when it "
    "prints more. Most likely it prints something else than a descriptor.",
    "$ migdesc show exec:yes\n"
    "migdesc: exec:yes: printed more than 16777216 bytes (limit program-output)",
  },
  {
    "cancelled",
    "the caller cancelled the operation",
    "The calling program has cancelled the operation while it ran, for instance because its own "
    "user did. Nothing else is wrong.",
    "g_cancellable_cancel (cancellable), while migdesc_source_read_async() runs:\n"
    "nic.json: reading was cancelled",
  },
};

const MigdescCodeTopic migdesc_code_topic_world = {
  "Files and programs",
  codes,
  G_N_ELEMENTS (codes),
};
