/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The largest documents and lists that are read, made to be slow or to take much memory. */

#include <migdesc/migdesc.h>
#include <string.h>

#define MAX_SIZE ((4 << 20) - 256)
#define MAX_PARAMS 4096
#define MAX_VALUES 262000

typedef struct
{
  MigdescDescriptor *source;
  MigdescDescriptor *destination;
  MigdescParamList *list;
  MigdescDescriptor *again; /* the destination, read by itself */
} Case;

/* --- Documents ------------------------------------------------------- */

typedef struct
{
  GString *text;
  guint n_values; /* roughly what a reader counts */
} Document;

static Document
begin (void)
{
  Document document = { g_string_new ("{'models': {'a.b/c': {'params': {"), 3 };

  return document;
}

static void G_GNUC_PRINTF (3, 4)
add (Document *document,
     guint n_values,
     const char *format,
     ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (document->text, format, args);
  va_end (args);
  document->n_values += n_values;
}

static gboolean
is_full (const Document *document,
         guint size)
{
  return document->text->len + size > MAX_SIZE || document->n_values + 16 > MAX_VALUES;
}

static MigdescDescriptor *
end (Document *document)
{
  g_autoptr (GError) error = NULL;
  MigdescDescriptor *descriptor;

  g_string_append (document->text, "}}}");
  g_strdelimit (document->text->str, "'", '"');
  descriptor = migdesc_descriptor_new_from_string (document->text->str,
                                                   (gssize) document->text->len, &error);
  g_assert_no_error (error);
  g_string_free (document->text, TRUE);
  return descriptor;
}

static void
add_params (Document *document,
            guint n,
            const char *member)
{
  for (guint i = 0; i < n; i++)
    add (document, 4, "%s'p%u': %s", i > 0 ? "," : "", i, member);
  add (document, 0, "}");
}

#define BOOL_PARAM "{'type': 'bool', 'init_value': true, 'off_value': false}"
#define BOOL_OFF "{'type': 'bool', 'init_value': false, 'off_value': false}"
#define INT_PARAM "{'type': 'int', 'init_value': 0, 'off_value': 0}"
#define SMALL_PARAM "{'type': 'int', 'allowed_values': ['0-9'], 'init_value': 0, 'off_value': 0}"

/* As many constraints as fit: @format has two numbers of params in it. */
static void
add_constraints (Document *document,
                 guint n_params,
                 guint n_values,
                 const char *format)
{
  guint state = 12345;

  add (document, 1, ", 'constraints': [");
  for (guint i = 0; !is_full (document, 128); i++)
    {
      guint first = (state = state * 1103515245 + 12345) >> 8;
      guint second = (state = state * 1103515245 + 12345) >> 8;

      add (document, 0, "%s", i > 0 ? "," : "");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      add (document, n_values, format, first % n_params, second % n_params);
#pragma GCC diagnostic pop
    }
  add (document, 0, "]");
}

static void
add_versions (Document *document,
              guint n_params,
              const char *flags)
{
  add (document, 1, ", 'versions': [");
  for (guint i = 0; !is_full (document, 128); i++)
    add (document, 7, "%s{'name': '%u', 'params': {'p%u': %u}%s}", i > 0 ? "," : "", i,
         i % n_params, 1 + i / n_params % 9, flags);
  add (document, 0, "]");
}

static MigdescParamList *
make_list (guint n,
           const char *start,
           const char *name,
           const char *value)
{
  g_autoptr (GString) text = g_string_new (start);
  MigdescParamList *list;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s%u=%s", i > 0 || *start != '\0' ? "," : "", name, i, value);
  list = migdesc_param_list_new_from_string (text->str, &error);
  g_assert_no_error (error);
  return list;
}

/* --- Cases ----------------------------------------------------------- */

static Case
unknown_names (void)
{
  Document document = begin ();

  add_params (&document, MAX_PARAMS, BOOL_PARAM);
  return (Case){ NULL, end (&document),
                 make_list (MAX_PARAMS, "", "param-that-nobody-knows-", "on"), NULL };
}

static Case
refused_values (void)
{
  Document document = begin ();

  add_params (
      &document, MAX_PARAMS,
      "{'type': 'int', 'allowed_values': [1, '3-8', 10, '12-14', '20-30', 40, 50, 60, 70, 80, 90,"
      " 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200], 'init_value': 1, 'off_value': 0}");
  return (Case){ NULL, end (&document), make_list (MAX_PARAMS, "", "p", "2"), NULL };
}

static Case
violated_constraints (void)
{
  Document document = begin ();

  add_params (&document, 64, BOOL_OFF);
  add_constraints (&document, 64, 8,
                   "{'if': {'p%u': [true]}, 'then': {'p%u': [false]}, 'description': 'x'}");
  return (Case){ NULL, end (&document), make_list (64, "", "p", "on"), NULL };
}

static Case
open_values (void)
{
  Document document = begin ();

  add_params (&document, MAX_PARAMS, INT_PARAM);
  add_versions (&document, MAX_PARAMS, "");
  return (Case){ NULL, end (&document), make_list (MAX_PARAMS, "", "p", "77"), NULL };
}

static Case
equal_versions (void)
{
  Document document = begin ();

  add_params (&document, 4, SMALL_PARAM);
  add_versions (&document, 4, ", 'load': false, 'support': 'none'");
  return (Case){ NULL, end (&document), make_list (1, "", "p", "1"), NULL };
}

/* Random implications over bools, about as hard as they come; the destination has others. */
static Case
hard_constraints (void)
{
  Document source = begin ();
  Document destination = begin ();

  add_params (&source, 200, BOOL_OFF);
  add (&source, 1,
       ", 'constraints': [{'if': {'p0': [true], 'p1': [true]}, 'then': {'p2': [false]}}]");
  add_params (&destination, 200, BOOL_OFF);
  add (&destination, 1, ", 'constraints': [");
  for (guint i = 0, state = 1; i < 850; i++)
    {
      guint numbers[4];

      for (guint k = 0; k < 4; k++)
        numbers[k] = (state = state * 1103515245 + 12345) >> 8;
      add (&destination, 8, "%s{'forbid': {'p%u': [true], 'p%u': [%s], 'p%u': [%s]}}",
           i > 0 ? "," : "", numbers[0] % 66, 66 + numbers[1] % 66,
           numbers[3] & 1 ? "true" : "false", 132 + numbers[2] % 66,
           numbers[3] & 2 ? "true" : "false");
    }
  add (&destination, 0, "]");
  return (Case){ end (&source), end (&destination), NULL, NULL };
}

static Case
many_constraints (void)
{
  Document source = begin ();
  Document destination = begin ();

  add_params (&source, 1000, BOOL_OFF);
  add_params (&destination, 1000, BOOL_OFF);
  add_constraints (&destination, 1000, 8, "{'if': {'p%u': [true]}, 'then': {'p%u': [true]}}");
  return (Case){ end (&source), end (&destination), NULL, NULL };
}

static Case
many_refused_versions (void)
{
  Document source = begin ();
  Document destination = begin ();

  add_params (&source, 2000, SMALL_PARAM);
  add_params (&destination, 2000, SMALL_PARAM);
  add_versions (&destination, 2000, ", 'load': false");
  return (Case){ end (&source), end (&destination), NULL, NULL };
}

static void
add_wide_param (Document *document,
                const char *name,
                guint first)
{
  add (document, 3,
       "%s'%s': {'type': 'int', 'init_value': %u, 'off_value': %u, 'allowed_values': [",
       g_str_has_suffix (document->text->str, "{") ? "" : ",", name, first, first);
  for (guint i = 0; i < 4000; i++)
    add (document, 1, "%s%u", i > 0 ? "," : "", first + 3 * i);
  add (document, 0, "]}");
}

static Case
wide_sets (void)
{
  Document source = begin ();
  Document destination = begin ();

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);

      add_wide_param (&source, name, i);
      add_wide_param (&destination, name, i % 2);
    }
  add (&source, 0, "}");
  add (&destination, 0,
       "}, 'constraints': [{'if': {'p0': ['0-3000']}, 'then': {'p2': ['0-3000']}}]");
  return (Case){ end (&source), end (&destination), NULL, NULL };
}

/* Strings that differ only at their ends, in allowed values, constraints and versions that are
 * refused */
static Case
long_strings (void)
{
  g_autofree char *tail = g_strnfill (3900, 'x');
  Case subject = { NULL };

  for (guint side = 0; side < 2; side++)
    {
      Document document = begin ();

      for (guint i = 0; i < 200; i++)
        add (&document, 6,
             "%s'p%u': {'type': 'str', 'init_value': '%sa', 'off_value': '', 'allowed_values': "
             "['%sa', '%sb']}",
             i > 0 ? "," : "", i, tail, tail, tail);
      for (guint i = 200; i < 220; i++)
        add (&document, 4, ",'p%u': " SMALL_PARAM, i);
      add (&document, 1, "}, 'constraints': [");
      for (guint i = 0; i < 90 && side == 1; i++)
        add (&document, 8, "%s{'forbid': {'p%u': ['%sb', '%sc'], 'p%u': ['%sa', '%sb']}}",
             i > 0 ? "," : "", i, tail, tail, 199 - i, tail, tail);
      add (&document, 0, "], 'versions': [");
      for (guint i = 0; i < 4000 && side == 1; i++)
        add (&document, 8, "%s{'name': '%u', 'params': {'p%u': %u}, 'load': false}",
             i > 0 ? "," : "", i, 200 + i % 20, i / 20 % 10);
      add (&document, 0, "]");
      if (side == 0)
        subject.source = end (&document);
      else
        subject.destination = end (&document);
    }
  return subject;
}

static Case
long_version_names (void)
{
  Document source = begin ();
  Document destination = begin ();

  add (&source, 0, "}");
  add (&destination, 0, "}");
  source.text = g_string_assign (source.text, "{'models': {'a.b/c': {'versions': [");
  destination.text = g_string_assign (destination.text, "{'models': {'a.b/c': {'versions': [");
  for (guint i = 0; !is_full (&source, 32); i++)
    {
      add (&source, 1, "%s'v%u'", i > 0 ? "," : "", i);
      add (&destination, 1, "%s'v%u'", i > 0 ? "," : "", i * 2);
    }
  add (&source, 0, "]");
  add (&destination, 0, "]");
  return (Case){ end (&source), end (&destination), make_list (0, "version=v", "", ""), NULL };
}
