/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

/* Steps of transforms, on states as GVariants. */

static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *variant = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return variant;
}

static void
assert_step (MigdescTransforms *transforms, guint from, guint to, const char *before,
             const char *after)
{
  g_autoptr (GVariant) state = parse (before);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) changed
      = migdesc_transforms_apply_step (transforms, from, to, state, &error);
  g_autofree char *shown = NULL;

  g_assert_no_error (error);
  shown = g_variant_print (changed, TRUE);
  g_assert_cmpstr (shown, ==, after);
}

static void
assert_step_fails (MigdescTransforms *transforms, const char *before, const char *message)
{
  g_autoptr (GVariant) state = parse (before);
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_transforms_apply_step (transforms, 1, 2, state, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_rename (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  migdesc_transforms_add_rename (transforms, 1, 2, "link_state", "link");
  migdesc_transforms_add_rename (transforms, 1, 2, "queues[].len", "size");
  assert_step (transforms, 1, 2,
               "{'link_state': <byte 1>, 'queues': <[{'len': <uint16 3>}, {'len': <uint16 4>}]>}",
               "{'link': <byte 0x01>, "
               "'queues': <[{'size': <uint16 3>}, {'size': <uint16 4>}]>}");
  assert_step (transforms, 1, 2, "{'link_state': <byte 1>, 'queues': <@aa{sv} []>}",
               "{'link': <byte 0x01>, 'queues': <@aa{sv} []>}");
  assert_step_fails (transforms, "{'queues': <@aa{sv} []>}",
                     "transform 1 to 2, rename link_state to link: there is no link_state");
  assert_step_fails (transforms, "{'link_state': <byte 1>, 'link': <byte 1>}",
                     "transform 1 to 2, rename link_state to link: there is a link already");
  assert_step_fails (transforms, "{'link_state': <byte 1>, 'queues': <[{'size': <uint16 3>}]>}",
                     "transform 1 to 2, rename queues[].len to size: there is no len");
  assert_step_fails (transforms, "{'link_state': <byte 1>, 'queues': <byte 1>}",
                     "transform 1 to 2, rename queues[].len to size: there is no queues[]");
}

static void
test_drop (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  migdesc_transforms_add_drop (transforms, 1, 2, "timer.old");
  assert_step (transforms, 1, 2, "{'timer': <{'old': <1>, 'new': <2>}>}",
               "{'timer': <{'new': <2>}>}");
  assert_step_fails (transforms, "{'timer': <{'new': <2>}>}",
                     "transform 1 to 2, drop timer.old: there is no old");
  assert_step_fails (transforms, "{'timer': <7>}",
                     "transform 1 to 2, drop timer.old: there is no old");
  assert_step_fails (transforms, "{'other': <7>}",
                     "transform 1 to 2, drop timer.old: there is no timer");
}

static void
test_default (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  migdesc_transforms_add_default (transforms, 1, 2, "mtu", g_variant_new_uint16 (1500));
  assert_step (transforms, 1, 2, "{'a': <1>}", "{'a': <1>, 'mtu': <uint16 1500>}");
  assert_step (transforms, 1, 2, "{'mtu': <uint16 9>}", "{'mtu': <uint16 9>}");
}

static void
test_move (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  migdesc_transforms_add_move (transforms, 1, 2, "expires", "timer.expires");
  assert_step (transforms, 1, 2, "{'expires': <int64 5>, 'timer': <@a{sv} {}>}",
               "{'timer': <{'expires': <int64 5>}>}");
  assert_step_fails (transforms, "{'timer': <@a{sv} {}>}",
                     "transform 1 to 2, move expires to timer.expires: there is no expires");
  assert_step_fails (transforms, "{'expires': <int64 5>}",
                     "transform 1 to 2, move expires to timer.expires: there is no timer");
  assert_step_fails (transforms, "{'expires': <int64 5>, 'timer': <{'expires': <1>}>}",
                     "transform 1 to 2, move expires to timer.expires: there is a timer.expires "
                     "already");
}

/* It would be nowhere then. */
static void
test_move_into_itself (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();

  migdesc_transforms_add_move (transforms, 1, 2, "timer", "timer.inner");
  assert_step_fails (transforms, "{'timer': <@a{sv} {}>}",
                     "transform 1 to 2, move timer to timer.inner: timer.inner is inside of it");
}

typedef struct
{
  const char *before;
  const char *type;
  const char *after; /* NULL: it cannot be had */
} Retype;

/* Both sides of each edge. */
static const Retype retypes[] = {
  { "uint16 255", "y", "byte 0xff" },
  { "uint16 256", "y", NULL },
  { "-1", "y", NULL },
  { "-32768", "n", "int16 -32768" },
  { "-32769", "n", NULL },
  { "uint32 32767", "n", "int16 32767" },
  { "uint32 32768", "n", NULL },
  { "uint32 65535", "q", "uint16 65535" },
  { "uint32 65536", "q", NULL },
  { "int64 -2147483648", "i", "-2147483648" },
  { "int64 -2147483649", "i", NULL },
  { "uint64 2147483648", "i", NULL },
  { "uint64 4294967295", "u", "uint32 4294967295" },
  { "uint64 4294967296", "u", NULL },
  { "uint64 9223372036854775807", "x", "int64 9223372036854775807" },
  { "uint64 9223372036854775808", "x", NULL },
  { "int64 -1", "t", NULL },
  { "byte 7", "t", "uint64 7" },
  { "true", "u", "uint32 1" },
  { "byte 0", "b", "false" },
  { "byte 2", "b", NULL },
  { "2.0", "u", "uint32 2" },
  { "2.5", "u", NULL },
  { "-2.0", "x", "int64 -2" },
  { "1e300", "t", NULL },
  { "18446744073709551616.0", "t", NULL },
  { "uint64 9007199254740992", "d", "9007199254740992.0" },
  { "uint64 9007199254740993", "d", NULL },
  { "uint64 18446744073709551615", "d", NULL },
  { "int64 -3", "d", "-3.0" },
  { "int64 -3", "s", "'-3'" },
  { "uint64 18446744073709551615", "s", "'18446744073709551615'" },
  { "2.5", "s", NULL },
  { "'42'", "y", "byte 0x2a" },
  { "'-5'", "i", "-5" },
  { "'-0'", "i", NULL },
  { "'+5'", "i", NULL },
  { "'five'", "i", NULL },
  { "@au []", "u", NULL },
  { "uint16 3", "q", "uint16 3" },
};

static void
test_retype (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (retypes); i++)
    {
      g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
      g_autofree char *before = g_strdup_printf ("{'v': <%s>}", retypes[i].before);
      g_autofree char *after = g_strdup_printf ("{'v': <%s>}", retypes[i].after);
      g_autoptr (GVariant) state = parse (before);
      g_autoptr (GVariant) changed = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *shown = NULL;

      g_test_message ("%s as %s", retypes[i].before, retypes[i].type);
      migdesc_transforms_add_retype (transforms, 1, 2, "v", retypes[i].type);
      changed = migdesc_transforms_apply_step (transforms, 1, 2, state, &error);
      if (retypes[i].after == NULL)
        {
          g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_TRANSFORM);
          g_assert_true (g_str_has_suffix (error->message, " cannot be that exactly"));
          continue;
        }
      g_assert_no_error (error);
      shown = g_variant_print (changed, TRUE);
      g_assert_cmpstr (shown, ==, after);
    }
}

static GVariant *
add_one (GVariant *state, gpointer user_data, GError **error)
{
  GVariantDict dict;
  guint32 value;

  if (!g_variant_lookup (state, "v", "u", &value))
    {
      if (user_data != NULL)
        g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "there is no v");
      return NULL;
    }
  g_variant_dict_init (&dict, state);
  g_variant_dict_insert (&dict, "v", "u", value + 1);
  return g_variant_dict_end (&dict);
}

static GVariant *
return_text (GVariant *state G_GNUC_UNUSED, gpointer user_data G_GNUC_UNUSED,
             GError **error G_GNUC_UNUSED)
{
  return g_variant_new_string ("no state");
}

static void
test_function (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  g_autoptr (MigdescTransforms) silent = migdesc_transforms_new ();
  g_autoptr (MigdescTransforms) wrong = migdesc_transforms_new ();

  migdesc_transforms_add_function (transforms, 1, 2, "add_one", add_one, g_strdup ("x"), g_free);
  migdesc_transforms_add_rename (transforms, 1, 2, "v", "w");
  assert_step (transforms, 1, 2, "{'v': <uint32 4>}", "{'w': <uint32 5>}");
  assert_step_fails (transforms, "{'w': <uint32 4>}",
                     "transform 1 to 2, call add_one: there is no v");
  migdesc_transforms_add_function (silent, 1, 2, "add_one", add_one, NULL, NULL);
  assert_step_fails (silent, "{'w': <uint32 4>}",
                     "transform 1 to 2, call add_one: it did not say why");
  migdesc_transforms_add_function (wrong, 1, 2, "text", return_text, NULL, NULL);
  assert_step_fails (wrong, "{'w': <uint32 4>}",
                     "transform 1 to 2, call text: it returned a s, not a{sv}");
}

static void
test_chain (void)
{
  g_autoptr (MigdescTransforms) transforms = migdesc_transforms_new ();
  g_autoptr (MigdescTransforms) none = migdesc_transforms_new ();

  g_assert_true (migdesc_transforms_has_path (transforms, 3, 3));
  g_assert_false (migdesc_transforms_has_path (transforms, 1, 3));
  migdesc_transforms_add_rename (transforms, 1, 2, "a", "b");
  migdesc_transforms_add_rename (transforms, 2, 3, "b", "c");
  migdesc_transforms_add_rename (transforms, 3, 2, "c", "b");
  g_assert_true (migdesc_transforms_has_path (transforms, 1, 3));
  g_assert_true (migdesc_transforms_has_path (transforms, 3, 2));
  g_assert_false (migdesc_transforms_has_path (transforms, 3, 1));
  /* a step that leads elsewhere does not hide the others */
  migdesc_transforms_add_rename (transforms, 2, 1, "b", "a");
  g_assert_true (migdesc_transforms_has_path (transforms, 2, 3));
  g_assert_true (migdesc_transforms_has_path (transforms, 3, 1));
  assert_step (transforms, 3, 2, "{'c': <1>}", "{'b': <1>}");
  assert_step_fails (none, "{'c': <1>}",
                     "there is no transform from state version 1 to 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  g_test_add_func ("/state/transform/rename", test_rename);
  g_test_add_func ("/state/transform/drop", test_drop);
  g_test_add_func ("/state/transform/default", test_default);
  g_test_add_func ("/state/transform/move", test_move);
  g_test_add_func ("/state/transform/move-into-itself", test_move_into_itself);
  g_test_add_func ("/state/transform/retype", test_retype);
  g_test_add_func ("/state/transform/function", test_function);
  g_test_add_func ("/state/transform/chain", test_chain);
  return g_test_run ();
}
