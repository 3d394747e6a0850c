"""Works out the sample of a frozen lot again: python3 sample.py SEED SIZE LIST

LIST has a pointer a line, in UTF-8. The seed is printed by `sohoa audit seed` and shown on the page of the lot. With
--seal SEAL --random RANDOM the seed itself is worked out again and compared.
"""

import hashlib
import sys


def digest(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sample(seed, size, pointers):
    ranked = sorted(range(len(pointers)), key=lambda place: (digest(seed + "\n" + pointers[place]), place))
    return [pointers[place] for place in sorted(ranked[:size])]


def main(arguments):
    seed, size, path = arguments[:3]
    options = dict(zip(arguments[3::2], arguments[4::2]))
    if options and digest(options["--seal"] + "\n" + options["--random"]) != seed:
        sys.exit("the seed does not follow from the seal and the random bits")
    with open(path, "rb") as file:
        lines = file.read().decode("utf-8").split("\n")
    if lines[-1] == "":
        lines.pop()
    pointers = [line.removesuffix("\r") for line in lines]
    sys.stdout.buffer.write("".join(p + "\n" for p in sample(seed, int(size), pointers)).encode("utf-8"))


main(sys.argv[1:])
