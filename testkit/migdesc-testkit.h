/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The test kit for authors of backends. It is a library of its own, libmigdesc-testkit, which is
 * static: no program but tests has it. */

#pragma once

#include <migdesc/migdesc.h>

G_BEGIN_DECLS

/**
 * SECTION:migdesc-testkit
 * @title: Test kit
 * @short_description: Tests of a device's state, for the program that has the device
 * @include: migdesc-testkit.h
 *
 * What an author has to promise of a state type is the same for every device: what older versions
 * wrote can be read, what a version looks like does not change, what is saved comes back, and no
 * stream harms a device that refuses it. The test kit makes tests of that from a description, in a
 * file of its own:
 *
 * |[<!-- language="C" -->
 * #include <migdesc-testkit.h>
 *
 * #include "nic.h"
 *
 * static const MigdescTestkit nic_testkit = { .name = "nic", .table = &nic_state };
 *
 * MIGDESC_TESTKIT (nic_testkit)
 * MIGDESC_TESTKIT_FUZZ (nic_testkit)
 * ]|
 *
 * and in the build file, with `dependency('migdesc-testkit-1.0')`, or `migdesc_testkit_dep` of the
 * subproject:
 *
 * |[
 * nic_kit = executable('nic-kit', 'nic-kit.c', dependencies: dependency('migdesc-testkit-1.0'))
 * test('nic-state', nic_kit,
 *   args: ['--golden', meson.current_source_dir() / 'golden'],
 *   protocol: 'tap',
 * )
 * ]|
 *
 * The program has a test of each kind for each version:
 *
 * - `schema`: the effective schema is the one that was recorded. What changed is told.
 * - `golden`: the stream that was recorded is read as the state that was recorded with it.
 * - `round-trip`: states made at random, inside the bounds of the type, are saved, loaded and saved
 *   again, and give the same bytes; as JSON, and by way of the newest version, too.
 * - `refused`: a stream that ends early is refused, and the device is as it was; so it is when it
 *   has agreed and the load is given up.
 * - `fuzz`: so it is with every byte changed of what was recorded, or that is a valid stream.
 *
 * A state that only a visit function knows has the tests `round-trip`, `refused` and `changed`:
 * with every bit changed of its JSON it is refused, or is a state that comes back. Without a schema
 * there is nothing to record.
 *
 * Options, beside those of g_test_init():
 *
 * - `--golden FOLDER`: where the recorded streams are, each with its state as JSON and its schema;
 *   without it there are only the tests `round-trip` and `refused`.
 *   What is recorded belongs into the author's repository.
 * - `--update`: record what is not there yet. What is there is never written again: it stands for
 *   streams that others have. Delete the files of a version that nobody has yet to record it anew.
 * - `--rounds N`, `--first SEED`: how many states are made at random, from which seed on. A failure
 *   tells its seed.
 * - `--replay PATH...`: runs the fuzz entry point once for each file, or each file of a folder.
 *
 * Linked with `-fsanitize=fuzzer`, the same file is a fuzzer; what was recorded are its seeds.
 */

/**
 * MigdescTestkit:
 * @name: what the tests and the recorded files are called
 * @table: (nullable): the state, as %MIGDESC_STRUCT made it; or
 * @new_type: (nullable): makes the type of the state, if it is more than a table; or
 * @visit: (nullable): visits the state, if it has no type; then @fill makes one of zeros; or
 * @new_backend: (nullable): makes the backend, if the device has one. Then each version of its
 *     model is a case, with the parameters that it has and the state version that it saves
 * @state_size: the size of the state's struct, where there is no @table
 * @params: (nullable): the configuration as text, where there is no @new_backend
 * @fill: (nullable): makes a state that was made at random one that the device takes, where the
 *     type does not say all that has to hold
 * @funcs: (nullable): how the device gives and takes its state; without, a struct stands for it
 * @new_device: (nullable): makes a device for @funcs; the backend is %NULL without @new_backend,
 *     and configured with it
 * @free_device: (nullable): frees what @new_device made
 * @clear: (nullable): frees what a state owns, for @visit
 * @visit_version: the state version that @visit saves and loads; 1 if it is 0
 *
 * What the tests are made from. It has to stay while they run, and is made by a designated
 * initialiser: of @table, @new_type, @visit and @new_backend it has one.
 *
 * Since: 1.0
 */
typedef struct _MigdescTestkit MigdescTestkit;

struct _MigdescTestkit
{
  const char *name;
  const MigdescStruct *table;
  MigdescStateType *(*new_type) (GError **error);
  MigdescBackend *(*new_backend) (GError **error);
  gsize state_size;
  const char *params;
  void (*fill) (gpointer device, gpointer state, GRand *random);
  const MigdescDeviceFuncs *funcs;
  gpointer (*new_device) (MigdescBackend *backend,
                          MigdescStateType *type,
                          MigdescParamList *params);
  void (*free_device) (gpointer device);
  MigdescVisitFunc visit;
  void (*clear) (gpointer state);
  guint visit_version;

  /*< private >*/
  gpointer reserved[4];
};

int migdesc_testkit_run (const MigdescTestkit *testkit, int argc, char **argv);
int migdesc_testkit_fuzz (const MigdescTestkit *testkit, const guint8 *data, gsize size);

/* What MIGDESC_TESTKIT() makes, for the main() of the library */
const MigdescTestkit *migdesc_testkit_get_ (void);
/* and MIGDESC_TESTKIT_FUZZ(), for libFuzzer */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/**
 * MIGDESC_TESTKIT:
 * @testkit: a #MigdescTestkit
 *
 * Makes the file a test program, whose main() calls migdesc_testkit_run(). A program with a main()
 * of its own does that itself.
 *
 * Since: 1.0
 */
#define MIGDESC_TESTKIT(testkit) \
  const MigdescTestkit *migdesc_testkit_get_ (void) \
  { \
    return &(testkit); \
  }

/**
 * MIGDESC_TESTKIT_FUZZ:
 * @testkit: a #MigdescTestkit
 *
 * Makes the entry point of a fuzzer, which is one when it is linked with `-fsanitize=fuzzer`.
 *
 * Since: 1.0
 */
#define MIGDESC_TESTKIT_FUZZ(testkit) \
  int LLVMFuzzerTestOneInput (const guint8 *data, size_t size) \
  { \
    return migdesc_testkit_fuzz (&(testkit), data, size); \
  }

G_END_DECLS
