"""One module for each group of sections; every function takes the evidence and gives a section."""
