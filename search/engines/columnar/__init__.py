"""The columnar engine: immutable segments of flat arrays, and what runs over them."""
