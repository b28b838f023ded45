"""The ``legal:`` block: what the legal notice, the privacy notice and the accessibility statement say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Words = Mapping[str, str] | str
"""A text in the site's first language, or its versions by language code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierSettings:
    """A part of the site that is not accessible."""

    what: Words
    """Description: one text, or one per language: ``{en: …, fr: …}``."""
    why: Literal["non-compliance", "burden", "scope"] = "non-compliance"
    """Reason: it does not comply, fixing it would be a disproportionate burden, or it is out of scope of
    the law."""
    instead: Words = ""
    """Alternative for readers, in the same forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilitySettings:
    """The accessibility statement, after the model of Implementing Decision (EU) 2018/1523."""

    status: Literal["full", "partial", "none"] = "partial"
    """How far the site complies with EN 301 549."""
    barriers: tuple[BarrierSettings, ...] = ()
    """Parts that are not accessible."""
    prepared: str
    """Date of the statement: ``2026-11-22``."""
    reviewed: str = ""
    """Date of the last review. A review is due every year."""
    method: Literal["self", "third-party"] = "self"
    """Who assessed the site: its own staff or a third party."""
    law: Words = ""
    """National law that transposes Directive (EU) 2016/2102, as it is cited."""
    feedback: str = ""
    """Address of a feedback form. By default, readers write to ``email``."""
    enforcement: Words
    """Body to which readers can complain, and how."""
    enforcement_url: str = ""
    """Website of that body."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacySettings:
    """The privacy notice, after Articles 13 and 14 of Regulation (EU) 2016/679."""

    host: Words
    """Operator of the server."""
    logs: Words
    """Retention time of the server logs: ``14 days``."""
    officer: str = ""
    """E-mail address of the data protection officer, if any."""
    authority: Words
    """Supervisory authority to which readers can complain."""
    authority_url: str = ""
    """Website of that authority."""
    mailing_service: str = ""
    """Provider that sends the newsletter on your behalf, if any."""
    updated: str = ""
    """Date of the last change: ``2026-11-22``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSettings:
    """Facts for the legal notice and the statements. A page of your own replaces a generated one."""

    controller: str = ""
    """Full name of the organisation. Default: the publisher."""
    address: str
    """Postal address."""
    email: str = ""
    """E-mail address. Default: ``contact``."""
    phone: str = ""
    """Telephone number."""
    representative: str = ""
    """Legal representative."""
    register: str = ""
    """Register and registration number."""
    vat: str = ""
    """VAT number."""
    accessibility: AccessibilitySettings | None = None
    """The accessibility statement."""
    privacy: PrivacySettings | None = None
    """The privacy notice."""
