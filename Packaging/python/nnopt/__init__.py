"""nnopt from Python: what the command line answers in JSON, as dictionaries.

    import nnopt

    answer = nnopt.plan("model.tflite", board="esp32")
    print(answer["models"][0]["plan"]["arenaBytes"], answer.fits)

Every option of the command line is a keyword argument, with `_` for `-`: `fail_over="64K"` is `--fail-over 64K`,
`shared_arena=True` is `--shared-arena`, a list gives the option once for each of its items, `None` and `False` leave it out.
"""
from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Union

__all__ = [
    "Answer", "NnoptError", "boards", "check", "diff", "executable", "inspect", "optimize", "plan", "run", "version",
]

PathLike = Union[str, "os.PathLike[str]"]
Scalar = Union[str, int, float, "os.PathLike[str]"]
Option = Union[None, bool, Scalar, Sequence[Scalar]]

#: Exit codes with which nnopt has answered: done; does not fit, or differs; the accuracy drops too much.
_ANSWERS = (0, 2, 3)


class NnoptError(Exception):
    """nnopt could not answer: a file that is no model, an unknown board, an option that does not exist.

    `exit_code` is the tool's (1: bad input, 64: wrong arguments; negative: ended by that signal), `message` what it
    said, without its name before it.
    """

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code

    def __reduce__(self) -> Any:
        return (type(self), (self.message, self.exit_code))


class Answer(Dict[str, Any]):
    """The JSON of a command, and how the command ended.

    `exit_code` is 0, or 2 where a model does not fit or TFLM refuses it (`diff`: where the models differ), or 3 where
    the accuracy drops too much (`check`); `messages` what was said beside the answer.
    """

    def __init__(self, content: Dict[str, Any], exit_code: int, messages: str) -> None:
        super().__init__(content)
        self.exit_code = exit_code
        self.messages = messages

    @property
    def fits(self) -> bool:
        """Whether everything that was asked for holds: board, limits, accuracy."""
        return self.exit_code == 0


def executable() -> str:
    """The path of the program that came with this package, else of the one that the system finds."""
    name = "nnopt"
    package = Path(__file__).resolve().parent
    folders = [sysconfig.get_path("scripts")]
    user_scheme = "posix_user" if os.name == "posix" else "nt_user"
    if user_scheme in sysconfig.get_scheme_names():
        folders.append(sysconfig.get_path("scripts", user_scheme))
    # pip install --target, and --prefix where the interpreter is another's.
    folders += [str(package.parent / "bin"), *(str(parent / "bin") for parent in package.parents[2:5])]
    folders += os.environ.get("PATH", os.defpath).split(os.pathsep)
    for folder in folders:
        candidate = os.path.join(folder, name) if folder else ""
        if candidate and os.path.isfile(candidate) and os.access(candidate, os.X_OK):
            return candidate
    raise FileNotFoundError(f"the program {name} is not beside this package, nor in PATH")


def version() -> str:
    """The version of the program."""
    return _call(["--version"]).stdout.strip()


def plan(
    path: Union[PathLike, Sequence[PathLike]],
    *,
    board: Union[None, str, Sequence[str]] = None,
    **options: Option,
) -> Answer:
    """Plans one model or several: `answer["models"]` has a plan of each, `answer["failures"]` what could not be read.

    Does not raise where a model does not fit (`answer.fits`), nor where some of several models cannot be read; it
    does where none can.
    """
    paths = [path] if isinstance(path, (str, os.PathLike)) else list(path)
    return _answer("plan", paths, {"board": board, **options}, partial=len(paths) > 1)


def inspect(path: PathLike, **options: Option) -> Answer:
    """Operators, tensors, types, quantization and sizes of a model."""
    return _answer("inspect", [path], options)


def run(path: PathLike, **options: Option) -> Answer:
    """The answers of a model, as TFLM gives them: `input="x.npy"`, `output="y.npy"`, `samples=2`."""
    return _answer("run", [path], options)


def optimize(path: PathLike, output: Optional[PathLike] = None, **options: Option) -> Answer:
    """Makes a model smaller and writes it to `output`; without, only says what would come out."""
    target: Dict[str, Option] = {"output": output} if output is not None else {"dry_run": True}
    return _answer("optimize", [path], {**target, **options})


def check(reference: PathLike, candidate: PathLike, **options: Option) -> Answer:
    """Compares a model's answers with a reference's; `answer.fits` is false where they differ by more than `max_drop`."""
    return _answer("check", [reference, candidate], options)


def diff(before: PathLike, after: PathLike, **options: Option) -> Answer:
    """What changed between two models."""
    return _answer("diff", [before, after], options)


def boards(text: str = "", **options: Option) -> List[Dict[str, Any]]:
    """The boards whose id, name, chip or core contains every word of the text."""
    found: List[Dict[str, Any]] = _answer("boards", [text] if text else [], options)["boards"]
    return found


def _arguments(options: Dict[str, Any]) -> List[str]:
    """Options as words of a command line."""
    words: List[str] = []
    for name, value in options.items():
        option = ("-" if len(name) == 1 else "--") + name.strip("_").replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(option)
            continue
        values = [value] if isinstance(value, (str, int, float, os.PathLike)) else list(value)
        for each in values:
            words += [option, os.fspath(each) if isinstance(each, os.PathLike) else str(each)]
    return words


def _call(arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [executable(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", errors="replace", check=False,
    )


def _answer(command: str, paths: Sequence[PathLike], options: Dict[str, Any], partial: bool = False) -> Answer:
    """Runs a command for its JSON.

    With `partial`, exit code 1 is an answer too where at least one of several models has been read.
    """
    files = [os.fspath(path) for path in paths]
    done = _call([command, *_arguments(options), "--json", "--", *files])
    messages = done.stderr.strip()
    content: Any = None
    if done.returncode in _ANSWERS or (partial and done.returncode == 1):
        try:
            content = json.loads(done.stdout)
        except ValueError:
            content = None
    if isinstance(content, dict) and (done.returncode in _ANSWERS or content.get("models")):
        return Answer(content, done.returncode, messages)
    said = "\n".join(line[len("nnopt: "):] if line.startswith("nnopt: ") else line for line in messages.splitlines())
    if said.startswith("Error: "):
        said = said[len("Error: "):]
    raise NnoptError(said or f"nnopt {command} ended with {done.returncode}", done.returncode)


def _main() -> int:
    return subprocess.call([executable(), *sys.argv[1:]])
