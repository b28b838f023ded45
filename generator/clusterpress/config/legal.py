"""The ``legal:`` block: data for the legal notice, the privacy notice and the accessibility statement."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Words = Mapping[str, str] | str
"""A text in the site's first language, or its versions by language code."""


class BarrierSettings(Struct, frozen=True, kw_only=True):
    """A part of the site that some people cannot use."""

    what: Words
    """What it is; or one text for each language: ``{en: …, fr: …}``."""
    why: Literal["non-compliance", "burden", "scope"] = "non-compliance"
    """Why: it does not comply, a fix would be a disproportionate burden, or the law does not cover it."""
    instead: Words = ""
    """What readers can do instead; one text, or one for each language."""


class AccessibilitySettings(Struct, frozen=True, kw_only=True):
    """The accessibility statement, after the model of Implementing Decision (EU) 2018/1523."""

    status: Literal["full", "partial", "none"] = "partial"
    """Degree to which the site complies with EN 301 549."""
    barriers: tuple[BarrierSettings, ...] = ()
    """What is not accessible."""
    prepared: str
    """Day on which the statement was prepared: ``2026-11-22``."""
    reviewed: str = ""
    """Day of the last review; a review is due once a year."""
    method: Literal["self", "third-party"] = "self"
    """Who assessed the site: its own staff or a third party."""
    law: Words = ""
    """The national law that transposes Directive (EU) 2016/2102, as it is cited."""
    feedback: str = ""
    """Address of a feedback form. Default: readers write to ``email``."""
    enforcement: Words
    """The enforcement body that readers may contact if they get no answer, and how."""
    enforcement_url: str = ""
    """Website of the enforcement body."""


class PrivacySettings(Struct, frozen=True, kw_only=True):
    """The privacy notice, after Articles 13 and 14 of Regulation (EU) 2016/679."""

    host: Words
    """The company that runs the server."""
    logs: Words
    """How long the server keeps its logs: ``14 days``."""
    officer: str = ""
    """E-mail address of the data protection officer, if there is one."""
    authority: Words
    """The supervisory authority to which readers may complain."""
    authority_url: str = ""
    """Its website."""
    mailing_service: str = ""
    """The service that sends the newsletter on your behalf, if any."""
    updated: str = ""
    """Day of the last change: ``2026-11-22``."""


class LegalSettings(Struct, frozen=True, kw_only=True):
    """Who is responsible, and the contents of the generated statements. A page of your own replaces one."""

    controller: str = ""
    """Full name of the organisation. Default: the publisher."""
    address: str
    """Its postal address."""
    email: str = ""
    """E-mail address. Default: ``contact``."""
    phone: str = ""
    """Its telephone number."""
    representative: str = ""
    """The person who represents it."""
    register: str = ""
    """Where it is registered, and under which number."""
    vat: str = ""
    """Its VAT number."""
    accessibility: AccessibilitySettings | None = None
    """The accessibility statement."""
    privacy: PrivacySettings | None = None
    """The privacy notice."""
