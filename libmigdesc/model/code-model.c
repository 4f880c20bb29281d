/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "model/code-table.h"

static const MigdescCode codes[] = {
  {
    "init-missing",
    "a param has no init value",
    "The init value is what a fresh device has before anyone sets anything, and expansion "
    "starts from it, so that every param needs one. Old documents may lack it; lenient reading "
    "takes it from the last version then, or from the off value.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"off_value\": 0}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:5: blocker: init-missing: a param needs an \"init_value\"",
  },
  {
    "init-not-allowed",
    "a param's init value is not among its allowed values",
    "A fresh device has the init value, so that the device must accept it. Either the list of "
    "allowed values lacks it, or it is not what the device starts with. The off value is "
    "allowed without being listed.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"allowed_values\": [\"1-64\"], \"init_value\": 0}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:68: blocker: init-not-allowed: init value 0 of \"n\" is not allowed: 1-64",
  },
  {
    "off-value-type",
    "a param's off value is not of its type",
    "The off value is the one that makes the device behave as it did before the param existed. "
    "It is a value like any other, and of the param's type: false for a bool, a number for an "
    "int.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\n"
    "    \"n\": {\"type\": \"int\", \"init_value\": 1, \"off_value\": false}\n"
    "  }\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:56: blocker: off-value-type: expected an int, found false",
  },
  {
    "version-duplicate",
    "a model has two versions of one name",
    "The name of a version stands for one configuration, in parameter lists and for the people "
    "who maintain hosts. A published version never changes; a new configuration gets a new "
    "name.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [\"1\", \"2\", \"1\"]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:2:26: blocker: version-duplicate: there is more than one version \"1\"",
  },
  {
    "version-param-unknown",
    "a version sets a param that the model does not have",
    "A version lists values of the model's own params. The name may be misspelt, or the param "
    "may be missing from params.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"versions\": [{\"name\": \"1\", \"params\": {\"m\": 2}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:41: blocker: version-param-unknown: version \"1\" sets \"m\", which is not a "
    "param of the model",
  },
  {
    "version-value-not-allowed",
    "a version sets a param to a value that is not allowed",
    "A version is a configuration that the device can have, so that each of its values must be "
    "allowed, or be the off value. Usually a new version came with a value that was not added "
    "to the allowed values.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"allowed_values\": [1], \"init_value\": 1}},\n"
    "  \"versions\": [{\"name\": \"2\", \"params\": {\"n\": 4}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:46: blocker: version-value-not-allowed: value 4 of \"n\" in version \"2\" is "
    "not allowed: 1",
  },
  {
    "version-without-params",
    "a version is a plain string though the model has params",
    "In a model without params a version is only a name. In a model with params it says which "
    "values make it up, and is an object with name and params; an empty params means that every "
    "param is off.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"versions\": [\"1\"]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:16: blocker: version-without-params: a version of a model with params is an "
    "object, not a string",
  },
  {
    "tested-version-unknown",
    "a tested pair names a version that the model does not have",
    "A pair under tested says that state saved by one version was loaded by another. Both have "
    "to be versions of this model, or nobody can tell what was tested.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"versions\": [{\"name\": \"1\", \"tested\": [{\"from\": \"0\", \"to\": \"1\"}]}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:2:50: blocker: tested-version-unknown: version \"1\" lists a test with \"0\", "
    "which is not a version of the model",
  },
  {
    "constraint-form",
    "a constraint is neither an implication nor a prohibition",
    "A constraint has either if and then: where all conditions of if hold, all of then must; or "
    "forbid: not all of its conditions may hold at once. Any other combination has no meaning.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"constraints\": [{\"if\": {\"n\": [1]}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:19: blocker: constraint-form: a constraint has \"if\" and \"then\", or else "
    "\"forbid\"",
  },
  {
    "constraint-empty",
    "a side of a constraint is empty",
    "A side of a constraint without params, or a condition without values, holds always or "
    "never, so that the constraint would say nothing or forbid everything. Name at least one "
    "param, and at least one value for it.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"constraints\": [{\"forbid\": {}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:30: blocker: constraint-empty: \"forbid\" of a constraint names no param",
  },
  {
    "constraint-param-unknown",
    "a constraint names a param that the model does not have",
    "A constraint is about the model's own params. The name may be misspelt, or the param may "
    "be missing from params.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"constraints\": [{\"forbid\": {\"m\": [1]}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:31: blocker: constraint-param-unknown: \"m\" in a constraint is not a param of "
    "the model",
  },
  {
    "init-violates-constraint",
    "the init values together break a constraint",
    "A fresh device has all params at their init values, so that this configuration must "
    "satisfy every constraint of the model. Change an init value or the constraint.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 1}},\n"
    "  \"constraints\": [{\"forbid\": {\"n\": [1]}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:19: blocker: init-violates-constraint: the init values violate the constraint "
    "never n=1",
  },
  {
    "version-violates-constraint",
    "a version's values together break a constraint",
    "A version expands to a full configuration: its own values, and every other param off or, "
    "where it has no off value, at its init value. That configuration must satisfy every "
    "constraint, or no device could ever be of this version.",
    "$ cat bad.json\n"
    "{\"models\": {\"a.b/nic\": {\n"
    "  \"params\": {\"n\": {\"type\": \"int\", \"init_value\": 2, \"off_value\": 1}},\n"
    "  \"versions\": [{\"name\": \"1\", \"params\": {}}],\n"
    "  \"constraints\": [{\"forbid\": {\"n\": [1]}}]\n"
    "}}}\n"
    "$ migdesc validate bad.json\n"
    "bad.json:3:25: blocker: version-violates-constraint: version \"1\" violates the constraint "
    "never n=1",
  },
  {
    "model-duplicate",
    "two models have one name",
    "A descriptor has each model once, with all its params and versions. In the dialects where "
    "models are a list or blocks of text the same name can come twice, and it would not be "
    "clear which one counts. Merge them.",
    "$ cat bad.txt\n"
    "a.b/nic:\n"
    "1\n"
    "a.b/nic:\n"
    "2\n"
    "$ migdesc validate bad.txt\n"
    "bad.txt:3:1: blocker: model-duplicate: there is more than one model \"a.b/nic\"",
  },
  {
    "param-duplicate",
    "two params of a model have one name",
    "A model has each param once. In the dialect of the first revision params are a list of "
    "names, where the same can come twice.",
    "$ cat bad.json\n"
    "[{\"model\": \"a.b/nic\", \"params\": [\"rss\", \"rss\"], \"versions\": []}]\n"
    "$ migdesc validate bad.json\n"
    "bad.json:1:41: blocker: param-duplicate: the model has a param \"rss\" already",
  },
};

const MigdescCodeTopic migdesc_code_topic_model = {
  "The rules of a model",
  codes,
  G_N_ELEMENTS (codes),
};
