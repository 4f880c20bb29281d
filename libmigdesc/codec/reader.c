/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <migdesc/migdesc-reader.h>

#include "base/bytes.h"
#include "codec/json-node.h"
#include "codec/read.h"
#include "model/handles.h"

/**
 * SECTION:migdesc-reader
 * @title: MigdescReader
 * @short_description: reads descriptors from text
 *
 * A #MigdescReader holds how texts are read: as which dialect, how strictly, within which limits.
 * One reader can read any number of texts, and from any thread as long as no other thread sets its
 * options.
 *
 * Everything that is wrong with a document is found in one go and listed, each with its line and
 * column, in the report that migdesc_reader_read_bytes() gives. Only broken JSON ends the search.
 *
 * |[<!-- language="C" -->
 * g_autoptr (MigdescReader) reader = migdesc_reader_new ();
 * g_autoptr (MigdescReport) report = NULL;
 * g_autoptr (GError) error = NULL;
 * g_autoptr (MigdescDescriptor) descriptor = NULL;
 *
 * migdesc_reader_set_flags (reader, MIGDESC_READ_STRICT);
 * descriptor = migdesc_reader_read_string (reader, text, -1, "nic.json", &report, &error);
 * if (descriptor == NULL)
 *   g_printerr ("%s\n", error->message);
 * ]|
 */

/**
 * MigdescReader:
 *
 * How texts are read as descriptors.
 *
 * Since: 1.0
 */
struct _MigdescReader
{
  GObject parent_instance;

  MigdescDialect dialect;
  MigdescReadFlags flags;
  MigdescLimits *limits; /* nullable: the defaults */
};

G_DEFINE_FINAL_TYPE (MigdescReader, migdesc_reader, G_TYPE_OBJECT)

static void
migdesc_reader_finalize (GObject *object)
{
  MigdescReader *reader = MIGDESC_READER (object);

  g_clear_pointer (&reader->limits, migdesc_limits_free);
  G_OBJECT_CLASS (migdesc_reader_parent_class)->finalize (object);
}

static void
migdesc_reader_class_init (MigdescReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = migdesc_reader_finalize;
}

static void
migdesc_reader_init (MigdescReader *reader)
{
}

/**
 * migdesc_reader_new:
 *
 * Makes a reader that detects the dialect, keeps unknown members, and has the default limits.
 *
 * Returns: (transfer full): a new reader
 *
 * Since: 1.0
 */
MigdescReader *
migdesc_reader_new (void)
{
  return g_object_new (MIGDESC_TYPE_READER, NULL);
}

/**
 * migdesc_reader_set_dialect:
 * @reader: a reader
 * @dialect: a dialect that is a text, or %MIGDESC_DIALECT_AUTO
 *
 * Sets the dialect that texts are read as. A text of another dialect then fails with
 * %MIGDESC_ERROR_DOCUMENT_DIALECT. So does every text with %MIGDESC_DIALECT_SYSFS,
 * %MIGDESC_DIALECT_SYSFS_2019 and %MIGDESC_DIALECT_MDEVCTL, which are not dialects of a text of
 * descriptors.
 *
 * Since: 1.0
 */
void
migdesc_reader_set_dialect (MigdescReader *reader,
                            MigdescDialect dialect)
{
  g_return_if_fail (MIGDESC_IS_READER (reader));
  g_return_if_fail (dialect >= MIGDESC_DIALECT_AUTO && dialect <= MIGDESC_DIALECT_MDEVCTL);

  reader->dialect = dialect;
}

/**
 * migdesc_reader_get_dialect:
 * @reader: a reader
 *
 * Gets the dialect that texts are read as.
 *
 * Returns: the dialect; %MIGDESC_DIALECT_AUTO if it is detected
 *
 * Since: 1.0
 */
MigdescDialect
migdesc_reader_get_dialect (MigdescReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_READER (reader), MIGDESC_DIALECT_AUTO);

  return reader->dialect;
}

/**
 * migdesc_reader_set_flags:
 * @reader: a reader
 * @flags: how strict to be
 *
 * Sets how strictly texts are read.
 *
 * Since: 1.0
 */
void
migdesc_reader_set_flags (MigdescReader *reader,
                          MigdescReadFlags flags)
{
  g_return_if_fail (MIGDESC_IS_READER (reader));

  reader->flags = flags;
}

/**
 * migdesc_reader_get_flags:
 * @reader: a reader
 *
 * Gets how strictly texts are read.
 *
 * Returns: the flags
 *
 * Since: 1.0
 */
MigdescReadFlags
migdesc_reader_get_flags (MigdescReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_READER (reader), MIGDESC_READ_DEFAULT);

  return reader->flags;
}

/**
 * migdesc_reader_set_limits:
 * @reader: a reader
 * @limits: (nullable): limits, or %NULL for the defaults
 *
 * Sets how much a text may cost. The limits are copied.
 *
 * Since: 1.0
 */
void
migdesc_reader_set_limits (MigdescReader *reader,
                           const MigdescLimits *limits)
{
  MigdescLimits *copy;

  g_return_if_fail (MIGDESC_IS_READER (reader));

  copy = limits != NULL ? migdesc_limits_copy (limits) : NULL;
  g_clear_pointer (&reader->limits, migdesc_limits_free);
  reader->limits = copy;
}

/**
 * migdesc_reader_get_limits:
 * @reader: a reader
 *
 * Gets how much a text may cost.
 *
 * Returns: (transfer full): a copy of the limits
 *
 * Since: 1.0
 */
MigdescLimits *
migdesc_reader_get_limits (MigdescReader *reader)
{
  g_return_val_if_fail (MIGDESC_IS_READER (reader), NULL);

  return reader->limits != NULL ? migdesc_limits_copy (reader->limits) : migdesc_limits_new ();
}

static MigdescDescriptor *
read_text (const MigdescReadOptions *options,
           const char *text,
           gsize length,
           const char *origin,
           MigdescReport **report,
           GError **error)
{
  MigdescStore *store = migdesc_read_text (options, text, length, origin, report, error);

  if (store != NULL && (options->flags & MIGDESC_READ_KEEP_TEXT) != 0)
    store->text = g_bytes_new (text, length);
  return store != NULL ? migdesc_descriptor_new_for_store (store) : NULL;
}

/**
 * migdesc_reader_read_string:
 * @reader: a reader
 * @text: a document
 * @length: its length in bytes, or -1 if it ends in NUL
 * @origin: (nullable): where it is from, such as a file name, for messages
 * @report: (out) (optional) (transfer full): all findings, errors and warnings, in the order of the
 * text
 * @error: return location for a #GError
 *
 * Reads a text as a descriptor. Nothing of it needs to be trusted.
 *
 * @report is set whether or not reading succeeds. Its findings have the nick of a #MigdescError as
 * their code, and its verdict is %MIGDESC_VERDICT_INCOMPATIBLE if one is an error. The #GError is
 * the first of the errors, with its place: of the codes from %MIGDESC_ERROR_JSON_SYNTAX to
 * %MIGDESC_ERROR_PARAM_DUPLICATE, or %MIGDESC_ERROR_TEXT_SYNTAX.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_reader_read_string (MigdescReader *reader,
                            const char *text,
                            gssize length,
                            const char *origin,
                            MigdescReport **report,
                            GError **error)
{
  MigdescReadOptions options;

  g_return_val_if_fail (MIGDESC_IS_READER (reader), NULL);
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  options = (MigdescReadOptions) { reader->dialect, reader->flags, reader->limits };
  return read_text (&options, text != NULL ? text : "", length < 0 ? strlen (text) : (gsize) length,
                    origin, report, error);
}

/**
 * migdesc_reader_read_bytes:
 * @reader: a reader
 * @bytes: a document
 * @origin: (nullable): where it is from, such as a file name, for messages
 * @report: (out) (optional) (transfer full): all findings, errors and warnings, in the order of the
 * text
 * @error: return location for a #GError
 *
 * Reads bytes as a descriptor, as migdesc_reader_read_string() does a text.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_reader_read_bytes (MigdescReader *reader,
                           GBytes *bytes,
                           const char *origin,
                           MigdescReport **report,
                           GError **error)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = migdesc_bytes_peek (bytes, &length);
  return migdesc_reader_read_string (reader, text, (gssize) length, origin, report, error);
}

/**
 * migdesc_reader_validate_bytes:
 * @reader: a reader
 * @bytes: a document
 * @origin: (nullable): where it is from, such as a file name, for messages
 *
 * Tells all that is wrong with a document, and what is worth a warning. This is for bindings, where
 * a call that throws gives no report; in C, migdesc_reader_read_bytes() gives both.
 *
 * Returns: (transfer full): all findings; the verdict is %MIGDESC_VERDICT_INCOMPATIBLE if one is an
 * error
 *
 * Since: 1.0
 */
MigdescReport *
migdesc_reader_validate_bytes (MigdescReader *reader,
                               GBytes *bytes,
                               const char *origin)
{
  g_autoptr (MigdescDescriptor) descriptor = NULL;
  MigdescReport *report = NULL;

  g_return_val_if_fail (MIGDESC_IS_READER (reader), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  descriptor = migdesc_reader_read_bytes (reader, bytes, origin, &report, NULL);
  return report;
}

static const MigdescReadOptions default_options = { MIGDESC_DIALECT_AUTO, MIGDESC_READ_DEFAULT,
                                                    NULL };

/**
 * migdesc_descriptor_new_from_string: (constructor)
 * @text: a document
 * @length: its length in bytes, or -1 if it ends in NUL
 * @error: return location for a #GError
 *
 * Reads a text of any dialect as a descriptor, with the options of a new #MigdescReader.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set, as by
 * migdesc_reader_read_string()
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_new_from_string (const char *text,
                                    gssize length,
                                    GError **error)
{
  g_return_val_if_fail (text != NULL || length == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return read_text (&default_options, text != NULL ? text : "",
                    length < 0 ? strlen (text) : (gsize) length, NULL, NULL, error);
}

/**
 * migdesc_descriptor_new_from_bytes: (constructor)
 * @bytes: a document
 * @error: return location for a #GError
 *
 * Reads bytes of any dialect as a descriptor, with the options of a new #MigdescReader.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set, as by
 * migdesc_reader_read_string()
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_new_from_bytes (GBytes *bytes,
                                   GError **error)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = migdesc_bytes_peek (bytes, &length);
  return migdesc_descriptor_new_from_string (text, (gssize) length, error);
}

/**
 * migdesc_descriptor_new_from_json_node: (constructor)
 * @node: a document that is parsed already
 * @error: return location for a #GError
 *
 * Reads a #JsonNode as a descriptor. Integers above 2^63-1 do not fit into a node: they have to be
 * decimal strings.
 *
 * Returns: (transfer full): the descriptor, or %NULL with @error set, as by
 * migdesc_reader_read_string(), or
 *   %MIGDESC_ERROR_LIMIT_EXCEEDED if the node is too deep
 *
 * Since: 1.0
 */
MigdescDescriptor *
migdesc_descriptor_new_from_json_node (JsonNode *node,
                                       GError **error)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  text = g_string_new (NULL);
  if (!migdesc_json_node_append (node, text, error))
    return NULL;
  return read_text (&default_options, text->str, text->len, NULL, NULL, error);
}
