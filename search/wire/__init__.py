"""The API's objects: their shapes, how they are made, how they become JSON."""
