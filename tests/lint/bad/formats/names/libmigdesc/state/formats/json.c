#include "state/formats/cbor-item.h"
#include <libtasn1.h>
#include "state/formats/json.h"

int
one (void)
{
  migdesc_cbor_put_null ();
  return cbor_encode_null () + ASN1_SUCCESS; /* cbor_encode_null in a comment */
}
