/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "fleet/reasons.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

typedef struct
{
  MigdescReason reason;
  GHashTable *messages; /* text to hosts */
  guint32 number; /* by which shapes refer to it until all are sorted */
} Entry;

struct _MigdescReasons
{
  GPtrArray *entries;
  GHashTable *by_key; /* borrowed key to Entry */
  GStringChunk *strings;
  guint32 *starts; /* of each shape's, and the end */
  guint32 n_shapes;
  guint32 n_begun;
  GArray *of_shapes; /* guint32 */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_hash_table_unref (entry->messages);
  g_free (entry);
}

/* Params and messages come from outside. */
static guint
hash_text (gconstpointer text)
{
  return migdesc_hash_fold (migdesc_hash (text, strlen (text)));
}

MigdescReasons *
migdesc_reasons_new (guint32 n_shapes)
{
  MigdescReasons *reasons = g_new0 (MigdescReasons, 1);

  reasons->entries = g_ptr_array_new_with_free_func (entry_free);
  reasons->by_key = g_hash_table_new (hash_text, g_str_equal);
  reasons->strings = g_string_chunk_new (4096);
  reasons->starts = g_new0 (guint32, (gsize) n_shapes + 1);
  reasons->n_shapes = n_shapes;
  reasons->of_shapes = g_array_new (FALSE, FALSE, sizeof (guint32));
  return reasons;
}

void
migdesc_reasons_free (MigdescReasons *reasons)
{
  g_hash_table_unref (reasons->by_key);
  g_ptr_array_unref (reasons->entries);
  g_string_chunk_free (reasons->strings);
  g_free (reasons->starts);
  g_array_unref (reasons->of_shapes);
  g_free (reasons);
}

/* Neither has a control character. */
static Entry *
find_entry (MigdescReasons *reasons, const char *code, const char *param)
{
  g_autofree char *key = g_strconcat (code, "\n", param, NULL);
  Entry *entry = g_hash_table_lookup (reasons->by_key, key);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->reason.code = g_string_chunk_insert (reasons->strings, code);
  entry->reason.param = param != NULL ? g_string_chunk_insert (reasons->strings, param) : NULL;
  entry->messages = g_hash_table_new (hash_text, g_str_equal);
  entry->number = reasons->entries->len;
  g_ptr_array_add (reasons->entries, entry);
  g_hash_table_insert (reasons->by_key, g_string_chunk_insert (reasons->strings, key), entry);
  return entry;
}

static void
count_message (MigdescReasons *reasons, Entry *entry, const char *message, guint32 n_hosts)
{
  gpointer known = NULL;
  gpointer n = NULL;

  if (!g_hash_table_lookup_extended (entry->messages, message, &known, &n))
    known = g_string_chunk_insert (reasons->strings, message);
  g_hash_table_insert (entry->messages, known,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (n) + n_hosts));
}

/* Shapes that have none are passed over. */
static void
begin_shapes (MigdescReasons *reasons, guint32 until)
{
  for (; reasons->n_begun < until; reasons->n_begun++)
    reasons->starts[reasons->n_begun] = reasons->of_shapes->len;
}

static gboolean
has_number (const MigdescReasons *reasons, guint32 start, guint32 number)
{
  for (guint32 i = start; i < reasons->of_shapes->len; i++)
    if (g_array_index (reasons->of_shapes, guint32, i) == number)
      return TRUE;
  return FALSE;
}

/* Two findings of one reason are one host. */
void
migdesc_reasons_add (MigdescReasons *reasons, guint32 shape, guint32 n_hosts, const char *code,
                     const char *param, const char *message)
{
  Entry *entry = find_entry (reasons, code, param);

  begin_shapes (reasons, shape + 1);
  count_message (reasons, entry, message, n_hosts);
  if (has_number (reasons, reasons->starts[shape], entry->number))
    return;
  entry->reason.n_hosts += n_hosts;
  g_array_append_val (reasons->of_shapes, entry->number);
}

static void
choose_message (Entry *entry)
{
  GHashTableIter iter;
  gpointer message;
  gpointer n;
  guint most = 0;

  g_hash_table_iter_init (&iter, entry->messages);
  while (g_hash_table_iter_next (&iter, &message, &n))
    {
      guint n_hosts = GPOINTER_TO_UINT (n);

      if (entry->reason.message == NULL || n_hosts > most
          || (n_hosts == most && strcmp (message, entry->reason.message) < 0))
        {
          entry->reason.message = message;
          most = n_hosts;
        }
    }
  entry->reason.n_messages = g_hash_table_size (entry->messages);
}

static int
compare_entries (gconstpointer left, gconstpointer right)
{
  const MigdescReason *reason = &(*(const Entry *const *) left)->reason;
  const MigdescReason *other = &(*(const Entry *const *) right)->reason;
  int order = strcmp (reason->code, other->code);

  if (reason->n_hosts != other->n_hosts)
    return reason->n_hosts < other->n_hosts ? 1 : -1;
  return order != 0 ? order : g_strcmp0 (reason->param, other->param);
}

void
migdesc_reasons_sort (MigdescReasons *reasons)
{
  g_autofree guint32 *places = g_new (guint32, reasons->entries->len + 1);

  begin_shapes (reasons, reasons->n_shapes + 1);
  g_ptr_array_sort (reasons->entries, compare_entries);
  for (guint32 i = 0; i < reasons->entries->len; i++)
    {
      Entry *entry = reasons->entries->pdata[i];

      choose_message (entry);
      places[entry->number] = i;
    }
  for (guint i = 0; i < reasons->of_shapes->len; i++)
    {
      guint32 *number = &g_array_index (reasons->of_shapes, guint32, i);

      *number = places[*number];
    }
}

guint
migdesc_reasons_get_n (const MigdescReasons *reasons)
{
  return reasons->entries->len;
}

const MigdescReason *
migdesc_reasons_get (const MigdescReasons *reasons, guint position)
{
  return &((const Entry *) reasons->entries->pdata[position])->reason;
}

const guint32 *
migdesc_reasons_of_shape (const MigdescReasons *reasons, guint32 shape, guint *n)
{
  guint32 start = reasons->starts[shape];

  *n = reasons->starts[shape + 1] - start;
  return *n > 0 ? &g_array_index (reasons->of_shapes, guint32, start) : NULL;
}

void
migdesc_reasons_append_json (const MigdescReasons *reasons, MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < migdesc_reasons_get_n (reasons); i++)
    {
      const MigdescReason *reason = migdesc_reasons_get (reasons, i);

      migdesc_json_writer_begin_object (writer);
      migdesc_json_writer_member_string (writer, "code", reason->code);
      if (reason->param != NULL)
        migdesc_json_writer_member_string (writer, "param", reason->param);
      migdesc_json_writer_member_uint (writer, "hosts", reason->n_hosts);
      migdesc_json_writer_member_string (writer, "message", reason->message);
      migdesc_json_writer_member_uint (writer, "ways", reason->n_messages);
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_array (writer);
}

static int
compare_texts (gconstpointer left, gconstpointer right)
{
  return strcmp (*(const char *const *) left, *(const char *const *) right);
}

static void
write_messages (MigdescJsonWriter *writer, GHashTable *messages)
{
  g_autofree gpointer *texts = g_hash_table_get_keys_as_array (messages, NULL);
  guint n = g_hash_table_size (messages);

  qsort (texts, n, sizeof *texts, compare_texts);
  migdesc_json_writer_begin_object (writer);
  for (guint i = 0; i < n; i++)
    migdesc_json_writer_member_uint (writer, texts[i],
                                     GPOINTER_TO_UINT (g_hash_table_lookup (messages, texts[i])));
  migdesc_json_writer_end_object (writer);
}

void
migdesc_reasons_append_all_json (const MigdescReasons *reasons, MigdescJsonWriter *writer)
{
  migdesc_json_writer_begin_array (writer);
  for (guint i = 0; i < migdesc_reasons_get_n (reasons); i++)
    {
      const MigdescReason *reason = migdesc_reasons_get (reasons, i);

      migdesc_json_writer_begin_object (writer);
      migdesc_json_writer_member_string (writer, "code", reason->code);
      if (reason->param != NULL)
        migdesc_json_writer_member_string (writer, "param", reason->param);
      migdesc_json_writer_member_uint (writer, "hosts", reason->n_hosts);
      migdesc_json_writer_key (writer, "messages");
      write_messages (writer, ((const Entry *) reasons->entries->pdata[i])->messages);
      migdesc_json_writer_end_object (writer);
    }
  migdesc_json_writer_end_array (writer);
}

void
migdesc_reasons_append_text (const MigdescReasons *reasons, GString *text)
{
  for (guint i = 0; i < migdesc_reasons_get_n (reasons); i++)
    {
      const MigdescReason *reason = migdesc_reasons_get (reasons, i);

      g_string_append_printf (text, "\n%u %s: %s", reason->n_hosts,
                              reason->n_hosts == 1 ? "host" : "hosts", reason->message);
      if (reason->n_messages > 1)
        g_string_append_printf (text, " (or like it, in %u ways)", reason->n_messages);
    }
}
