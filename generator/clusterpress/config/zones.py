"""Names of time zones."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from clusterpress.values.problems import did_you_mean


def is_time_zone(name: str) -> bool:
    """Tell whether a name is one of the IANA time zone database."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def suggest_time_zone(name: str) -> str:
    """Return a hint for a name that is no time zone."""
    return did_you_mean(name, available_timezones(), 'write it like "Europe/Brussels"')
