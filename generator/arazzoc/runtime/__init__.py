"""What generated modules carry: each gets verbatim copies of the definitions that it calls.

The modules here import the standard library and each other alone. No parameter or variable in them bears the
name of another module's definition, so that a definition's needs can be read off the names it mentions.
"""
