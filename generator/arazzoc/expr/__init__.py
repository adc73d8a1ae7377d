"""The little languages of Arazzo: runtime expressions, conditions, JSONPath and regular expressions."""
