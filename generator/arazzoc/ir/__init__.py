"""The workflow as a typed graph of steps, requests, guards and edges."""
