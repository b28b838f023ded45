"""mailing: an issue's e-mail comes in, finished; a draft at a mailing service or a test mail goes out.

Nothing here sends to a list: no request starts or schedules a campaign. Keys come from the environment or the
keyring. May not enter: sources, library, files of the project.
"""
