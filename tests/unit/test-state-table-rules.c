/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-table-check.h"

/* What the compiler cannot see of fields together: one rule each, with its message. */

static void
test_counts (void)
{
  MigdescField count = MIGDESC_U32 (Sample, n, 0, 8);
  MigdescField array = MIGDESC_ARRAY_COUNTED (Sample, array, n, U16, 0, 1);

  TRY (NULL, count, array);
  TRY ("sample.array: there is no field n", array);
  TRY ("sample.array: n is declared behind it, and has to be before it", array, count);
  count.max = 9;
  TRY ("sample.array: its count n may be 9, there is room for 8", count, array);
  count.max = 8;
  count.offset = offsetof (Sample, d);
  TRY ("sample.array: the count is not the member of the field n", count, array);
  count = (MigdescField) MIGDESC_U32 (Sample, n, 0, 8);
  count.kind = MIGDESC_FIELD_INT;
  TRY ("sample.array: n is not an unsigned integer of 1, 2 or 4 bytes", count, array);
}

static void
test_gated_counts (void)
{
  MigdescField count
      = MIGDESC_U32 (Sample, n, 0, 8, MIGDESC_SINCE (3), MIGDESC_DEFAULT (0));
  MigdescField array = MIGDESC_ARRAY_COUNTED (Sample, array, n, U16, 0, 1);

  TRY ("sample.array: its count n may be absent where it is not", count, array);
  array.since = 3;
  array.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  TRY (NULL, count, array);
  count.param = "mode";
  TRY ("sample.array: its count n may be absent where it is not", count, array);
  array.param = "mode";
  TRY (NULL, count, array);
}

static void
test_indexes (void)
{
  MigdescField index = MIGDESC_INDEX (Sample, a, array);
  MigdescField array = MIGDESC_ARRAY (Sample, array, U16, 0, 1);

  TRY (NULL, index, array);
  TRY ("sample.a: there is no field array", index);
  index.other = "b";
  TRY ("sample.a: b is not an array or a list", index, MIGDESC_U8 (Sample, b, 0, 1));
  index.other = "text";
  TRY ("sample.a: text is not an array or a list", index, MIGDESC_STRING (Sample, text, 9));
  TRY (NULL, MIGDESC_INDEX_OR_NONE (Sample, a, array, 8), array);
  TRY ("sample.a: none is 7, it has to be from 8, where no position is, to 255",
       MIGDESC_INDEX_OR_NONE (Sample, a, array, 7), array);
  TRY ("sample.a: none is 256, it has to be from 8, where no position is, to 255",
       MIGDESC_INDEX_OR_NONE (Sample, a, array, 256), array);
}

static void
test_relations (void)
{
  MigdescField a = byte ();
  MigdescField b = MIGDESC_U8 (Sample, b, 0, 5);
  MigdescField relation = MIGDESC_RELATION (Sample, a, MIGDESC_LT, b);

  TRY (NULL, a, b, relation);
  TRY ("sample.a: b is declared behind it, and has to be before it", a, relation, b);
  TRY ("sample.a: there is no field b", a, relation);
  TRY ("sample.a: there is no field a", b, relation);
  TRY ("sample.a: real is not a single integer", a, MIGDESC_F64 (Sample, real, 0, 1),
       MIGDESC_RELATION (Sample, a, MIGDESC_LT, real));
  TRY (NULL, a, MIGDESC_RELATION_PARAM (Sample, a, MIGDESC_LE, "most"));
  TRY ("sample.a: the name of a parameter is not valid: \"=\" is not allowed", a,
       MIGDESC_RELATION_PARAM (Sample, a, MIGDESC_LE, "x=y"));
  relation.relation = 5;
  TRY ("sample.a: there is no relation 5", a, b, relation);
  relation.relation = MIGDESC_LT;
  relation.counting = MIGDESC_COUNT_FIXED;
  TRY ("sample.a: a relation is to a field or a parameter", a, b, relation);
}

static void
test_windows (void)
{
  MigdescField field = byte ();

  field.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  field.since = 3;
  field.until = 2;
  TRY ("sample.a: since 3 is behind until 2", field);
  field.until = 3;
  TRY (NULL, field);
  field.until = 4;
  TRY ("sample.a: until 4 is above the newest version, 3", field);
  field.until = 0;
  field.since = 4;
  TRY ("sample.a: since 4 is above the newest version, 3", field);
  field.since = 0;
  field.until = 1;
  TRY ("sample.a: until 1 is below the oldest version, 2", field);
}

#define NO_DEFAULT                                                                              \
  "sample.a: it may be absent, so that MIGDESC_DEFAULT or MIGDESC_REQUIRED has to say what then"

static void
test_gates (void)
{
  MigdescField field = MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_SINCE (3));

  TRY (NO_DEFAULT, field);
  TRY (NO_DEFAULT, MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_UNTIL (2)));
  TRY (NO_DEFAULT, MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_IF ("mode")));
  TRY (NULL, MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_SINCE (3), MIGDESC_REQUIRED));
  TRY (NULL, MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_SINCE (3), MIGDESC_DEFAULT (5)));
  TRY ("sample.a: the default 6 is not a value of the field",
       MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_SINCE (3), MIGDESC_DEFAULT (6)));
  TRY ("sample.s: the default -6 is not a value of the field",
       MIGDESC_I16 (Sample, s, -5, 5, MIGDESC_SINCE (3), MIGDESC_DEFAULT (-6)));
  TRY ("sample.real: the default -1 is not a value of the field",
       MIGDESC_F64 (Sample, real, 0, 1, MIGDESC_SINCE (3), MIGDESC_DEFAULT (-1)));
  TRY ("sample.text: the default 1 is not a value of the field",
       MIGDESC_STRING (Sample, text, 5, MIGDESC_SINCE (3), MIGDESC_DEFAULT (1)));
  TRY ("sample.a: the name of a parameter is not valid: \",\" is not allowed",
       MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_IF ("a,b"), MIGDESC_DEFAULT (1)));
  TRY ("sample.a: the value of a parameter is not 1 to 255 bytes of UTF-8 without control "
       "characters",
       MIGDESC_U8 (Sample, a, 1, 5, MIGDESC_IF_VALUE ("a", ""), MIGDESC_DEFAULT (1)));
  field.since = 0;
  field.needed_name = "needed";
  TRY ("sample.a: only a section can be gated by MIGDESC_NEEDED", field);
  field = byte ();
  field.section_flags = MIGDESC_FIELD_DROPPABLE;
  TRY ("sample.a: only a section is droppable", field);
}

static void
test_gone (void)
{
  TRY (NULL, MIGDESC_GONE ("old", U16, 0, 9, MIGDESC_UNTIL (2), MIGDESC_DEFAULT (9)));
  TRY ("sample.old: a field that is gone has MIGDESC_UNTIL and MIGDESC_DEFAULT",
       MIGDESC_GONE ("old", U16, 0, 9, MIGDESC_UNTIL (2)));
  TRY ("sample.old: a field that is gone has MIGDESC_UNTIL and MIGDESC_DEFAULT",
       MIGDESC_GONE ("old", U16, 0, 9, MIGDESC_DEFAULT (9)));
  TRY ("sample.old: the default 10 is not a value of the field",
       MIGDESC_GONE ("old", U16, 0, 9, MIGDESC_UNTIL (2), MIGDESC_DEFAULT (10)));
}

static void
test_sections (void)
{
  static const MigdescField fields[] = { MIGDESC_U8 (Sample, a, 1, 5) };
  static const MigdescField zero[] = { MIGDESC_U8 (Sample, a, 0, 5) };
  static const MigdescField nested[] = { MIGDESC_SECTION ("inner", fields) };
  g_autofree char *longest = g_strnfill (255, 'x');
  MigdescField field = MIGDESC_SECTION ("more", fields);

  TRY (NULL, field);
  field.name = longest;
  TRY (NULL, field);
  field.name = "";
  TRY ("sample.(no name): a name has 1 to 255 bytes, a letter or underscore, then letters, digits, "
       "underscores, dashes and slashes",
       field);
  field.name = "more";
  field.minimum = 2;
  TRY ("sample.more: version 1 and minimum 2, they are 1 to 65535 and in that order", field);
  field.minimum = 1;
  field.version = 65536;
  TRY ("sample.more: version 65536 and minimum 1, they are 1 to 65535 and in that order", field);
  TRY ("sample.outer.inner: a section is in a section, it can only be in the device's own table",
       MIGDESC_SECTION ("outer", nested));
  TRY ("sample.more: it may be absent, and then its a is 0, which is not a value of that field; "
       "declare a MIGDESC_DEFAULT there",
       MIGDESC_SECTION ("more", fields, MIGDESC_IF ("mode"), MIGDESC_DEFAULT (0)));
  TRY ("sample.more: it may be absent, and then its a is 0, which is not a value of that field; "
       "declare a MIGDESC_DEFAULT there",
       MIGDESC_SECTION ("more", fields, MIGDESC_IF ("mode"), MIGDESC_DROPPABLE));
  TRY (NULL, MIGDESC_SECTION ("more", fields, MIGDESC_IF ("mode"), MIGDESC_REQUIRED));
  TRY (NULL, MIGDESC_SECTION ("more", fields, MIGDESC_IF ("mode"), MIGDESC_REQUIRED,
                              MIGDESC_DROPPABLE));
  TRY (NULL, MIGDESC_SECTION ("more", zero, MIGDESC_IF ("mode"), MIGDESC_DEFAULT (0),
                              MIGDESC_DROPPABLE));
}

/* What holds for the fields of a device holds for those of its sections. */
static void
test_in_sections (void)
{
  static const MigdescField reversed[] = { { .name = "a",
                                             .owner = "Sample",
                                             .kind = MIGDESC_FIELD_UINT,
                                             .width = 1,
                                             .size = 1,
                                             .capacity = 1,
                                             .min = 2,
                                             .max = 1 } };
  static const MigdescField later[] = {
    MIGDESC_ARRAY_COUNTED (Sample, array, n, U16, 0, 1),
    MIGDESC_U32 (Sample, n, 0, 8),
  };
  static const MigdescField counted[] = { MIGDESC_ARRAY_COUNTED (Sample, array, n, U16, 0, 1) };
  static const MigdescField twice[] = { MIGDESC_U8 (Sample, a, 0, 1),
                                        MIGDESC_U8 (Sample, b, 0, 1) };
  MigdescField same[] = { twice[0], twice[1] };
  MigdescField section = MIGDESC_SECTION ("more", same);

  TRY ("sample.more.a: min 2 is above max 1", MIGDESC_SECTION ("more", reversed));
  TRY ("sample.more.array: n is declared behind it, and has to be before it",
       MIGDESC_SECTION ("more", later));
  TRY ("sample.more.array: there is no field n", MIGDESC_SECTION ("more", counted));
  TRY (NULL, MIGDESC_U32 (Sample, n, 0, 8), MIGDESC_SECTION ("more", counted));
  TRY ("sample.more.array: its count n may be absent where it is not",
       MIGDESC_U32 (Sample, n, 0, 8, MIGDESC_SINCE (3), MIGDESC_DEFAULT (0)),
       MIGDESC_SECTION ("more", counted));
  TRY (NULL, section);
  same[1].offset = 0;
  TRY ("sample.more.b: its member shares memory with a", section);
  same[1].offset = 1;
  same[1].name = "a";
  TRY ("sample.more.a: there is another field of this name in the same version", section);
}

static void
test_nested_sections (void)
{
  static const MigdescField size[] = { MIGDESC_U16 (Inner, size, 0, 5) };
  static const MigdescField fields[] = { MIGDESC_SECTION ("more", size) };
  MIGDESC_STRUCT (sectioned, Inner, 1, 1, fields, NULL);

  TRY_OF (Outer,
          "sectioned.more: a section is in a nested struct, it can only be in the device's own "
          "table",
          MIGDESC_NESTED (Outer, one, sectioned));
}

static void
test_nested (void)
{
  MigdescField field = MIGDESC_NESTED (Outer, one, inner);

  TRY_OF (Outer, NULL, field);
  field.since = 3;
  field.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  TRY_OF (Outer,
          "sample.one: it may be absent, and then its size is 0, which is not a value of that "
          "field; declare a MIGDESC_DEFAULT there",
          field);
  TRY_OF (Outer, NULL,
          MIGDESC_POINTER (Outer, maybe, inner, MIGDESC_SINCE (3), MIGDESC_DEFAULT (0)));
  field = (MigdescField) MIGDESC_NESTED (Outer, one, inner);
  field.width = field.size = 1;
  TRY_OF (Outer, "sample.one: 1 bytes wide, the struct inner has 2", field);
  field.type = NULL;
  TRY_OF (Outer, "sample.one: the table of its struct is missing", field);
}

static void
test_empty_elements (void)
{
  static const MigdescField gated[] = {
    MIGDESC_U16 (Inner, size, 0, 5, MIGDESC_SINCE (2), MIGDESC_DEFAULT (0)),
  };
  MigdescStruct empty = inner;
  MigdescField field = MIGDESC_STRUCTS (Outer, many, inner);

  field.type = &empty;
  empty.n_fields = 0;
  TRY_OF (Outer,
          "inner: a nested struct has at least one field without gates whose count is not a "
          "parameter, or its elements would take no bytes",
          field);
  empty.n_fields = 1;
  empty.fields = gated;
  TRY_OF (Outer,
          "inner: a nested struct has at least one field without gates whose count is not a "
          "parameter, or its elements would take no bytes",
          field);
}

static void
test_recursion (void)
{
  MigdescStruct table = make_table ("Outer", sizeof (Outer), NULL, 1);
  MigdescField field = MIGDESC_POINTER (Outer, maybe, inner);
  MigdescStruct other = inner;
  MigdescField two[] = { MIGDESC_NESTED (Outer, one, inner), MIGDESC_STRUCTS (Outer, many, inner) };

  field.type = &table;
  field.width = sizeof (Outer);
  table.fields = &field;
  assert_refused (&table, "sample: the struct contains itself");
  two[1].type = &other;
  table = make_table ("Outer", sizeof (Outer), two, 2);
  assert_refused (&table, "inner: two structs have this name");
}

/* Structs inside each other by pointers: 0 nests 1, and so on. */
static void
make_chain (MigdescStruct *tables,
            MigdescField *fields,
            guint n)
{
  for (guint i = 0; i < n; i++)
    {
      fields[2 * i] = (MigdescField) MIGDESC_U8 (Outer, a, 0, 1);
      fields[2 * i + 1] = (MigdescField) MIGDESC_POINTER (Outer, maybe, inner);
      fields[2 * i + 1].type = &tables[i + 1];
      fields[2 * i + 1].width = sizeof (Outer);
      tables[i] = make_table ("Outer", sizeof (Outer), &fields[2 * i], i + 1 < n ? 2 : 1);
      tables[i].name = g_strdup_printf ("t%u", i);
    }
}

static void
test_depth (void)
{
  MigdescStruct tables[35];
  MigdescField fields[70];

  make_chain (tables, fields, 33);
  assert_accepted (&tables[0]);
  for (guint i = 0; i < 33; i++)
    g_free ((char *) tables[i].name);
  make_chain (tables, fields, 34);
  assert_refused (&tables[0], "t32.maybe: structs, arrays and sections are inside each other more "
                              "than 32 levels deep");
  for (guint i = 0; i < 34; i++)
    g_free ((char *) tables[i].name);
}

typedef struct
{
  guint8 a;
  Inner *one;
  Inner *two;
} Fork;

/* Twenty structs, each with two of the next: a million in all. */
static void
test_expansion (void)
{
  MigdescStruct tables[20];
  MigdescField fields[60];

  for (guint i = 0; i < 20; i++)
    {
      MigdescField *own = &fields[3 * i];

      own[0] = (MigdescField) MIGDESC_U8 (Fork, a, 0, 1);
      own[1] = (MigdescField) MIGDESC_POINTER (Fork, two, inner);
      own[2] = (MigdescField) MIGDESC_POINTER (Fork, one, inner);
      own[1].type = own[2].type = &tables[i + 1];
      own[1].width = own[2].width = sizeof (Fork);
      tables[i] = make_table ("Fork", sizeof (Fork), own, i + 1 < 20 ? 3 : 1);
      tables[i].name = g_strdup_printf ("t%u", i);
    }
  assert_refused (&tables[0],
                  "t4.one: with this field there are more than 65536, those of nested structs and "
                  "of each version of a section counted");
  for (guint i = 0; i < 20; i++)
    g_free ((char *) tables[i].name);
}

static void
test_memory (void)
{
  MigdescField field = MIGDESC_VARRAY (Sample, owned, n, 5, U16, 0, 1);
  g_autofree char *message = g_strdup_printf (
      "sample: a state may need %" G_GUINT64_FORMAT
      " bytes of memory, at most 4294967296 are allowed",
      (guint64) sizeof (Sample) + 2 * (guint64) G_MAXUINT32);

  field.capacity = (guint32) ((G_GUINT64_CONSTANT (0x100000000) - sizeof (Sample)) / 2);
  TRY (NULL, field);
  field.capacity = G_MAXUINT32;
  TRY (message, field);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-table-rules/counts", test_counts);
  g_test_add_func ("/state-table-rules/gated-counts", test_gated_counts);
  g_test_add_func ("/state-table-rules/indexes", test_indexes);
  g_test_add_func ("/state-table-rules/relations", test_relations);
  g_test_add_func ("/state-table-rules/windows", test_windows);
  g_test_add_func ("/state-table-rules/gates", test_gates);
  g_test_add_func ("/state-table-rules/gone", test_gone);
  g_test_add_func ("/state-table-rules/sections", test_sections);
  g_test_add_func ("/state-table-rules/in-sections", test_in_sections);
  g_test_add_func ("/state-table-rules/nested-sections", test_nested_sections);
  g_test_add_func ("/state-table-rules/nested", test_nested);
  g_test_add_func ("/state-table-rules/empty-elements", test_empty_elements);
  g_test_add_func ("/state-table-rules/recursion", test_recursion);
  g_test_add_func ("/state-table-rules/depth", test_depth);
  g_test_add_func ("/state-table-rules/expansion", test_expansion);
  g_test_add_func ("/state-table-rules/memory", test_memory);

  return g_test_run ();
}
