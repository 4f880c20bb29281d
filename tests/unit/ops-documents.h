/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "ops-check.h"

/* What the members of a model are made of */
#define INT(name, allowed, init, off)                                                              \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init               \
  ", 'off_value': " off "}"
#define INT_ON(name, allowed, init) \
  "'" name "': {'type': 'int', 'allowed_values': [" allowed "], 'init_value': " init "}"
#define BOOL(name, init) "'" name "': {'type': 'bool', 'init_value': " init ", 'off_value': false}"
#define FLAG(name) BOOL (name, "true")
#define STR(name, allowed, init) \
  "'" name "': {'type': 'str', 'allowed_values': [" allowed "], 'init_value': '" init "'}"
#define PARAMS(params) "'params': {" params "}"
#define VERSIONS(versions) ", 'versions': [" versions "]"
#define V(name, settings) "{'name': '" name "', 'params': {" settings "}}"
