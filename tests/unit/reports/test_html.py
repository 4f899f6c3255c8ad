"""Document to one self-contained HTML page."""

import re
from html.parser import HTMLParser

import pytest

from city_model.redaction import OFFICER
from reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Definitions,
    Document,
    Entry,
    Folded,
    KeyFigure,
    KeyFigures,
    Marking,
    Paragraph,
    Section,
    Steps,
    Timeline,
)
from reports.html import render
from reports.tables import Table
from tests.unit.reports.small_run import HOSTILE, one_of_each, table


def document(words: str = "word", *, charts: bool = True) -> Document:
    """Return a document with every kind of block, with *words* wherever words can stand."""
    blocks: tuple[Block, ...] = (
        Paragraph(words, lead=True),
        Bullets((words,)),
        Bullets((words,), ordered=True),
        table(words),
        Timeline(words, (Entry(words, "incident", words, words, words),)),
        Callout("warning", words, words),
        KeyFigures((KeyFigure(words, words, words),)),
        Definitions(((words, words),)),
        Steps(words, ((words, words),)),
        Folded(words, (table(words),)),
        *(Chart(spec, words) for spec in (one_of_each(words) if charts else ())),
    )
    return Document(
        title=words,
        subtitle=words,
        kind=words,
        reader=OFFICER,
        markings=(Marking("exercise", words), Marking("tlp", "TLP:AMBER+STRICT")),
        facts=((words, words),),
        sections=(Section("all", words, blocks),),
        closing=words,
    )


class Page(HTMLParser):
    """What a page holds, as far as a test asks: tags with their attributes, and unclosed tags."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Note a closing tag; one that does not fit is wrong."""
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def with_tag(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    """A page with everything in it."""
    return Page(render(document(), "en"))


def test_the_same_document_gives_the_same_bytes() -> None:
    """No time stamp and no luck: two pages of one document do not differ."""
    assert render(document(), "nl") == render(document(), "nl")


def test_a_page_is_well_formed(page: Page) -> None:
    """Every tag that opens is closed in order, and every id is there once."""
    ids = [attributes["id"] for _tag, attributes in page.tags if "id" in attributes]

    assert (page.wrong, page.open, sorted(ids)) == ([], [], sorted(set(ids)))


def test_hostile_names_stay_words() -> None:
    """A name that looks like a script is shown, not run: the page has no script of its making and no handler."""
    text = render(document(HOSTILE), "en")
    with_charts, scripts = Page(text), [{"type": "application/json"}] * 9

    own = [
        {"type": attributes["type"]} if "type" in attributes else {} for attributes in with_charts.with_tag("script")
    ]
    handlers = [name for _tag, attributes in with_charts.tags for name in attributes if name.startswith("on")]
    assert (own, handlers, with_charts.wrong) == ([*scripts, {}, {}], [], [])


def test_a_page_asks_for_nothing_and_may_not(page: Page) -> None:
    """No file, font, image or script from elsewhere, and a policy that forbids it anyway."""
    policy = next(a["content"] for a in page.with_tag("meta") if a.get("http-equiv") == "Content-Security-Policy")
    addresses = [
        attributes[name]
        for _tag, attributes in page.tags
        for name in ("src", "href", "action", "srcset")
        if name in attributes
    ]

    outside = [address for address in addresses if not address.startswith(("#", "data:"))]
    assert (outside, policy.split("; ")[0], "unsafe-inline" in policy.split("; ")[1]) == (
        [],
        "default-src 'none'",
        False,
    )


def test_every_chart_can_be_read_without_seeing_it(page: Page) -> None:
    """Each drawing is an image with words; beside it stands its table; the library is in the page once."""
    drawings = [a for a in page.with_tag("div") if a.get("role") == "img"]
    text = render(document(), "en")

    assert (
        [bool(drawing["aria-label"]) for drawing in drawings],
        len(page.with_tag("figure")),
        text.count("The data of this chart as a table"),
        len(re.findall(r"plotly\.js v\d", text)),
    ) == ([True] * 7, 7, 7, 1)


def test_a_page_has_what_a_reader_steers_by(page: Page) -> None:
    """Language, one title, one main part, one first heading, a link past the head, and headings in order."""
    tags = [tag for tag, _attributes in page.tags]

    assert (
        page.with_tag("html")[0]["lang"],
        tags.count("main"),
        tags.count("h1"),
        tags.count("title"),
        next(a for a in page.with_tag("a"))["href"],
    ) == ("en", 1, 1, 1, "#content")


def test_a_page_without_charts_carries_no_library() -> None:
    """Five megabytes of drawing code are only in pages that draw."""
    assert len(render(document(charts=False), "en")) < 60_000


def test_a_row_that_does_not_fit_is_refused() -> None:
    """A table with a cell too few would shift every word under the wrong heading."""
    with pytest.raises(ValueError, match="does not fit"):
        Table("Data", ("a", "b"), (("1",),))


def test_two_parts_with_one_name_are_refused() -> None:
    """Links and data find their part by its name."""
    section = Section("twice", "Twice", ())
    with pytest.raises(ValueError, match="twice"):
        Document("t", "s", "k", OFFICER, (), (), (section, section))


def test_an_empty_table_says_why() -> None:
    """Rows that are not there are explained, not left blank."""
    empty = Table("Data", ("a", "b"), (), when_empty="No part fell.")
    text = render(Document("t", "s", "k", OFFICER, (), (), (Section("one", "One", (empty,)),)), "en")

    assert '<td class="empty" colspan="2">No part fell.</td>' in text
