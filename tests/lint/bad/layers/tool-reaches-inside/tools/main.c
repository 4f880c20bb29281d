#include <migdesc/migdesc.h>
#include <migdesc/migdesc-plan.h>
#include "base/quote.h"
#include "table.h"
