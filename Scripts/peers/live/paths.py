"""Which models a comparison looks at."""

import os


def model_paths(arguments):
    """Paths of the .tflite files below `arguments.folder`, or that one file; the folder is set for short names."""
    if arguments.folder.endswith(".tflite"):
        paths = [arguments.folder]
        arguments.folder = os.path.dirname(arguments.folder) or "."
    else:
        paths = [
            os.path.join(folder, name)
            for folder, _, names in os.walk(arguments.folder)
            for name in names
            if name.endswith(".tflite")
        ]
    return sorted(p for p in paths if not arguments.only or arguments.only in p)
