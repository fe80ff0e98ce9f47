"""The room both doors share: the nouns, the errors, the query language, the engines."""
