"""The database's schema, from revision to revision; versions never import models."""
