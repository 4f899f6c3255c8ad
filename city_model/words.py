"""The words on screen for the closed lists of the schema, in the current language."""

from resilience.base.language import _


def component_kind_word(kind: str) -> str:
    """Return what a kind of component is called."""
    return {
        "function": _("city function"),
        "service": _("service"),
        "application": _("application"),
        "infrastructure": _("infrastructure"),
        "facility": _("facility"),
    }[kind]


def need_kind_word(kind: str) -> str:
    """Return what is needed, in a need of this kind."""
    return {
        "data": _("data"),
        "identity": _("identity"),
        "network": _("network"),
        "power": _("power"),
        "hosting": _("hosting"),
        "supplier": _("supplier"),
        "staff": _("staff"),
        "payment": _("payment"),
        "place": _("place"),
    }[kind]


def harm_kind_word(kind: str) -> str:
    """Return what this kind of harm is to."""
    return {"livelihood": _("livelihood"), "health": _("health and safety"), "trust": _("trust")}[kind]


def phase_word(phase: str) -> str:
    """Return when a need must be met."""
    return {
        "run": _("to run"),
        "start": _("to restart"),
        "both": _("to run and to restart"),
    }[phase]


def confidence_word(confidence: str) -> str:
    """Return how sure a figure is."""
    return {
        "confirmed": _("confirmed by both sides"),
        "one_sided": _("said by one side"),
        "assumed": _("assumption"),
        "derived": _("computed from other figures"),
    }[confidence]


def sector_word(sector: str) -> str:
    """Return what a sector is called."""
    return {
        "government": _("government"),
        "crisis": _("crisis management"),
        "safety": _("safety"),
        "care": _("care"),
        "education": _("education"),
        "mobility": _("mobility"),
        "energy": _("energy"),
        "water": _("water"),
        "telecom": _("telecom"),
        "finance": _("finance"),
        "housing": _("housing"),
        "economy": _("economy"),
        "culture": _("culture"),
        "knowledge": _("knowledge"),
        "supervision": _("supervision"),
        "ict": _("ICT"),
    }[sector]


def ease_word(ease: str) -> str:
    """Return how hard it is to replace something."""
    return {
        "easy": _("easy to replace"),
        "hard": _("hard to replace"),
        "none": _("cannot be replaced"),
        "unknown": _("unknown"),
    }[ease]


def backup_word(kind: str) -> str:
    """Return what kind of copy of the data there is."""
    return {
        "none": _("no copy"),
        "online": _("a copy within reach of the system"),
        "offline": _("a copy out of reach of the system"),
        "immutable": _("a copy that cannot be changed"),
        "unknown": _("unknown"),
    }[kind]


def personal_data_word(kind: str) -> str:
    """Return what personal data something holds."""
    return {
        "none": _("none"),
        "ordinary": _("ordinary"),
        "special": _("special"),
    }[kind]


def data_role_word(role: str) -> str:
    """Return what something does in the life of data."""
    return {
        "generates": _("generates"),
        "carries": _("carries"),
        "stores": _("stores"),
        "processes": _("processes"),
    }[role]
