"""Runs the app; a bug ends in a report file and exit code 4, never in a traceback."""

import gc
import os
import sys

from gbtool import __version__

BUG = 4
STOPPED = 130
PIPE_CLOSED = 141
SELDOM = 500_000  # new objects between two looks for rubbish


def main() -> None:
    """Run the words of the command line and exit with their code.

    What a command reads lives until it ends: looking for rubbish among it again and again is a quarter of its time.
    """
    gc.set_threshold(SELDOM)
    code = run(sys.argv[1:])
    gc.freeze()  # nor does the interpreter look for any when it ends
    sys.exit(code)


def run(words: list[str]) -> int:
    """Run some words; the exit code."""
    _speak_utf8()
    try:
        code = _run(words)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except KeyboardInterrupt:
        sys.stderr.write("\n已停下。\n")
        return STOPPED
    except Exception:  # noqa: BLE001 - the last resort: whatever comes here is a bug of ours
        return _report(words)
    return code


def _run(words: list[str]) -> int:
    if words == ["--version"]:
        sys.stdout.write(f"gbtool {__version__}\n")
        return 0
    from gbtool.cli.app import app  # noqa: PLC0415 - the version is told without loading anything

    code = app(words, prog_name="gbtool", standalone_mode=False)
    if code == STOPPED:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _speak_utf8() -> None:
    """UTF-8 on every stream, also on a Windows console or pipe with a Chinese code page."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure and (stream.encoding or "").lower().replace("-", "") != "utf8":
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _report(words: list[str]) -> int:
    """Write down what happened, so that it can be mended."""
    import platform  # noqa: PLC0415 - only a bug needs these
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    what = f"gbtool {__version__}\nPython {platform.python_version()} {platform.platform()}\n{words}\n\n"
    report = what + traceback.format_exc()
    for folder in (tempfile.gettempdir(), os.curdir):
        path = Path(folder).resolve() / f"gbtool-report-{os.getpid()}.txt"
        try:
            path.write_text(report, encoding="utf-8", errors="backslashreplace")
        except OSError:
            continue
        sys.stderr.write(f"gbtool 自己出错了，不是你的文件有问题。经过写在 {path}，请把它发给维护者。\n")
        return BUG
    sys.stderr.write(f"gbtool 自己出错了，不是你的文件有问题。请把下面的内容发给维护者：\n{report}")
    return BUG


if __name__ == "__main__":
    main()
