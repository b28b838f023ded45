"""mail: an issue as an e-mail: HTML and text for a mailing service, and a draft for mail programs."""
