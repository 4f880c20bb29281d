#include "one-private.h"
