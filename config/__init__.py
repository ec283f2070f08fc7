"""What an operator may change, and how it is read and checked."""
