/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/description/layout.h"

struct _MigdescQemuLayout
{
  gatomicrefcount ref_count;
  MigdescQemuDump *dump;
  const MigdescQemuDescriptionCore *core;
};

G_DEFINE_BOXED_TYPE (MigdescQemuLayout,
                     migdesc_qemu_layout,
                     migdesc_qemu_layout_ref,
                     migdesc_qemu_layout_unref)

MigdescQemuLayout *
migdesc_qemu_layout_new (MigdescQemuDump *dump,
                         const MigdescQemuDescriptionCore *description)
{
  MigdescQemuLayout *layout = g_new0 (MigdescQemuLayout, 1);

  g_atomic_ref_count_init (&layout->ref_count);
  layout->dump = g_object_ref (dump);
  layout->core = description;
  return layout;
}

/**
 * migdesc_qemu_layout_ref:
 * @layout: a layout
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @layout
 *
 * Since: 1.0
 */
MigdescQemuLayout *
migdesc_qemu_layout_ref (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  g_atomic_ref_count_inc (&layout->ref_count);
  return layout;
}

/**
 * migdesc_qemu_layout_unref:
 * @layout: (transfer full): a layout
 *
 * Gives back a reference; the last one frees the layout.
 *
 * Since: 1.0
 */
void
migdesc_qemu_layout_unref (MigdescQemuLayout *layout)
{
  g_return_if_fail (layout != NULL);

  if (!g_atomic_ref_count_dec (&layout->ref_count))
    return;
  g_object_unref (layout->dump);
  g_free (layout);
}

/**
 * migdesc_qemu_layout_get_name:
 * @layout: a layout
 *
 * Asks for the name of the description.
 *
 * Returns: the name; it is the end of the name that a stream has for the section, and the
 * beginning of those of subsections
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_layout_get_name (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, NULL);

  return layout->core->name;
}

/**
 * migdesc_qemu_layout_get_version:
 * @layout: a layout
 *
 * Asks for the version that QEMU writes. That of a struct is not in a stream.
 *
 * Returns: the version
 *
 * Since: 1.0
 */
int
migdesc_qemu_layout_get_version (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, 0);

  return layout->core->version;
}

/**
 * migdesc_qemu_layout_get_minimum:
 * @layout: a layout
 *
 * Asks for the oldest version that QEMU reads.
 *
 * Returns: the version
 *
 * Since: 1.0
 */
int
migdesc_qemu_layout_get_minimum (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, 0);

  return layout->core->minimum;
}

/**
 * migdesc_qemu_layout_get_n_fields:
 * @layout: a layout
 *
 * Asks how many fields there are.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_layout_get_n_fields (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, 0);

  return layout->core->n_fields;
}

/**
 * migdesc_qemu_layout_get_n_subsections:
 * @layout: a layout
 *
 * Asks how many subsections there may be.
 *
 * Returns: their number
 *
 * Since: 1.0
 */
guint
migdesc_qemu_layout_get_n_subsections (MigdescQemuLayout *layout)
{
  g_return_val_if_fail (layout != NULL, 0);

  return layout->core->n_subsections;
}

static const MigdescQemuFieldCore *
get_field (MigdescQemuLayout *layout,
           guint field)
{
  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (field < layout->core->n_fields, NULL);

  return &layout->core->fields[field];
}

/**
 * migdesc_qemu_layout_get_field_name:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks for the name of a field. Several fields may have the same one.
 *
 * Returns: the name
 *
 * Since: 1.0
 */
const char *
migdesc_qemu_layout_get_field_name (MigdescQemuLayout *layout,
                                    guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL ? core->name : NULL;
}

/**
 * migdesc_qemu_layout_get_field_version:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks since which version of the description the field is sent.
 *
 * Returns: the version; it does not count where there is a test
 *
 * Since: 1.0
 */
int
migdesc_qemu_layout_get_field_version (MigdescQemuLayout *layout,
                                       guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL ? core->version : 0;
}

/**
 * migdesc_qemu_layout_has_field_test:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks whether the code of the device decides if the field is sent.
 *
 * Returns: whether it does
 *
 * Since: 1.0
 */
gboolean
migdesc_qemu_layout_has_field_test (MigdescQemuLayout *layout,
                                    guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL ? core->has_test : FALSE;
}

/**
 * migdesc_qemu_layout_get_field_size:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks for the size of the field, or of an element of it, in memory. Of a struct and of a timer
 * that is not the size in a stream.
 *
 * Returns: the size in bytes; 0 if another field says it
 *
 * Since: 1.0
 */
guint64
migdesc_qemu_layout_get_field_size (MigdescQemuLayout *layout,
                                    guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL ? core->size : 0;
}

/**
 * migdesc_qemu_layout_get_field_count:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks for the number of elements of a fixed array.
 *
 * Returns: the number; -1 if the dump does not tell, as before QEMU 8.1
 *
 * Since: 1.0
 */
int
migdesc_qemu_layout_get_field_count (MigdescQemuLayout *layout,
                                     guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL ? core->count : -1;
}

/**
 * migdesc_qemu_layout_get_field_layout:
 * @layout: a layout
 * @field: a position below migdesc_qemu_layout_get_n_fields()
 *
 * Asks what a struct consists of.
 *
 * Returns: (transfer full) (nullable): the layout, or %NULL if the field is no struct
 *
 * Since: 1.0
 */
MigdescQemuLayout *
migdesc_qemu_layout_get_field_layout (MigdescQemuLayout *layout,
                                      guint field)
{
  const MigdescQemuFieldCore *core = get_field (layout, field);

  return core != NULL && core->description != NULL
             ? migdesc_qemu_layout_new (layout->dump, core->description)
             : NULL;
}

/**
 * migdesc_qemu_layout_get_subsection:
 * @layout: a layout
 * @subsection: a position below migdesc_qemu_layout_get_n_subsections()
 *
 * Asks for a subsection. Whether one is sent the device decides.
 *
 * Returns: (transfer full): what it consists of
 *
 * Since: 1.0
 */
MigdescQemuLayout *
migdesc_qemu_layout_get_subsection (MigdescQemuLayout *layout,
                                    guint subsection)
{
  g_return_val_if_fail (layout != NULL, NULL);
  g_return_val_if_fail (subsection < layout->core->n_subsections, NULL);

  return migdesc_qemu_layout_new (layout->dump, &layout->core->subsections[subsection]);
}
