/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "model-name",
    "a text cannot be the name of a model",
    "The name of a device model is DOMAIN/PATH: the domain has a dot and belongs to whoever "
    "defines the model, which makes the name unique without a registry. It has 1 to 255 bytes, "
    "no empty segment, no white space or control character and none of ?, = and the comma, "
    "which have a meaning in parameter lists.",
    "$ cat bad.json\n"
    "{\"models\": {\"my-nic\": {\"versions\": [\"1\"]}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:13: blocker: model-name: \"my-nic\" is not the name of a model: it is not "
    "DOMAIN/PATH",
  },
  {
    "param-name",
    "a text cannot be the name of a param",
    "The name of a migration parameter has 1 to 255 bytes, no white space or control character "
    "and none of =, /, ? and the comma, so that it can stand in a parameter list, on a command "
    "line and as a file name. The names version and model are reserved, for they mean something "
    "else in a list.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"rx queues\": {\"type\": \"int\", \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:5: blocker: param-name: \"rx queues\" is not the name of a param: white space "
    "is not allowed",
  },
  {
    "version-name",
    "a text cannot be the name of a version",
    "The name of a version is any text without line end. It is a token: nothing is inferred "
    "from it, and order comes from the list of versions alone.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [\"1\\n2\"]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:2:16: blocker: version-name: \"1\\n2\" is not the name of a version: it has a "
    "line end",
  },
  {
    "value-type",
    "a value is not of the param's type",
    "A bool is true or false, an int is an integer, a str is a string. Values are not "
    "converted, but for two ways of writing: an int above 2^53 may be a string of digits, since "
    "other readers would round the number; and lenient reading takes \"on\" and \"off\" for "
    "bools.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"rss\": {\"type\": \"bool\", \"init_value\": \"on\"}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:43: blocker: value-type: expected true or false, found a string",
  },
  {
    "value-not-int",
    "a number is not an integer from 0 to 2^64-1",
    "A value of type int is a whole number that fits into 64 bits without sign. A negative "
    "number, a fraction, an exponent or a larger number is refused and never rounded, for a "
    "rounded value would be another device. Use a str param where a device has negative "
    "numbers.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 18446744073709551616}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:40: blocker: value-not-int: 18446744073709551616 is above 18446744073709551615; "
    "an int is a whole number from 0 to 18446744073709551615",
  },
  {
    "value-text",
    "a string value is too long or holds a control character",
    "A value of type str is UTF-8 of at most 4,096 bytes without line ends and other control "
    "characters, since it has to pass through command lines, sysfs attributes and logs. Shorten "
    "it, or encode what it holds.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"mac\": {\"type\": \"str\", \"init_value\": \"a\\tb\"}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:42: blocker: value-text: expected a text without control characters, found the "
    "string \"a\\tb\"",
  },
  {
    "value-set-empty",
    "a set of allowed values is empty",
    "A param whose allowed values are the empty list could have no value at all, not even its "
    "init value. Leave the member out to allow every value of the type.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:44: blocker: value-set-empty: a set of values must not be empty",
  },
  {
    "range-syntax",
    "a range is not written as MIN-MAX",
    "A range of ints is a string of two decimal numbers with a dash between them and nothing "
    "else, such as \"1-64\", or an object with min and max. Open ends, hexadecimal numbers and "
    "spaces are not allowed; write the lowest or highest number that the device takes.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-\"], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:45: blocker: range-syntax: \"1-\" is not an int or a range MIN-MAX, in decimal "
    "without leading zeros",
  },
  {
    "range-order",
    "the lower end of a range is above the upper",
    "A range names its lower end first, and includes both ends. One the other way round would "
    "allow nothing, which is hardly what was meant.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"64-1\"], \"init_value\": 1}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:45: blocker: range-order: \"64-1\" is a range whose lower end is above its "
    "upper end",
  },
};

const MigdescCodeTopic migdesc_code_topic_value = {
  "Names and values",
  codes,
  G_N_ELEMENTS (codes),
};
