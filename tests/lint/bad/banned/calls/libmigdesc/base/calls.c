/* strtod (text, NULL) in a comment does not count */
static double
parse (const char *text)
{
  g_debug ("atoi (%s)", text);
  if (text == NULL)
    goto out;
  g_string_append_printf (string, "%d %s %5.2f", 1, text, 0.5);
  g_string_append (string, "100 %");
out:
  return strtod (text, NULL) + atoi (text);
}
