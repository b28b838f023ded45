"""Documents of an item: the files to which it links, with the words that say their type and size."""

from clusterpress.library.entries import Entry


def documents_of(entry: Entry, base: str = "") -> dict[str, str]:
    """Return address → type and size of each file of the site to which an entry links.

    Nothing if the settings turn these words off. ``base`` precedes the paths in addresses: the site's root or
    its full address.
    """
    attachments = entry.resolved.attachments
    if not attachments or not entry.item_loader.settings.document_links:
        return {}
    from clusterpress.theme.documents import describe_document  # few items link to files

    words = {one.path: describe_document(one.path, one.length, entry.lang) for one in attachments}
    return {f"{base}{path}": said for path, said in words.items() if said}
