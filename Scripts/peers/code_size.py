#!/usr/bin/env python3
"""Makes the table of code_size from the maps of the linked firmware; see code_size --help."""

import argparse
import collections
import pathlib
import re
import subprocess
import sys

# What the linker discards, keeps for people, or clears at the start: none of it is in flash.
NOT_IN_FLASH = re.compile(r"^(\.bss|\.noinit|\.comment|\.debug|\.ARM\.attributes|\.stack|\.stab|/DISCARD/|\.heap)")
# Sections of functions and constants that no other object sees, though one may have the same name.
INTERNAL = re.compile(r"_GLOBAL__N_|_ZL|_ZNK?\d+\w*?L\d")
LINE = re.compile(r"^ (\S+)?\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$")
METHOD = re.compile(r"TfLiteStatus (Add\w+)\(.*?\n  }\n", re.DOTALL)
NAME = re.compile(r'AddBuiltin\(\s*BuiltinOperator_(\w+)|AddCustom\(\s*"([^"]+)"')
# Its kernel is a stub in a build without the accelerator's driver.
STUBS = {"AddEthosU"}
LIBRARIES = {"reference": "reference", "cmsis_nn": "cmsisNN"}
TITLES = {"reference": "TFLM's portable kernels", "cmsis_nn": "CMSIS-NN's kernels"}


def sections(path):
    """The bytes of every section of a firmware that is in flash, by object and name."""
    found = collections.Counter()
    text = path.read_text(errors="replace")
    start = text.index("Linker script and memory map")
    output, name = "", None
    for line in text[start:].splitlines():
        if line and not line[0].isspace():
            output, name = line.split()[0], None
            continue
        if re.match(r"^ [^ *(]\S*$", line):
            name = line.strip()
            continue
        match = LINE.match(line)
        if match and not NOT_IN_FLASH.match(output):
            title = match[1] or name
            size = int(match[3], 16)
            if title and not title.startswith("*") and size and int(match[2], 16):
                found[(match[4], title)] += size
        if match:
            name = None
    return found


def flash(path):
    """Text and data of a firmware."""
    lines = subprocess.run(["arm-none-eabi-size", path], check=True, capture_output=True, text=True).stdout.splitlines()
    text, data = lines[1].split()[:2]
    return int(text) + int(data)


class Library:
    """The firmware that was linked with one library of kernels."""

    def __init__(self, folder, names):
        self.maps = {path.stem: sections(path) for path in sorted(folder.glob("*.map"))}
        self.flash = {path.stem: flash(path) for path in sorted(folder.glob("*.elf"))}
        self.names = names
        self.operators = sorted(name for name in self.maps if name in names and name not in STUBS)
        self.sets = sorted(name for name in self.maps if name.startswith("set_"))
        self.objects = {
            re.sub(r"^.*[(/]|\)$", "", owner)
            for name in ["base", *self.sets] for owner, _ in self.maps[name] if owner.endswith(")")
        }
        self.merge()

    def merge(self):
        """One key for a template's code, whichever object the linker takes it from."""
        several = collections.defaultdict(set)
        for found in self.maps.values():
            objects = collections.Counter(title for _, title in found)
            for title, count in objects.items():
                if count > 1:
                    several[title].add(count)

        def key(place):
            owner, title = place
            isShared = "._Z" in title and not INTERNAL.search(title) and title not in several
            return ("", title) if isShared else (re.sub(r"^.*/(?=[^/]*\()", "", owner), title)

        self.maps = {
            name: {key(place): size for place, size in found.items()} for name, found in self.maps.items()
        }

    def parts(self):
        """Bytes by the operators of which any brings them in."""
        base = self.maps["base"]
        users, sizes = collections.defaultdict(set), {}
        for operator in self.operators:
            for place, size in self.maps[operator].items():
                more = size - base.get(place, 0)
                if more > 0:
                    users[place].add(operator)
                    sizes[place] = max(more, sizes.get(place, 0))
        found = collections.Counter()
        for place, operators in users.items():
            found[frozenset(operators)] += sizes[place]
        return found

    def c_library(self, firmware="base"):
        """Bytes that come from the C library, the compiler's and the start-up code."""
        return sum(size for (owner, _), size in self.maps[firmware].items()
                   if re.match(r"(lib(c|g|m|gcc|nosys|stdc\+\+)(_nano)?\.a\()|crt", owner.rsplit("/", 1)[-1]))

    def estimate(self, parts, operators):
        chosen = set(operators)
        return self.flash["base"] + sum(size for users, size in parts.items() if users & chosen)


def resolver_names(path):
    """The operator that each method of the resolver adds."""
    names = {}
    for match in METHOD.finditer(path.read_text()):
        found = NAME.search(match[0])
        if match[1] not in ("AddBuiltin", "AddCustom") and found:
            names[match[1]] = found[1] or found[2]
    names["AddEthosU"] = "ethos-u"
    names["AddDetectionPostprocess"] = "TFLite_Detection_PostProcess"
    return names


def set_operators(folder, name):
    return re.findall(r"register_(Add\w+)\(resolver\)", (folder / f"{name}.c").read_text())


def report(library, folder, parts):
    """Prints how far the table, and the plain sum, are from what was linked."""
    base = library.flash["base"]
    print(f"{folder.name}: {base} bytes without operators, {library.c_library()} of them the C library")
    for name in library.sets:
        operators = set_operators(folder, name)
        linked = library.flash[name]
        line = f"  {name}: {linked} linked"
        if parts:
            table = library.estimate(parts, operators)
            plain = base + sum(library.flash[operator] - base for operator in operators)
            line += f", {table} by the table ({table / linked - 1:+.1%}), {plain} as plain sum ({plain / linked - 1:+.1%})"
        print(line)


HEADER = """\
// automatically generated by Scripts/peers/code_size, do not modify

extension CodeBytes {{
  /// The compiler that was measured.
  static let compiler = "{compiler}"

  // Of tflite-micro {commit}, compiled and linked with
  //   {flags}
"""


def table(libraries, options):
    flags = options.flags.split()
    lines, line = [], ""
    for flag in flags:
        if len(line) + len(flag) > 95:
            lines.append(line.strip())
            line = ""
        line += flag + " "
    lines.append(line.strip())
    text = HEADER.format(
        compiler=options.compiler, commit=options.commit, flags="\n  //   ".join(lines))
    for folder, library in libraries:
        parts = library.parts()
        deviations = [
            library.estimate(parts, set_operators(folder, name)) / library.flash[name] - 1 for name in library.sets]
        text += f"""
  /// {TITLES[folder.name]}: from {min(deviations):+.1%} to {max(deviations):+.1%} off {len(deviations)} firmwares \
with the operators of whole models.
  static let {LIBRARIES[folder.name]} = CodeBytes(
"""
        text += f"    base: {library.flash['base']}, cLibrary: {library.c_library()},\n    parts: [\n"
        rows = sorted((sorted(library.names[user] for user in users), size) for users, size in parts.items())
        for users, size in rows:
            if len(users) == 1:
                text += f'      Part({size}, "{users[0]}"),\n'
                continue
            text += f'      Part(\n        {size},\n        """\n'
            line = ""
            for user in users:
                if len(line) + len(user) > 90:
                    text += f"        {line}\\\n"
                    line = ""
                line += user + " "
            text += f'        {line.strip()}\n        """),\n'
        text += "    ])\n"
    return text + "}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resolver", type=pathlib.Path, required=True)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--commit", required=True)
    parser.add_argument("--flags", required=True)
    parser.add_argument("--needed", type=pathlib.Path, required=True, help="where lists of the sets' objects go")
    parser.add_argument("--only-sets", action="store_true")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    names = resolver_names(options.resolver)
    libraries = []
    for name in LIBRARIES:
        folder = options.folder / name
        if folder.is_dir():
            library = Library(folder, names)
            libraries.append((folder, library))
            report(library, folder, None if options.only_sets else library.parts())
            if not options.only_sets:
                (options.needed / f"needed.{name}").write_text("\n".join(sorted(library.objects)) + "\n")
    if not options.only_sets and len(libraries) == len(LIBRARIES):
        options.output.parent.mkdir(parents=True, exist_ok=True)
        options.output.write_text(table(libraries, options))


if __name__ == "__main__":
    sys.exit(main())
