#!/usr/bin/env python3
"""Makes man pages of nnopt, one for every command, from what `nnopt --experimental-dump-help` prints.

Usage: nnopt --experimental-dump-help | manual.py FOLDER VERSION DATE
"""
import json
import pathlib
import re
import sys


def escaped(text):
    """Text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def names(argument, marked=True):
    """All names of an option or a flag, with the value that it takes."""
    result = []
    for name in argument.get("names", []):
        dashes = "--" if name["kind"] == "long" else "-"
        text = escaped(dashes + name["name"])
        result.append(f"\\fB{text}\\fR" if marked else text)
    value = f" \\fI{escaped(argument['valueName'])}\\fR" if argument["kind"] == "option" else ""
    return ", ".join(sorted(result, key=lambda name: "\\-\\-" in name)) + value


def usage(argument):
    """An argument as the synopsis has it."""
    if argument["kind"] == "positional":
        text = f"\\fI{escaped(argument['valueName'])}\\fR"
    else:
        preferred = dict(argument, names=[argument["preferredName"]])
        text = names(preferred)
    text += "..." if argument["isRepeating"] else ""
    return f"[{text}]" if argument["isOptional"] else text


def discussion(text):
    """Paragraphs, headings in capitals, and indented lines as they are."""
    lines, verbatim = [], False
    for line in text.splitlines():
        if line.startswith(" ") != verbatim and line.strip():
            verbatim = not verbatim
            lines.append(".PP\n.nf\n.RS 4" if verbatim else ".RE\n.fi\n.PP")
        if re.fullmatch(r"[A-Z][A-Z ]+", line):
            lines.append(f".SH {line}")
        elif line.strip():
            lines.append(escaped(line.strip() if verbatim else line))
        elif lines and not lines[-1].startswith(".SH"):
            lines.append(".PP")
    if verbatim:
        lines.append(".RE\n.fi")
    return lines


def described(argument):
    """What an argument does, its default and the values that it takes."""
    text = " ".join(filter(None, [argument.get("abstract"), argument.get("discussion")]))
    default = argument.get("defaultValue")
    values = argument.get("allValues", [])
    if values and not all(value in text for value in values):
        text += f" ({', '.join(values)})"
    if default and "default:" not in text:
        text += f" (default: {default})"
    return escaped(text) or "\\&"


def arguments(command):
    """A section for each kind of argument, in the order of the help."""
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    sections = {}
    for argument in shown:
        kind = "ARGUMENTS" if argument["kind"] == "positional" else "OPTIONS"
        sections.setdefault((argument.get("sectionTitle") or kind).upper(), []).append(argument)
    for title, members in sections.items():
        yield f".SH {escaped(title)}"
        for argument in members:
            positional = argument["kind"] == "positional"
            yield ".TP"
            yield f"\\fI{escaped(argument['valueName'])}\\fR" if positional else names(argument)
            yield described(argument)


def page(command, path, version, date):
    """The page of one command; `path` are the words that call it."""
    shown = [argument for argument in command.get("arguments", []) if argument["shouldDisplay"]]
    subcommands = [each for each in command.get("subcommands", []) if each.get("shouldDisplay", True)]
    title = "-".join(path)
    lines = [
        f'.TH "{escaped(title.upper())}" 1 "{date}" "nnopt {version}" "User Commands"',
        ".SH NAME",
        f"{escaped(title)} \\- {escaped(command.get('abstract', '').rstrip('.'))}",
        ".SH SYNOPSIS",
        f"\\fB{escaped(' '.join(path))}\\fR",
    ]
    lines += ["\\fIcommand\\fR [\\fIoptions\\fR]"] if subcommands else []
    lines += [usage(argument) for argument in shown if subcommands == []]
    lines.append(".SH DESCRIPTION")
    lines.append(escaped(command.get("abstract", "")))
    if command.get("discussion"):
        lines += [".PP"] + discussion(command["discussion"])
    lines += arguments(command)
    if subcommands:
        lines.append(".SH COMMANDS")
        for each in subcommands:
            lines += [".TP", f"\\fBnnopt\\-{escaped(each['commandName'])}\\fR(1)", escaped(each.get("abstract", "")) or "\\&"]
    elif len(path) > 1:
        lines += [".SH SEE ALSO", f"\\fB{escaped(path[0])}\\fR(1)"]
    return "\n".join(lines) + "\n"


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    folder, version, date = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    root = json.load(sys.stdin)["command"]
    pages = [(root, [root["commandName"]])]
    pages += [
        (each, [root["commandName"], each["commandName"]])
        for each in root.get("subcommands", [])
        if each["commandName"] != "help" and each.get("shouldDisplay", True)
    ]
    root["subcommands"] = [each for each, path in pages[1:]]
    for command, path in pages:
        (folder / f"{'-'.join(path)}.1").write_text(page(command, path, version, date), encoding="utf-8")


if __name__ == "__main__":
    main()
