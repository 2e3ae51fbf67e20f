"""The process that reads an old spreadsheet may take so much memory and no more, also where jobs bound it."""

import ctypes
from typing import Any

from gbtool.exchange import apart
from gbtool.exchange.apart import Limits


class Function:
    """A function of kernel32 that remembers how it was called."""

    def __init__(self, answer: int) -> None:
        self.answer = answer
        self.calls: list[tuple[Any, ...]] = []

    def __call__(self, *given: Any) -> int:  # noqa: ANN401 - whatever ctypes hands on
        """Remember the call."""
        self.calls.append(given)
        return self.answer


class Kernel:
    """As much of kernel32 as is asked for."""

    def __init__(self) -> None:
        self.CreateJobObjectW = Function(7)
        self.SetInformationJobObject = Function(1)
        self.GetCurrentProcess = Function(-1)
        self.AssignProcessToJobObject = Function(1)


def test_a_job_bounds_the_memory_of_the_process() -> None:
    kernel = Kernel()
    apart.bound_by_job(kernel)
    ((job, kind, given, size),) = kernel.SetInformationJobObject.calls
    limits = given._obj
    assert (job, kind, size) == (7, 9, ctypes.sizeof(Limits))
    assert (limits.basic.flags, limits.process_memory) == (0x100, 2_000_000_000)
    assert kernel.AssignProcessToJobObject.calls == [(7, -1)]


def test_the_limits_have_the_shape_that_windows_knows() -> None:
    wide = ctypes.sizeof(ctypes.c_void_p) == 8
    assert ctypes.sizeof(Limits) == (144 if wide else 112)
    assert Limits.process_memory.offset == (112 if wide else 96)
