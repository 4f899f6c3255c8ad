"""A pack as YAML, for partners who keep their answers beside their own files."""

from typing import Final

from city_model.partner import sheets
from city_model.partner.kinds import Choice
from city_model.partner.pack import Pack, Question
from city_model.partner.questions import NEED_KIND, TLP
from city_model.partner.sheets import verdicts_of
from city_model.values import Text
from city_model.yaml_writer import entry_text

SUFFIXES: Final = (".yaml", ".yml")
_EXPLANATION: Final = (
    "Vul in: uw functie (by) en de datum (date). Klopt wat er staat? verdict: right. Anders? Verander answer.",
    "Weet u het niet? verdict: unknown, of laat het leeg. Schrijf geen namen van personen op.",
    "Fill in: your role (by) and the date. Is it right? verdict: right. Different? Change answer.",
    "You do not know? verdict: unknown, or leave it empty. Write no names of persons.",
)


def pack_text(pack: Pack) -> str:
    """Return *pack* as the text of a YAML file; whoever fills it in writes behind ``verdict`` and ``answer``."""
    lines = [f"# {line}" for line in _EXPLANATION]
    lines.append(f"# who_may_see: {' | '.join(TLP.options)}")
    lines.append(f"# kind (new): {' | '.join(NEED_KIND.options)}")
    head = {
        "version": sheets.VERSION,
        "city": pack.city,
        "organisation": pack.organisation,
        "by": "",
        "date": "",
        "who_may_see": sheets.DEFAULT_TLP,
    }
    lines += ["", *entry_text("pack", head, ""), ""]
    lines += entry_text("questions", [_question(item) for item in pack.questions], "")
    lines += ["", "# Nieuw / New", *entry_text("new", [], "")]
    lines.append("# new:")
    lines.append(f"#   - {{part: {next(iter(pack.parts), '…')}, provider: …, kind: power, buffer: 4h, remark: …}}")
    return "\n".join(lines) + "\n"


def _question(question: Question) -> dict[str, object]:
    verdicts = verdicts_of(question.field.path)
    shown: dict[str, object] = {
        "key": question.key,
        "about": _both(question.about),
        "question": _both(question.field.asks),
        "how": _how(question),
        "verdicts": " | ".join(verdicts.options),
        "now": question.now,
        "verdict": "",
        "answer": question.now,
        "remark": "",
        "who_may_see": "",
    }
    return shown


def _how(question: Question) -> str:
    if isinstance(question.kind, Choice):
        return " | ".join(question.kind.options)
    return f"{question.kind.hint.nl} / {question.kind.hint.en}"


def _both(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}
