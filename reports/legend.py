"""The key of a chart: a swatch, named for the style sheet, and the words for it."""

from reports.chart_spec import BandChart, BarChart, ChartSpec, CurveChart, HeatMap, LayeredPicture, SpanChart, StepChart
from resilience.base.language import _

Swatch = tuple[str, str]


def legend(spec: ChartSpec) -> tuple[Swatch, ...]:  # noqa: PLR0911 - one case a kind
    """Return the swatches of *spec* with their words, only of what occurs in it."""
    match spec:
        case StepChart():
            return _step_legend(spec)
        case HeatMap():
            return (("heat", spec.scale_title),)
        case SpanChart():
            return tuple((f"span-{kind}", words) for kind, words in spec.kinds) + _marks(are_there=bool(spec.marks))
        case BarChart():
            return ()
        case BandChart():
            return (("band-line", spec.line_label), ("band", spec.band_label))
        case CurveChart():
            return (("curve", spec.line_label), *((("curve-bar", spec.bar_label),) if spec.bar_label else ()))
        case LayeredPicture():
            tones = tuple((f"tone-{tone}", words) for tone, words in spec.tones)
            functions = (("tone-function", _("City function (thick border)")),)
            lines = (("route-binding", _("Pulls down")), ("route-other", _("Was lost too, and counted")))
            return (
                tones
                + (functions if any(node.is_function for node in spec.nodes) else ())
                + tuple(line for line, on in zip(lines, (True, False), strict=True) if _has_route(spec, is_binding=on))
            )


def _step_legend(spec: StepChart) -> tuple[Swatch, ...]:
    swatches: list[Swatch] = [("level", spec.value_label)]
    if spec.loss_is_shaded:
        swatches.append(("loss", _("Loss (hatched)")))
    if spec.flag_label and any(series.flags for series in spec.series):
        swatches.append(("flag", spec.flag_label))
    return (*swatches, *_marks(are_there=bool(spec.marks)))


def _marks(*, are_there: bool) -> tuple[Swatch, ...]:
    return (("mark", _("Dotted line: a decision, with its number")),) if are_there else ()


def _has_route(spec: LayeredPicture, *, is_binding: bool) -> bool:
    return any(route.is_binding is is_binding for route in spec.routes)
