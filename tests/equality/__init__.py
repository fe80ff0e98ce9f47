"""Whether the columnar engine answers as Whoosh does; ``python -m tests.equality``."""
