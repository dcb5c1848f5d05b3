"""Who serves as what, until when, and what comes next: for the group, for one person, and on paper."""
