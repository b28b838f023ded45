"""mail: an issue as an e-mail: HTML and text for a mailing service, and a draft for mail programs."""

from clusterpress.newsletters.mail.plan import mail_outputs, mail_problems
from clusterpress.newsletters.mail.size import check_size, measure
from clusterpress.newsletters.mail.unsubscribing import TAGS, unsubscribe_link

__all__ = ["TAGS", "check_size", "mail_outputs", "mail_problems", "measure", "unsubscribe_link"]
