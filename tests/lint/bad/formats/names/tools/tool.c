int *one = &migdesc_format_der;
