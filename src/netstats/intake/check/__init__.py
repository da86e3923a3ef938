"""What lines and forms mean for the database, and what is wrong with them: the change set that they make."""
