/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What opens and then cannot be read, what goes away while it is open, and what is not what it
 * should be. None of it depends on permissions, which a superuser does not feel. */

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "host/input.h"
#include "host/tree-files.h"
#include "host/tree.h"
#include "tree-fixture.h"

/* A process may open its memory as a file; nothing is mapped at its start. */
#define BROKEN_DIRECTORY "/proc/self"
#define BROKEN_FILE "mem"

static void
assert_error (GError *error, MigdescError code, const char *message)
{
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
  g_error_free (error);
}

static void
test_file_that_fails (void)
{
  GError *error = NULL;

  g_assert_null (load (BROKEN_DIRECTORY "/" BROKEN_FILE, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ,
                "/proc/self/mem: cannot be read: Input/output error");
}

/* Where there is no place, or none of that kind, there is nothing to load either. */
static void
test_places_that_are_none (void)
{
  GError *error = NULL;

  g_assert_null (load ("backends:/dev/null", &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, "/dev/null: cannot be read: Not a directory");
  error = NULL;
  g_assert_null (migdesc_instance_list ("/dev/null/x", NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, "/dev/null/x: cannot be read: Not a directory");
  error = NULL;
  g_assert_null (migdesc_instance_load ("/dev/null/x", "u", NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, "/dev/null/x: cannot be read: Not a directory");
}

static void
test_attribute_that_fails (void)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;
  GError *error = NULL;

  g_assert_true (migdesc_tree_directory_open_root (&directory, BROKEN_DIRECTORY "//", NULL));
  g_assert_cmpstr (directory.place, ==, BROKEN_DIRECTORY);
  g_assert_null (migdesc_tree_read_bytes (&directory, BROKEN_FILE, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ,
                "/proc/self/mem: cannot be read: Input/output error");
  error = NULL;
  g_assert_null (migdesc_tree_read_text (&directory, BROKEN_FILE, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ,
                "/proc/self/mem: cannot be read: Input/output error");
}

static void
make_socket (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpuint (g_strlcpy (address.sun_path, path, sizeof address.sun_path), <,
                    sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  close (fd);
}

/* The message without the root of the tree */
static char *
read_attribute (const Tree *tree, const char *name)
{
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (migdesc_tree_directory_open_root (&directory, tree->root, NULL));
  g_assert_null (migdesc_tree_read_bytes (&directory, name, &error));
  if (error == NULL)
    return g_strdup ("nothing");
  g_assert_true (g_str_has_prefix (error->message, tree->root));
  return g_strdup_printf ("%s %s", migdesc_error_get_nick ((MigdescError) error->code),
                          error->message + strlen (tree->root));
}

static void
assert_attribute (const Tree *tree, const char *name, const char *expected)
{
  g_autofree char *answer = read_attribute (tree, name);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_attributes_of_other_kinds (Tree *tree, gconstpointer data)
{
  g_autofree char *pipe = tree_path (tree, "pipe");
  g_autofree char *named_socket = tree_path (tree, "socket");

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  make_socket (named_socket);
  tree_directory (tree, "directory");
  tree_link (tree, "link", "pipe");
  assert_attribute (tree, "pipe", "tree-invalid /pipe: is not a regular file");
  assert_attribute (tree, "directory", "tree-invalid /directory: is not a regular file");
  assert_attribute (tree, "link", "tree-invalid /link: is a symbolic link");
  assert_attribute (tree, "socket",
                    "cannot-read /socket: cannot be read: No such device or address");
  assert_attribute (tree, "missing", "nothing");
}

static void
test_files_of_other_kinds (Tree *tree, gconstpointer data)
{
  g_autofree char *pipe = tree_path (tree, "pipe");
  g_autofree char *named_socket = tree_path (tree, "socket");
  g_autofree char *no_pipe = g_strdup_printf ("%s: cannot be read: it is not a regular file", pipe);
  g_autofree char *no_socket = g_strdup_printf ("%s: cannot be read: No such device or address",
                                                named_socket);
  g_autofree char *no_file = g_strdup_printf ("%s: cannot be read: it is a directory", tree->root);
  GError *error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  make_socket (named_socket);
  g_assert_null (migdesc_input_read_file (pipe, NULL, NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, no_pipe);
  error = NULL;
  g_assert_null (migdesc_input_read_file (named_socket, NULL, NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, no_socket);
  error = NULL;
  g_assert_null (migdesc_input_read_file (tree->root, NULL, NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, no_file);
}

static void
test_directory_that_goes_away (Tree *tree, gconstpointer data)
{
  g_auto (MigdescTreeDirectory) root = MIGDESC_TREE_DIRECTORY_INIT;
  g_auto (MigdescTreeDirectory) directory = MIGDESC_TREE_DIRECTORY_INIT;
  const MigdescTreeDirectory closed = { -1, (char *) "/a\nb" };
  g_autofree char *path = tree_path (tree, "gone");
  GError *error = NULL;

  tree_directory (tree, "gone");
  g_assert_true (migdesc_tree_directory_open_root (&root, tree->root, NULL));
  g_assert_true (migdesc_tree_directory_open (&directory, &root, "gone", NULL));
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_null (migdesc_tree_read_bytes (&directory, "anything", &error));
  g_assert_no_error (error);
  g_assert_false (migdesc_tree_has (&directory, "anything"));
  g_assert_null (migdesc_tree_read_link_name (&directory, "anything"));
  g_assert_null (migdesc_tree_list (&closed, S_IFREG, NULL, &error));
  assert_error (error, MIGDESC_ERROR_CANNOT_READ, "/a\\nb/.: cannot be read: Bad file descriptor");
}

/* Without the root of the tree */
static void
assert_type (const Tree *tree, const char *type, MigdescError code, const char *expected)
{
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (migdesc_tree_read_type (tree->root, type, reader, NULL, &error));
  g_assert_error (error, MIGDESC_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, tree->root));
  g_assert_cmpstr (error->message + strlen (tree->root), ==, expected);
}

static void
test_types_that_are_none (Tree *tree, gconstpointer data)
{
  assert_type (tree, "t", MIGDESC_ERROR_TREE_INVALID, ": has no directory mdev_supported_types");
  tree_file (tree, TYPES "file", "");
  tree_link (tree, TYPES "link", "file");
  tree_file (tree, TYPES "silent/name", "x\n");
  assert_type (tree, "missing", MIGDESC_ERROR_CANNOT_READ,
               "/mdev_supported_types/missing: there is no such type");
  assert_type (tree, "file", MIGDESC_ERROR_TREE_INVALID,
               "/mdev_supported_types/file: is not a directory");
  assert_type (tree, "link", MIGDESC_ERROR_TREE_INVALID,
               "/mdev_supported_types/link: is not a directory");
  assert_type (tree, "../x", MIGDESC_ERROR_TREE_UNSAFE_NAME, "/mdev_supported_types/../x" NOT_SAFE);
  assert_type (tree, "silent", MIGDESC_ERROR_TREE_INVALID,
               "/mdev_supported_types/silent: publishes nothing about migration");
}

static void
test_root_that_is_none (Tree *tree, gconstpointer data)
{
  g_autofree char *path = tree_path (tree, "file");
  g_autofree char *no_directory = g_strdup_printf ("%s: cannot be read: Not a directory", path);
  g_autofree char *gone = tree_path (tree, "gone");
  g_autofree char *not_there = g_strdup_printf ("%s: cannot be read: No such file or directory",
                                                gone);
  g_autoptr (MigdescReader) reader = migdesc_reader_new ();
  GError *errors[5] = { NULL };

  tree_file (tree, "file", "");
  g_assert_false (migdesc_tree_is_tree (path));
  g_assert_null (migdesc_tree_list_types (path, MIGDESC_DIALECT_AUTO, &errors[0]));
  g_assert_null (migdesc_tree_read_type (path, "t", reader, NULL, &errors[1]));
  g_assert_null (migdesc_tree_list_instances (path, &errors[2]));
  g_assert_null (migdesc_tree_read_instance (path, "u", &errors[3]));
  for (gsize i = 0; i < 4; i++)
    assert_error (errors[i], MIGDESC_ERROR_CANNOT_READ, no_directory);
  g_assert_null (migdesc_input_list_directory (gone, &errors[4]));
  assert_error (errors[4], MIGDESC_ERROR_CANNOT_READ, not_there);
}

#define ADD(name, function) \
  g_test_add ("/host/unreadable/" name, Tree, NULL, tree_set_up, function, tree_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/unreadable/file-that-fails", test_file_that_fails);
  g_test_add_func ("/host/unreadable/places-that-are-none", test_places_that_are_none);
  g_test_add_func ("/host/unreadable/attribute-that-fails", test_attribute_that_fails);
  ADD ("attributes-of-other-kinds", test_attributes_of_other_kinds);
  ADD ("files-of-other-kinds", test_files_of_other_kinds);
  ADD ("directory-that-goes-away", test_directory_that_goes_away);
  ADD ("types-that-are-none", test_types_that_are_none);
  ADD ("root-that-is-none", test_root_that_is_none);
  return g_test_run ();
}
