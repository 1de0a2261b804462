"""Tests of the best plan."""
