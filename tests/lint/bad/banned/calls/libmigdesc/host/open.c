static int
look (const char *name)
{
  return open (name, O_RDONLY);
}
