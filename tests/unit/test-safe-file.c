/* SPDX-License-Identifier: LGPL-2.1-or-later */

#include "host/safe-file.h"

#include "open-files.h"
#include "tree-fixture.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define OTHER 4711

/* Both ways to ask say the same; NULL: it is safe. */
static void
assert_answer (const Tree *tree,
               const char *path,
               MigdescError code,
               const char *what)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);
  g_autofree char *message = g_strdup_printf ("%s: %s", full, what);
  g_autoptr (GError) checked = NULL, opened = NULL;

  g_assert_false (migdesc_safe_file_check (full, &checked));
  g_assert_cmpstr (checked->message, ==, message);
  g_assert_error (checked, MIGDESC_ERROR, (int) code);
  g_assert_cmpint (migdesc_safe_file_open (full, &opened), ==, -1);
  g_assert_cmpstr (opened->message, ==, message);
  g_assert_error (opened, MIGDESC_ERROR, (int) code);
}

static void
assert_cannot_read (const Tree *tree,
                    const char *path,
                    const char *why)
{
  g_autofree char *what = g_strconcat ("cannot be read: ", why, NULL);

  assert_answer (tree, path, MIGDESC_ERROR_CANNOT_READ, what);
}

/* place: the directory or link that is the reason; NULL: the file itself. */
static void
assert_unsafe (const Tree *tree,
               const char *path,
               const char *kind,
               const char *place,
               const char *why)
{
  g_autofree char *what
      = place == NULL ? g_strdup (why)
                      : g_strdup_printf ("the %s %s/%s on the way to it %s", kind, tree->root,
                                         place, why);

  assert_answer (tree, path, MIGDESC_ERROR_UNSAFE_FILE, what);
}

/* The descriptor is that of the file. */
static void
assert_safe (const char *path)
{
  g_autoptr (GError) error = NULL;
  struct stat expected, info;
  int fd;

  migdesc_safe_file_check (path, &error);
  g_assert_no_error (error);
  fd = migdesc_safe_file_open (path, &error);
  g_assert_no_error (error);
  g_assert_no_errno (stat (path, &expected));
  g_assert_no_errno (fstat (fd, &info));
  g_assert_cmpuint (info.st_ino, ==, expected.st_ino);
  g_assert_cmpint (fcntl (fd, F_GETFD), ==, FD_CLOEXEC);
  g_assert_cmpint (fcntl (fd, F_GETFL) & O_ACCMODE, ==, O_RDONLY);
  close (fd);
}

static void
assert_safe_at (const Tree *tree,
                const char *path)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);

  assert_safe (full);
}

static void
set_mode (const Tree *tree,
          const char *path,
          mode_t mode)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);

  g_assert_no_errno (g_chmod (full, mode));
}

static void
give_away (const Tree *tree,
           const char *path)
{
  g_autofree char *full = g_build_filename (tree->root, path, NULL);

  g_assert_no_errno (lchown (full, OTHER, OTHER));
}

static void
test_good (Tree *tree,
           gconstpointer data)
{
  g_autofree char *here = g_get_current_dir ();

  tree_file (tree, "d/nic", "x");
  tree_file (tree, "d/e/other", "x");
  assert_safe_at (tree, "d/nic");
  assert_safe_at (tree, "d//e/../nic");
  assert_safe_at (tree, "./d/./nic");

  g_assert_no_errno (chdir (tree->root));
  assert_safe ("d/nic");
  assert_safe ("./d/e/../nic");
  g_assert_no_errno (chdir (here));
}

/* What the packages of a system install */
static void
test_of_root (Tree *tree,
              gconstpointer data)
{
  assert_safe ("/bin/sh");
  assert_safe ("/usr/bin/env");
}

static void
test_links (Tree *tree,
            gconstpointer data)
{
  g_autofree char *absolute = g_build_filename (tree->root, "d", NULL);

  tree_file (tree, "d/nic", "x");
  tree_link (tree, "d/same", "nic");
  tree_link (tree, "e/up", "../d/same");
  tree_link (tree, "e/directory", "../d");
  tree_link (tree, "absolute", absolute);
  assert_safe_at (tree, "d/same");
  assert_safe_at (tree, "e/up");
  assert_safe_at (tree, "e/directory/same");
  assert_safe_at (tree, "absolute/../e/directory/nic");
}

/* As many as the kernel takes, and one more. */
static void
test_chain (Tree *tree,
            gconstpointer data)
{
  tree_file (tree, "0", "x");
  for (guint i = 1; i <= 41; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *target = g_strdup_printf ("%u", i - 1);

      tree_link (tree, name, target);
    }
  assert_safe_at (tree, "40");
  assert_cannot_read (tree, "41", "Too many levels of symbolic links");
  tree_link (tree, "itself", "itself");
  assert_cannot_read (tree, "itself", "Too many levels of symbolic links");
}

static void
test_not_there (Tree *tree,
                gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (tree->root, "fifo", NULL);

  tree_file (tree, "file", "x");
  tree_directory (tree, "directory");
  tree_link (tree, "broken", "none");
  g_assert_no_errno (mkfifo (fifo, 0600));
  assert_cannot_read (tree, "none", "No such file or directory");
  assert_cannot_read (tree, "none/file", "No such file or directory");
  assert_cannot_read (tree, "broken", "No such file or directory");
  assert_cannot_read (tree, "file/x", "Not a directory");
  assert_cannot_read (tree, "file/", "Not a directory");
  assert_cannot_read (tree, "directory", "it is a directory");
  assert_cannot_read (tree, "directory/", "it is a directory");
  assert_cannot_read (tree, "fifo", "it is not a regular file");
}

static void
test_mode (Tree *tree,
           gconstpointer data)
{
  tree_file (tree, "nic", "x");
  tree_link (tree, "link", "nic");
  set_mode (tree, "nic", 0755);
  assert_safe_at (tree, "nic");
  set_mode (tree, "nic", 0720);
  assert_unsafe (tree, "nic", NULL, NULL, "has mode 0720: others than its owner may write it");
  set_mode (tree, "nic", 04702);
  assert_unsafe (tree, "nic", NULL, NULL, "has mode 4702: others than its owner may write it");
  assert_unsafe (tree, "link", NULL, NULL, "has mode 4702: others than its owner may write it");
  /* only of a directory it means anything */
  set_mode (tree, "nic", 01702);
  assert_unsafe (tree, "nic", NULL, NULL, "has mode 1702: others than its owner may write it");
}

static void
test_mode_of_directory (Tree *tree,
                        gconstpointer data)
{
  tree_file (tree, "d/e/nic", "x");
  set_mode (tree, "d", 0770);
  assert_unsafe (tree, "d/e/nic", "directory", "d",
                 "has mode 0770: others than its owner may write it");
  set_mode (tree, "d", 0707);
  assert_unsafe (tree, "d/e/nic", "directory", "d",
                 "has mode 0707: others than its owner may write it");
  set_mode (tree, "d", 01777);
  assert_safe_at (tree, "d/e/nic");
  set_mode (tree, "d/e", 0777);
  assert_unsafe (tree, "d/e/nic", "directory", "d/e",
                 "has mode 0777: others than its owner may write it");
}

/* Who may turn a link elsewhere chooses the file, however safe that is. */
static void
test_link_in_directory (Tree *tree,
                        gconstpointer data)
{
  g_autofree char *absolute = g_build_filename (tree->root, "good/nic", NULL);

  tree_file (tree, "good/nic", "x");
  tree_link (tree, "open/nic", absolute);
  tree_link (tree, "good/through", "../open/nic");
  assert_safe_at (tree, "open/nic");
  set_mode (tree, "open", 0777);
  assert_unsafe (tree, "open/nic", "directory", "open",
                 "has mode 0777: others than its owner may write it");
  assert_unsafe (tree, "good/through", "directory", "good/../open",
                 "has mode 0777: others than its owner may write it");
  set_mode (tree, "open", 01777);
  assert_safe_at (tree, "good/through");
}

/* Giving files away is root's right alone: root tests what is said of files of others; anybody else
 * that root's files are as good as their own, which for root are the same. */
static void
test_owner (Tree *tree,
            gconstpointer data)
{
  tree_file (tree, "d/nic", "x");
  tree_link (tree, "link", "d/nic");
  assert_safe_at (tree, "link");
  if (geteuid () != 0)
    {
      assert_safe ("/bin/sh");
      return;
    }
  give_away (tree, "link");
  assert_unsafe (tree, "link", "link", "link", "belongs to user 4711, not to root or user 0");
  give_away (tree, "d");
  assert_unsafe (tree, "d/nic", "directory", "d", "belongs to user 4711, not to root or user 0");
  set_mode (tree, "d", 01777);
  assert_unsafe (tree, "d/nic", "directory", "d", "belongs to user 4711, not to root or user 0");
  tree_file (tree, "nic", "x");
  give_away (tree, "nic");
  assert_unsafe (tree, "nic", NULL, NULL, "belongs to user 4711, not to root or user 0");
}

/* What has no right but to run a program can still ask whether that is safe. */
static void
test_not_readable (Tree *tree,
                   gconstpointer data)
{
  g_autofree char *path = g_build_filename (tree->root, "nic", NULL);
  g_autofree char *message = g_strconcat (path, ": cannot be read: Permission denied", NULL);
  g_autoptr (GError) checked = NULL, opened = NULL;
  uid_t user = geteuid ();
  int fd;

  tree_file (tree, "nic", "x");
  set_mode (tree, "nic", 0111);
  if (user == 0)
    {
      give_away (tree, ".");
      give_away (tree, "nic");
      g_assert_no_errno (seteuid (OTHER));
    }
  migdesc_safe_file_check (path, &checked);
  fd = migdesc_safe_file_open (path, &opened);
  g_assert_no_errno (seteuid (user));

  g_assert_no_error (checked);
  g_assert_cmpint (fd, ==, -1);
  g_assert_error (opened, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
  g_assert_cmpstr (opened->message, ==, message);
}

/* With room for fewer and fewer descriptors: it is told, and none is left open. */
static void
test_no_descriptors_left (Tree *tree,
                          gconstpointer data)
{
  g_autofree char *link = g_build_filename (tree->root, "link", NULL);
  g_autofree char *file = g_build_filename (tree->root, "d", "nic", NULL);
  g_autofree char *message = g_strconcat (link, ": cannot be read: Too many open files", NULL);
  struct rlimit usual, low;
  guint n_failed = 0;
  int fd = -1, first;

  tree_file (tree, "d/nic", "x");
  tree_link (tree, "link", file);
  g_assert_no_errno (getrlimit (RLIMIT_NOFILE, &usual));
  first = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  close (first);
  for (low = usual; fd < 0; n_failed++)
    {
      g_autoptr (GError) error = NULL;

      low.rlim_cur = (rlim_t) first + n_failed;
      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &low));
      fd = migdesc_safe_file_open (link, &error);
      g_assert_no_errno (setrlimit (RLIMIT_NOFILE, &usual));
      if (fd >= 0)
        break;
      g_assert_error (error, MIGDESC_ERROR, MIGDESC_ERROR_CANNOT_READ);
      g_assert_cmpstr (error->message, ==, message);
    }
  g_assert_cmpint (close (fd), ==, 0);
  g_assert_cmpuint (n_failed, >=, 3); /* more where others are open further up */
  fd = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_assert_cmpint (fd, ==, first);
  close (fd);
}

static void
test_descriptors (Tree *tree,
                  gconstpointer data)
{
  guint before = count_open_files ();

  test_links (tree, data);
  test_not_there (tree, data);
  test_mode_of_directory (tree, data);
  test_link_in_directory (tree, data);
  g_assert_cmpuint (count_open_files (), ==, before);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Tree *tree, gconstpointer data);
  } tests[] = {
    { "/safe-file/good", test_good },
    { "/safe-file/of-root", test_of_root },
    { "/safe-file/links", test_links },
    { "/safe-file/chain", test_chain },
    { "/safe-file/not-there", test_not_there },
    { "/safe-file/mode", test_mode },
    { "/safe-file/mode-of-directory", test_mode_of_directory },
    { "/safe-file/link-in-directory", test_link_in_directory },
    { "/safe-file/owner", test_owner },
    { "/safe-file/not-readable", test_not_readable },
    { "/safe-file/no-descriptors-left", test_no_descriptors_left },
    { "/safe-file/descriptors", test_descriptors },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Tree, NULL, tree_set_up, tests[i].test, tree_tear_down);
  return g_test_run ();
}
