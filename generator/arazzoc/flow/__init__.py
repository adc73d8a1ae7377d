"""From the graph to structured control flow."""
