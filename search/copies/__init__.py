"""Which texts are copies of each other, and by how much; knows no index."""
