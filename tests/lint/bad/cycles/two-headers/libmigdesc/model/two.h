#include "model/one.h"
