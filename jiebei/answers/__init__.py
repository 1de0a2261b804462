"""One room per notebook: the question, computed."""
