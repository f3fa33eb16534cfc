"""Which Debian mirror this machine itself uses.

The engines are bootstrapped from it, so that the tests talk to nothing the machine does not already
talk to. LAYERLINE_DEBIAN_MIRROR names one where the machine's own sources are not Debian's (Ubuntu).
"""
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path


def _one_line_entries(text):
    """(uris, suites) of each enabled binary line of a one-line-style sources file."""
    for line in text.splitlines():
        line = line.split("#", 1)[0].strip()
        if not line.startswith("deb "):
            continue
        rest = line[4:].strip()
        if rest.startswith("["):
            rest = rest[rest.index("]") + 1:]
        fields = rest.split()
        if len(fields) >= 2:
            yield [fields[0]], [fields[1]]


def _deb822_entries(text):
    """(uris, suites) of each enabled binary stanza of a deb822 sources file."""
    for stanza in text.split("\n\n"):
        fields, key = {}, None
        for line in stanza.splitlines():
            if line.startswith("#"):
                continue
            if line[:1] in (" ", "\t") and key:
                fields[key] += " " + line.strip()
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if "deb" not in fields.get("types", "").split() or fields.get("enabled", "yes") == "no":
            continue
        yield fields.get("uris", "").split(), fields.get("suites", "").split()


def source_uris(root="/etc/apt"):
    """Every http(s) archive address in the machine's apt sources, in reading order, once."""
    base = Path(root)
    found = []
    files = [base / "sources.list"] + sorted((base / "sources.list.d").glob("*"))
    for path in files:
        if not path.is_file():
            continue
        text = path.read_text(errors="replace")
        entries = _deb822_entries(text) if path.suffix == ".sources" else (
            _one_line_entries(text) if path.suffix == ".list" else ())
        for uris, _suites in entries:
            for uri in uris:
                if uri.startswith(("http://", "https://")) and uri.rstrip("/") not in found:
                    found.append(uri.rstrip("/"))
    return found


def proxy():
    """apt's own http proxy, which debootstrap (wget) would not know about; None when there is none."""
    out = subprocess.run(["apt-config", "shell", "P", "Acquire::http::Proxy"],
                         capture_output=True, text=True, check=False).stdout
    value = out.partition("=")[2].strip().strip("'")
    return value if value and value != "DIRECT" else None


def mirror_for(suite):
    """The first of the machine's own archives that has `suite`; raises RuntimeError with the reason."""
    named = os.environ.get("LAYERLINE_DEBIAN_MIRROR")
    candidates = [named] if named else source_uris()
    handlers = [urllib.request.ProxyHandler({"http": proxy(), "https": proxy()})] if proxy() else []
    opener = urllib.request.build_opener(*handlers)
    tried = []
    for uri in candidates:
        request = urllib.request.Request(f"{uri}/dists/{suite}/InRelease", method="HEAD")
        try:
            with opener.open(request, timeout=20):
                return uri
        except (urllib.error.URLError, OSError) as problem:
            tried.append(f"{uri} ({problem})")
    raise RuntimeError(f"no apt source of this machine offers Debian {suite}: "
                       f"{', '.join(tried) or 'no http source found'}; set LAYERLINE_DEBIAN_MIRROR")
