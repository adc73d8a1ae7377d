"""Where documents come from: files, YAML and JSON with positions, addresses, `$ref`, limits."""
