#include <migdesc/migdesc-plan.h>
