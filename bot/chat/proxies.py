"""The way out to a platform: straight, or through the proxy that the environment names for it."""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_for(url: str) -> str | None:
    """As HTTPS_PROXY, HTTP_PROXY and NO_PROXY say; None: straight, which is always the way to what runs on this machine."""
    try:
        where = urlsplit(url)
    except ValueError:
        return None
    named = getproxies().get(where.scheme)
    if not named or is_here(where.hostname or "") or proxy_bypass(where.netloc.rpartition("@")[2]):
        return None
    return named if "://" in named else f"http://{named}"


def is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
