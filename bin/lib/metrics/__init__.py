"""What bin/measure counts, one module per subject. Standard library only, so that it runs before anything is installed."""
