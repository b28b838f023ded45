"""announcing: what an upload changed comes in, and the published items of the library.

Out go pings to hubs and search engines, and posts or drafts for other platforms. The site is published
whatever fails here: a fault becomes a warning. Sources may not enter.
"""
