"""The engine on Whoosh's own storage, with facets counted from columns of ours."""
