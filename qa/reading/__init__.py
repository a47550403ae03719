"""From passages to evidence: spans, constraints, confidence."""
