"""mail: an issue comes in, as resolved.

Out goes the e-mail edition: HTML for mailing services, plain text, a draft for mail programs, and the images.
Mail programs read no style sheets and run no scripts: nothing here may rely on them.
"""
