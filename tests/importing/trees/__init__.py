"""Whole sites of our own making in the manner of six site generators, with the oddities of each."""
