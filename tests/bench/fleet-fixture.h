/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A fleet for benchmarks: hosts of a number of different descriptors of about 2 KB, and a device of
 * eight params. */

#include <migdesc/migdesc.h>

#define FLEET_MODEL "vendor-a.com/my-nic"
#define FLEET_LIST                                                                              \
  FLEET_MODEL "?num-queues=8,ring-size=256,rss=on,mode=safe,mtu=1500,offload-tx=on,"           \
              "checksum=on,filter-size=16"

/* Of every number another descriptor; two of three take the list. */
static inline char *
fleet_descriptor (guint number)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text,
      "{\"models\":{\"" FLEET_MODEL "\":{\"description\":\"example NIC, lot %u%0850u\",\"params\":{"
      "\"num-queues\":{\"type\":\"int\",\"allowed_values\":[\"1-%u\"],\"init_value\":1,"
      "\"off_value\":1,\"description\":\"receive queues\",\"unit\":\"queues\"},"
      "\"ring-size\":{\"type\":\"int\",\"allowed_values\":[\"64-%u\"],\"init_value\":256,"
      "\"description\":\"entries of a ring\"},"
      "\"rss\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false,"
      "\"description\":\"spreads flows over queues\"},"
      "\"mode\":{\"type\":\"str\",\"allowed_values\":[\"fast\",\"safe\",\"slow\"],"
      "\"init_value\":\"fast\",\"off_value\":\"slow\"},"
      "\"mtu\":{\"type\":\"int\",\"allowed_values\":[\"68-9000\"],\"init_value\":1500,"
      "\"off_value\":68,\"unit\":\"bytes\"},"
      "\"offload-tx\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false,"
      "\"description\":\"segments are made by the device\"},"
      "\"checksum\":{\"type\":\"bool\",\"init_value\":true,\"off_value\":false,"
      "\"description\":\"checksums are made by the device\"},"
      "\"filter-size\":{\"type\":\"int\",\"allowed_values\":[\"0-64\"],\"init_value\":32,"
      "\"off_value\":0,\"unit\":\"addresses\"}},"
      "\"versions\":[{\"name\":\"1\",\"params\":{}},"
      "{\"name\":\"2\",\"params\":{\"num-queues\":1,\"rss\":true}}],"
      "\"constraints\":[{\"if\":{\"rss\":[true]},\"then\":{\"num-queues\":[\"1-128\"]}}]}}}",
      number, number, number % 3 == 2 ? 4 : 64, 256 + number);
  return g_string_free (text, FALSE);
}
