"""Tables: the rows of a spreadsheet (.xlsx, .ods or CSV) → records.

In: the bytes of a file; what each sheet and column becomes. Out: an `Export`, with every fault at its cell.
May not enter: the terminal, files on disk.
"""
