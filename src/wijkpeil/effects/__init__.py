"""Did it help: study designs, estimates, inference for few and odd areas, and the grade of the evidence."""
