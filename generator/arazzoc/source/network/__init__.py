"""Documents at addresses of the network: fetched with care where the user allows it, and locked by digest."""
