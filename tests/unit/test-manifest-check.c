/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

/* Whether a host can load a state, before anything is loaded. */

#define SCHEMA \
  "{\"state-schema\":1,\"name\":\"nic\",\"version\":2,\"minimum\":1," \
  "\"fields\":[{\"name\":\"mtu\",\"type\":\"u16\",\"min\":68,\"max\":9216}]}"

#define FIELD(name, max) "{\"name\":\"" name "\",\"type\":\"u16\",\"min\":68,\"max\":" max "}"
/* Another name since version 3: version 2 goes by transforms. */
#define RENAMED(max)                                                                     \
  "{\"state-schema\":1,\"name\":\"nic\",\"version\":3,\"minimum\":3,"                     \
  "\"fields\":[" FIELD ("size", max) "],\"transforms\":{\"schemas\":["                   \
  "{\"state-schema\":1,\"name\":\"nic\",\"version\":2,\"minimum\":2,"                     \
  "\"fields\":[" FIELD ("mtu", "9216") "]}],\"changes\":[{\"from\":2,\"to\":3,"            \
  "\"change\":\"rename\",\"path\":\"mtu\",\"target\":\"size\"}]}}"

static char *
digest_of_version (guint version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescStateType) type = migdesc_state_type_new_from_json (SCHEMA, -1, NULL, &error);
  g_autoptr (MigdescStateType) effective = NULL;

  g_assert_no_error (error);
  effective = migdesc_state_type_new_effective (type, version, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (migdesc_state_type_get_digest (effective));
}

static MigdescReport *
check (const char *model,
       guint version,
       const char *digest,
       const char *state)
{
  g_autofree char *schema
      = digest == NULL ? g_strdup ("") : g_strdup_printf (",\"schema\":\"%s\"", digest);
  g_autofree char *text
      = g_strdup_printf ("{\"devices\":[{\"id\":\"a\",\"model\":\"%s\",\"state\":%u,"
                         "\"params\":{}%s}]}",
                         model, version, schema);
  g_autofree char *document
      = g_strdup_printf ("{\"models\":{\"a.b/nic\":{\"params\":{}%s}}}", state);
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescManifest) manifest = migdesc_manifest_new_from_json (text, -1, NULL, &error);
  g_autoptr (MigdescDescriptor) host = NULL;
  MigdescReport *report;

  g_assert_no_error (error);
  host = migdesc_descriptor_new_from_string (document, -1, &error);
  g_assert_no_error (error);
  report = migdesc_manifest_check (manifest, 0, host, NULL, &error);
  g_assert_no_error (error);
  return report;
}

static void
assert_answer (MigdescReport *report,
               MigdescVerdict verdict,
               const char *code)
{
  g_assert_cmpint (migdesc_report_get_verdict (report), ==, verdict);
  if (code == NULL)
    g_assert_cmpuint (migdesc_report_get_n_findings (report), ==, 0);
  else
    {
      g_autoptr (MigdescFinding) finding = migdesc_report_lookup_code (report, code);

      g_assert_nonnull (finding);
    }
  migdesc_report_unref (report);
}

static void
test_answers (void)
{
  static const char state[] = ",\"state\":" SCHEMA;
  static const char other[]
      = "sha256:0123456789012345678901234567890123456789012345678901234567890123";
  g_autofree char *own = digest_of_version (2);

  assert_answer (check ("a.b/nic", 2, own, state), MIGDESC_VERDICT_COMPATIBLE, NULL);
  assert_answer (check ("a.b/nic", 2, other, state), MIGDESC_VERDICT_INCOMPATIBLE, "state-schema");
  assert_answer (check ("a.b/nic", 1, own, state), MIGDESC_VERDICT_INCOMPATIBLE, "state-schema");
  assert_answer (check ("a.b/nic", 3, own, state), MIGDESC_VERDICT_INCOMPATIBLE,
                 "state-versions-apart");
  assert_answer (check ("a.b/nic", 2, NULL, state), MIGDESC_VERDICT_UNDECIDED,
                 "state-schema-unusable");
  assert_answer (check ("a.b/nic", 2, own, ",\"state\":{}"), MIGDESC_VERDICT_UNDECIDED,
                 "state-schema-unusable");
  assert_answer (check ("a.b/nic", 2, own, ""), MIGDESC_VERDICT_COMPATIBLE, NULL);
  assert_answer (check ("a.b/disk", 2, own, state), MIGDESC_VERDICT_INCOMPATIBLE,
                 "model-not-supported");
}

static void
test_transforms (void)
{
  static const char wide[] = ",\"state\":" RENAMED ("9216");
  static const char narrow[] = ",\"state\":" RENAMED ("1500");
  static const char other[]
      = "sha256:0123456789012345678901234567890123456789012345678901234567890123";
  g_autofree char *kept = digest_of_version (2);

  assert_answer (check ("a.b/nic", 2, kept, wide), MIGDESC_VERDICT_COMPATIBLE, NULL);
  assert_answer (check ("a.b/nic", 2, kept, narrow), MIGDESC_VERDICT_COMPATIBLE,
                 "state-field-values");
  assert_answer (check ("a.b/nic", 2, other, wide), MIGDESC_VERDICT_INCOMPATIBLE, "state-schema");
  assert_answer (check ("a.b/nic", 1, kept, wide), MIGDESC_VERDICT_INCOMPATIBLE,
                 "state-versions-apart");
  assert_answer (check ("a.b/nic", 2, NULL, wide), MIGDESC_VERDICT_UNDECIDED,
                 "state-schema-unusable");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/manifest-check/answers", test_answers);
  g_test_add_func ("/manifest-check/transforms", test_transforms);
  return g_test_run ();
}
