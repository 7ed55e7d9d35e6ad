# The unit tests, a line each.
