"""Publishing: the built site → a folder, a Git branch, an SFTP server or an S3 bucket.

In: the output folder, and the settings of a target. Out: uploads in an order that breaks no link.
May not enter: sources and library; only what was built is published.
"""
