"""What things are: areas, periods, indicators, figures and the words between them, without any input or output."""
