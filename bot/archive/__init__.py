"""The open archive: what a group has decided as a site of plain files, for a group that wants it public or on its own server."""
