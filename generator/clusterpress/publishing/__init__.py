"""publishing: what differs between the built site and a target, uploaded in an order that breaks no link."""
