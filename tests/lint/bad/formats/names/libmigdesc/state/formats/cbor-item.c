#include <cbor.h>
#include "state/formats/cbor-item.h"
#include "state/formats/der-item.h"

int
two (void)
{
  return cbor_encode_null ();
}
