"""The specification, as tests; flat, so that no folder here hides a package."""
