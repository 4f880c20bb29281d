/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/quote.h"
#include "host/backend-private.h"
#include "host/mistakes.h"

/* What a command line says about migration, in all three styles. Here only what the line itself has
 * wrong is found; names and values are for the rules of the model. */

static void
free_value (gpointer data)
{
  MigdescOptionValue *value = data;

  g_free (value->option);
  g_free (value->name);
  g_free (value->value);
  g_free (value);
}

void
migdesc_option_store_init (MigdescOptionStore *store)
{
  store->values = g_ptr_array_new_with_free_func (free_value);
  store->mistakes = migdesc_mistakes_new ();
}

void
migdesc_option_store_reset (MigdescOptionStore *store)
{
  g_ptr_array_set_size (store->values, 0);
  g_ptr_array_set_size (store->mistakes, 0);
  g_clear_pointer (&store->model, g_free);
  g_clear_pointer (&store->version, g_free);
  store->print = MIGDESC_PRINT_NOTHING;
  store->test = MIGDESC_TEST_NOTHING;
}

void
migdesc_option_store_clear (MigdescOptionStore *store)
{
  migdesc_option_store_reset (store);
  g_clear_pointer (&store->values, g_ptr_array_unref);
  g_clear_pointer (&store->mistakes, g_ptr_array_unref);
}

void
migdesc_option_store_add_value (MigdescOptionStore *store,
                                const char *option,
                                const char *name,
                                gsize length,
                                const char *value)
{
  MigdescOptionValue *added = g_new (MigdescOptionValue, 1);

  added->option = migdesc_quote (option, -1);
  added->name = g_strndup (name, length);
  added->value = g_strdup (value);
  g_ptr_array_add (store->values, added);
}

void
migdesc_option_store_add_pair (MigdescOptionStore *store,
                               const char *pair)
{
  const char *equals = strchr (pair, '=');
  g_autofree char *shown = NULL;

  if (equals != NULL)
    {
      migdesc_option_store_add_value (store, "--param", pair, (gsize) (equals - pair), equals + 1);
      return;
    }
  shown = migdesc_quote (pair, -1);
  migdesc_mistakes_add (store->mistakes, "--param \"%s\": expected NAME=VALUE", shown);
}

static void
set_once (MigdescOptionStore *store,
          char **place,
          const char *option,
          const char *value)
{
  if (*place == NULL)
    {
      *place = g_strdup (value);
      return;
    }
  migdesc_mistakes_add (store->mistakes, "%s is given twice", option);
}

void
migdesc_option_store_set_model (MigdescOptionStore *store,
                                const char *model)
{
  set_once (store, &store->model, "--migration-model", model);
}

void
migdesc_option_store_set_version (MigdescOptionStore *store,
                                  const char *version)
{
  set_once (store, &store->version, "--migration-version", version);
}

void
migdesc_option_store_set_print_info (MigdescOptionStore *store,
                                     const char *form)
{
  static const struct
  {
    const char *form;
    MigdescPrint print;
  } forms[] = { { "native", MIGDESC_PRINT_NATIVE },
                { "v3", MIGDESC_PRINT_V3 },
                { "v4", MIGDESC_PRINT_V4 } };
  g_autofree char *shown = NULL;

  if (form == NULL)
    form = "native";
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (form, forms[i].form) == 0)
      {
        store->print = forms[i].print;
        return;
      }
  shown = migdesc_quote (form, -1);
  migdesc_mistakes_add (store->mistakes,
                        "--print-migration-info-json=\"%s\": expected native, v3 or v4", shown);
}

void
migdesc_option_store_set_test (MigdescOptionStore *store,
                               const char *test)
{
  g_autofree char *shown = NULL;

  if (strcmp (test, "save") == 0)
    store->test = MIGDESC_TEST_SAVE;
  else if (strcmp (test, "load") == 0)
    store->test = MIGDESC_TEST_LOAD;
  else
    {
      shown = migdesc_quote (test, -1);
      migdesc_mistakes_add (store->mistakes, "--migration-test=\"%s\": expected save or load",
                            shown);
    }
}

/* The arguments, one after the other. */
typedef struct
{
  MigdescOptionStore *store;
  GPtrArray *args;
  guint next; /* to look at */
  gboolean capabilities;
} Scan;

/* The value behind "=", or else the next argument. NULL: there is none, which is reported. */
static const char *
get_value (Scan *scan,
           const char *option,
           const char *equals)
{
  g_autofree char *shown = NULL;

  if (equals != NULL)
    return equals + 1;
  if (scan->next < scan->args->len)
    return g_ptr_array_index (scan->args, scan->next++);
  shown = migdesc_quote (option, -1);
  migdesc_mistakes_add (scan->store->mistakes, "%s: expected a value", shown);
  return NULL;
}

static gboolean
is_option (const char *arg,
           const char *name,
           const char *equals)
{
  gsize length = equals == NULL ? strlen (arg) : (gsize) (equals - arg);

  return strlen (name) == length && memcmp (arg, name, length) == 0;
}

static gboolean
take_param (Scan *scan,
            const char *arg,
            const char *equals)
{
  g_autofree char *option = g_strndup (arg, equals == NULL ? strlen (arg)
                                                           : (gsize) (equals - arg));
  const char *name = option + strlen ("--m-");
  const char *value = get_value (scan, option, equals);

  if (value != NULL)
    migdesc_option_store_add_value (scan->store, option, name, strlen (name), value);
  return TRUE;
}

static gboolean
take_text (Scan *scan,
           const char *option,
           const char *equals,
           void (*set) (MigdescOptionStore *store, const char *value))
{
  const char *value = get_value (scan, option, equals);

  if (value != NULL)
    set (scan->store, value);
  return TRUE;
}

/* FALSE: it is none of ours. */
static gboolean
take (Scan *scan,
      const char *arg)
{
  const char *equals = strchr (arg, '=');

  if (g_str_has_prefix (arg, "--m-"))
    return take_param (scan, arg, equals);
  if (is_option (arg, "--param", equals))
    return take_text (scan, "--param", equals, migdesc_option_store_add_pair);
  if (is_option (arg, "--migration-model", equals))
    return take_text (scan, "--migration-model", equals, migdesc_option_store_set_model);
  if (is_option (arg, "--migration-version", equals))
    return take_text (scan, "--migration-version", equals, migdesc_option_store_set_version);
  if (is_option (arg, "--migration-test", equals))
    return take_text (scan, "--migration-test", equals, migdesc_option_store_set_test);
  if (is_option (arg, "--print-migration-info-json", equals))
    {
      migdesc_option_store_set_print_info (scan->store, equals == NULL ? NULL : equals + 1);
      return TRUE;
    }
  if (scan->capabilities && strcmp (arg, "--print-capabilities") == 0)
    {
      scan->store->print = MIGDESC_PRINT_CAPABILITIES;
      return TRUE;
    }
  return FALSE;
}

void
migdesc_option_store_scan (MigdescOptionStore *store,
                           GPtrArray *args,
                           gboolean capabilities)
{
  Scan scan = { store, args, 0, capabilities };
  guint kept = 0;

  while (scan.next < args->len)
    {
      char *arg = g_ptr_array_index (args, scan.next++);
      gboolean ended = strcmp (arg, "--") == 0;

      if (ended || !take (&scan, arg))
        args->pdata[kept++] = arg;
      while (ended && scan.next < args->len)
        args->pdata[kept++] = args->pdata[scan.next++];
    }
  g_ptr_array_set_size (args, (int) kept);
}
