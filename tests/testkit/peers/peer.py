"""Pixels by pydicom, its plugins and Pillow, beside which our own reader is held.

Reads one task a line from standard input and answers each with one line, both
JSON. Pixels go to files: numbers of 32 bits, little endian, pixel by pixel.
"""

import json
import sys

import numpy
import pydicom
from PIL import Image
from pydicom.pixels import get_decoder, pixel_array


def plugins_of(dataset):
    """Names of the plugins that decode this file, or one None where none is needed."""
    syntax = dataset.file_meta.TransferSyntaxUID
    if not syntax.is_encapsulated:
        return [None]
    return list(get_decoder(syntax).available_plugins)


def decode(task):
    """The first frame by every plugin that can."""
    dataset = pydicom.dcmread(task["file"])
    decoded = []
    for plugin in plugins_of(dataset):
        entry = {"plugin": plugin or "pydicom"}
        try:
            named = {} if plugin is None else {"decoding_plugin": plugin}
            pixels = pixel_array(dataset, raw=True, index=0, **named)
            entry["file"] = f"{task['file']}.{entry['plugin']}.raw"
            entry["channels"] = 1 if pixels.ndim == 2 else pixels.shape[2]
            pixels.astype(numpy.int32).tofile(entry["file"])
        except Exception as error:  # A plugin refuses what it does not know.
            entry["error"] = str(error).strip().split("\n")[-1]
        decoded.append(entry)
    return {"decoded": decoded}


def picture(task):
    """A PNG or JPEG file by Pillow."""
    pixels = numpy.asarray(Image.open(task["file"]))
    to = f"{task['file']}.raw"
    pixels.astype(numpy.int32).tofile(to)
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    return {"decoded": [{"plugin": "pillow", "file": to, "channels": channels}]}


def compress(task):
    """The same film in another transfer syntax."""
    dataset = pydicom.dcmread(task["file"])
    dataset.compress(task["syntax"], **task.get("options", {}))
    dataset.save_as(task["to"])
    return {}


TASKS = {"decode": decode, "picture": picture, "compress": compress}

for line in sys.stdin:
    asked = json.loads(line)
    try:
        answer = TASKS[asked["do"]](asked)
    except Exception as error:  # Told to who asked; the next task may do.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
