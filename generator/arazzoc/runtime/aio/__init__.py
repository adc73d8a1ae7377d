"""What modules with `async def` functions carry in place of the modules of the same names above.

`transport`, `sending` and `httpx2_transport` are written here: the ones above follow from them word by word.
"""
