"""The drills of bin/drill, a module each. A module has a docstring, whose first line is the title, and `main(words) -> int`,

which returns the exit code. A new file is a new drill; nothing else lists them.
"""
