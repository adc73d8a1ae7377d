"""Broken and hostile documents: found faults in the compiler end here, not at a user."""
