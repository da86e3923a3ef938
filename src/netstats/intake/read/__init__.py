"""Files that people bring, read and matched to the forms; nothing here knows the database."""
