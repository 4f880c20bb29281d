/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "qemu/dump/dump-core.h"

/* Reading what `qemu -dump-vmstate` writes. The nesting is bounded by the reader's limit of depth,
 * and so is the recursion here. Members that a newer QEMU may have are passed over. */

#define MACHINE_KEY "vmschkmachine"

typedef struct
{
  MigdescJsonReader *reader;
  MigdescArena *arena;
  GArray *fields;       /* MigdescQemuFieldCore: those of all open lists, the innermost last */
  GArray *descriptions; /* MigdescQemuDescriptionCore: the same for subsections */
  GArray *sections;     /* MigdescQemuSectionCore */
  MigdescQemuDumpCore *core;
} Read;

/* --- Members ---------------------------------------------------------- */

typedef gboolean (*ReadMember) (Read *read, guint member, gpointer object);

typedef struct
{
  const char *what; /* for messages */
  guint n_members;
  const char *const *members;
  guint required; /* a bit a member */
  ReadMember read;
} Shape;

static guint
find_member (const Shape *shape,
             const MigdescJsonString *key)
{
  for (guint i = 0; i < shape->n_members; i++)
    if (migdesc_json_string_equal (key, shape->members[i], strlen (shape->members[i])))
      return i;
  return shape->n_members;
}

static gboolean
check_complete (MigdescJsonReader *reader,
                const Shape *shape,
                guint seen,
                gsize offset)
{
  guint lacking = shape->required & ~seen;

  return lacking == 0
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_MISSING_MEMBER, offset,
                                      "%s has no \"%s\"", shape->what,
                                      shape->members[__builtin_ctz (lacking)]);
}

/* Names that are not known: each once all the same. */
static gboolean
pass_unknown (MigdescJsonReader *reader,
              MigdescKeySet *others,
              const MigdescJsonString *key)
{
  if (!migdesc_key_set_add (others, key->text, key->length))
    return migdesc_json_reader_fail_duplicate (reader, key);
  return migdesc_json_reader_skip_value (reader);
}

static gboolean
read_members (Read *read,
              const Shape *shape,
              gpointer object,
              MigdescKeySet *others)
{
  MigdescJsonReader *reader = read->reader;
  gsize offset = migdesc_json_reader_offset (reader);
  MigdescJsonString key;
  guint seen = 0;

  if (!migdesc_json_reader_begin_object (reader))
    return FALSE;
  while (migdesc_json_reader_next_member (reader, &key))
    {
      guint member = find_member (shape, &key);

      if (member == shape->n_members)
        {
          if (!pass_unknown (reader, others, &key))
            return FALSE;
          continue;
        }
      if ((seen >> member & 1) != 0)
        return migdesc_json_reader_fail_duplicate (reader, &key);
      seen |= 1u << member;
      if (!shape->read (read, member, object))
        return FALSE;
    }
  return reader->error == 0 && check_complete (reader, shape, seen, offset);
}

static gboolean
read_object (Read *read,
             const Shape *shape,
             gpointer object)
{
  MigdescKeySet others;
  gboolean done;

  migdesc_key_set_init (&others);
  done = read_members (read, shape, object, &others);
  migdesc_key_set_clear (&others);
  return done;
}

/* --- Values ----------------------------------------------------------- */

static gboolean
read_name (Read *read,
           const char **name)
{
  MigdescJsonString text;

  if (!migdesc_json_reader_read_string (read->reader, &text))
    return FALSE;
  *name = migdesc_arena_dup (read->arena, text.text, text.length);
  return TRUE;
}

/* The digits are those of a JSON number already; FALSE: a fraction, an exponent or too many. */
static gboolean
parse_int (const MigdescJsonString *digits,
           gint32 *value)
{
  gboolean negative = digits->text[0] == '-';
  gint64 sum = 0;

  for (guint i = negative ? 1 : 0; i < digits->length; i++)
    {
      if (!g_ascii_isdigit (digits->text[i]))
        return FALSE;
      sum = sum * 10 + (digits->text[i] - '0');
      if (sum > (gint64) G_MAXINT32 + 1)
        return FALSE;
    }
  sum = negative ? -sum : sum;
  *value = (gint32) sum;
  return sum >= G_MININT32 && sum <= G_MAXINT32;
}

static gboolean
read_int (Read *read,
          gint32 minimum,
          gint32 *value)
{
  MigdescJsonReader *reader = read->reader;
  gsize offset = migdesc_json_reader_offset (reader);
  MigdescJsonString digits;

  if (migdesc_json_reader_peek (reader) != MIGDESC_JSON_NUMBER)
    return migdesc_json_reader_fail_kind (reader, "a number");
  if (!migdesc_json_reader_read_number (reader, &digits))
    return FALSE;
  return (parse_int (&digits, value) && *value >= minimum)
         || migdesc_json_reader_fail (reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "not an integer from %d to %d", minimum, G_MAXINT32);
}

static gboolean
read_size (Read *read,
           guint64 *size)
{
  gsize offset = migdesc_json_reader_offset (read->reader);

  if (!migdesc_json_reader_read_uint64 (read->reader, size))
    return FALSE;
  return *size <= G_MAXUINT32
         || migdesc_json_reader_fail (read->reader, MIGDESC_ERROR_DOCUMENT_VALUE, offset,
                                      "not a size from 0 to %u", G_MAXUINT32);
}

/* --- Descriptions ----------------------------------------------------- */

static gboolean read_description (Read *read, MigdescQemuDescriptionCore *description);

enum
{
  FIELD_NAME,
  FIELD_VERSION,
  FIELD_EXISTS,
  FIELD_SIZE,
  FIELD_COUNT,
  FIELD_DESCRIPTION,
  N_FIELD
};

static const char *const field_members[N_FIELD]
    = { "field", "version_id", "field_exists", "size", "num", "Description" };

static gboolean
read_field_member (Read *read,
                   guint member,
                   gpointer object)
{
  MigdescQemuFieldCore *field = object;
  MigdescQemuDescriptionCore *description;

  switch (member)
    {
    case FIELD_NAME:
      return read_name (read, &field->name);
    case FIELD_VERSION:
      return read_int (read, G_MININT32, &field->version);
    case FIELD_EXISTS:
      return migdesc_json_reader_read_bool (read->reader, &field->has_test);
    case FIELD_SIZE:
      return read_size (read, &field->size);
    case FIELD_COUNT:
      read->core->has_counts = TRUE;
      return read_int (read, 0, &field->count);
    default:
      description = migdesc_arena_alloc0 (read->arena, sizeof *description);
      field->description = description;
      return read_description (read, description);
    }
}

static const Shape field_shape = {
  "a field", N_FIELD, field_members,
  1u << FIELD_NAME | 1u << FIELD_VERSION | 1u << FIELD_EXISTS | 1u << FIELD_SIZE,
  read_field_member
};

static gpointer
keep (Read *read,
      GArray *list,
      guint first)
{
  gsize element = g_array_get_element_size (list);
  guint n = list->len - first;
  gpointer kept = migdesc_arena_alloc (read->arena, MAX (n, 1) * element);

  if (n > 0)
    memcpy (kept, list->data + first * element, n * element);
  g_array_set_size (list, first);
  return kept;
}

static gboolean
read_fields (Read *read,
             MigdescQemuDescriptionCore *description)
{
  guint first = read->fields->len;

  description->lists_fields = TRUE;
  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    {
      MigdescQemuFieldCore field = { .count = -1 };

      if (!read_object (read, &field_shape, &field))
        return FALSE;
      g_array_append_val (read->fields, field);
    }
  description->n_fields = read->fields->len - first;
  description->fields = keep (read, read->fields, first);
  return read->reader->error == 0;
}

static gboolean
read_subsections (Read *read,
                  MigdescQemuDescriptionCore *description)
{
  guint first = read->descriptions->len;

  description->lists_subsections = TRUE;
  if (!migdesc_json_reader_begin_array (read->reader))
    return FALSE;
  while (migdesc_json_reader_next_element (read->reader))
    {
      MigdescQemuDescriptionCore subsection = { NULL };

      if (!read_description (read, &subsection))
        return FALSE;
      g_array_append_val (read->descriptions, subsection);
    }
  description->n_subsections = read->descriptions->len - first;
  description->subsections = keep (read, read->descriptions, first);
  return read->reader->error == 0;
}

enum
{
  DESCRIPTION_NAME,
  DESCRIPTION_VERSION,
  DESCRIPTION_MINIMUM,
  DESCRIPTION_FIELDS,
  DESCRIPTION_SUBSECTIONS,
  N_DESCRIPTION
};

static const char *const description_members[N_DESCRIPTION]
    = { "name", "version_id", "minimum_version_id", "Fields", "Subsections" };

static gboolean
read_description_member (Read *read,
                         guint member,
                         gpointer object)
{
  MigdescQemuDescriptionCore *description = object;

  switch (member)
    {
    case DESCRIPTION_NAME:
      return read_name (read, &description->name);
    case DESCRIPTION_VERSION:
      return read_int (read, G_MININT32, &description->version);
    case DESCRIPTION_MINIMUM:
      return read_int (read, G_MININT32, &description->minimum);
    case DESCRIPTION_FIELDS:
      return read_fields (read, description);
    default:
      return read_subsections (read, description);
    }
}

static const Shape description_shape = {
  "a description", N_DESCRIPTION, description_members,
  1u << DESCRIPTION_NAME | 1u << DESCRIPTION_VERSION | 1u << DESCRIPTION_MINIMUM,
  read_description_member
};

static gboolean
read_description (Read *read,
                  MigdescQemuDescriptionCore *description)
{
  return read_object (read, &description_shape, description);
}

/* --- Sections --------------------------------------------------------- */

enum
{
  SECTION_NAME,
  SECTION_VERSION,
  SECTION_MINIMUM,
  SECTION_DESCRIPTION,
  N_SECTION
};

static const char *const section_members[N_SECTION]
    = { "Name", "version_id", "minimum_version_id", "Description" };

static gboolean
read_section_member (Read *read,
                     guint member,
                     gpointer object)
{
  MigdescQemuSectionCore *section = object;
  MigdescQemuDescriptionCore *description;

  switch (member)
    {
    case SECTION_NAME:
      return read_name (read, &section->type);
    case SECTION_VERSION:
      return read_int (read, G_MININT32, &section->version);
    case SECTION_MINIMUM:
      return read_int (read, G_MININT32, &section->minimum);
    default:
      description = migdesc_arena_alloc0 (read->arena, sizeof *description);
      section->description = description;
      return read_description (read, description);
    }
}

static const Shape section_shape = {
  "a section", N_SECTION, section_members,
  1u << SECTION_NAME | 1u << SECTION_VERSION | 1u << SECTION_MINIMUM, read_section_member
};

static gboolean
read_machine_member (Read *read,
                     guint member G_GNUC_UNUSED,
                     gpointer object)
{
  return read_name (read, object);
}

static const Shape machine_shape
    = { "the machine", 1, section_members, 1u << SECTION_NAME, read_machine_member };

static gboolean
read_top_member (Read *read,
                 const MigdescJsonString *key)
{
  MigdescQemuSectionCore section = { 0 };

  if (migdesc_json_string_equal (key, MACHINE_KEY, strlen (MACHINE_KEY)))
    {
      if (read->core->machine != NULL)
        return migdesc_json_reader_fail_duplicate (read->reader, key);
      read->core->machine_position = read->sections->len;
      return read_object (read, &machine_shape, &read->core->machine);
    }
  if (!read_object (read, &section_shape, &section))
    return FALSE;
  section.name.text = migdesc_arena_dup (read->arena, key->text, key->length);
  section.name.length = key->length;
  g_array_append_val (read->sections, section);
  return TRUE;
}

static gboolean
read_top (Read *read)
{
  MigdescJsonReader *reader = read->reader;
  MigdescKeySet names;
  MigdescJsonString key;
  gboolean fine;

  migdesc_key_set_init (&names);
  fine = migdesc_json_reader_begin_object (reader);
  while (fine && migdesc_json_reader_next_member (reader, &key))
    fine = migdesc_key_set_add (&names, key.text, key.length)
               ? read_top_member (read, &key)
               : migdesc_json_reader_fail_duplicate (reader, &key);
  migdesc_key_set_clear (&names);
  return fine && migdesc_json_reader_finish (reader);
}

gboolean
migdesc_qemu_dump_read (MigdescJsonReader *reader,
                        MigdescArena *arena,
                        MigdescQemuDumpCore *core)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (MigdescQemuFieldCore));
  g_autoptr (GArray) descriptions
      = g_array_new (FALSE, FALSE, sizeof (MigdescQemuDescriptionCore));
  g_autoptr (GArray) sections = g_array_new (FALSE, FALSE, sizeof (MigdescQemuSectionCore));
  Read read = { reader, arena, fields, descriptions, sections, core };
  MigdescQemuSectionCore *kept;
  guint duplicate;

  *core = (MigdescQemuDumpCore) { 0 };
  if (!read_top (&read))
    return FALSE;
  core->n_sections = sections->len;
  kept = keep (&read, sections, 0);
  core->sections = kept;
  return core->n_sections == 0
         || migdesc_index_build (&core->index, arena, &kept->name, sizeof *kept, core->n_sections,
                                 &duplicate);
}
