"""Valid documents, one fault put into each of many copies, and what lint says of it."""
