"""What RFC 5545 asks of every calendar file, checked by hand: without the library that writes it."""

import re
from datetime import UTC, date, datetime

LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]+))*):(.*)", re.DOTALL)
ESCAPED = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")  # TEXT
TEXTS = {"SUMMARY", "DESCRIPTION", "UID", "X-WR-CALNAME", "PRODID"}
Property = tuple[str, str, str]  # name, parameters, value


def lines(file: bytes) -> list[str]:
    """Each ends in CRLF and has 75 octets at most, in whole characters; folded ones are joined."""
    assert file.endswith(b"\r\n")
    raw = file[:-2].split(b"\r\n")
    assert [line for line in raw if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    shown = [line.decode("utf-8") for line in raw]  # each by itself: no character is cut in two
    return "\r\n".join(shown).replace("\r\n ", "").split("\r\n")


def properties(file: bytes) -> list[Property]:
    found = []
    for line in lines(file):
        match = LINE.fullmatch(line)
        assert match, line
        assert re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line) is None, line
        found.append((match[1], match[2], match[3]))
    return found


def events(file: bytes) -> list[dict[str, Property]]:
    """The events of a file that is as it must be."""
    found, names = properties(file), [name for name, _, _ in properties(file)]
    assert (found[0], found[-1]) == (("BEGIN", "", "VCALENDAR"), ("END", "", "VCALENDAR"))
    head = found[1 : names.index("BEGIN", 1)] if "BEGIN" in names[1:] else found[1:-1]
    assert sorted(name for name, _, _ in head if not name.startswith("X-")) == ["CALSCALE", "METHOD", "PRODID", "VERSION"]
    assert ("VERSION", "", "2.0") in head
    assert [each for each in found if each[0] in TEXTS and not ESCAPED.fullmatch(each[2])] == []
    made = list(components(found[1 + len(head) : -1]))
    uids = [event["UID"][2] for event in made]
    assert len(set(uids)) == len(uids)
    return made


def components(found: list[Property]) -> "list[dict[str, Property]]":
    made: list[dict[str, Property]] = []
    for name, parameters, value in found:
        if name == "BEGIN":
            assert value == "VEVENT"
            made.append({})
        elif name == "END":
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= made[-1].keys()
            assert "DTEND" not in made[-1]
            assert "DURATION" not in made[-1]
            assert re.fullmatch(r"\d{8}T\d{6}Z", made[-1]["DTSTAMP"][2])
        else:
            assert name not in made[-1], f"{name} twice"
            made[-1][name] = (name, parameters, value)
    return made


def starts(event: dict[str, Property]) -> date | datetime:
    """A day, or an instant in UTC, so that no time zone need be told."""
    _, parameters, value = event["DTSTART"]
    if parameters == ";VALUE=DATE":
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    assert parameters == ""
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def text(event: dict[str, Property], name: str) -> str:
    """Without its escapes."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], event[name][2])
