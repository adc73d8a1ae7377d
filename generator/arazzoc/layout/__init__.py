"""Where the lines of a module break: as black breaks them, without black wherever that is sure."""
