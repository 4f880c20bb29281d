# SPDX-License-Identifier: LGPL-2.1-or-later

"""What is built on the Python binding, gi.repository.Migdesc, and is no part of it: migdesc.hosts
ranks the hosts of a fleet, migdesc.dask those of a fleet on many machines."""
