/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

#include "fuzz.h"

/* A program of steps, four bytes each (what, between which versions, two places), then a byte 0xff
 * and maybe the state of version 1 as JSON: however the steps fit, what comes out is a state of the
 * newest schema, or an error. */

static const char *const paths[] = {
  "mtu",  "link", "queues[].head", "queues[].size", "queues",   "port.speed", "port", "name",
  "mask", "real", "queues[].new",  "rss.new",       "port.new", "rss.key",    "rss",  "new",
};
static const char *const singles[] = {
  "mtu", "link", "queues", "port.speed", "port", "name", "rss.key", "new", "port.new", "mask",
};
static const char *const names[] = { "mtu", "new", "size", "head", "speed", "other", "rss" };
static const char *const types[] = { "b", "y", "n", "q", "i", "u", "x", "t", "d", "s" };

#define PICK(list, byte) ((list)[(byte) % G_N_ELEMENTS (list)])

#define FIELDS(mtu)                                                                              \
  "{\"name\":\"" mtu "\",\"type\":\"u16\",\"min\":0,\"max\":9000},"                              \
  "{\"name\":\"link\",\"type\":\"enum8\",\"words\":[\"down\",\"up\"]},"                          \
  "{\"name\":\"real\",\"type\":\"f64\",\"min\":-10,\"max\":10},"                                 \
  "{\"name\":\"mask\",\"type\":\"bytes\",\"maximum\":8},"                                        \
  "{\"name\":\"name\",\"type\":\"string\",\"maximum\":20},"                                      \
  "{\"name\":\"queues\",\"type\":\"struct\",\"struct\":\"queue\",\"maximum\":4},"                \
  "{\"name\":\"port\",\"type\":\"struct\",\"struct\":\"port\",\"nullable\":true},"               \
  "{\"name\":\"rss\",\"type\":\"section\",\"version\":1,\"minimum\":1,\"fields\":["              \
  "{\"name\":\"key\",\"type\":\"u32\",\"min\":0,\"max\":99}],\"needed\":\"f\",\"droppable\":true}" \
  "]}"
#define SCHEMA(number, mtu)                                                                      \
  "{\"state-schema\":1,\"name\":\"nic\",\"version\":" number ",\"minimum\":" number              \
  ",\"structs\":[{\"name\":\"queue\",\"fields\":["                                               \
  "{\"name\":\"size\",\"type\":\"u16\",\"min\":0,\"max\":512},"                                  \
  "{\"name\":\"head\",\"type\":\"i32\",\"min\":-1,\"max\":511}]},{\"name\":\"port\",\"fields\":[" \
  "{\"name\":\"speed\",\"type\":\"u64\",\"min\":0,\"max\":100000}]}],\"fields\":[" FIELDS (mtu)

static const char *const schemas[] = { SCHEMA ("1", "mtu"), SCHEMA ("2", "mtu"),
                                       SCHEMA ("3", "new") };
static const char state_text[]
    = "{\"mtu\":1500,\"link\":\"up\",\"real\":1.5,\"mask\":\"AQI=\",\"name\":\"eth\",\"queues\":["
      "{\"size\":256,\"head\":7},{\"size\":512,\"head\":-1}],\"port\":{\"speed\":1000},"
      "\"rss\":{\"@version\":1,\"key\":9}}";

static GVariant *
double_state (GVariant *state,
              gpointer data,
              GError **error)
{
  if (data == NULL)
    return g_variant_ref (state);
  g_set_error_literal (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM, "not today");
  return NULL;
}

static void
add_step (MigdescTransforms *transforms,
          const guint8 *step)
{
  const guint from = 1 + (step[1] & 3), to = 1 + (step[1] >> 2 & 3);
  const char *path = PICK (paths, step[2]);

  if (from == to)
    return;
  switch (step[0] % 6)
    {
    case 0:
      migdesc_transforms_add_rename (transforms, from, to, path, PICK (names, step[3]));
      return;
    case 1:
      migdesc_transforms_add_drop (transforms, from, to, path);
      return;
    case 2:
      migdesc_transforms_add_default (transforms, from, to, path,
                                      (step[3] & 1) != 0 ? g_variant_new_uint32 (step[3])
                                                         : g_variant_new_string ("up"));
      return;
    case 3:
      migdesc_transforms_add_retype (transforms, from, to, path, PICK (types, step[3]));
      return;
    case 4:
      migdesc_transforms_add_move (transforms, from, to, PICK (singles, step[2]),
                                   PICK (singles, step[3]));
      return;
    default:
      migdesc_transforms_add_function (transforms, from, to, "double", double_state,
                                       GUINT_TO_POINTER (step[3] == 7), NULL);
    }
}

static MigdescStateType *
read_schema (guint version)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type
      = migdesc_state_type_new_from_json (schemas[version - 1], -1, NULL, &error);

  g_assert_no_error (error);
  return type;
}

static MigdescState *
read_state (MigdescStateType *schema,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  MigdescState *state = migdesc_state_new_from_json (schema, text, -1, NULL, &error);

  if (state != NULL)
    return state;
  fuzz_check_message (error->message);
  state = migdesc_state_new_from_json (schema, state_text, -1, NULL, NULL);
  g_assert_nonnull (state);
  return state;
}

static void
apply (MigdescTransforms *transforms,
       MigdescState *state)
{
  g_autoptr (MigdescStateType) newest = read_schema (3);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) changed = migdesc_transforms_apply (transforms, state, newest, &error);
  g_autofree char *json = NULL;
  g_autoptr (MigdescState) back = NULL;

  if (changed == NULL)
    {
      g_assert_true (error->domain == MIGDESC_ERROR);
      fuzz_check_message (error->message);
      return;
    }
  json = migdesc_state_to_json (changed, FALSE);
  back = migdesc_state_new_from_json (newest, json, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (back, changed));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t size)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  g_autoptr (MigdescStateType) first = read_schema (1);
  g_autoptr (MigdescState) state = NULL;
  g_autofree char *text = NULL;
  size_t at = 0;

  for (; at + 4 <= size && data[at] != 0xff; at += 4)
    add_step (transforms, data + at);
  for (guint version = 1; size > 0 && version <= 3; version++)
    if ((data[0] >> 4 & version) != 0)
      {
        g_autoptr (MigdescStateType) schema = read_schema (version);

        migdesc_transforms_add_schema (transforms, schema);
      }
  text = g_strndup (at < size ? (const char *) data + at + 1 : "", at < size ? size - at - 1 : 0);
  state = read_state (first, text);
  apply (transforms, state);
  return 0;
}
