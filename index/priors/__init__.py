"""Where each outlet's articles play, as all of them tell, and what it changes."""
