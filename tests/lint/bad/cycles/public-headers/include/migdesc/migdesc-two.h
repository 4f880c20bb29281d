/* #include <migdesc/not-this.h> */
#include <migdesc/migdesc-one.h>
