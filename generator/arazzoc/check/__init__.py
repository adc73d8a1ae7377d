"""The rules: one module a family, each rule a function from the context to diagnostics."""
