"""Publishing: the built site → a folder, Git branch, SFTP server or S3 bucket; e-mails → mailing services.

In: the output folder, and the settings of a target. Out: uploads in an order that breaks no link.
May not enter: sources and library; only what was built is published.
"""
