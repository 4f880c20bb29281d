/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "json-syntax",
    "the text is not JSON",
    "Something stands where RFC 8259 does not allow it, or the text ends too early. Comments, "
    "trailing commas, single quotes and names without quotes are not JSON, though some readers "
    "take them; a descriptor has to mean the same to every reader. Mend the text at the place "
    "named; what comes after it was not looked at.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\",]}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:42: blocker: json-syntax: unexpected \"]\", expected a value",
  },
  {
    "json-encoding",
    "the text is not UTF-8",
    "A document is UTF-8 without byte order mark and without NUL. A byte that is not part of a "
    "valid character would be shown, compared and stored differently by different programs. "
    "Convert the text to UTF-8, and save it without byte order mark.",
    "$ printf '{\"models\": {\"a.b/\\377\": {}}}' | migdesc validate -\n"
    "-:1:18: blocker: json-encoding: the byte 0xff is not UTF-8",
  },
  {
    "json-string",
    "a string is not written as JSON wants it",
    "A string holds a raw control character, a backslash with a letter that has no meaning, "
    "half of a surrogate pair, or an escaped NUL. Write control characters as escapes such as "
    "\\n, a backslash as \\\\, and characters beyond the first 65,536 as themselves or as a "
    "full pair of escapes. NUL cannot be part of any name or value.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"description\": \"C:\\nic\\x\"\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:2:25: blocker: json-string: unknown escape in a string",
  },
  {
    "json-number",
    "a number is not written as JSON wants it",
    "A number has a leading zero, a plus sign, or no digit where one has to be. Such numbers "
    "are read as octal by some programs and as decimal by others. Write integers as plain "
    "decimal digits.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 010}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:40: blocker: json-number: a number has a leading zero",
  },
  {
    "json-duplicate-member",
    "an object has two members of one name",
    "JSON does not say which of two members of the same name counts, and readers differ: most "
    "take the last, some the first. Two programs would see two different devices. Remove one of "
    "them; names that differ only in how they are escaped are the same.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 1, \"init_value\": 2}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:43: blocker: json-duplicate-member: the object has a second member "
    "\"init_value\"",
  },
  {
    "json-trailing-data",
    "something follows the end of the document",
    "A text holds one JSON value and nothing after it but white space. What follows would be "
    "ignored by some readers and is often the sign of two documents written into one file. "
    "Remove it, or write one file for each document.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\"versions\": [\"1\"]}}} {}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:46: blocker: json-trailing-data: a second document follows the first",
  },
  {
    "limit-exceeded",
    "a limit of size or number was passed",
    "Texts come from other hosts and are not trusted, so that every reader bounds what a text "
    "may cost: its size, how deep objects and arrays lie in each other, how many members, "
    "values and ranges there are, how long a string is. The message names the limit and its "
    "value. Real descriptors stay far below; where one does not, a program can raise the limits "
    "of the reader that it uses.",
    "$ cat bad.json\n"
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:33: blocker: limit-exceeded: more than 32 objects and arrays inside each other "
    "(limit depth)",
  },
};

const MigdescCodeTopic migdesc_code_topic_json = {
  "The text as JSON",
  codes,
  G_N_ELEMENTS (codes),
};
