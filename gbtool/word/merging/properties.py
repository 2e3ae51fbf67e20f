"""What a file says of itself: title, number and company follow where nobody changed them, gbtool's own always."""

from lxml import etree

from gbtool.word.merging.opened import SETTINGS, Opened, W

_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_OWN = "gbtool."
_FOLLOW = frozenset({"title", "subject", "creator", "lastModifiedBy"})


def follow(base: Opened, theirs: Opened, ours: Opened) -> None:
    """Set in theirs what ours says now and theirs still had as the base."""
    before, now = _core(base), _core(ours)
    for name, element in _core(theirs).items():
        if name in now and name in before and element.text == before[name].text:
            element.text = now[name].text
    own = _custom(ours)
    for name, element in _custom(theirs).items():
        if name.startswith(_OWN) and name in own:
            element.text = own[name].text


def renew_contents(file: Opened) -> None:
    """Let Word make the table of contents anew when it opens the file."""
    if not file.has(SETTINGS) or not any("TOC" in (each.text or "") for each in file.body.iter(f"{W}instrText")):
        return
    settings = file.tree(SETTINGS)
    for each in settings.findall(f"{W}updateFields"):
        settings.remove(each)
    before = [child for child in settings if child.tag in _BEFORE]
    settings.insert(settings.index(before[-1]) + 1 if before else 0, settings.makeelement(_UPDATE, {f"{W}val": "true"}))


_UPDATE = f"{W}updateFields"
# What the schema of settings has before updateFields, of what programs write.
_BEFORE = frozenset(
    f"{W}{name}"
    for name in (
        "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "mirrorMargins",
        "displayBackgroundShape", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "hideSpellingErrors",
        "hideGrammaticalErrors", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
        "proofState", "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "documentType", "mailMerge",
        "revisionView", "trackRevisions", "documentProtection", "autoFormatOverride", "defaultTabStop",
        "autoHyphenation", "evenAndOddHeaders", "drawingGridHorizontalSpacing", "drawingGridVerticalSpacing",
        "displayHorizontalDrawingGridEvery", "displayVerticalDrawingGridEvery", "characterSpacingControl",
        "noLineBreaksAfter", "noLineBreaksBefore", "hdrShapeDefaults", "footnotePr", "endnotePr",
    )
)  # fmt: skip


def _core(file: Opened) -> dict[str, etree._Element]:
    if not file.has(_CORE):
        return {}
    found = {etree.QName(child).localname: child for child in file.tree(_CORE)}
    return {name: child for name, child in found.items() if name in _FOLLOW}


def _custom(file: Opened) -> dict[str, etree._Element]:
    if not file.has(_CUSTOM):
        return {}
    return {child.get("name", ""): child[0] for child in file.tree(_CUSTOM) if len(child)}
