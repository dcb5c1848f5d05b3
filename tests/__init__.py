"""All checks of Folkmoot; the folders mirror the tree that they check."""
