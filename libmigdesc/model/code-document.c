/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "document-type",
    "a member is of the wrong JSON type",
    "Each member of a document has one type, such as a string for the unit of a param. The "
    "message tells what was expected and what was found. Nothing is converted, since a guess "
    "would be another program's surprise.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 1, \"unit\": 5}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:51: blocker: document-type: expected a string, found a number",
  },
  {
    "document-missing-member",
    "a member that has to be there is missing",
    "A document has models, a param has a type, a version that is an object has a name and "
    "params. The place is that of the object that lacks the member.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:5: blocker: document-missing-member: a param needs a member \"type\"",
  },
  {
    "document-unknown-member",
    "a member is not known",
    "The format does not define this member, which may be a slip of the pen or come from a "
    "newer version of the format. It is kept and written back, and a warning says so. Under "
    "strict reading it is an error, which is the right setting for the implementation that "
    "publishes the document.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 1, \"of_value\": 0}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:43: warning: document-unknown-member: unknown member \"of_value\" of a param",
  },
  {
    "document-version",
    "the version of the format is malformed or too new",
    "The member migdesc names the version of the format, MAJOR.MINOR. A newer major version may "
    "mean other things by the same words, so it is refused; a newer minor one only adds, and is "
    "read with a warning. Use a newer libmigdesc, or have the document written for this one.",
    "$ cat bad.json\n"
    "{\"migdesc\": \"2.0\", \"models\": {\"a.b/nic\": {\"versions\": [\"1\"]}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:13: blocker: document-version: format version 2.0 is too new: this library "
    "reads 1.x",
  },
  {
    "document-dialect",
    "the document is of no known dialect, or not of the one asked for",
    "Each revision of the proposal has a shape of its own, and the dialect is detected from it. "
    "Here the shape fits none of them, or the caller has forced a dialect that it does not fit. "
    "Leave out the dialect to have it detected, or see in the reference what the dialect looks "
    "like.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\"]}}}\n"
    "$ migdesc validate --dialect v1 bad.json\n"
    "bad.json:1:1: blocker: document-dialect: a document of the v1 dialect is an array, not an "
    "object",
  },
  {
    "document-value",
    "a member's value is none of the words allowed there",
    "Some members have a fixed set of words, such as bool, int and str for the type of a param. "
    "The message names the word that was found.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"integer\", \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:19: blocker: document-value: \"type\" has to be bool, int or str, not "
    "\"integer\"",
  },
  {
    "document-empty",
    "the document has no model",
    "A descriptor tells which device models an implementation supports, and one that supports "
    "none has nothing to tell. Publish at least one model, or no descriptor at all.",
    "$ cat bad.json\n"
    "{\"models\": {}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:12: blocker: document-empty: the document has no model",
  },
};

const MigdescCodeTopic migdesc_code_topic_document = {
  "The document's shape",
  codes,
  G_N_ELEMENTS (codes),
};
