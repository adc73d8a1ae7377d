"""From structured control flow to the text of a module."""
