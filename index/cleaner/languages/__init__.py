"""How chrome is worded in other languages than English: a table each, read as one."""
