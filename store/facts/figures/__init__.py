"""The figures of a sentence: what is counted or measured, and how much of it."""
