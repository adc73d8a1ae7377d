"""JSONPath (RFC 9535), and the bare logical expressions that stand in for it in the wild."""
