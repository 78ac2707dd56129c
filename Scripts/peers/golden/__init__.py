"""Single-operator models with the answers real runtimes give to them."""
