"""Tests of jiebei.life.portfolio."""
