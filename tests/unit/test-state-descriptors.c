/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include <migdesc/migdesc.h>

#include "ops-check.h"

/* Rule 10: descriptors that publish state schemas are checked and compared by them too. */

#define SCHEMA(version, minimum, field)                                                   \
  "{'state-schema':1,'name':'nic','version':" version ",'minimum':" minimum               \
  ",'fields':[{'name':'mtu','type':" field ",'min':0,'max':9}]}"
#define DOCUMENT(versions, state) \
  "{'migdesc':'1.0','models':{'a.b/c':{'params':{'p':{'type':'int','init_value':1," \
  "'allowed_values':['1-4']}},'versions':[" versions "],'state':" state "}}}"
#define ONE "{'name':'one','params':{'p':1},'state_version':1}"
#define TWO "{'name':'two','params':{'p':2},'state_version':'2'}"

static char *
check (const char *list,
       const char *source,
       const char *destination)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MigdescParamList) parsed = ops_list (list);
  g_autoptr (MigdescDescriptor) from = ops_read (source);
  g_autoptr (MigdescDescriptor) to = ops_read (destination);
  MigdescReport *report = migdesc_descriptor_check (to, parsed, from, NULL, &error);

  g_assert_no_error (error);
  return ops_report (report);
}

#define NEW DOCUMENT (ONE "," TWO, SCHEMA ("2", "1", "'u16'"))
#define OLD DOCUMENT (ONE "," TWO, SCHEMA ("1", "1", "'u16'"))
#define OTHER DOCUMENT (ONE "," TWO, SCHEMA ("2", "1", "'u32'"))
#define NONE_AT_ALL DOCUMENT (ONE "," TWO, "{'a':1}")
#define WITHOUT \
  "{'migdesc':'1.0','models':{'a.b/c':{'params':{'p':{'type':'int','init_value':1," \
  "'allowed_values':['1-4']}},'versions':[" ONE "," TWO "]}}}"

static void
test_check (void)
{
  ops_assert_text (check ("a.b/c?p=1", NEW, NEW), "compatible\n");
  ops_assert_text (check ("a.b/c?p=1", NEW, OLD), "compatible\n");
  ops_assert_text (check ("a.b/c?p=1", NEW, WITHOUT), "compatible\n");
  ops_assert_text (check ("a.b/c?p=1", WITHOUT, NEW), "compatible\n");
  ops_assert_text (check ("a.b/c?p=1", NEW, OTHER),
                   "incompatible\nblocker state-field-type /models/a.b~1c/state: mtu: u16 at the "
                   "source, u32 at the destination\n");
  ops_assert_text (check ("a.b/c?p=1", NEW, NONE_AT_ALL),
                   "undecided\nwarning state-schema-unusable /models/a.b~1c/state: the "
                   "destination's state schema cannot be used: 1:2: a state schema has no member "
                   "\"a\" (at /a)\n");
}

/* The version of the list says which state version the source writes. */
static void
test_versions (void)
{
  ops_assert_text (check ("a.b/c?version=one", NEW, OLD), "compatible\n");
  ops_assert_text (check ("a.b/c?version=two", NEW, OLD),
                   "incompatible\nblocker state-versions-apart /models/a.b~1c/state: state "
                   "versions 2 to 2 at the source, 1 to 1 at the destination\n");
  ops_assert_text (check ("a.b/c?version=two", OLD, NEW),
                   "incompatible\nblocker state-versions-apart /models/a.b~1c/state: state version "
                   "2 is asked for, the source's schema has 1 to 1\n");
}

#define LONG(version, minimum, field, more)                                               \
  "{'state-schema':1,'name':'nic','version':" version ",'minimum':" minimum               \
  ",'fields':[{'name':'" field "','type':'u16','min':0,'max':9}]" more "}"
#define TRANSFORMS                                                                        \
  ",'transforms':{'schemas':[" LONG ("1", "1", "mtu", "") "],'changes':["                 \
  "{'from':1,'to':2,'change':'rename','path':'mtu','target':'size'},"                     \
  "{'from':2,'to':1,'change':'rename','path':'size','target':'mtu'}]}"
#define CHANGED DOCUMENT (ONE "," TWO, LONG ("2", "2", "size", TRANSFORMS))
#define CHANGED_WITHOUT DOCUMENT (ONE "," TWO, LONG ("2", "2", "size", ""))

/* A version that is not in the table goes by transforms, to and from. */
static void
test_transforms (void)
{
  ops_assert_text (check ("a.b/c?version=one", OLD, CHANGED), "compatible\n");
  ops_assert_text (check ("a.b/c?version=one", CHANGED, OLD), "compatible\n");
  ops_assert_text (check ("a.b/c?version=one", OLD, CHANGED_WITHOUT),
                   "incompatible\nblocker state-versions-apart /models/a.b~1c/state: state "
                   "versions 1 to 1 at the source, 2 to 2 at the destination\n");
  ops_assert_text (check ("a.b/c?version=one", CHANGED_WITHOUT, OLD),
                   "incompatible\nblocker state-versions-apart /models/a.b~1c/state: state version "
                   "1 is asked for, the source's schema has 2 to 2\n");
}

typedef struct
{
  MigdescDescriptor *source;
  MigdescDescriptor *destination;
} Pair;

static gpointer
check_often (gpointer data)
{
  const Pair *pair = data;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (MigdescParamList) list = ops_list ("a.b/c?version=one");

      ops_assert_text (
          ops_report (migdesc_descriptor_check (pair->destination, list, pair->source, NULL, NULL)),
          "compatible\n");
    }
  return NULL;
}

/* The first thread to read a schema keeps it for all. */
static void
test_threads (void)
{
  g_autoptr (MigdescDescriptor) source = ops_read (OLD);
  g_autoptr (MigdescDescriptor) destination = ops_read (CHANGED);
  Pair pair = { source, destination };
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, check_often, &pair);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
compare (const char *source,
         const char *destination,
         MigdescRelation relation,
         const char *expected)
{
  g_autoptr (MigdescModel) from = ops_read_model (source);
  g_autoptr (MigdescModel) to = ops_read_model (destination);
  g_autoptr (MigdescComparison) comparison = migdesc_model_compare (from, to, NULL);

  ops_assert_text (ops_report (migdesc_comparison_get_report (comparison)), expected);
  g_assert_cmpint (migdesc_comparison_get_relation (comparison), ==, relation);
}

static void
test_compare (void)
{
  compare (NEW, NEW, MIGDESC_RELATION_IDENTICAL, "compatible\n");
  compare (NEW, OLD, MIGDESC_RELATION_IDENTICAL, "compatible\n");
  compare (OLD, CHANGED, MIGDESC_RELATION_IDENTICAL, "compatible\n");
  compare (CHANGED, OLD, MIGDESC_RELATION_IDENTICAL, "compatible\n");
  compare (NEW, OTHER, MIGDESC_RELATION_INCOMPATIBLE,
           "incompatible\nblocker state-field-type /models/a.b~1c/state: mtu: u16 at the source, "
           "u32 at the destination\n");
  compare (NONE_AT_ALL, NEW, MIGDESC_RELATION_UNDECIDED,
           "undecided\nwarning state-schema-unusable /models/a.b~1c/state: the source's state "
           "schema cannot be used: 1:2: a state schema has no member \"a\" (at /a)\n");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-descriptors/check", test_check);
  g_test_add_func ("/state-descriptors/versions", test_versions);
  g_test_add_func ("/state-descriptors/transforms", test_transforms);
  g_test_add_func ("/state-descriptors/threads", test_threads);
  g_test_add_func ("/state-descriptors/compare", test_compare);

  return g_test_run ();
}
