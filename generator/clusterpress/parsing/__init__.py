"""reading: the text of a source → plain values with their places → typed fields, or faults in plain words."""
