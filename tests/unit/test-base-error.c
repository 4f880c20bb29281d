/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Error codes and limits: what programs rely on must not change. */

#include <glib-object.h>
#include <migdesc/migdesc-error.h>

#include "base/limits-private.h"

/* In the order of their numbers, which are part of the ABI. */
static const char *const nicks[] = {
  "json-syntax",
  "json-encoding",
  "json-string",
  "json-number",
  "json-duplicate-member",
  "json-trailing-data",
  "limit-exceeded",
  "document-type",
  "document-missing-member",
  "document-unknown-member",
  "document-version",
  "document-dialect",
  "document-value",
  "document-empty",
  "model-name",
  "param-name",
  "version-name",
  "value-type",
  "value-not-int",
  "value-text",
  "value-set-empty",
  "range-syntax",
  "range-order",
  "init-missing",
  "init-not-allowed",
  "off-value-type",
  "version-duplicate",
  "version-param-unknown",
  "version-value-not-allowed",
  "version-without-params",
  "tested-version-unknown",
  "constraint-form",
  "constraint-empty",
  "constraint-param-unknown",
  "init-violates-constraint",
  "version-violates-constraint",
  "model-duplicate",
  "param-duplicate",
  "list-syntax",
  "list-duplicate",
  "list-model-needed",
  "text-syntax",
  "tree-invalid",
  "tree-unsafe-name",
  "conversion-loss",
  "conversion-refused",
  "plan-unsafe-name",
  "model-not-found",
  "not-unique",
  "refused",
  "state-type",
  "state-config",
  "state-range",
  "state-count",
  "state-index",
  "state-relation",
  "state-constant",
  "state-string",
  "state-check",
  "state-missing",
  "state-unknown",
  "state-too-new",
  "state-too-old",
  "state-format",
  "state-version",
  "state-truncated",
  "state-damaged",
  "state-aborted",
  "state-schema",
  "state-config-mismatch",
  "state-transform",
  "state-path",
  "cannot-read",
  "cannot-write",
  "cannot-run",
  "unsafe-file",
  "descriptor-changed",
  "program-failed",
  "program-timeout",
  "program-output",
  "cancelled",
  "invalid-argument",
};

static void
test_nicks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nicks); i++)
    g_assert_cmpstr (migdesc_error_get_nick ((MigdescError) (i + 1)), ==, nicks[i]);
  g_assert_cmpuint (G_N_ELEMENTS (nicks), ==, MIGDESC_ERROR_INVALID_ARGUMENT);
}

static void
test_no_nick (void)
{
  g_assert_null (migdesc_error_get_nick ((MigdescError) 0));
  g_assert_null (migdesc_error_get_nick ((MigdescError) (G_N_ELEMENTS (nicks) + 1)));
  g_assert_null (migdesc_error_get_nick ((MigdescError) -1));
  g_assert_null (migdesc_error_get_nick ((MigdescError) G_MAXINT));
}

static void
test_error_type (void)
{
  g_autoptr (GEnumClass) codes = g_type_class_ref (MIGDESC_TYPE_ERROR);

  g_assert_cmpstr (g_type_name (MIGDESC_TYPE_ERROR), ==, "MigdescError");
  g_assert_cmpint (g_enum_get_value_by_nick (codes, "range-order")->value, ==,
                   MIGDESC_ERROR_RANGE_ORDER);
}

static void
test_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (MIGDESC_ERROR), ==, "migdesc-error-quark");
}

static const struct
{
  MigdescLimit limit;
  guint64 initial;
  guint64 maximum;
  const char *message;
} limits_table[] = {
  { MIGDESC_LIMIT_DOCUMENT_SIZE, 4194304, 1073741824,
    "more than 7 bytes in the document (limit document-size)" },
  { MIGDESC_LIMIT_DEPTH, 32, 256,
    "more than 7 objects and arrays inside each other (limit depth)" },
  { MIGDESC_LIMIT_MEMBERS, 4096, G_MAXINT32, "more than 7 members in one object (limit members)" },
  { MIGDESC_LIMIT_VALUES, 262144, G_MAXINT32, "more than 7 values in the document (limit values)" },
  { MIGDESC_LIMIT_STRING_LENGTH, 65536, G_MAXINT32,
    "more than 7 bytes in one string (limit string-length)" },
  { MIGDESC_LIMIT_RANGES, 4096, G_MAXINT32, "more than 7 ranges in one set (limit ranges)" },
  { MIGDESC_LIMIT_FINDINGS, 1000, G_MAXINT32, "more than 7 findings (limit findings)" },
  { MIGDESC_LIMIT_STEPS, 1000000, G_MAXINT32, "more than 7 steps of one search (limit steps)" },
  { MIGDESC_LIMIT_PROGRAM_TIME, 10000, G_MAXINT32,
    "more than 7 milliseconds for a program (limit program-time)" },
  { MIGDESC_LIMIT_PROGRAM_OUTPUT, 16777216, G_MAXINT32,
    "more than 7 bytes printed by a program (limit program-output)" },
  { MIGDESC_LIMIT_STATE_SIZE, 1073741824, G_GUINT64_CONSTANT (4611686018427387904),
    "more than 7 bytes in the stream (limit state-size)" },
  { MIGDESC_LIMIT_STATE_DEPTH, 32, 64,
    "more than 7 structs and arrays inside each other (limit state-depth)" },
  { MIGDESC_LIMIT_STATE_ELEMENTS, 16777216, G_MAXINT32,
    "more than 7 elements in the stream (limit state-elements)" },
  { MIGDESC_LIMIT_STATE_BUFFER, 268435456, G_MAXINT32,
    "more than 7 bytes in one buffer (limit state-buffer)" },
  { MIGDESC_LIMIT_FLEET_SIZE, 1073741824, G_GUINT64_CONSTANT (1) << 62,
    "more than 7 bytes of different descriptors and shapes in the fleet (limit fleet-size)" },
};

static void
test_limits (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (limits_table); i++)
    {
      MigdescLimit limit = limits_table[i].limit;
      g_autofree char *message = migdesc_limit_to_message (limit, 7);

      g_assert_cmpuint (migdesc_limits_get (NULL, limit), ==, limits_table[i].initial);
      g_assert_cmpuint (migdesc_limits_get (limits, limit), ==, limits_table[i].initial);
      migdesc_limits_set (limits, limit, limits_table[i].maximum);
      g_assert_cmpuint (migdesc_limits_get (limits, limit), ==, limits_table[i].maximum);
      migdesc_limits_set (limits, limit, limits_table[i].maximum + 1);
      g_assert_cmpuint (migdesc_limits_get (limits, limit), ==, limits_table[i].maximum);
      migdesc_limits_set (limits, limit, i);
      g_assert_cmpuint (migdesc_limits_get (limits, limit), ==, i);
      g_assert_cmpstr (message, ==, limits_table[i].message);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (limits_table); i++)
    g_assert_cmpuint (migdesc_limits_get (limits, limits_table[i].limit), ==, i);
}

static void
test_limits_are_copied (void)
{
  g_autoptr (MigdescLimits) limits = migdesc_limits_new ();
  g_autoptr (MigdescLimits) copy = NULL;

  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 5);
  copy = g_boxed_copy (MIGDESC_TYPE_LIMITS, limits);
  migdesc_limits_set (limits, MIGDESC_LIMIT_DEPTH, 6);
  g_assert_cmpuint (migdesc_limits_get (copy, MIGDESC_LIMIT_DEPTH), ==, 5);
  migdesc_limits_free (NULL);
}

/* The nicks of limits and what their messages call them are the same words. */
static void
test_limit_nicks (void)
{
  g_autoptr (GEnumClass) type = g_type_class_ref (MIGDESC_TYPE_LIMIT);

  g_assert_cmpuint (type->n_values, ==, G_N_ELEMENTS (limits_table));
  for (guint i = 0; i < type->n_values; i++)
    {
      g_autofree char *suffix = g_strdup_printf ("(limit %s)", type->values[i].value_nick);

      g_assert_cmpint (type->values[i].value, ==, (int) limits_table[i].limit);
      g_assert_true (g_str_has_suffix (limits_table[i].message, suffix));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/error/nicks", test_nicks);
  g_test_add_func ("/base/error/no-nick", test_no_nick);
  g_test_add_func ("/base/error/type", test_error_type);
  g_test_add_func ("/base/error/domain", test_domain);
  g_test_add_func ("/base/limits/get-and-set", test_limits);
  g_test_add_func ("/base/limits/copy", test_limits_are_copied);
  g_test_add_func ("/base/limits/nicks", test_limit_nicks);
  return g_test_run ();
}
