#include "model/two.h"
