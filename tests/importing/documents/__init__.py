"""Documents of staff, made with python-docx and as Word writes them."""
