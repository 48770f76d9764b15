"""What was already agreed comes in from a workbook: a template, a trial, and a report beside every row."""
