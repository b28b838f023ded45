"""The ``legal:`` block: what the legal notice, the privacy notice and the accessibility statement say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Words = Mapping[str, str] | str
"""A text in the site's first language, or its versions by language code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarrierSettings:
    """Something of the site that not everybody can use."""

    what: Words
    """What it is; or one text for each language: ``{en: …, fr: …}``."""
    why: Literal["non-compliance", "burden", "scope"] = "non-compliance"
    """It falls short, mending it would be a disproportionate burden, or the law does not cover it."""
    instead: Words = ""
    """What a reader can do instead, in the same forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilitySettings:
    """The accessibility statement, after the model of Implementing Decision (EU) 2018/1523."""

    status: Literal["full", "partial", "none"] = "partial"
    """How far the site complies with EN 301 549."""
    barriers: tuple[BarrierSettings, ...] = ()
    """What is not accessible."""
    prepared: str
    """Day on which the statement was prepared: ``2026-11-22``."""
    reviewed: str = ""
    """Day on which it was last reviewed; once a year it has to be."""
    method: Literal["self", "third-party"] = "self"
    """Who assessed the site: its own staff or somebody else."""
    law: Words = ""
    """The national law that transposes Directive (EU) 2016/2102, as it is cited."""
    feedback: str = ""
    """Address of a form for feedback; readers write to ``email`` when not given."""
    enforcement: Words
    """Whom readers may turn to when no answer comes, and how."""
    enforcement_url: str = ""
    """That body's website."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacySettings:
    """The privacy notice, after Articles 13 and 14 of Regulation (EU) 2016/679."""

    host: Words
    """Who runs the server."""
    logs: Words
    """How long the server keeps its logs: ``14 days``."""
    officer: str = ""
    """E-mail address of the data protection officer, if there is one."""
    authority: Words
    """The supervisory authority to which readers may complain."""
    authority_url: str = ""
    """Its website."""
    mailing_service: str = ""
    """Who sends the newsletter on your behalf, if somebody does."""
    updated: str = ""
    """Day of the last change: ``2026-11-22``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSettings:
    """Who is responsible, and what the statements made from it say. A page of your own takes their place."""

    controller: str = ""
    """The organisation in full; the publisher when not given."""
    address: str
    """Its postal address."""
    email: str = ""
    """Where to write; ``contact`` when not given."""
    phone: str = ""
    """Its telephone number."""
    representative: str = ""
    """Who represents it."""
    register: str = ""
    """Where it is registered, and under which number."""
    vat: str = ""
    """Its VAT number."""
    accessibility: AccessibilitySettings | None = None
    """The accessibility statement."""
    privacy: PrivacySettings | None = None
    """The privacy notice."""
