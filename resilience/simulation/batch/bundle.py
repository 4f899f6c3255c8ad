"""Hands several arrays on to compiled functions as one: a pointer to a row of pointers.

A bundle of fifteen pointers would be copied at every call of a function, which takes longer than what most of them do.
In the functions every number has 64 bits; in memory it has as many as the array was made with, because what fits into
the nearest memory of the processor is read ten times as fast. Without the compiler a bundle is the named tuple itself.
"""

import operator
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple, TypeVar

from resilience.simulation.batch.compiled import IS_COMPILED, np

Fields = TypeVar("Fields", bound=NamedTuple)
BITS = 32
"""How many bits a number has in an array of whom its bundle says nothing else."""


if IS_COMPILED:
    types: Any = import_module("numba.core.types")
    extending: Any = import_module("numba.extending")
    imputils: Any = import_module("numba.core.imputils")
    templates: Any = import_module("numba.core.typing.templates")
    ir: Any = import_module("llvmlite.ir")
    WORD = ir.IntType(64)

    class _Row(types.Type):  # type: ignore[misc] # numba has no types
        """The type of a pointer to numbers of *bits*; without a sign they are keys."""

        def __init__(self, bits: int, *, signed: bool) -> None:
            self.stored = ir.IntType(bits)
            self.item = types.int64 if signed else types.uint64
            super().__init__(name=f"row of {self.item} in {bits} bits")

    class _Bundle(types.Type):  # type: ignore[misc] # numba has no types
        """The type of a pointer to the pointers of *fields*."""

        def __init__(self, fields: type[NamedTuple], bits: dict[str, int], keys: tuple[str, ...]) -> None:
            self.places = {field: place for place, field in enumerate(fields._fields)}
            self.rows = {
                field: _Row(64 if field in keys else bits.get(field, BITS), signed=field not in keys)
                for field in fields._fields
            }
            super().__init__(name=f"bundle of {fields.__name__}")

    @extending.register_model(_Row)
    class _RowModel(extending.models.PrimitiveModel):  # type: ignore[misc] # numba has no types
        def __init__(self, manager: Any, row: Any) -> None:  # noqa: ANN401 - as numba calls it
            super().__init__(manager, row, row.stored.as_pointer())

    @extending.register_model(_Bundle)
    class _BundleModel(extending.models.PrimitiveModel):  # type: ignore[misc] # numba has no types
        def __init__(self, manager: Any, bundle: Any) -> None:  # noqa: ANN401 - as numba calls it
            super().__init__(manager, bundle, WORD.as_pointer())

    @templates.infer_getattr
    class _Field(templates.AttributeTemplate):  # type: ignore[misc] # the same
        key = _Bundle

        def generic_resolve(self, bundle: Any, field: str) -> Any:  # noqa: ANN401 - as numba calls it
            return bundle.rows[field]

    @templates.infer_global(operator.getitem)
    class _Get(templates.AbstractTemplate):  # type: ignore[misc] # the same
        def generic(self, args: Any, kws: Any) -> Any:  # noqa: ANN401, ARG002 - as numba calls it
            return templates.signature(args[0].item, args[0], types.int64) if isinstance(args[0], _Row) else None

    @templates.infer_global(operator.setitem)
    class _Set(templates.AbstractTemplate):  # type: ignore[misc] # the same
        def generic(self, args: Any, kws: Any) -> Any:  # noqa: ANN401, ARG002 - as numba calls it
            if not isinstance(args[0], _Row):
                return None
            return templates.signature(types.void, args[0], types.int64, args[0].item)

    @imputils.lower_getattr_generic(_Bundle)  # type: ignore[untyped-decorator] # numba has no types
    def _field(context: Any, builder: Any, bundle: Any, pointers: Any, field: str) -> Any:  # noqa: ANN401 - the same
        address = builder.load(builder.gep(pointers, [WORD(bundle.places[field])]))
        # The pointers of a bundle never change, so a function need read each of them once.
        address.set_metadata("invariant.load", builder.module.add_metadata([]))
        return builder.inttoptr(address, context.get_value_type(bundle.rows[field]))

    @extending.lower_builtin(operator.getitem, _Row, types.Integer)  # type: ignore[untyped-decorator] # the same
    def _get(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401, ARG001 - as numba calls it
        return builder.sext(builder.load(builder.gep(args[0], [args[1]], inbounds=True)), WORD)

    @extending.lower_builtin(operator.setitem, _Row, types.Integer, types.Integer)  # type: ignore[untyped-decorator]
    def _set(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401 - as numba calls it
        number = builder.trunc(args[2], signature.args[0].stored)
        builder.store(number, builder.gep(args[0], [args[1]], inbounds=True))
        return context.get_dummy_value()

    def opener(fields: type[Fields], keys: tuple[str, ...] = (), **bits: int) -> Callable[[Any], Fields]:
        """Return what makes, in compiled code, a bundle of *fields* from its handle.

        *keys* name the arrays of unsigned 64-bit keys, *bits* say which arrays hold numbers of another length.
        """
        bundle = _Bundle(fields, bits, keys)

        def typed(typing: Any, handle: Any) -> Any:  # noqa: ANN401, ARG001 - as numba calls it
            def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:  # noqa: ANN401 - the same
                return context.make_array(signature.args[0])(context, builder, args[0]).data

            return bundle(handle), code

        made: Callable[[Any], Fields] = extending.intrinsic(typed)
        return made

    def handle(arrays: NamedTuple) -> Any:  # noqa: ANN401 - an array of numpy
        """Return what a compiled function gets for *arrays*, which the caller must hold on to."""
        return np.array([array.ctypes.data for array in arrays], dtype=np.int64)

else:

    def opener(fields: type[Fields], keys: tuple[str, ...] = (), **bits: int) -> Callable[[Any], Fields]:  # noqa: ARG001 - the compiler wants to know them
        """Return what makes a bundle of *fields* from its handle."""
        return _as_it_is

    def _as_it_is(bundle: Any) -> Any:  # noqa: ANN401 - whatever it is
        return bundle

    def handle(arrays: NamedTuple) -> Any:  # noqa: ANN401 - whatever it is
        """Return what a function gets for *arrays*."""
        return arrays
