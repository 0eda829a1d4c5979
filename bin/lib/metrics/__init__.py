"""The figures of bin/measure, one module per subject. Standard library only, so that it runs before any installation."""
