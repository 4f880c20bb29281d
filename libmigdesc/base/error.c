/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-error.h>

/**
 * migdesc_error_quark:
 *
 * Gets the domain of this library's errors; use %MIGDESC_ERROR.
 *
 * Returns: the domain
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (migdesc-error-quark, migdesc_error)

/**
 * migdesc_error_get_nick:
 * @code: a code; any number may be asked for
 *
 * Gets the stable name of an error code, such as `json-syntax`: what the command line, the
 * documentation and other programs call it.
 *
 * Returns: (nullable) (transfer none): the nick, or %NULL if there is no such code
 *
 * Since: 1.0
 */
const char *
migdesc_error_get_nick (MigdescError code)
{
  /* once made, the class stays */
  GEnumClass *codes = g_type_class_peek (MIGDESC_TYPE_ERROR);
  const GEnumValue *value;

  if (codes == NULL)
    codes = g_type_class_ref (MIGDESC_TYPE_ERROR);
  value = g_enum_get_value (codes, (int) code);
  return value == NULL ? NULL : value->value_nick;
}
