/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <migdesc/migdesc-writer.h>

#include "codec/json-node.h"
#include "codec/json-pretty.h"
#include "codec/write.h"
#include "model/handles.h"

/**
 * SECTION:migdesc-writer
 * @title: Writing descriptors
 * @short_description: canonical text, digest, and other dialects
 *
 * A descriptor has one canonical text: compact JSON in UTF-8 with its members in a fixed order,
 * without those that say what their absence means, and with ints above 2^53 as decimal strings,
 * since many readers of JSON round them. Equal descriptors have the same canonical text, whatever
 * they were read from, and so the same digest.
 *
 * migdesc_descriptor_convert() writes the other dialects, and says what they cannot express.
 */

/**
 * migdesc_descriptor_to_string:
 * @descriptor: a descriptor
 *
 * Writes the canonical text of a descriptor.
 *
 * Returns: (transfer full): compact JSON in one line, without a line end
 *
 * Since: 1.0
 */
char *
migdesc_descriptor_to_string (MigdescDescriptor *descriptor)
{
  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);

  return g_string_free (migdesc_write_canonical (migdesc_descriptor_get_store (descriptor)), FALSE);
}

/**
 * migdesc_descriptor_to_pretty_string:
 * @descriptor: a descriptor
 *
 * Writes a descriptor for people: the canonical text, with line ends and two spaces a level. What
 * fits into a line of 100 characters is on one line.
 *
 * Returns: (transfer full): JSON in many lines, the last of which is ended too
 *
 * Since: 1.0
 */
char *
migdesc_descriptor_to_pretty_string (MigdescDescriptor *descriptor)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);

  text = migdesc_write_canonical (migdesc_descriptor_get_store (descriptor));
  return migdesc_json_pretty (text->str, text->len);
}

/**
 * migdesc_descriptor_to_json_node:
 * @descriptor: a descriptor
 *
 * Writes a descriptor as a #JsonNode. It is what a parser makes of the canonical text; only of a
 * number above 2^63-1 in an unknown member it holds an approximation.
 *
 * Returns: (transfer full): a node that holds an object
 *
 * Since: 1.0
 */
JsonNode *
migdesc_descriptor_to_json_node (MigdescDescriptor *descriptor)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);

  text = migdesc_write_canonical (migdesc_descriptor_get_store (descriptor));
  return migdesc_json_node_new_from_text (text->str, text->len);
}

/**
 * migdesc_descriptor_get_digest:
 * @descriptor: a descriptor
 *
 * Gets the SHA-256 digest of the canonical text. Equal descriptors have equal digests.
 *
 * Returns: (transfer none): 64 hexadecimal digits in lower case
 *
 * Since: 1.0
 */
const char *
migdesc_descriptor_get_digest (MigdescDescriptor *descriptor)
{
  GQuark quark = g_quark_from_static_string ("migdesc-descriptor-digest");
  g_autoptr (GString) text = NULL;
  g_autofree char *digest = NULL;
  const char *known;

  g_return_val_if_fail (MIGDESC_IS_DESCRIPTOR (descriptor), NULL);

  known = g_object_get_qdata (G_OBJECT (descriptor), quark);
  if (known != NULL)
    return known;

  text = migdesc_write_canonical (migdesc_descriptor_get_store (descriptor));
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) text->str, text->len);
  /* Of threads that come here together one stores its digest; the others take that one. */
  if (g_object_replace_qdata (G_OBJECT (descriptor), quark, NULL, digest, g_free, NULL))
    return g_steal_pointer (&digest);
  return g_object_get_qdata (G_OBJECT (descriptor), quark);
}
