/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The catalogue of codes: a table a topic, a file a table. An example is what a shell shows: `$ cat
 * FILE` and the lines of the file, `$ migdesc ...` and what it prints; a test runs them all.
 * nic.json is examples/data/my-nic.json. */

typedef struct
{
  const char *code;
  const char *summary;     /* a clause without capital and full stop */
  const char *explanation; /* what it means, why it matters, what to do: two to five sentences */
  const char *example;     /* lines, the last without line end */
} MigdescCode;

typedef struct
{
  const char *title;
  const MigdescCode *codes;
  gsize n_codes;
} MigdescCodeTopic;

extern const MigdescCodeTopic migdesc_code_topic_json;
extern const MigdescCodeTopic migdesc_code_topic_document;
extern const MigdescCodeTopic migdesc_code_topic_value;
extern const MigdescCodeTopic migdesc_code_topic_model;
extern const MigdescCodeTopic migdesc_code_topic_text;
extern const MigdescCodeTopic migdesc_code_topic_write;
extern const MigdescCodeTopic migdesc_code_topic_ask;
extern const MigdescCodeTopic migdesc_code_topic_state;
extern const MigdescCodeTopic migdesc_code_topic_schema;
extern const MigdescCodeTopic migdesc_code_topic_qemu_dump;
extern const MigdescCodeTopic migdesc_code_topic_qemu;
extern const MigdescCodeTopic migdesc_code_topic_world;
extern const MigdescCodeTopic migdesc_code_topic_check;
extern const MigdescCodeTopic migdesc_code_topic_source;
extern const MigdescCodeTopic migdesc_code_topic_search;
extern const MigdescCodeTopic migdesc_code_topic_qemu_values;
extern const MigdescCodeTopic migdesc_code_topic_diff;
extern const MigdescCodeTopic migdesc_code_topic_diff_versions;
extern const MigdescCodeTopic migdesc_code_topic_lint;

/* All of the above, in the order in which they are shown; NULL at the end. */
extern const MigdescCodeTopic *const migdesc_code_topics[];

G_END_DECLS
