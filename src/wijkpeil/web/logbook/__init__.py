"""Who did what, when and why: one line per write, in a chain that shows every change made to it afterwards."""
