#ifdef MIGDESC_HAVE_CBOR
int *one = &migdesc_format_cbor;
#endif
int two = migdesc_cbor_saver_get_type ();
