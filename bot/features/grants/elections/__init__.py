"""Elections without candidates: reasons are heard before anybody is chosen, and the group consents to the choice."""
