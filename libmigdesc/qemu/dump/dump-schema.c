/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/dump-core.h"

/* A section as a schema of the library's. It is written as JSON and read again, so that every rule
 * of schemas is looked after in one place. */

#define NAME_MAX_LENGTH 60
#define ANY_SIZE_MAXIMUM 1048576
#define UNUSED_MAX 4096

typedef struct
{
  GString *structs;  /* objects with a comma behind each */
  GHashTable *names; /* of structs */
} Make;

typedef struct
{
  Make *make;
  GString *fields;   /* objects with a comma behind each */
  GHashTable *names; /* char *, of the fields so far */
  gint32 version;    /* of the description */
  gint32 minimum;    /* what is newer is gated; else fields newer than version are left out */
  gboolean gates;
} List;

/* Schemas have letters, digits, underscores and dashes in names. */
static char *
make_name (GHashTable *names,
           const char *name,
           gboolean slashes)
{
  g_autofree char *base = g_strndup (name, NAME_MAX_LENGTH);
  char *made;

  for (char *at = base; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '_' && *at != '-' && !(slashes && *at == '/'))
      *at = '_';
  if (!g_ascii_isalpha (base[0]))
    {
      char *whole = g_strdup_printf ("_%s", base);

      g_free (base);
      base = whole;
    }
  made = g_strdup (base);
  for (guint i = 2; g_hash_table_contains (names, made); i++)
    {
      g_free (made);
      made = g_strdup_printf ("%s-%u", base, i);
    }
  g_hash_table_add (names, g_strdup (made));
  return made;
}

static void
add_number (GString *text,
            const char *member,
            guint64 value)
{
  const char *quote = value > MIGDESC_JSON_SAFE_INTEGER ? "\"" : "";

  g_string_append_printf (text, ",\"%s\":%s%" G_GUINT64_FORMAT "%s", member, quote, value, quote);
}

static gboolean
is_scalar (guint64 size)
{
  return size == 1 || size == 2 || size == 4 || size == 8;
}

static char *add_struct (Make *make, const MigdescQemuDescriptionCore *description);

static void
add_type (List *list,
          const MigdescQemuFieldCore *field)
{
  guint bits = (guint) field->size * 8;

  if (field->description != NULL)
    {
      g_autofree char *name = add_struct (list->make, field->description);

      g_string_append_printf (list->fields, ",\"type\":\"struct\",\"struct\":\"%s\"", name);
    }
  else if (is_scalar (field->size))
    {
      g_string_append_printf (list->fields, ",\"type\":\"u%u\"", bits);
      add_number (list->fields, "min", 0);
      add_number (list->fields, "max", G_MAXUINT64 >> (64 - bits));
    }
  else
    {
      g_string_append (list->fields, ",\"type\":\"bytes\"");
      if (field->size == 0)
        add_number (list->fields, "maximum", ANY_SIZE_MAXIMUM);
      else
        add_number (list->fields, "count", field->size * (guint64) MAX (field->count, 1));
      return;
    }
  if (field->count > 1)
    add_number (list->fields, "count", (guint64) field->count);
}

static gboolean
is_left_out (const List *list,
             const MigdescQemuFieldCore *field)
{
  return field->count == 0 || (!field->has_test && field->version > list->version);
}

static void
add_field (List *list,
           const MigdescQemuFieldCore *field)
{
  guint64 bytes = field->size * (guint64) MAX (field->count, 1);
  gboolean is_unused = strcmp (field->name, "unused") == 0 && field->description == NULL
                       && bytes > 0 && bytes <= UNUSED_MAX;
  g_autofree char *name = NULL;

  if (is_left_out (list, field))
    return;
  if (is_unused)
    {
      g_string_append (list->fields, "{\"type\":\"unused\"");
      add_number (list->fields, "count", bytes);
    }
  else
    {
      name = make_name (list->names, field->name, FALSE);
      g_string_append_printf (list->fields, "{\"name\":\"%s\"", name);
      add_type (list, field);
    }
  if (list->gates && !field->has_test && field->version > list->minimum)
    {
      add_number (list->fields, "since", (guint64) field->version);
      add_number (list->fields, "default", 0);
    }
  g_string_append (list->fields, "},");
}

/* A struct takes bytes in a schema. */
static char *
list_fields (Make *make,
             const MigdescQemuDescriptionCore *description,
             gboolean gates,
             GHashTable *names)
{
  List list = { make, g_string_new (NULL), names, description->version,
                MAX (description->minimum, 1), gates };

  for (guint i = 0; i < description->n_fields; i++)
    add_field (&list, &description->fields[i]);
  if (list.fields->len == 0)
    g_string_append (list.fields, "{\"type\":\"unused\",\"count\":1},");
  return g_string_free (list.fields, FALSE);
}

static GHashTable *
new_names (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Without the last comma */
static void
append_list (GString *text,
             const char *items)
{
  gsize length = strlen (items);

  g_string_append_len (text, items, (gssize) (length - (length > 0)));
}

static char *
add_struct (Make *make,
            const MigdescQemuDescriptionCore *description)
{
  g_autoptr (GHashTable) names = new_names ();
  g_autofree char *fields = list_fields (make, description, FALSE, names);
  char *name = make_name (make->names, description->name, FALSE);

  g_string_append_printf (make->structs, "{\"name\":\"%s\",\"fields\":[", name);
  append_list (make->structs, fields);
  g_string_append (make->structs, "]},");
  return name;
}

static void
add_subsection (Make *make,
                GString *text,
                const MigdescQemuDescriptionCore *subsection,
                GHashTable *taken)
{
  g_autoptr (GHashTable) names = new_names ();
  g_autofree char *name = make_name (taken, subsection->name, TRUE);
  g_autofree char *fields = list_fields (make, subsection, FALSE, names);
  gint32 version = CLAMP (subsection->version, 1, G_MAXUINT16);

  g_string_append_printf (text,
                          "{\"name\":\"%s\",\"type\":\"section\",\"version\":%d,\"minimum\":%d,"
                          "\"fields\":[",
                          name, version, version);
  append_list (text, fields);
  g_string_append (text, "],\"needed\":\"needed\"},");
}

char *
migdesc_qemu_description_to_schema (const MigdescQemuDescriptionCore *description)
{
  g_autoptr (GHashTable) struct_names = new_names ();
  g_autoptr (GHashTable) names = new_names ();
  g_autoptr (GString) structs = g_string_new (NULL);
  Make make = { structs, struct_names };
  g_autofree char *name = make_name (struct_names, description->name, FALSE);
  g_autoptr (GString) fields = g_string_new (NULL);
  gint32 version = MAX (description->version, 1);
  GString *text = g_string_new ("{\"state-schema\":1");
  g_autofree char *plain = list_fields (&make, description, TRUE, names);

  g_string_append (fields, plain);
  for (guint i = 0; i < description->n_subsections; i++)
    add_subsection (&make, fields, &description->subsections[i], names);
  g_string_append_printf (text, ",\"name\":\"%s\",\"version\":%d,\"minimum\":%d", name, version,
                          CLAMP (description->minimum, 1, version));
  if (structs->len > 0)
    {
      g_string_append (text, ",\"structs\":[");
      append_list (text, structs->str);
      g_string_append_c (text, ']');
    }
  g_string_append (text, ",\"fields\":[");
  append_list (text, fields->str);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}
