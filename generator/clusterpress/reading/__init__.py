"""reading: the text of a source → plain values with their places → typed fields, or faults in plain words."""

from typing import TYPE_CHECKING

from clusterpress.lazy_names import lazy_names
from clusterpress.reading.addresses import check_email, check_link, check_website, meant_address
from clusterpress.reading.fields import read_fields
from clusterpress.reading.findings import Finding, findings_of
from clusterpress.reading.hints import keys_at, list_fields
from clusterpress.reading.source_text import decode_source
from clusterpress.reading.values import Place, Readers, Reading, Unreadable, Value, place_of, problem_at

if TYPE_CHECKING:
    from clusterpress.reading.toml_text import read_toml
    from clusterpress.reading.yaml_text import read_yaml, yaml_block
else:
    __getattr__ = lazy_names(
        __name__, {"read_toml": "toml_text", "read_yaml": "yaml_text", "yaml_block": "yaml_text"}
    )

__all__ = [
    "Finding",
    "Place",
    "Readers",
    "Reading",
    "Unreadable",
    "Value",
    "check_email",
    "check_link",
    "check_website",
    "decode_source",
    "findings_of",
    "keys_at",
    "list_fields",
    "meant_address",
    "place_of",
    "problem_at",
    "read_fields",
    "read_toml",
    "read_yaml",
    "yaml_block",
]
