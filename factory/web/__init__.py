"""HTTP toolkit: guard, forms, answers, errors, headers, language."""
