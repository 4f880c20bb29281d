/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* ask [DESCRIPTOR] LIST: can that destination, or the one on standard input, take a device of that
 * parameter list, and how must it be set up?
 *
 * cc ask.c $(pkg-config --cflags --libs migdesc-1.0) -o ask */

#include <migdesc/migdesc.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const char *place = argc == 3 ? argv[1] : "-";
  g_autoptr (MigdescDescriptor) destination = migdesc_descriptor_load (place, NULL, NULL, &error);
  g_autoptr (MigdescParamList) list
      = destination ? migdesc_param_list_new_from_string (argv[argc - 1], &error) : NULL;
  g_autoptr (MigdescReport) report = NULL;
  g_autoptr (MigdescPlan) plan = list ? migdesc_descriptor_plan (destination, list, FALSE, &report,
                                                                 &error)
                                      : NULL;
  g_auto (GStrv) lines = plan ? migdesc_plan_render (plan, MIGDESC_PLAN_ARGV_M, &error) : NULL;
  g_autofree char *why = report ? migdesc_report_to_string (report) : NULL;

  if (error != NULL)
    g_printerr ("%s\n", error->message);
  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_print ("%s\n", lines[i]);
  if (plan == NULL && why != NULL)
    g_print ("%s\n", why);
  return plan != NULL ? 0 : 1;
}
