"""Live comparison of nnopt with the runtimes on whole models."""
