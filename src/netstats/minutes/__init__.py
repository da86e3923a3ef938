"""Minutes: from the prose of a compte rendu to drafts of meetings, each value with the words it was read from."""
