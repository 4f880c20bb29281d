/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/stream/stream-private.h"

#include <string.h>

#include "base/quote.h"

/* Sections by what people call them. */

typedef enum
{
  BY_LABEL, /* exactly, with the instance */
  BY_NAME,  /* exactly, without */
  BY_START,
  BY_END,
  BY_PART,
  N_WAYS
} Way;

static gboolean
is_meant (const MigdescQemuItem *item,
          const char *wanted,
          Way way)
{
  g_autofree char *label = g_strdup_printf ("%s/%u", item->name, item->instance);

  switch (way)
    {
    case BY_LABEL:
      return strcmp (label, wanted) == 0;
    case BY_NAME:
      return strcmp (item->name, wanted) == 0;
    case BY_START:
      return g_str_has_prefix (label, wanted);
    case BY_END:
      return g_str_has_suffix (item->name, wanted) || g_str_has_suffix (label, wanted);
    default:
      return strstr (label, wanted) != NULL;
    }
}

/* A command is a section too, but nobody asks for it; of what is sent in parts the first counts. */
static gboolean
has_label (const MigdescQemuItem *item)
{
  return item->name != NULL
         && (item->kind == MIGDESC_QEMU_SECTION_FULL || item->kind == MIGDESC_QEMU_SECTION_START
             || item->kind == MIGDESC_QEMU_SECTION_CONFIGURATION);
}

static guint
find (MigdescQemuStream *stream,
      const char *wanted,
      Way way,
      guint *position,
      GString *names)
{
  const GPtrArray *items = migdesc_qemu_stream_peek_parts (stream)->items;
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const MigdescQemuItem *item = g_ptr_array_index (items, i);
      g_autofree char *name = NULL;

      if (!has_label (item) || !is_meant (item, wanted, way))
        continue;
      if (n++ == 0)
        *position = i;
      if (n > 4)
        continue;
      name = migdesc_quote (item->name, -1);
      g_string_append_printf (names, "%s%s/%u", n > 1 ? ", " : "", name, item->instance);
    }
  return n;
}

/**
 * migdesc_qemu_stream_find_match:
 * @stream: a stream
 * @section: a section of another stream
 *
 * Finds the section that goes with @section: of the same kind, name and instance. Where a stream
 * has several of these, the first goes with the first, the second with the second.
 *
 * Returns: (transfer full) (nullable): the section, or %NULL if there is none
 *
 * Since: 1.0
 */
MigdescQemuSection *
migdesc_qemu_stream_find_match (MigdescQemuStream *stream,
                                MigdescQemuSection *section)
{
  const MigdescQemuItem *found;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);
  g_return_val_if_fail (MIGDESC_IS_QEMU_SECTION (section), NULL);

  found = migdesc_qemu_item_index_find (migdesc_qemu_stream_peek_parts (stream)->index,
                                        migdesc_qemu_section_peek_item (section));
  return found == NULL ? NULL : migdesc_qemu_section_new_for_item ((MigdescQemuItem *) found);
}

/**
 * migdesc_qemu_stream_find_section:
 * @stream: a stream
 * @name: as migdesc_qemu_section_dup_label() has it; the instance, and a part of the name, may be
 *     left out as long as only one section can be meant
 * @error: return location for a #GError
 *
 * Finds a section.
 *
 * Fails with %MIGDESC_ERROR_STATE_UNKNOWN when there is none, and with %MIGDESC_ERROR_NOT_UNIQUE
 * when there are several.
 *
 * Returns: (transfer full): the section, or %NULL on error
 *
 * Since: 1.0
 */
MigdescQemuSection *
migdesc_qemu_stream_find_section (MigdescQemuStream *stream,
                                  const char *name,
                                  GError **error)
{
  g_autofree char *shown = NULL;

  g_return_val_if_fail (MIGDESC_IS_QEMU_STREAM (stream), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  shown = migdesc_quote (name, -1);
  for (Way way = BY_LABEL; way < N_WAYS; way++)
    {
      g_autoptr (GString) names = g_string_new (NULL);
      guint position = 0;
      guint n = find (stream, name, way, &position, names);

      if (n == 1 || (n > 1 && way == BY_LABEL))
        return migdesc_qemu_stream_get_section (stream, position);
      if (n == 0)
        continue;
      g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_NOT_UNIQUE,
                   "\"%s\" can be one of %u sections: %s%s", shown, n, names->str,
                   n > 4 ? ", ..." : "");
      return NULL;
    }
  g_set_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_UNKNOWN, "there is no section \"%s\"",
               shown);
  return NULL;
}
