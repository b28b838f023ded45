"""cli: the command line; one module for each command.

In: arguments, answers. Out: messages, progress, exit codes. Rules about content may not enter.
"""
