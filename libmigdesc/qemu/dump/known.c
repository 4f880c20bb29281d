/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/known-private.h"

#include "base/json-reader.h"
#include "base/quote.h"
#include "model/diagnostics.h"

#define FORMAT 1
#define FORMAT_MEMBER "migdesc-qemu-known"

struct _MigdescQemuKnown
{
  gatomicrefcount ref_count;
  MigdescQemuKnown *base; /* nullable; whose texts are used here */
  MigdescArena *arena;
  GArray *sections;    /* MigdescQemuRename */
  GArray *fields;      /* MigdescQemuRename */
  GArray *differences; /* MigdescQemuKnownDifference */
  MigdescQemuKnownCore core;
};

G_DEFINE_BOXED_TYPE (MigdescQemuKnown,
                     migdesc_qemu_known,
                     migdesc_qemu_known_ref,
                     migdesc_qemu_known_unref)

/* --- Entries ---------------------------------------------------------- */

typedef enum
{
  ENTRY_CODE,
  ENTRY_SECTION,
  ENTRY_DESCRIPTION,
  ENTRY_PATH,
  ENTRY_NAMES,
  ENTRY_REASON,
  N_ENTRY
} EntryMember;

static const char *const entry_members[N_ENTRY]
    = { "code", "section", "description", "path", "names", "reason" };

typedef struct
{
  const char *name;
  guint allowed;
  guint required;
} EntryShape;

#define BIT(member) (1u << ENTRY_##member)

static const EntryShape shapes[] = {
  { "sections", BIT (NAMES) | BIT (REASON), BIT (NAMES) | BIT (REASON) },
  { "fields", BIT (DESCRIPTION) | BIT (NAMES) | BIT (REASON), BIT (NAMES) | BIT (REASON) },
  { "differences", BIT (CODE) | BIT (SECTION) | BIT (DESCRIPTION) | BIT (PATH) | BIT (REASON),
    BIT (CODE) | BIT (REASON) },
};

typedef struct
{
  const char *texts[N_ENTRY];
  const char *names[2];
} Entry;

static gboolean
read_text (MigdescQemuKnown *known,
           MigdescJsonReader *reader,
           const char **text)
{
  MigdescJsonString string;

  if (!migdesc_json_reader_read_string (reader, &string))
    return FALSE;
  *text = migdesc_arena_dup (known->arena, string.text, string.length);
  return TRUE;
}

static gboolean
read_names (MigdescQemuKnown *known,
            MigdescJsonReader *reader,
            const char **names)
{
  gsize offset = migdesc_json_reader_offset (reader);
  guint n = 0;

  if (!migdesc_json_reader_begin_array (reader))
    return FALSE;
  while (migdesc_json_reader_next_element (reader))
    {
      const char *name;

      if (!read_text (known, reader, &name))
        return FALSE;
      if (n < 2)
        names[n] = name;
      n++;
    }
  return reader->error == 0
         && (n == 2
             || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                          "%u names, not the two of a rename", n));
}

static guint
find_member (const MigdescJsonString *key)
{
  for (guint i = 0; i < N_ENTRY; i++)
    if (migdesc_json_string_equal (key, entry_members[i], strlen (entry_members[i])))
      return i;
  return N_ENTRY;
}

static gboolean
fail_unknown (MigdescJsonReader *reader,
              const MigdescJsonString *key)
{
  g_autofree char *shown = migdesc_quote (key->text, key->length);

  return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_UNKNOWN_MEMBER, key->offset,
                                   "unknown member \"%s\"", shown);
}

static gboolean
check_entry (MigdescJsonReader *reader,
             const EntryShape *shape,
             guint seen,
             gsize offset)
{
  guint lacking = shape->required & ~seen;

  if (reader->error != 0)
    return FALSE;
  if (lacking != 0)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                     "an entry of \"%s\" has no \"%s\"", shape->name,
                                     entry_members[__builtin_ctz (lacking)]);
  if ((shape->allowed & BIT (CODE)) != 0 && (seen & (BIT (SECTION) | BIT (DESCRIPTION))) == 0)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                     "an entry of \"%s\" has neither \"section\" nor "
                                     "\"description\"",
                                     shape->name);
  return TRUE;
}

static gboolean
read_entry (MigdescQemuKnown *known,
            MigdescJsonReader *reader,
            const EntryShape *shape,
            Entry *entry)
{
  gsize offset = migdesc_json_reader_offset (reader);
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      guint member = find_member (&key);

      if (member == N_ENTRY || (shape->allowed >> member & 1) == 0)
        return fail_unknown (reader, &key);
      if ((seen >> member & 1) != 0)
        return migdesc_json_reader_fail_duplicate (reader, &key);
      seen |= 1u << member;
      if (member == ENTRY_NAMES ? !read_names (known, reader, entry->names)
                                : !read_text (known, reader, &entry->texts[member]))
        return FALSE;
    }
  return check_entry (reader, shape, seen, offset);
}

static void
add_entry (MigdescQemuKnown *known,
           guint list,
           const Entry *entry)
{
  MigdescQemuRename rename = { entry->texts[ENTRY_DESCRIPTION],
                               { entry->names[0], entry->names[1] },
                               entry->texts[ENTRY_REASON] };
  MigdescQemuKnownDifference difference
      = { entry->texts[ENTRY_CODE], entry->texts[ENTRY_SECTION], entry->texts[ENTRY_DESCRIPTION],
          entry->texts[ENTRY_PATH], entry->texts[ENTRY_REASON] };

  if (list == 0)
    g_array_append_val (known->sections, rename);
  else if (list == 1)
    g_array_append_val (known->fields, rename);
  else
    g_array_append_val (known->differences, difference);
}

/* --- The document ----------------------------------------------------- */

static gboolean
read_list (MigdescQemuKnown *known,
           MigdescJsonReader *reader,
           guint list)
{
  if (!migdesc_json_reader_begin_array (reader))
    return FALSE;
  while (migdesc_json_reader_next_element (reader))
    {
      Entry entry = { { NULL }, { NULL } };

      if (!read_entry (known, reader, &shapes[list], &entry))
        return FALSE;
      add_entry (known, list, &entry);
    }
  return reader->error == 0;
}

static gboolean
read_format (MigdescJsonReader *reader)
{
  gsize offset = migdesc_json_reader_offset (reader);
  guint64 format;

  if (!migdesc_json_reader_read_uint64 (reader, &format))
    return FALSE;
  return format == FORMAT
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VERSION, offset,
                                      "format %" G_GUINT64_FORMAT ", only %u is known", format,
                                      FORMAT);
}

static gboolean
read_member (MigdescQemuKnown *known,
             MigdescJsonReader *reader,
             const MigdescJsonString *key,
             guint *seen)
{
  guint member = 0;

  while (member < G_N_ELEMENTS (shapes)
         && !migdesc_json_string_equal (key, shapes[member].name, strlen (shapes[member].name)))
    member++;
  if (member == G_N_ELEMENTS (shapes)
      && !migdesc_json_string_equal (key, FORMAT_MEMBER, strlen (FORMAT_MEMBER)))
    return fail_unknown (reader, key);
  if ((*seen >> member & 1) != 0)
    return migdesc_json_reader_fail_duplicate (reader, key);
  *seen |= 1u << member;
  return member == G_N_ELEMENTS (shapes) ? read_format (reader)
                                         : read_list (known, reader, member);
}

static gboolean
read_document (MigdescQemuKnown *known,
               MigdescJsonReader *reader)
{
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    if (!read_member (known, reader, &key, &seen))
      return FALSE;
  if (reader->error == 0 && (seen >> G_N_ELEMENTS (shapes) & 1) == 0)
    return migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, 0,
                                     "the document has no \"%s\"", FORMAT_MEMBER);
  return migdesc_json_reader_finish (reader);
}

static MigdescQemuKnown *
known_new (MigdescQemuKnown *base)
{
  MigdescQemuKnown *known = g_new0 (MigdescQemuKnown, 1);

  g_atomic_ref_count_init (&known->ref_count);
  known->arena = migdesc_arena_new (0);
  known->sections = g_array_new (FALSE, FALSE, sizeof (MigdescQemuRename));
  known->fields = g_array_new (FALSE, FALSE, sizeof (MigdescQemuRename));
  known->differences = g_array_new (FALSE, FALSE, sizeof (MigdescQemuKnownDifference));
  if (base == NULL)
    return known;
  known->base = migdesc_qemu_known_ref (base);
  g_array_append_vals (known->sections, base->core.sections, base->core.n_sections);
  g_array_append_vals (known->fields, base->core.fields, base->core.n_fields);
  g_array_append_vals (known->differences, base->core.differences, base->core.n_differences);
  return known;
}

static void
publish (MigdescQemuKnown *known)
{
  known->core.sections = (const MigdescQemuRename *) (gpointer) known->sections->data;
  known->core.n_sections = known->sections->len;
  known->core.fields = (const MigdescQemuRename *) (gpointer) known->fields->data;
  known->core.n_fields = known->fields->len;
  known->core.differences
      = (const MigdescQemuKnownDifference *) (gpointer) known->differences->data;
  known->core.n_differences = known->differences->len;
}

/**
 * migdesc_qemu_known_new_from_json:
 * @text: a document
 * @length: bytes of @text, -1 when it ends in NUL
 * @base: (nullable): what is known besides, or %NULL
 * @limits: (nullable): limits, %NULL for the defaults
 * @error: return location for a #GError
 *
 * Reads renames and known differences.
 *
 * Fails with the codes of documents (`json-`, `document-`) and with %MIGDESC_ERROR_LIMIT_EXCEEDED;
 * the message has line, column and pointer.
 *
 * Returns: (transfer full): all that is in @base and in the document, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuKnown *
migdesc_qemu_known_new_from_json (const char *text,
                                  gssize length,
                                  MigdescQemuKnown *base,
                                  const MigdescLimits *limits,
                                  GError **error)
{
  g_autoptr (MigdescQemuKnown) known = NULL;
  g_auto (MigdescJsonReader) reader;

  g_return_val_if_fail (text != NULL, NULL);

  known = known_new (base);
  migdesc_json_reader_init (&reader, text, length < 0 ? strlen (text) : (gsize) length, limits);
  if (!read_document (known, &reader))
    {
      migdesc_diagnostics_set_json_error (&reader, error);
      return NULL;
    }
  publish (known);
  return g_steal_pointer (&known);
}

const MigdescQemuKnownCore *
migdesc_qemu_known_get_core (const MigdescQemuKnown *known)
{
  return &known->core;
}

/**
 * migdesc_qemu_known_ref:
 * @known: renames and known differences
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @known
 *
 * Since: 1.0
 */
MigdescQemuKnown *
migdesc_qemu_known_ref (MigdescQemuKnown *known)
{
  g_return_val_if_fail (known != NULL, NULL);

  g_atomic_ref_count_inc (&known->ref_count);
  return known;
}

/**
 * migdesc_qemu_known_unref:
 * @known: (transfer full): renames and known differences
 *
 * Gives back a reference; the last one frees them.
 *
 * Since: 1.0
 */
void
migdesc_qemu_known_unref (MigdescQemuKnown *known)
{
  g_return_if_fail (known != NULL);

  if (!g_atomic_ref_count_dec (&known->ref_count))
    return;
  g_clear_pointer (&known->base, migdesc_qemu_known_unref);
  g_array_unref (known->sections);
  g_array_unref (known->fields);
  g_array_unref (known->differences);
  migdesc_arena_free (known->arena);
  g_free (known);
}
