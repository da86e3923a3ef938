"""Files that people bring: read, matched to what netstats knows, validated; and the files it gives them."""
