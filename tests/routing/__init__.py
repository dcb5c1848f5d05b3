"""From something said to the function that answers it."""
