/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "qemu-truncated",
    "a migration stream ends too early",
    "The stream breaks off in what the message names. What came before has been read; what is "
    "lacking no destination can do without.",
    "$ printf 'QEVM\\0\\0\\0\\3\\4\\0\\0\\0\\1\\3' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND   ID STATE\n"
    "0      8      header\n"
    "8      6      full   1  not decoded\n"
    "migdesc: warning: qemu-no-description: the stream has no description: the states of its "
    "devices cannot be decoded without another's (byte 14)\n"
    "migdesc: blocker: qemu-truncated: section 1: the stream ends in it (byte 14)",
  },
  {
    "qemu-section",
    "bytes where a section should begin, and none does",
    "Sections follow each other without gaps. Here is something else, or the next part of a "
    "section that never began. The reader goes on behind the next footer; what is between is "
    "listed as unknown.",
    "$ printf 'QEVM\\0\\0\\0\\3\\11' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND\n"
    "0      8      header\n"
    "8      1      unknown\n"
    "migdesc: blocker: qemu-section: 0x09 where a section begins; 1 bytes are passed over (byte "
    "8)\n"
    "migdesc: warning: qemu-no-description: the stream has no description: the states of its "
    "devices cannot be decoded without another's (byte 9)\n"
    "migdesc: blocker: qemu-truncated: the stream ends without an end mark (byte 9)",
  },
  {
    "qemu-footer",
    "a section does not end with its footer",
    "Each section of machine types from 2.4 on ends with a mark and its number. A device wrote "
    "more or less than it should, or the stream was damaged. QEMU refuses such a stream.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-footer: section 5, serial/0: the footer is of section 6 (byte\n"
    "  4711)",
  },
  {
    "qemu-short",
    "a section has fewer bytes than are described",
    "The description says how long each field was when it was written. The section ends before "
    "its last field, so that nothing tells which field is the wrong one: it is not decoded.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-short: section 5, serial/0: 8 bytes of data, the description\n"
    "  has 9 (byte 4711)",
  },
  {
    "qemu-long",
    "a section has more bytes than are described",
    "Bytes are left behind the last field that the description has. Versions of QEMU before 8 "
    "describe some arrays by their first element only, though the others are of other sizes: then "
    "the stream is good, and its description is not.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-long: section 9, s390_css/0: 1312 bytes of data, the\n"
    "  description has 1122\n"
    "  (byte 4711)",
  },
  {
    "qemu-content",
    "the bytes of a section are not as described",
    "Between the elements of a list, before a subsection and for a pointer to nothing stand "
    "bytes that are the same in every stream. Others are there, so that the fields behind them "
    "cannot be where the description has them.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-content: section 8, fw_cfg/0: fw_cfg/dma: the byte 0x04 where\n"
    "  the description\n"
    "  has a subsection, 0x05 (byte 4711)",
  },
  {
    "qemu-version",
    "the version of a section is not that of its description",
    "The header of the section has another version than the description was made of. With a "
    "description taken from another stream this tells that the two are of different QEMUs.",
    "migdesc qemu show --description OTHER STREAM:\n"
    "warning: qemu-version: section 5, serial/0: version 3, the description is\n"
    "  of version 4\n"
    "  (byte 4711)",
  },
  {
    "qemu-not-described",
    "a section that the description does not have",
    "Nothing tells what the bytes of the section mean: it is shown by its length only. A "
    "description of another stream may know it. Of what is sent in parts, as memory is, the names "
    "are known here.",
    "migdesc qemu show --description OTHER STREAM:\n"
    "warning: qemu-not-described: section 5, serial/0: the description does not\n"
    "  have it (byte 4711)",
  },
  {
    "qemu-no-description",
    "the stream has no description",
    "Machine types up to 2.2 write none, nor does a migration that goes on while the guest runs "
    "at the destination. Take that of another stream of the same machine: migdesc qemu show "
    "--description OTHER STREAM.",
    "$ printf 'QEVM\\0\\0\\0\\3\\0' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND\n"
    "0      8      header\n"
    "8      1      eof\n"
    "migdesc: warning: qemu-no-description: the stream has no description: the states of its "
    "devices cannot be decoded without another's (byte 9)",
  },
  {
    "qemu-description",
    "the description cannot be read",
    "QEMU writes it as JSON behind the last section, and ignores it when it loads. This one is no "
    "JSON, or not what a description has to have; sections are told apart by their footers only.",
    "$ printf 'QEVM\\0\\0\\0\\3\\0\\6\\0\\0\\0\\2{}' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND\n"
    "0      8      header\n"
    "8      1      eof\n"
    "9      7      description\n"
    "migdesc: blocker: qemu-description: the description cannot be read: 1:1: the description "
    "has no \"devices\" (byte 14)",
  },
  {
    "qemu-missing",
    "a section is described, and is not in the stream",
    "What the source wrote at the end says that it sent this device, and it is not there: the "
    "stream was changed on its way. QEMU would load it all the same, and leave the device as it "
    "was created.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-missing: the description has timer/0, the stream does not\n"
    "  (byte 4711)",
  },
  {
    "qemu-duplicate",
    "two sections of one name and instance",
    "A device's state is there twice. QEMU loads both, one over the other, and says nothing.",
    "migdesc qemu show STREAM:\n"
    "blocker: qemu-duplicate: section 5, timer/0: there is one of this name and\n"
    "  instance already,\n"
    "  at byte 4600 (byte 4711)",
  },
  {
    "qemu-memory",
    "a chunk of memory is not as it has to be",
    "The pages of the guest's memory, or the bitmaps of its disks, have flags, names or addresses "
    "that cannot be. Often the page size is the wrong one: give it with --page-size.",
    "migdesc qemu show --page-size 8192 STREAM:\n"
    "blocker: qemu-memory: section 2, ram/0: a word of memory with flags that\n"
    "  are not known\n"
    "  (byte 4711)",
  },
  {
    "qemu-page-size",
    "pages have another size than was taken for granted",
    "The size of pages stands at the end of the stream, behind the pages. Read it again with the "
    "size that the message names.",
    "migdesc qemu show --page-size 8192 STREAM:\n"
    "blocker: qemu-page-size: pages were taken to have 8192 bytes, the\n"
    "  description has 4096\n"
    "  (byte 4711)",
  },
  {
    "qemu-command",
    "a command that is not known, or not of its length",
    "Commands prepare the destination, as for a migration that goes on while the guest runs "
    "there. This one is of no version of QEMU that is known here.",
    "$ printf 'QEVM\\0\\0\\0\\3\\10\\0\\77\\0\\0\\0' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND\n"
    "0      8      header\n"
    "8      5      command\n"
    "13     1      eof\n"
    "migdesc: blocker: qemu-command: a command: the number 63 is not known (byte 8)\n"
    "migdesc: warning: qemu-no-description: the stream has no description: the states of its "
    "devices cannot be decoded without another's (byte 14)",
  },
  {
    "qemu-trailing",
    "bytes behind the end of the stream",
    "A stream ends with its description. What follows nobody reads; it may be what padded a file, "
    "or the sign of two files in one.",
    "$ printf 'QEVM\\0\\0\\0\\3\\0more' | migdesc qemu sections -\n"
    "OFFSET LENGTH KIND\n"
    "0      8      header\n"
    "8      1      eof\n"
    "9      4      unknown\n"
    "migdesc: warning: qemu-trailing: 4 bytes behind the end (byte 9)\n"
    "migdesc: warning: qemu-no-description: the stream has no description: the states of its "
    "devices cannot be decoded without another's (byte 13)",
  },
};

const MigdescCodeTopic migdesc_code_topic_qemu = {
  "QEMU's migration streams",
  codes,
  G_N_ELEMENTS (codes),
};
