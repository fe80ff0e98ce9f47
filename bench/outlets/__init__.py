"""Outlets made up for measuring: their stories, their chrome and seven templates."""
