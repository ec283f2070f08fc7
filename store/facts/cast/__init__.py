"""Everybody and everything that a story names."""
