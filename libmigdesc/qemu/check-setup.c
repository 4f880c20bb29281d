/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/check-setup.h"

#include <string.h>

#include "base/quote.h"
#include "model/codes.h"

#define CONFIGURATION "configuration"
#define MEMORY "ram"
/* What the firmware gets by name, as ACPI's tables: such a block may grow where it is loaded. */
#define RESIZABLE "/rom@"

typedef struct
{
  MigdescQemuComparison *comparison;
  const MigdescQemuKnownCore *known;
  const char *section;
  const char *code;
} Check;

static void
say (const Check *check,
     const char *path,
     MigdescQemuVerdict verdict,
     char *message)
{
  migdesc_qemu_comparison_take (
      check->comparison, check->known, NULL,
      migdesc_qemu_finding_new (check->section, path, check->code, verdict, message));
}

/* --- The configuration ------------------------------------------------- */

/* QEMU compares as many characters as were sent. */
static void
check_names (const Check *check,
             const char *source,
             const char *destination)
{
  g_autofree char *sent = migdesc_quote (source, -1);
  g_autofree char *own = migdesc_quote (destination, -1);

  if (strcmp (source, destination) == 0)
    return;
  if (g_str_has_prefix (destination, source))
    say (check, "name", MIGDESC_QEMU_VERDICT_UNKNOWN,
         g_strdup_printf ("the machine is %s, the destination's is %s: QEMU takes the one for the "
                          "other, since it begins like it", sent, own));
  else
    say (check, "name", MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup_printf ("the machine is %s, the destination's is %s", sent, own));
}

static void
check_machine (const Check *check,
               const char *source,
               const char *destination)
{
  if (source != NULL && destination != NULL)
    check_names (check, source, destination);
  else if (source != NULL)
    say (check, "name", MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup ("the machine has a name, and the destination's is too old to read one"));
  else if (destination != NULL)
    say (check, "name", MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup ("the machine has no name, and the destination expects one"));
}

static MigdescState *
get_configuration (const MigdescQemuParts *parts)
{
  const MigdescQemuItem wanted = { .kind = MIGDESC_QEMU_SECTION_CONFIGURATION,
                                   .name = (char *) CONFIGURATION };
  const MigdescQemuItem *item = migdesc_qemu_item_index_find (parts->index, &wanted);
  g_autoptr (MigdescQemuSection) section
      = item == NULL ? NULL : migdesc_qemu_section_new_for_item ((MigdescQemuItem *) item);

  return section != NULL && item->shape != NULL ? migdesc_qemu_section_get_state (section, NULL)
                                                : NULL;
}

static const struct
{
  const char *name;
  gboolean may_lack; /* on one side: QEMU has a warning at most */
  const char *message;
} subsections[] = {
  { "configuration/uuid", TRUE, "the destination's UUID is another" },
  { "configuration/capabilities", FALSE, "the destination's capabilities are others" },
  { "configuration/target-page-bits", FALSE, "the destination's pages are of another size" },
};

static void
check_subsections (const Check *check,
                   const MigdescQemuParts *source,
                   const MigdescQemuParts *destination)
{
  g_autoptr (MigdescState) sent = get_configuration (source);
  g_autoptr (MigdescState) own = get_configuration (destination);

  for (guint i = 0; sent != NULL && own != NULL && i < G_N_ELEMENTS (subsections); i++)
    {
      g_autoptr (MigdescState) first = migdesc_state_lookup (sent, subsections[i].name, NULL);
      g_autoptr (MigdescState) second = migdesc_state_lookup (own, subsections[i].name, NULL);
      gboolean differs = first != NULL && second != NULL
                             ? !migdesc_state_equal (first, second)
                             : first != second && !subsections[i].may_lack;

      if (differs)
        say (check, subsections[i].name, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
             g_strdup (subsections[i].message));
    }
}

/* --- The memory -------------------------------------------------------- */

static const MigdescQemuBlock *
find_block (GHashTable *blocks,
            const MigdescQemuBlock *wanted)
{
  return g_hash_table_lookup (blocks, wanted->name);
}

static GHashTable *
list_blocks (const MigdescQemuParts *parts)
{
  GHashTable *blocks = g_hash_table_new (migdesc_qemu_hash_name, g_str_equal);

  for (guint i = 0; i < parts->blocks->len; i++)
    {
      MigdescQemuBlock *block = parts->blocks->pdata[i];

      g_hash_table_insert (blocks, block->name, block);
    }
  return blocks;
}

static void
check_block (const Check *check,
             const MigdescQemuBlock *source,
             const MigdescQemuBlock *destination)
{
  gboolean may_grow = g_str_has_prefix (source->name, RESIZABLE);

  if (destination == NULL)
    say (check, source->name, MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup ("the destination has no such block of memory"));
  else if (source->size != destination->size)
    say (check, source->name,
         may_grow ? MIGDESC_QEMU_VERDICT_UNKNOWN : MIGDESC_QEMU_VERDICT_BREAKS_ALWAYS,
         g_strdup_printf ("the block of memory has %" G_GUINT64_FORMAT
                          " bytes, the destination's has %" G_GUINT64_FORMAT "%s",
                          source->size, destination->size,
                          may_grow ? ": whether it may be resized so far only QEMU can tell" : ""));
}

static void
check_blocks (const Check *check,
              const MigdescQemuParts *source,
              const MigdescQemuParts *destination)
{
  g_autoptr (GHashTable) sent = list_blocks (source);
  g_autoptr (GHashTable) own = list_blocks (destination);

  for (guint i = 0; i < source->blocks->len; i++)
    {
      const MigdescQemuBlock *block = source->blocks->pdata[i];

      check_block (check, block, find_block (own, block));
    }
  for (guint i = 0; i < destination->blocks->len; i++)
    {
      const MigdescQemuBlock *block = destination->blocks->pdata[i];

      if (find_block (sent, block) == NULL)
        say (check, block->name, MIGDESC_QEMU_VERDICT_UNKNOWN,
             g_strdup ("the destination has a block of memory that is not sent: it stays as it is, "
                       "and QEMU does not say so"));
    }
}

void
migdesc_qemu_check_setup (MigdescQemuComparison *comparison,
                          const MigdescQemuKnownCore *known,
                          const MigdescQemuParts *source,
                          const MigdescQemuParts *destination)
{
  const Check whole = { comparison, known, CONFIGURATION, MIGDESC_CODE_QEMU_MACHINE };
  const Check memory = { comparison, known, MEMORY, MIGDESC_CODE_QEMU_BLOCK };

  check_machine (&whole, source->machine, destination->machine);
  check_subsections (&whole, source, destination);
  check_blocks (&memory, source, destination);
}
