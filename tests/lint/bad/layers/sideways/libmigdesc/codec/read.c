#include "ops/check.h"
