"""Formats of documents: each to blocks of text, and to a sentence when it cannot be read."""
