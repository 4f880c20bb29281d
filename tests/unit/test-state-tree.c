/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "state-device.h"

/* States as trees: from structs, JSON and variants, and back. */

typedef struct
{
  guint16 mtu;
  guint8 link, caps;
  gint8 delta;
  double real;
  bool up;
  gint16 samples[3];
  guint8 n_queues;
  Queue queues[4];
  guint8 active;
  guint32 n_rx;
  guint8 *rx;
  char *label;
  guint8 bits[2];
  Timer *timer, *other;
  GPtrArray *filters;
  guint8 has_rss;
  guint8 rss_key[4];
} Nic;

static gboolean
nic_needs_rss (gconstpointer state)
{
  return ((const Nic *) state)->has_rss;
}

static const MigdescField key_fields[] = {
  MIGDESC_BYTES (Nic, rss_key),
};
static const MigdescField nic_fields[] = {
  MIGDESC_U16 (Nic, mtu, 68, 9216),
  MIGDESC_ENUM (Nic, link, device_links),
  MIGDESC_FLAGS (Nic, caps, device_caps),
  MIGDESC_I8 (Nic, delta, -100, 100),
  MIGDESC_F64 (Nic, real, -1, 1),
  MIGDESC_BOOL (Nic, up),
  MIGDESC_UNUSED (3),
  MIGDESC_CONSTANT ("magic", U16, 77),
  MIGDESC_ARRAY (Nic, samples, I16, -9, 9, MIGDESC_IF ("sampling"), MIGDESC_DEFAULT (0)),
  MIGDESC_STRUCTS_N (Nic, queues, n_queues, queue_state),
  MIGDESC_INDEX (Nic, active, queues),
  MIGDESC_VBYTES (Nic, rx, n_rx, 100000),
  MIGDESC_STRING (Nic, label, 10),
  MIGDESC_BITMAP (Nic, bits, 12),
  MIGDESC_POINTER (Nic, timer, timer_state),
  MIGDESC_POINTER (Nic, other, timer_state),
  MIGDESC_LIST (Nic, filters, filter_state, 1000),
  MIGDESC_SECTION ("rss", key_fields, MIGDESC_NEEDED (nic_needs_rss), MIGDESC_DROPPABLE),
};
MIGDESC_STRUCT (nic_state, Nic, 2, 1, nic_fields, NULL);

static MigdescStateType *
new_type (const MigdescStruct *table)
{
  g_autoptr (GError) error = NULL;
  MigdescStateType *type = migdesc_state_type_new (table, &error);

  g_assert_no_error (error);
  return type;
}

static void
fill_nic (Nic *nic)
{
  *nic = (Nic) {
    .mtu = 1500,
    .link = 1,
    .caps = 5,
    .delta = -7,
    .real = 0.5,
    .up = true,
    .samples = { 1, -2, 3 },
    .n_queues = 2,
    .queues = { { 1, 2, 1 }, { 3, 4, 2 } },
    .active = 1,
    .n_rx = 3,
    .rx = g_memdup2 ("\1\2\3", 3),
    .label = g_strdup ("eth0"),
    .bits = { 0xff, 0x0f },
    .timer = g_memdup2 (&(Timer) { 7, 1 }, sizeof (Timer)),
    .filters = g_ptr_array_new (),
    .has_rss = TRUE,
    .rss_key = { 9, 8, 7, 6 },
  };
  g_ptr_array_add (nic->filters, g_memdup2 (&(Filter) { 5, 0, NULL }, sizeof (Filter)));
}

static MigdescState *
new_state (void)
{
  g_autoptr (MigdescStateType) type = new_type (&nic_state);
  g_autoptr (GError) error = NULL;
  MigdescState *state;
  Nic nic;

  fill_nic (&nic);
  state = migdesc_state_new_from_struct (type, 2, NULL, &nic, &error);
  g_assert_no_error (error);
  migdesc_state_type_clear_struct (type, &nic);
  return state;
}

static const char nic_json[]
    = "{\"mtu\":1500,\"link\":\"up\",\"caps\":[\"csum\",\"lro\"],\"delta\":-7,\"real\":0.5,"
      "\"up\":true,\"magic\":77,"
      "\"queues\":[{\"ring\":1,\"size\":2,\"head\":1},{\"ring\":3,\"size\":4,\"head\":2}],"
      "\"active\":1,\"rx\":\"AQID\",\"label\":\"eth0\",\"bits\":\"/w8=\","
      "\"timer\":{\"expires\":7,\"mode\":1},\"other\":null,\"filters\":[{\"id\":5,\"rule\":\"\"}],"
      "\"rss\":{\"@version\":1,\"@droppable\":true,\"rss_key\":\"CQgHBg==\"}}";

static void
test_struct (void)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (MigdescStateType) type = new_type (&nic_state);
  g_autofree char *json = migdesc_state_to_json (state, FALSE);
  g_autoptr (MigdescState) again = NULL;
  g_autoptr (GError) error = NULL;
  Nic nic;

  g_assert_cmpstr (json, ==, nic_json);
  migdesc_state_type_init_struct (type, &nic);
  migdesc_state_to_struct (state, type, NULL, &nic, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (nic.mtu, ==, 1500);
  g_assert_cmpmem (nic.rx, nic.n_rx, "\1\2\3", 3);
  g_assert_cmpint (nic.timer->expires, ==, 7);
  g_assert_cmpuint (nic.filters->len, ==, 1);
  nic.has_rss = TRUE;
  again = migdesc_state_new_from_struct (type, 2, NULL, &nic, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (state, again));
  g_assert_cmpuint (migdesc_state_hash (state), ==, migdesc_state_hash (again));
  migdesc_state_type_clear_struct (type, &nic);
}

static void
test_struct_errors (void)
{
  g_autoptr (MigdescStateType) type = new_type (&nic_state);
  g_autoptr (MigdescState) state = new_state ();
  const char *const names[] = { "sampling", NULL };
  const char *const values[] = { "on", NULL };
  g_autoptr (MigdescParamList) params = NULL;
  g_autoptr (GError) error = NULL;
  Nic nic;

  fill_nic (&nic);
  nic.queues[1].head = 4;
  g_assert_null (migdesc_state_new_from_struct (type, 2, NULL, &nic, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_RELATION);
  g_assert_cmpstr (error->message, ==,
                   "queues[1].head: 4 is not less than size, which is 4");
  g_clear_error (&error);
  nic.queues[1].head = 40000;
  g_assert_null (migdesc_state_new_from_struct (type, 2, NULL, &nic, &error));
  g_assert_cmpstr (error->message, ==, "queues[1].head: 40000 is not in 0 to 32767");
  g_clear_error (&error);
  migdesc_state_type_clear_struct (type, &nic);

  params = migdesc_param_list_new ("example.org/nic", "2", names, values, NULL);
  g_assert_nonnull (params);
  g_assert_false (migdesc_state_to_struct (state, type, params, &nic, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_SCHEMA);
}

static void
test_json (void)
{
  g_autoptr (MigdescState) state = new_state ();
  MigdescStateType *schema = migdesc_state_get_schema (state);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) again
      = migdesc_state_new_from_json (schema, nic_json, -1, NULL, &error);
  g_autofree char *pretty = migdesc_state_to_json (state, TRUE);
  g_autofree char *json = NULL;
  g_autoptr (MigdescState) third = NULL;

  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (state, again));
  json = migdesc_state_to_json (again, FALSE);
  g_assert_cmpstr (json, ==, nic_json);
  third = migdesc_state_new_from_json (schema, pretty, -1, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (state, third));
  g_assert_null (migdesc_state_new_from_json (schema, "{}", 2, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_MISSING);
  g_assert_cmpstr (error->message, ==, "mtu: the member \"mtu\" is missing (line 1, column 1)");
}

static void
test_variant (void)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (GVariant) variant = migdesc_state_to_variant (state);
  g_autofree char *text = g_variant_print (variant, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) again
      = migdesc_state_new_from_variant (migdesc_state_get_schema (state), variant, &error);

  g_assert_no_error (error);
  g_assert_true (migdesc_state_equal (state, again));
  g_assert_cmpstr (
      text, ==,
      "{'mtu': <uint16 1500>, 'link': <byte 0x01>, 'caps': <byte 0x05>, 'delta': <int16 -7>, "
      "'real': <0.5>, 'up': <true>, 'magic': <uint16 77>, "
      "'queues': <[{'ring': <uint64 1>, 'size': <uint16 2>, 'head': <uint16 1>}, "
      "{'ring': <uint64 3>, 'size': <uint16 4>, 'head': <uint16 2>}]>, 'active': <byte 0x01>, "
      "'rx': <[byte 0x01, 0x02, 0x03]>, 'label': <'eth0'>, 'bits': <[byte 0xff, 0x0f]>, "
      "'timer': <{'expires': <int64 7>, 'mode': <byte 0x01>}>, 'other': <@ma{sv} nothing>, "
      "'filters': <[{'id': <uint32 5>, 'rule': <@ay []>}]>, "
      "'rss': <{'@version': <uint16 1>, 'rss_key': <[byte 0x09, 0x08, 0x07, 0x06]>}>}");
}

static void
assert_variant_error (const char *old, const char *new, int code, const char *message)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (GVariant) variant = migdesc_state_to_variant (state);
  g_autofree char *text = g_variant_print (variant, TRUE);
  const char *place = strstr (text, old);
  g_autofree char *edited = NULL;
  g_autoptr (GVariant) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (place);
  edited = g_strdup_printf ("%.*s%s%s", (int) (place - text), text, new, place + strlen (old));
  other = g_variant_parse (NULL, edited, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (
      migdesc_state_new_from_variant (migdesc_state_get_schema (state), other, &error));
  g_assert_cmpstr (error->message, ==, message);
  g_assert_error (error, MIGDESC_ERROR, code);
}

static void
test_variant_errors (void)
{
  assert_variant_error ("<uint16 1500>", "<int64 -1>", MIGDESC_ERROR_STATE_RANGE,
                        "mtu: -1 is negative");
  assert_variant_error ("<uint16 1500>", "<'a'>", MIGDESC_ERROR_STATE_FORMAT,
                        "mtu: expected an integer, found a variant of type s");
  assert_variant_error ("'mtu': <uint16 1500>, ", "", MIGDESC_ERROR_STATE_MISSING,
                        "mtu: the member is missing");
  assert_variant_error ("'mtu'", "'more': <1>, 'mtu'", MIGDESC_ERROR_STATE_UNKNOWN,
                        "the member \"more\" is not known");
  assert_variant_error ("<uint16 4>", "<uint16 1>", MIGDESC_ERROR_STATE_RELATION,
                        "queues[1].head: 2 is not less than size, which is 1");
  assert_variant_error ("<{'expires'", "<{'late': <1>, 'expires'", MIGDESC_ERROR_STATE_UNKNOWN,
                        "timer: the member \"late\" is not known");
  assert_variant_error ("[byte 0xff, 0x0f]", "[byte 0xff]", MIGDESC_ERROR_STATE_COUNT,
                        "bits: 1 bytes, not the 2 that have to be there");
  assert_variant_error ("<@ma{sv} nothing>", "<1>", MIGDESC_ERROR_STATE_FORMAT,
                        "other: expected a{sv}, found a variant of type i");
}

static void
assert_path (MigdescState *state, const char *path, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescState) part = migdesc_state_lookup (state, path, &error);
  g_autofree char *text = NULL, *again = NULL;

  g_assert_no_error (error);
  text = migdesc_state_to_json (part, FALSE);
  again = migdesc_state_dup_path (part);
  g_assert_cmpstr (text, ==, json);
  g_assert_cmpstr (again, ==, path);
}

static void
assert_no_path (MigdescState *state, const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_state_lookup (state, path, &error));
  g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_STATE_PATH);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_lookup (void)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (MigdescState) queues = migdesc_state_lookup (state, "queues", NULL);

  assert_path (state, "mtu", "1500");
  assert_path (state, "queues[1].head", "2");
  assert_path (state, "queues[0]", "{\"ring\":1,\"size\":2,\"head\":1}");
  assert_path (state, "timer.expires", "7");
  assert_path (state, "other", "null");
  assert_path (state, "rss", "{\"@version\":1,\"@droppable\":true,\"rss_key\":\"CQgHBg==\"}");
  assert_path (state, "", nic_json);
  assert_no_path (queues, "[2]", "the path \"[2]\": queues has 2 elements, none at 2");
  assert_no_path (state, "queues[18446744073709551616]",
                  "the path \"queues[18446744073709551616]\": queues has 2 elements, none at "
                  "18446744073709551616");
  assert_no_path (state, "nope", "the path \"nope\": the state has no \"nope\"");
  assert_no_path (state, "queues[1].nope",
                  "the path \"queues[1].nope\": queues[1] has no \"nope\"");
  assert_no_path (state, "mtu.x", "the path \"mtu.x\": mtu is an integer and has no \"x\"");
  assert_no_path (state, "other.x", "the path \"other.x\": other is absent and has no \"x\"");
  assert_no_path (state, "mtu[0]", "the path \"mtu[0]\": mtu is an integer and has no positions");
  assert_no_path (state, "queues[x]",
                  "the path \"queues[x]\": \"[\", a position and \"]\" are expected at byte 6");
  assert_no_path (state, "queues[1]x",
                  "the path \"queues[1]x\": \".\" or \"[\" is expected at byte 9");
  assert_no_path (state, "a..b", "the path \"a..b\": the state has no \"a\"");
  assert_no_path (state, "timer.", "the path \"timer.\": a name is missing at byte 6");
}

static void
test_parts (void)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (MigdescState) delta = migdesc_state_lookup (state, "delta", NULL);
  g_autoptr (MigdescState) real = migdesc_state_lookup (state, "real", NULL);
  g_autoptr (MigdescState) up = migdesc_state_lookup (state, "up", NULL);
  g_autoptr (MigdescState) label = migdesc_state_lookup (state, "label", NULL);
  g_autoptr (MigdescState) rx = migdesc_state_lookup (state, "rx", NULL);
  g_autoptr (GBytes) bytes = migdesc_state_get_bytes (rx);

  g_assert_cmpuint (migdesc_state_get_n_children (state), ==, 16);
  g_assert_cmpstr (migdesc_state_get_child_name (state, 6), ==, "magic");
  g_assert_cmpstr (migdesc_state_get_child_name (state, 15), ==, "rss");
  g_assert_null (migdesc_state_get_child_name (state, 16));
  g_assert_null (migdesc_state_get_child (state, 16));
  g_clear_pointer (&state, migdesc_state_unref); /* parts hold it */
  g_assert_cmpint (migdesc_state_get_int (delta), ==, -7);
  g_assert_cmpfloat (migdesc_state_get_double (real), ==, 0.5);
  g_assert_true (migdesc_state_get_bool (up));
  g_assert_cmpstr (migdesc_state_get_string (label), ==, "eth0");
  g_clear_pointer (&rx, migdesc_state_unref);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 3);
  g_assert_cmpint (memcmp (g_bytes_get_data (bytes, NULL), "\1\2\3", 3), ==, 0);
}

static void
test_text (void)
{
  g_autoptr (MigdescState) state = new_state ();
  g_autofree char *text = migdesc_state_to_string (state);

  g_assert_cmpstr (text, ==,
                   "mtu: 1500\n"
                   "link: up\n"
                   "caps: csum | lro\n"
                   "delta: -7\n"
                   "real: 0.5\n"
                   "up: yes\n"
                   "magic: 77\n"
                   "queues: 2 elements\n"
                   "  [0]:\n"
                   "    ring: 1\n"
                   "    size: 2\n"
                   "    head: 1\n"
                   "  [1]:\n"
                   "    ring: 3\n"
                   "    size: 4\n"
                   "    head: 2\n"
                   "active: 1\n"
                   "rx: 3 bytes 01 02 03\n"
                   "label: \"eth0\"\n"
                   "bits: 2 bytes ff 0f\n"
                   "timer:\n"
                   "  expires: 7\n"
                   "  mode: 1\n"
                   "other: absent\n"
                   "filters: 1 element\n"
                   "  [0]:\n"
                   "    id: 5\n"
                   "    rule: 0 bytes\n"
                   "rss: droppable section, version 1\n"
                   "  rss_key: 4 bytes 09 08 07 06\n");
}

static void
test_diff (void)
{
  static const char other_json[]
      = "{\"mtu\":1501,\"link\":\"up\",\"caps\":[],\"delta\":-7,\"real\":0.5,"
        "\"up\":true,\"magic\":77,\"queues\":[{\"ring\":1,\"size\":3,\"head\":1}],"
        "\"active\":0,\"rx\":\"\",\"label\":\"eth0\",\"bits\":\"/w8=\","
        "\"timer\":null,\"other\":null,\"filters\":[{\"id\":5,\"rule\":\"\"}]}";
  g_autoptr (MigdescState) state = new_state ();
  g_autoptr (MigdescState) other = migdesc_state_new_from_json (
      migdesc_state_get_schema (state), other_json, -1, NULL, NULL);
  g_autoptr (MigdescStateDiff) diff = migdesc_state_diff_new (state, other);
  g_autoptr (MigdescStateDiff) none = migdesc_state_diff_new (state, state);
  g_autoptr (MigdescState) source = migdesc_state_diff_get_source (diff, 3);
  g_autofree char *text = migdesc_state_diff_to_string (diff);

  g_assert_false (migdesc_state_equal (state, other));
  g_assert_cmpuint (migdesc_state_diff_get_n_places (none), ==, 0);
  g_assert_cmpstr (text, ==,
                   "mtu: 1500 -> 1501\n"
                   "caps: [\"csum\",\"lro\"] -> []\n"
                   "queues[0].size: 2 -> 3\n"
                   "queues[1]: {\"ring\":3,\"size\":4,\"head\":2} -> nothing\n"
                   "active: 1 -> 0\n"
                   "rx: \"AQID\" -> \"\"\n"
                   "timer: {\"expires\":7,\"mode\":1} -> null\n"
                   "rss: {\"@version\":1,\"@droppable\":true,\"rss_key\":\"CQgHBg==\"} -> "
                   "nothing\n");
  g_assert_cmpstr (migdesc_state_diff_get_path (diff, 3), ==, "queues[1]");
  g_assert_null (migdesc_state_diff_get_path (diff, 8));
  g_assert_cmpuint (migdesc_state_get_n_children (source), ==, 3);
  g_assert_null (migdesc_state_diff_get_destination (diff, 3));
}

static const MigdescField one_fields[] = {
  MIGDESC_U16 (Queue, size, 0, 99),
  MIGDESC_U16 (Queue, head, 0, 9),
};
MIGDESC_STRUCT (one_state, Queue, 1, 1, one_fields, NULL);
static const MigdescField two_fields[] = {
  MIGDESC_U16 (Queue, head, 0, 99),
  MIGDESC_U64 (Queue, ring, 0, 9),
};
MIGDESC_STRUCT (two_state, Queue, 1, 1, two_fields, NULL);

static void
test_unequal (void)
{
  static const struct
  {
    const char *old;
    const char *new;
  } cases[] = {
    { ",\"rss\":{\"@version\":1,\"@droppable\":true,\"rss_key\":\"CQgHBg==\"}", "" },
    { "CQgHBg==", "CQgHBw==" },
    { "\"other\":null", "\"other\":{\"expires\":0,\"mode\":0}" },
    { "eth0", "eth1" },
    { "AQID", "AQI=" },
    { "\"head\":2", "\"head\":3" },
    { "0.5", "0.25" },
    { "-7", "-8" },
  };
  g_autoptr (MigdescState) state = new_state ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *place = strstr (nic_json, cases[i].old);
      g_autofree char *json
          = g_strdup_printf ("%.*s%s%s", (int) (place - nic_json), nic_json, cases[i].new,
                             place + strlen (cases[i].old));
      g_autoptr (GError) error = NULL;
      g_autoptr (MigdescState) other = migdesc_state_new_from_json (
          migdesc_state_get_schema (state), json, -1, NULL, &error);
      g_autoptr (MigdescStateDiff) diff = NULL;

      g_assert_no_error (error);
      g_assert_false (migdesc_state_equal (state, other));
      g_assert_false (migdesc_state_equal (other, state));
      g_assert_cmpuint (migdesc_state_hash (state), !=, migdesc_state_hash (other));
      diff = migdesc_state_diff_new (state, other);
      g_assert_cmpuint (migdesc_state_diff_get_n_places (diff), ==, 1);
    }
}

/* Parts are matched by name, whatever the schemas say of them. */
static void
test_diff_schemas (void)
{
  const Queue queue = { 1, 2, 3 };
  g_autoptr (MigdescStateType) one = new_type (&one_state);
  g_autoptr (MigdescStateType) two = new_type (&two_state);
  g_autoptr (MigdescState) source = migdesc_state_new_from_struct (one, 1, NULL, &queue, NULL);
  g_autoptr (MigdescState) other = migdesc_state_new_from_struct (two, 1, NULL, &queue, NULL);
  g_autoptr (MigdescStateDiff) diff = migdesc_state_diff_new (source, other);
  g_autofree char *text = migdesc_state_diff_to_string (diff);

  g_assert_cmpstr (text, ==, "size: 2 -> nothing\nring: nothing -> 1\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/tree/struct", test_struct);
  g_test_add_func ("/state/tree/struct-errors", test_struct_errors);
  g_test_add_func ("/state/tree/json", test_json);
  g_test_add_func ("/state/tree/variant", test_variant);
  g_test_add_func ("/state/tree/variant-errors", test_variant_errors);
  g_test_add_func ("/state/tree/lookup", test_lookup);
  g_test_add_func ("/state/tree/parts", test_parts);
  g_test_add_func ("/state/tree/text", test_text);
  g_test_add_func ("/state/tree/unequal", test_unequal);
  g_test_add_func ("/state/tree/diff", test_diff);
  g_test_add_func ("/state/tree/diff-schemas", test_diff_schemas);
  return g_test_run ();
}
