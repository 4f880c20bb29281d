/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/limits-private.h"
#include "base/quote.h"
#include "state/formats/cbor-load.h"

/* The values of a state. */

static gboolean
open_struct (MigdescVisitor *visitor,
             const char *name,
             GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_MAP, &item, error))
    return FALSE;
  migdesc_cbor_loader_push (loader, TRUE, item.number);
  return TRUE;
}

static gboolean
open_array (MigdescVisitor *visitor,
            const char *name,
            MigdescContainerFlags flags G_GNUC_UNUSED,
            guint64 *count,
            GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_ARRAY, &item, error))
    return FALSE;
  migdesc_cbor_loader_push (loader, FALSE, item.number);
  *count = item.number;
  return TRUE;
}

static gboolean
open_pointer (MigdescVisitor *visitor,
              const char *name,
              gboolean *present,
              GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take (loader, name, &item, error))
    return FALSE;
  if (item.kind != MIGDESC_CBOR_MAP && item.kind != MIGDESC_CBOR_NULL)
    return migdesc_cbor_loader_fail_kind (loader, &item, "a map or null", error);
  migdesc_cbor_loader_use (loader, item.length);
  migdesc_cbor_loader_push (loader, TRUE, item.number);
  *present = item.kind == MIGDESC_CBOR_MAP;
  return TRUE;
}

/* The flag behind a section's version is for readers that do not know it; the table has the last
 * word for the others. */
static gboolean
open_section (MigdescVisitor *visitor,
              const char *name,
              MigdescContainerFlags flags G_GNUC_UNUSED,
              guint *version,
              gboolean *present,
              GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item = { .kind = MIGDESC_CBOR_NOTHING };

  migdesc_cbor_loader_drop_sections (loader, name);
  loader->place = migdesc_cbor_loader_tell (loader);
  if (loader->frames[loader->depth - 1].left > 0)
    migdesc_cbor_loader_peek (loader, &item);
  *present = migdesc_cbor_item_is_text (&item, name);
  if (!*present)
    return TRUE;
  if (!open_struct (visitor, name, error)
      || !migdesc_cbor_loader_take_kind (loader, MIGDESC_CBOR_SECTION_VERSION, MIGDESC_CBOR_UINT,
                                         &item, error))
    return FALSE;
  *version = (guint) MIN (item.number, G_MAXUINT);
  if (loader->frames[loader->depth - 1].left == 0)
    return TRUE;
  migdesc_cbor_read (MIGDESC_STREAM_VISITOR (loader)->input,
                     MIGDESC_STREAM_VISITOR (loader)->input_length, &item);
  if (!migdesc_cbor_item_is_text (&item, MIGDESC_CBOR_SECTION_DROPPABLE))
    return TRUE;
  if (!migdesc_cbor_loader_take_kind (loader, MIGDESC_CBOR_SECTION_DROPPABLE, MIGDESC_CBOR_BOOL,
                                      &item, error))
    return FALSE;
  return item.number != 0
         || migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_FORMAT, loader->place,
                               "found false, which is left out");
}

static gboolean
pass_uint (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           guint64 *value,
           GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_UINT, &item, error))
    return FALSE;
  *value = item.number;
  return TRUE;
}

static gboolean
pass_int (MigdescVisitor *visitor,
          const char *name,
          guint width G_GNUC_UNUSED,
          gint64 *value,
          GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take (loader, name, &item, error))
    return FALSE;
  if (item.kind != MIGDESC_CBOR_UINT && item.kind != MIGDESC_CBOR_NEGATIVE)
    return migdesc_cbor_loader_fail_kind (loader, &item, "an integer", error);
  if (item.number > G_MAXINT64)
    return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_RANGE, loader->place,
                              "an integer that 64 bits with a sign cannot hold");
  migdesc_cbor_loader_use (loader, item.length);
  *value = (gint64) (item.kind == MIGDESC_CBOR_UINT ? item.number : ~item.number);
  return TRUE;
}

static gboolean
pass_double (MigdescVisitor *visitor,
             const char *name,
             double *value,
             GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_DOUBLE, &item, error))
    return FALSE;
  *value = item.real;
  return TRUE;
}

static gboolean
pass_bool (MigdescVisitor *visitor,
           const char *name,
           gboolean *value,
           GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_BOOL, &item, error))
    return FALSE;
  *value = item.number != 0;
  return TRUE;
}

/* The word at hand: its position, from first on. */
static gboolean
read_word (MigdescCborLoader *loader,
           const char *const *words,
           guint first,
           guint n_words,
           guint *position,
           GError **error)
{
  g_autofree char *text = NULL;
  MigdescCborItem item;

  migdesc_cbor_loader_peek (loader, &item);
  if (item.kind != MIGDESC_CBOR_TEXT)
    return migdesc_cbor_loader_fail_kind (loader, &item, "a text", error);
  for (guint i = first; i < n_words; i++)
    if (migdesc_cbor_item_is_text (&item, words[i]))
      {
        *position = i;
        migdesc_cbor_loader_use (loader, item.length);
        return TRUE;
      }
  text = migdesc_quote ((const char *) item.data, (gssize) item.number);
  return migdesc_cbor_fail (error, MIGDESC_ERROR_STATE_RANGE, loader->place,
                            "\"%s\" is not one of the %u words that can be here", text,
                            n_words - first);
}

static gboolean
pass_enum (MigdescVisitor *visitor,
           const char *name,
           guint width G_GNUC_UNUSED,
           const char *const *words,
           guint n_words,
           guint64 *value,
           GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;
  guint position;

  if (!migdesc_cbor_loader_take (loader, name, &item, error)
      || !read_word (loader, words, 0, n_words, &position, error))
    return FALSE;
  *value = position;
  return TRUE;
}

/* Words in the order of their bits, each once. */
static gboolean
pass_flags (MigdescVisitor *visitor,
            const char *name,
            guint width G_GNUC_UNUSED,
            const char *const *words,
            guint n_words,
            guint64 *value,
            GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;
  guint position = 0, next = 0;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_ARRAY, &item, error))
    return FALSE;
  *value = 0;
  for (guint64 left = item.number; left > 0; left--)
    {
      if (!read_word (loader, words, next, n_words, &position, error))
        return FALSE;
      *value |= G_GUINT64_CONSTANT (1) << position;
      next = position + 1;
    }
  return TRUE;
}

static gboolean
check_buffer (MigdescCborLoader *loader,
              const MigdescCborItem *item,
              GError **error)
{
  guint64 most = MIGDESC_VISITOR (loader)->priv->buffer_limit;
  g_autofree char *limit = NULL;

  if (item->number <= most)
    return TRUE;
  limit = migdesc_limit_to_message (MIGDESC_LIMIT_STATE_BUFFER, most);
  return migdesc_cbor_fail (error, MIGDESC_ERROR_LIMIT_EXCEEDED, loader->place, "%s", limit);
}

static gboolean
pass_string (MigdescVisitor *visitor,
             const char *name,
             char **value,
             GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_TEXT, &item, error)
      || !check_buffer (loader, &item, error))
    return FALSE;
  *value = g_strndup ((const char *) item.data, (gsize) item.number);
  migdesc_cbor_loader_use (loader, (gsize) item.number);
  return TRUE;
}

static gboolean
open_buffer (MigdescVisitor *visitor,
             const char *name,
             MigdescContainerFlags flags G_GNUC_UNUSED,
             guint64 *length,
             GError **error)
{
  MigdescCborLoader *loader = (MigdescCborLoader *) visitor;
  MigdescCborItem item;

  if (!migdesc_cbor_loader_take_kind (loader, name, MIGDESC_CBOR_BYTES, &item, error))
    return FALSE;
  *length = item.number;
  return TRUE;
}

void
migdesc_cbor_loader_set_values (MigdescVisitorClass *klass)
{
  klass->open_struct = open_struct;
  klass->close_struct = migdesc_cbor_loader_pop;
  klass->open_array = open_array;
  klass->close_array = migdesc_cbor_loader_pop;
  klass->open_pointer = open_pointer;
  klass->close_pointer = migdesc_cbor_loader_pop;
  klass->open_section = open_section;
  klass->close_section = migdesc_cbor_loader_pop;
  klass->pass_uint = pass_uint;
  klass->pass_int = pass_int;
  klass->pass_double = pass_double;
  klass->pass_bool = pass_bool;
  klass->pass_enum = pass_enum;
  klass->pass_flags = pass_flags;
  klass->pass_string = pass_string;
  klass->open_buffer = open_buffer;
  klass->pass_buffer = migdesc_stream_visitor_copy_buffer;
}
