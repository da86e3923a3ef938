"""Files that people bring, read and matched to what netstats knows; and the files that it gives them."""
