"""What the fields of the map are called in sentences and tables, in the current language."""

from functools import cache

from resilience.base.language import Language, _, language


def field_word(path: str) -> str:
    """Return what the field at *path*, such as ``mtd.required``, is called; an unknown part stands for itself."""
    words = _words(language())
    if path in words:
        return words[path]
    first, _dot, rest = path.partition(".")
    return f"{words.get(first, first)}, {words.get(rest, rest)}" if rest else words.get(first, first)


@cache
def _words(_language: Language) -> dict[str, str]:
    """Return the words by path; asked for once in each language."""
    return {
        "name": _("name"),
        "description": _("description"),
        "kind": _("kind"),
        "organisation": _("organisation"),
        "operator": _("operator"),
        "supplier": _("supplier"),
        "product": _("product"),
        "district": _("district"),
        "functions": _("city functions"),
        "biv": _("BIV classes"),
        "availability": _("availability"),
        "integrity": _("integrity"),
        "confidentiality": _("confidentiality"),
        "reason": _("reason"),
        "residents": _("residents"),
        "vulnerable": _("vulnerable residents"),
        "minimum_level": _("minimum level"),
        "mtd": _("maximum tolerable downtime (MTD)"),
        "rto": _("recovery time (RTO)"),
        "rpo": _("data loss (RPO)"),
        "required": _("required"),
        "capable": _("capable"),
        "detection": _("detection"),
        "repair": _("repair"),
        "rebuild": _("rebuild"),
        "team": _("team"),
        "duration": _("duration"),
        "delay": _("delay"),
        "level": _("level"),
        "restart_lag": _("restart lag"),
        "backlog": _("backlog, per cent of the outage"),
        "catch_up_level": _("level while catching up"),
        "fallback": _("fallback"),
        "backup": _("backup"),
        "kept_on": _("kept on"),
        "tested_on": _("tested on"),
        "tags": _("tags"),
        "personal_data": _("personal data"),
        "people": _("people"),
        "substitution": _("substitutability"),
        "ease": _("ease"),
        "exit": _("exit"),
        "contract_end": _("end of the contract"),
        "contract": _("contract"),
        "certificates": _("certificates"),
        "offline_alternative": _("offline alternative"),
        "capacity": _("capacity"),
        "contacts": _("contacts"),
        "owner": _("owner of the record"),
        "steward": _("steward of the record"),
        "approver": _("approver of the record"),
        "data_role": _("role in the data's life"),
        "tlp": _("TLP"),
        "providers": _("providers"),
        "shares": _("shares"),
        "at_least": _("how many are enough"),
        "phase": _("when it is needed"),
        "loses": _("what is lost with it"),
        "strength": _("strength"),
        "criticality": _("criticality"),
        "buffer": _("buffer"),
        "recharge": _("recharge"),
        "sector": _("sector"),
        "role": _("role"),
        "count": _("how many at once"),
        "success": _("chance of success, per mille"),
        "controls": _("controls"),
        "cost_once": _("cost, once"),
        "cost_yearly": _("cost a year"),
        "effects": _("effects"),
        "note": _("remark"),
        "source": _("source"),
        "confidence": _("certainty"),
        "review_by": _("look again by"),
        "valid_until": _("valid until"),
        "recovery": _("recovery time that can be reached"),
        "mtd.required": _("maximum tolerable downtime (MTD) that is asked"),
        "mtd.capable": _("downtime (MTD) that can be reached"),
        "rto.required": _("recovery time (RTO) that is asked"),
        "rto.capable": _("recovery time (RTO) that can be reached"),
        "rpo.required": _("data loss (RPO) that is allowed"),
        "rpo.capable": _("data loss (RPO) that can be kept to"),
        "backup.kind": _("backup of the data"),
        "repair.duration": _("time to repair"),
        "offline_alternative.capacity": _("how much the offline alternative carries"),
    }
