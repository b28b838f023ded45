"""documents: Word files, saved web pages and e-mails → one record for each file.

In: bytes of files from staff. Out: records with HTML, and the pictures of the files.
Other exports, the project and the terminal may not enter.
"""
