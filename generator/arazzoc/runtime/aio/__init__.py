"""What modules with `async def` functions carry in place of the modules of the same names above.

`transport`, `sending` and `tokens` are written here: the ones above follow from them word by word. What sends
the requests does not, for threads and tasks are stopped in different ways.
"""
