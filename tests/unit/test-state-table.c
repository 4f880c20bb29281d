/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-table-check.h"

/* What the compiler cannot see of a field by itself: one rule each, with its message. */

static const char *const words[] = { "down", "up" };
static const char *const hole[] = { "down", NULL };

static void
test_header (void)
{
  MigdescField field = byte ();
  MigdescStruct table = make_table ("Sample", sizeof (Sample), &field, 1);
  g_autofree char *message
      = g_strdup_printf ("sample: compiled with other headers: a MigdescStruct of 8 bytes, this "
                         "library's has %u",
                         (guint) sizeof (MigdescStruct));
  g_autofree char *field_message
      = g_strdup_printf ("sample: compiled with other headers: a MigdescField of 8 bytes, this "
                         "library's has %u",
                         (guint) sizeof (MigdescField));

  assert_accepted (&table);
  table.struct_size = 8;
  assert_refused (&table, message);
  table.struct_size = sizeof (MigdescStruct);
  table.field_size = 8;
  assert_refused (&table, field_message);
}

static void
test_versions (void)
{
  MigdescField field = byte ();
  MigdescStruct table = make_table ("Sample", sizeof (Sample), &field, 1);

  table.version = 0;
  assert_refused (&table, "sample: version 0 and minimum 2, both begin with 1");
  table.version = 3;
  table.minimum = 0;
  assert_refused (&table, "sample: version 3 and minimum 0, both begin with 1");
  table.minimum = 4;
  assert_refused (&table, "sample: the minimum 4 is above the version 3");
  table.minimum = 3;
  assert_accepted (&table);
}

static void
test_table_names (void)
{
  MigdescField field = byte ();
  MigdescStruct table = make_table ("Sample", sizeof (Sample), &field, 1);

  table.name = "";
  assert_refused (&table, "(no name): a name has 1 to 64 bytes, a letter or underscore, then "
                          "letters, digits, underscores and dashes");
  table.name = "a\nb";
  assert_refused (&table, "a\\nb: a name has 1 to 64 bytes, a letter or underscore, then letters, "
                          "digits, underscores and dashes");
  table.name = "sample";
  table.check_name = "a\tb";
  assert_refused (&table, "sample: the name of the check is not 1 to 255 bytes of UTF-8 without "
                          "control characters");
}

#define BAD_NAME(shown)                                                                        \
  "sample." shown ": a name has 1 to 64 bytes, a letter or underscore, then letters, digits, " \
  "underscores and dashes"

static void
test_field_names (void)
{
  static const char *const names[] = { "", "1st", "a.b", "-a", "__proto__", "a b", "\303\244" };
  static const char *const messages[] = { BAD_NAME ("(no name)"), BAD_NAME ("1st"),
                                          BAD_NAME ("a.b"),       BAD_NAME ("-a"),
                                          BAD_NAME ("__proto__"), BAD_NAME ("a b"),
                                          BAD_NAME ("\303\244") };
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *too_long = g_strnfill (65, 'x');
  g_autofree char *message = g_strdup_printf (
      "sample.%s: a name has 1 to 64 bytes, a letter or underscore, then letters, digits, "
      "underscores and dashes",
      too_long);
  MigdescField field = byte ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      field.name = names[i];
      TRY (messages[i], field);
    }
  field.name = "_a-9Z";
  TRY (NULL, field);
  field.name = longest;
  TRY (NULL, field);
  field.name = too_long;
  TRY (message, field);
  field.name = NULL;
  TRY (BAD_NAME ("(no name)"), field);
}

static void
test_duplicates (void)
{
  MigdescField old = MIGDESC_U8 (Sample, a, 0, 5, MIGDESC_UNTIL (2), MIGDESC_DEFAULT (0));
  MigdescField new = MIGDESC_U16 (Sample, c, 0, 5, MIGDESC_SINCE (3), MIGDESC_DEFAULT (0));
  MigdescField many[66];

  new.name = "a";
  TRY (NULL, old, new);
  new.since = 2;
  TRY ("sample.a: there is another field of this name in the same version", old, new);
  old.param = new.param = "mode";
  TRY ("sample.a: there is another field of this name in the same version", old, new);
  new.param_value = "fast";
  TRY (NULL, old, new);
  for (guint i = 0; i < 66; i++)
    {
      many[i] = byte ();
      many[i].param = "mode";
      many[i].param_value = g_strdup_printf ("m%u", i);
      many[i].more_flags = MIGDESC_FIELD_HAS_DEFAULT;
    }
  {
    const MigdescStruct table = make_table ("Sample", sizeof (Sample), many, 64);
    const MigdescStruct one_more = make_table ("Sample", sizeof (Sample), many, 65);

    assert_accepted (&table);
    assert_refused (&one_more, "sample.a: more than 64 fields have this name");
  }
  for (guint i = 0; i < 66; i++)
    g_free ((char *) many[i].param_value);
}

static void
test_overlap (void)
{
  MigdescField first = MIGDESC_U8 (Sample, a, 0, 5);
  MigdescField second = MIGDESC_U8 (Sample, b, 0, 5);
  MigdescField owned = MIGDESC_VARRAY (Sample, owned, n, 5, U16, 0, 1);

  TRY (NULL, first, second);
  second.offset = first.offset;
  TRY ("sample.b: its member shares memory with a", first, second);
  first.until = 2;
  second.since = 3;
  first.more_flags = second.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  TRY (NULL, first, second);
  TRY ("sample.owned: its count shares memory with n", MIGDESC_U32 (Sample, n, 0, 5), owned);
  TRY ("sample.array: its count shares memory with the count of owned", owned,
       MIGDESC_ARRAY_N (Sample, array, n, U16, 0, 1));
  second = (MigdescField) MIGDESC_U64 (Sample, bits[0], 0, 5, MIGDESC_SINCE (3),
                                       MIGDESC_DEFAULT (0));
  second.name = "address";
  second.offset = offsetof (Sample, owned);
  owned.until = 2;
  owned.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  {
    MigdescField newer = owned;

    newer.until = 0;
    newer.since = 3;
    TRY (NULL, owned, newer);
    newer.width = 4;
    TRY ("sample.owned: it shares memory with owned, and one of them owns what it points to",
         owned, newer);
  }
  TRY ("sample.address: it shares memory with owned, and one of them owns what it points to",
       owned, second);
}

#define NOT_SAME "it shares memory with owned, and one of them owns what it points to"

/* What is freed is freed as what it is: members in one place that own something are alike. */
static void
test_owners_overlap (void)
{
  MigdescField owned = MIGDESC_VARRAY (Sample, owned, n, 5, U16, 0, 1, MIGDESC_UNTIL (2),
                                       MIGDESC_DEFAULT (0));
  MigdescField newer = owned, other;

  newer.until = 0;
  newer.since = 3;
  newer.max = 9;
  newer.capacity = 7;
  TRY (NULL, owned, newer);
  other = newer;
  other.kind = MIGDESC_FIELD_INT;
  TRY ("sample.owned: " NOT_SAME, owned, other);
  other = newer;
  other.count_offset = offsetof (Sample, bits);
  TRY ("sample.owned: " NOT_SAME, owned, other);
}

typedef struct
{
  guint16 size;
  char *text;
} Owner;

typedef struct
{
  union
  {
    Owner owner;
    Owner again;
    Inner plain;
    guint16 size;
  } one;
} Shared;

static const MigdescField owner_fields[] = {
  MIGDESC_U16 (Owner, size, 0, 9),
  MIGDESC_STRING (Owner, text, 9),
};
MIGDESC_STRUCT (owner, Owner, 1, 1, owner_fields, NULL);

static void
test_structs_overlap (void)
{
  MigdescField old = MIGDESC_NESTED (Shared, one.owner, owner, MIGDESC_UNTIL (2),
                                     MIGDESC_REQUIRED);
  MigdescField again = MIGDESC_NESTED (Shared, one.again, owner, MIGDESC_SINCE (3),
                                       MIGDESC_REQUIRED);
  MigdescField plain = MIGDESC_NESTED (Shared, one.plain, inner, MIGDESC_SINCE (3),
                                       MIGDESC_REQUIRED);
  MigdescField plain_old = MIGDESC_NESTED (Shared, one.plain, inner, MIGDESC_UNTIL (2),
                                           MIGDESC_REQUIRED);
  MigdescField size = MIGDESC_U16 (Shared, one.size, 0, 9, MIGDESC_SINCE (3), MIGDESC_REQUIRED);

  old.name = "old";
  again.name = "again";
  plain.name = "plain";
  plain_old.name = "plain-old";
  size.name = "size";
  TRY_OF (Shared, NULL, old, again);
  TRY_OF (Shared, NULL, plain_old, size);
  TRY_OF (Shared, NULL, plain_old, plain);
  TRY_OF (Shared, "sample.plain: it shares memory with old, and one of them owns what it points to",
          old, plain);
  TRY_OF (Shared, "sample.size: it shares memory with old, and one of them owns what it points to",
          old, size);
  TRY_OF (Shared,
          "sample.again: it shares memory with plain-old, and one of them owns what it points to",
          plain_old, again);
}

static void
test_sections_overlap (void)
{
  static const MigdescField one[] = { MIGDESC_U8 (Sample, a, 0, 5) };
  static const MigdescField two[] = { MIGDESC_U8 (Sample, a, 0, 9) };
  MigdescField first = MIGDESC_SECTION ("one", one);
  MigdescField second = MIGDESC_SECTION ("two", two);

  TRY ("sample.two.a: its member shares memory with a", first, second);
  TRY ("sample.one.a: its member shares memory with a", byte (), first);
  first.param = second.param = "mode";
  first.more_flags = second.more_flags = MIGDESC_FIELD_HAS_DEFAULT;
  second.param_value = "two";
  TRY (NULL, first, second);
}

static void
test_place (void)
{
  MigdescField field = byte ();

  field.owner = "Other";
  TRY ("sample.a: a member of Other, but the table is of Sample", field);
  field = byte ();
  field.offset = sizeof (Sample);
  {
    g_autofree char *message = g_strdup_printf (
        "sample.a: the member is outside of the struct of %u bytes", (guint) sizeof (Sample));

    TRY (message, field);
    field = (MigdescField) MIGDESC_ARRAY_N (Sample, array, n, U16, 0, 1);
    field.count_offset = sizeof (Sample) - 3;
    field.name = "a";
    TRY (message, field);
  }
  field = (MigdescField) MIGDESC_ARRAY (Sample, array, U16, 0, 1);
  field.capacity = 9;
  TRY ("sample.array: a member of 16 bytes does not hold 9 of 2 bytes", field);
  field = (MigdescField) MIGDESC_BITMAP (Sample, bits, 512);
  field.capacity = 513;
  TRY ("sample.bits: a member of 64 bytes does not hold 513 of 8 bytes", field);
}

static void
test_form (void)
{
  MigdescField field = byte ();

  field.kind = 0;
  TRY ("sample.a: there is no kind 0; use the macros", field);
  field.kind = 17;
  TRY ("sample.a: there is no kind 17; use the macros", field);
  field = byte ();
  field.width = 3;
  TRY ("sample.a: a field of this kind cannot be 3 bytes wide", field);
  field.width = 0;
  TRY ("sample.a: a field of this kind cannot be 0 bytes wide", field);
  field = (MigdescField) MIGDESC_TIMER (Sample, time);
  field.width = 4;
  TRY ("sample.time: a field of this kind cannot be 4 bytes wide", field);
  field = byte ();
  field.storage = MIGDESC_STORAGE_LIST;
  TRY ("sample.a: a field of this kind cannot be stored or counted so; use the macros", field);
  field = byte ();
  field.storage = MIGDESC_STORAGE_ALLOCATED;
  TRY ("sample.a: a field of this kind cannot be stored or counted so; use the macros", field);
  field = (MigdescField) MIGDESC_ENUM (Sample, a, words);
  field.counting = MIGDESC_COUNT_FIXED;
  TRY ("sample.a: a field of this kind cannot be stored or counted so; use the macros", field);
  field = (MigdescField) MIGDESC_BYTES (Sample, bytes);
  field.flags = MIGDESC_FIELD_GONE;
  TRY ("sample.bytes: only a single scalar can be gone", field);
}

static void
test_integer_bounds (void)
{
  MigdescField field = byte ();

  field.min = 6;
  TRY ("sample.a: min 6 is above max 5", field);
  field.max = 256;
  TRY ("sample.a: max 256 is above 255, the greatest of its type", field);
  field = (MigdescField) MIGDESC_I16 (Sample, s, -1, 1);
  field.min = 2;
  TRY ("sample.s: min 2 is above max 1", field);
  field.min = (guint64) -32769;
  TRY ("sample.s: bounds from -32769 to 1, the type has -32768 to 32767", field);
  field.min = (guint64) -32768;
  TRY (NULL, field);
  field.max = 32768;
  TRY ("sample.s: bounds from -32768 to 32768, the type has -32768 to 32767", field);
  field = (MigdescField) MIGDESC_TIMER (Sample, time);
  TRY (NULL, field);
  field.min = (guint64) -2;
  TRY ("sample.time: bounds from -2 to 9223372036854775807, the type has -1 to "
       "9223372036854775807",
       field);
}

static void
test_double_bounds (void)
{
  MigdescField field = MIGDESC_F64 (Sample, real, 0, 1);
  const double zero = 0;

  TRY (NULL, field);
  field.real_min = 1 / zero;
  TRY ("sample.real: a bound is not a finite number", field);
  field.real_min = 0;
  field.real_max = zero / zero;
  TRY ("sample.real: a bound is not a finite number", field);
  field.real_max = -1;
  TRY ("sample.real: min is above max", field);
}

static void
test_words (void)
{
  static const char *const twice[] = { "up", "up" };
  static const char *const spaced[] = { "link up" };
  g_autofree const char **many = g_new (const char *, 257);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  MigdescField field = MIGDESC_ENUM (Sample, a, words);

  TRY (NULL, field);
  field.n_words = 0;
  TRY ("sample.a: there are no words", field);
  field = (MigdescField) MIGDESC_ENUM (Sample, a, twice);
  TRY ("sample.a: two values have the word \"up\"", field);
  field = (MigdescField) MIGDESC_ENUM (Sample, a, spaced);
  TRY ("sample.a: the word of value 0 is not 1 to 64 visible ASCII characters without \", \\, | "
       "and comma",
       field);
  field.words = hole;
  field.n_words = 2;
  TRY ("sample.a: the word of value 1 is not 1 to 64 visible ASCII characters without \", \\, | "
       "and comma",
       field);
  for (guint i = 0; i < 257; i++)
    {
      many[i] = g_strdup_printf ("w%u", i);
      g_ptr_array_add (texts, (gpointer) many[i]);
    }
  field.words = many;
  field.n_words = 256;
  TRY (NULL, field);
  field.n_words = 257;
  TRY ("sample.a: 257 words, 1 bytes have 256 values at most", field);
  field.kind = MIGDESC_FIELD_FLAGS;
  field.n_words = 8;
  TRY (NULL, field);
  field.n_words = 9;
  TRY ("sample.a: 9 words, 1 bytes have 8 bits", field);
}

static void
test_capacity (void)
{
  MigdescField field = MIGDESC_VARRAY (Sample, owned, n, 5, U16, 0, 1);

  TRY (NULL, field);
  field.capacity = 0;
  TRY ("sample.array: the maximum is 0 or missing, at least 1 is needed",
       (MigdescField) { .name = "array", .owner = "Sample", .kind = MIGDESC_FIELD_UINT, .width = 2,
                        .counting = MIGDESC_COUNT_FIXED });
  TRY ("sample.owned: the maximum is 0 or missing, at least 1 is needed", field);
  TRY (NULL, MIGDESC_STRING (Sample, text, 65536));
  TRY ("sample.text: a maximum of 65537 bytes, at most 65536 are allowed",
       MIGDESC_STRING (Sample, text, 65537));
  field = (MigdescField) MIGDESC_BITMAP (Sample, bits, 512);
  field.capacity = 262145;
  TRY ("sample.bits: a maximum of 262145 bits, at most 262144 are allowed", field);
  TRY (NULL, MIGDESC_UNUSED (4096));
  TRY ("sample.(unused): a maximum of 4097 bytes, at most 4096 are allowed",
       MIGDESC_UNUSED (4097));
  field = (MigdescField) MIGDESC_VARRAY (Sample, owned, a, 255, U16, 0, 1);
  TRY (NULL, field);
  field.capacity = 256;
  TRY ("sample.owned: a count of 1 bytes cannot say the maximum 256", field);
  field.count_width = 8;
  TRY ("sample.owned: a count is 1, 2 or 4 bytes wide, not 8", field);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-table/header", test_header);
  g_test_add_func ("/state-table/versions", test_versions);
  g_test_add_func ("/state-table/table-names", test_table_names);
  g_test_add_func ("/state-table/field-names", test_field_names);
  g_test_add_func ("/state-table/duplicates", test_duplicates);
  g_test_add_func ("/state-table/overlap", test_overlap);
  g_test_add_func ("/state-table/owners-overlap", test_owners_overlap);
  g_test_add_func ("/state-table/structs-overlap", test_structs_overlap);
  g_test_add_func ("/state-table/sections-overlap", test_sections_overlap);
  g_test_add_func ("/state-table/place", test_place);
  g_test_add_func ("/state-table/form", test_form);
  g_test_add_func ("/state-table/integer-bounds", test_integer_bounds);
  g_test_add_func ("/state-table/double-bounds", test_double_bounds);
  g_test_add_func ("/state-table/words", test_words);
  g_test_add_func ("/state-table/capacity", test_capacity);

  return g_test_run ();
}
