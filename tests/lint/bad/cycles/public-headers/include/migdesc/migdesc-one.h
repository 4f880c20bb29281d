#include <migdesc/migdesc-two.h>
