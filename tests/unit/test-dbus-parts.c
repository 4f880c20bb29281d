/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>
#include <string.h>

#include "host/dbus-parts.h"

/* States in parts: any order, and nothing that is not all of one state. */

static GBytes *
make_state (gsize size, guint8 seed)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 7 + i / 251 + seed);
  return g_bytes_new_take (data, size);
}

static GBytes *
cut (GBytes *state, guint part, guint n_parts)
{
  guint8 digest[MIGDESC_PART_DIGEST];

  migdesc_vmparts_digest (state, digest);
  return migdesc_vmparts_cut (state, digest, part, n_parts);
}

static void
add (MigdescVMParts *parts, GBytes *state, guint part, guint n_parts)
{
  g_autoptr (GBytes) chunk = cut (state, part, n_parts);
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_vmparts_add (parts, part, n_parts, chunk, &error));
  g_assert_no_error (error);
}

static void
assert_joined (MigdescVMParts *parts, GBytes *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) joined = NULL;

  g_assert_true (migdesc_vmparts_are_complete (parts));
  joined = migdesc_vmparts_join (parts, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (joined, state));
  g_assert_cmpuint (parts->n_parts, ==, 0);
}

static void
test_needed (void)
{
  g_assert_cmpuint (MIGDESC_PART_ROOM, ==, 1048512);
  g_assert_cmpuint (migdesc_vmparts_needed (0), ==, 1);
  g_assert_cmpuint (migdesc_vmparts_needed (1048512), ==, 1);
  g_assert_cmpuint (migdesc_vmparts_needed (1048513), ==, 2);
  g_assert_cmpuint (migdesc_vmparts_needed (2097024), ==, 2);
  g_assert_cmpuint (migdesc_vmparts_needed (2097025), ==, 3);
}

static void
test_layout (void)
{
  g_autoptr (GBytes) state = g_bytes_new_static ("abc", 3);
  g_autoptr (GBytes) chunk = cut (state, 0, 2);
  static const guint8 expected[67]
      = "MIGDPART\0\0\0\1\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\0\0\0\0\3"
        "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
        "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad"
        "abc";

  g_assert_cmpuint (g_bytes_get_size (chunk), ==, sizeof expected);
  g_assert_cmpmem (g_bytes_get_data (chunk, NULL), 67, expected, 67);
}

/* Each size at the ends of parts, and every order of three parts. */
static void
test_join (void)
{
  static const gsize sizes[] = { 0, 1, 1048512, 1048513, 2097024, 2097025, 3145536 };
  static const guint orders[][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
                                     { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (orders); j++)
      {
        g_autoptr (GBytes) state = make_state (sizes[i], 1);
        MigdescVMParts parts = { 0 };

        for (guint k = 0; k < 3; k++)
          {
            g_assert_false (migdesc_vmparts_are_complete (&parts));
            add (&parts, state, orders[j][k], 3);
          }
        assert_joined (&parts, state);
      }
}

static void
assert_add_fails (MigdescVMParts *parts, guint part, guint n_ids, GBytes *chunk, MigdescError code,
                  const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (migdesc_vmparts_add (parts, part, n_ids, chunk, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_cmpuint (parts->n_parts, ==, 0);
}

static void
test_attempts (void)
{
  g_autoptr (GBytes) one = make_state (2000000, 1);
  g_autoptr (GBytes) two = make_state (2000000, 2);
  g_autoptr (GBytes) foreign = cut (two, 1, 2);
  g_autofree char *missing = NULL;
  MigdescVMParts parts = { 0 };

  g_assert_null (migdesc_vmparts_describe_missing (&parts));
  add (&parts, one, 1, 2);
  missing = migdesc_vmparts_describe_missing (&parts);
  g_assert_cmpstr (missing, ==, "1 of 2");
  /* The same part again begins anew, of the same state or of another. */
  add (&parts, one, 1, 2);
  g_assert_false (migdesc_vmparts_are_complete (&parts));
  add (&parts, two, 1, 2);
  add (&parts, two, 0, 2);
  assert_joined (&parts, two);
  /* Parts of two states are refused, and the next attempt is not burdened with them. */
  add (&parts, one, 0, 2);
  assert_add_fails (&parts, 1, 2, foreign, MIGDESC_ERROR_STATE_DAMAGED,
                    "part 2 is of another state than the parts that came before");
  add (&parts, two, 1, 2);
  add (&parts, two, 0, 2);
  assert_joined (&parts, two);
}

typedef struct
{
  gsize at;
  guint8 byte;
  MigdescError code;
  const char *message;
} Change;

/* Part 2 of 2 of a state of 1,048,515 bytes, with one byte changed. */
static void
test_headers (void)
{
  static const Change changes[] = {
    { 0, 'm', MIGDESC_ERROR_STATE_FORMAT, "not a part of a state" },
    { 11, 2, MIGDESC_ERROR_STATE_VERSION,
      "a part of a state with a header of version 2, the newest known is 1" },
    { 15, 1, MIGDESC_ERROR_STATE_FORMAT, "part 1 of the state came as part 2" },
    { 15, 0, MIGDESC_ERROR_STATE_FORMAT, "part 0 of the state came as part 2" },
    { 19, 3, MIGDESC_ERROR_LIMIT_EXCEEDED, "a part of a state in 3 parts, and there are 2 here" },
    { 16, 255, MIGDESC_ERROR_LIMIT_EXCEEDED,
      "a part of a state in 4278190082 parts, and there are 2 here" },
    { 19, 0, MIGDESC_ERROR_STATE_FORMAT,
      "part 2 of 0 with 3 bytes cannot be of a state of 1048515" },
    { 19, 1, MIGDESC_ERROR_STATE_FORMAT,
      "part 2 of 1 with 3 bytes cannot be of a state of 1048515" },
    { 23, 4, MIGDESC_ERROR_STATE_TRUNCATED, "a part of 3 bytes that says it has 4" },
    { 31, 0xc4, MIGDESC_ERROR_STATE_FORMAT,
      "part 2 of 2 with 3 bytes cannot be of a state of 1048516" },
    { 24, 255, MIGDESC_ERROR_STATE_FORMAT,
      "part 2 of 2 with 3 bytes cannot be of a state of 18374686479672672195" },
  };
  g_autoptr (GBytes) state = make_state (1048515, 1);
  g_autoptr (GBytes) chunk = cut (state, 1, 2);
  MigdescVMParts parts = { 0 };

  g_assert_cmpuint (g_bytes_get_size (chunk), ==, 67);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      guint8 *data = g_memdup2 (g_bytes_get_data (chunk, NULL), 67);
      g_autoptr (GBytes) changed = g_bytes_new_take (data, 67);

      data[changes[i].at] = changes[i].byte;
      assert_add_fails (&parts, 1, 2, changed, changes[i].code, changes[i].message);
    }
}

/* Every chunk that is cut short or changed is refused, at once or when all is there. */
static void
test_damaged (void)
{
  g_autoptr (GBytes) state = make_state (100, 1);
  g_autoptr (GBytes) chunk = cut (state, 0, 1);
  gsize size = g_bytes_get_size (chunk);

  for (gsize i = 0; i < 2 * size; i++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (chunk, NULL), size);
      g_autoptr (GBytes) whole = g_bytes_new_take (copy, size);
      g_autoptr (GBytes) damaged = g_bytes_new_from_bytes (whole, 0, i < size ? i : size);
      g_autoptr (GError) error = NULL;
      MigdescVMParts parts = { 0 };

      if (i >= size)
        copy[i - size] ^= 4;
      if (migdesc_vmparts_add (&parts, 0, 4, damaged, &error)
          && migdesc_vmparts_are_complete (&parts))
        g_assert_null (migdesc_vmparts_join (&parts, &error));
      /* 1 part of 5 is refused, since there are 4 */
      g_assert_nonnull (error);
      migdesc_vmparts_clear (&parts);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dbus/parts/needed", test_needed);
  g_test_add_func ("/dbus/parts/layout", test_layout);
  g_test_add_func ("/dbus/parts/join", test_join);
  g_test_add_func ("/dbus/parts/attempts", test_attempts);
  g_test_add_func ("/dbus/parts/headers", test_headers);
  g_test_add_func ("/dbus/parts/damaged", test_damaged);
  return g_test_run ();
}
