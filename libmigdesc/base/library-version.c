/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc-library-version.h>
#include <migdesc/migdesc-version-numbers.h>

/**
 * migdesc_get_major_version:
 *
 * Gets the major version of the library in use, 1 in 1.2.3. It may differ from
 * %MIGDESC_MAJOR_VERSION, which a program is built with.
 *
 * Returns: the major version
 *
 * Since: 1.0
 */
guint
migdesc_get_major_version (void)
{
  return MIGDESC_MAJOR_VERSION;
}

/**
 * migdesc_get_minor_version:
 *
 * Gets the minor version of the library in use, 2 in 1.2.3. It may differ from
 * %MIGDESC_MINOR_VERSION, which a program is built with.
 *
 * Returns: the minor version
 *
 * Since: 1.0
 */
guint
migdesc_get_minor_version (void)
{
  return MIGDESC_MINOR_VERSION;
}

/**
 * migdesc_get_micro_version:
 *
 * Gets the micro version of the library in use, 3 in 1.2.3. It may differ from
 * %MIGDESC_MICRO_VERSION, which a program is built with.
 *
 * Returns: the micro version
 *
 * Since: 1.0
 */
guint
migdesc_get_micro_version (void)
{
  return MIGDESC_MICRO_VERSION;
}

/**
 * migdesc_check_version:
 * @major: a major version
 * @minor: a minor version
 * @micro: a micro version
 *
 * Tells whether the library in use is of this version or a newer one.
 *
 * Returns: %TRUE when it is
 *
 * Since: 1.0
 */
gboolean
migdesc_check_version (guint major,
                       guint minor,
                       guint micro)
{
  const guint wanted[] = { major, minor, micro };
  const guint own[] = { MIGDESC_MAJOR_VERSION, MIGDESC_MINOR_VERSION, MIGDESC_MICRO_VERSION };

  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      if (wanted[i] != own[i])
        return wanted[i] < own[i];
    }
  return TRUE;
}
