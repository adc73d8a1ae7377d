"""What is kept from run to run, so that what has not changed is not done again."""
