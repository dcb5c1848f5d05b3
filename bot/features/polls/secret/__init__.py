"""Secret polls: who voted and what was voted, apart."""
