"""Did it help: the studies, one by one and as a library of evidence."""
