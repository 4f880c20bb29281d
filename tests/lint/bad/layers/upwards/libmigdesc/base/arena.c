#include "model/core.h"
