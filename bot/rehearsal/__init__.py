"""`folkmoot try`: a rehearsal room on a local SQLite file, typed or piped."""
