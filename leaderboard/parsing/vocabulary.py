"""Words that the numbers of papers stand beside: scales, units of measure, counted nouns, number words."""

from __future__ import annotations

SCALES = {
    "k": 1e3,
    "K": 1e3,
    "M": 1e6,
    "m": 1e6,
    "B": 1e9,
    "b": 1e9,
    "T": 1e12,
    "G": 1e9,
    "thousand": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "hundred": 1e2,
}
"""Scale words and letters; single letters count only directly behind the digits."""

MEASURES = {
    "fps": ("fps", 1.0),
    "frames per second": ("fps", 1.0),
    "frames/second": ("fps", 1.0),
    "frames/s": ("fps", 1.0),
    "hz": ("Hz", 1.0),
    "khz": ("Hz", 1e3),
    "mhz": ("Hz", 1e6),
    "ghz": ("Hz", 1e9),
    "ms": ("milliseconds", 1.0),
    "milliseconds": ("milliseconds", 1.0),
    "millisecond": ("milliseconds", 1.0),
    "msec": ("milliseconds", 1.0),
    "s": ("seconds", 1.0),
    "sec": ("seconds", 1.0),
    "secs": ("seconds", 1.0),
    "seconds": ("seconds", 1.0),
    "second": ("seconds", 1.0),
    "min": ("minutes", 1.0),
    "mins": ("minutes", 1.0),
    "minutes": ("minutes", 1.0),
    "minute": ("minutes", 1.0),
    "h": ("hours", 1.0),
    "hrs": ("hours", 1.0),
    "hours": ("hours", 1.0),
    "hour": ("hours", 1.0),
    "days": ("days", 1.0),
    "day": ("days", 1.0),
    "weeks": ("weeks", 1.0),
    "week": ("weeks", 1.0),
    "months": ("months", 1.0),
    "years": ("years", 1.0),
    "gpu hours": ("gpu-hours", 1.0),
    "gpu-hours": ("gpu-hours", 1.0),
    "gpu hour": ("gpu-hours", 1.0),
    "gpu-hour": ("gpu-hours", 1.0),
    "gpu days": ("gpu-days", 1.0),
    "gpu-days": ("gpu-days", 1.0),
    "gpu day": ("gpu-days", 1.0),
    "gpu-day": ("gpu-days", 1.0),
    "a100 hours": ("gpu-hours", 1.0),
    "h100 hours": ("gpu-hours", 1.0),
    "b": ("bytes", 1.0),
    "kb": ("bytes", 1e3),
    "mb": ("bytes", 1e6),
    "gb": ("bytes", 1e9),
    "tb": ("bytes", 1e12),
    "kib": ("bytes", 1024.0),
    "mib": ("bytes", 2.0**20),
    "gib": ("bytes", 2.0**30),
    "bytes": ("bytes", 1.0),
    "gigabytes": ("bytes", 1e9),
    "megabytes": ("bytes", 1e6),
    "flops": ("flops", 1.0),
    "mflops": ("flops", 1e6),
    "gflops": ("flops", 1e9),
    "tflops": ("flops", 1e12),
    "pflops": ("flops", 1e15),
    "gflop": ("flops", 1e9),
    "mflop": ("flops", 1e6),
    "petaflops": ("flops", 1e15),
    "g flops": ("flops", 1e9),
    "m flops": ("flops", 1e6),
    "b flops": ("flops", 1e9),
    "macs": ("MACs", 1.0),
    "gmacs": ("MACs", 1e9),
    "mmacs": ("MACs", 1e6),
    "db": ("dB", 1.0),
    "decibels": ("dB", 1.0),
    "mm": ("mm", 1.0),
    "millimeters": ("mm", 1.0),
    "millimetres": ("mm", 1.0),
    "cm": ("cm", 1.0),
    "centimeters": ("cm", 1.0),
    "m": ("meters", 1.0),
    "meters": ("meters", 1.0),
    "metres": ("meters", 1.0),
    "meter": ("meters", 1.0),
    "km": ("km", 1.0),
    "kilometers": ("km", 1.0),
    "µm": ("µm", 1.0),
    "μm": ("µm", 1.0),
    "m/s": ("m/s", 1.0),
    "mm/s": ("mm/s", 1.0),
    "cm/s": ("cm/s", 1.0),
    "rad/s": ("rad/s", 1.0),
    "mmhg": ("mmHg", 1.0),
    "j/kg": ("J/kg", 1.0),
    "bpm": ("bpm", 1.0),
    "kpa": ("kPa", 1.0),
    "mg": ("mg", 1.0),
    "ml": ("ml", 1.0),
    "nm": ("nm", 1.0),
    "å": ("angstroms", 1.0),
    "ev": ("eV", 1.0),
    "mev": ("meV", 1.0),
    "dex": ("dex", 1.0),
    "µs": ("microseconds", 1.0),
    "μs": ("microseconds", 1.0),
    "microseconds": ("microseconds", 1.0),
    "ns": ("nanoseconds", 1.0),
    "nanoseconds": ("nanoseconds", 1.0),
    "tonnes": ("tonnes", 1.0),
    "tons": ("tonnes", 1.0),
    "bpb": ("bits/byte", 1.0),
    "nats": ("nats", 1.0),
    "exaflops": ("flops", 1e18),
    "zettaflops": ("flops", 1e21),
    "km/h": ("km/h", 1.0),
    "°": ("degrees", 1.0),
    "degrees": ("degrees", 1.0),
    "degree": ("degrees", 1.0),
    "deg": ("degrees", 1.0),
    "bits/dim": ("bits/dim", 1.0),
    "bits per dimension": ("bits/dim", 1.0),
    "bits per dim": ("bits/dim", 1.0),
    "bpd": ("bits/dim", 1.0),
    "bpc": ("bits/char", 1.0),
    "bits per character": ("bits/char", 1.0),
    "bits/char": ("bits/char", 1.0),
    "bpp": ("bits/pixel", 1.0),
    "bits per byte": ("bits/byte", 1.0),
    "dollars": ("dollars", 1.0),
    "usd": ("dollars", 1.0),
    "w": ("watts", 1.0),
    "mw": ("milliwatts", 1.0),
    "watts": ("watts", 1.0),
    "kwh": ("kWh", 1.0),
    "mj": ("millijoules", 1.0),
    "joules": ("joules", 1.0),
    "kg": ("kg", 1.0),
    "n": ("N", 1.0),
    "kbps": ("kbps", 1.0),
    "mbps": ("Mbps", 1.0),
    "epochs": ("epochs", 1.0),
    "epoch": ("epochs", 1.0),
    "tokens/s": ("tokens/second", 1.0),
    "tokens/second": ("tokens/second", 1.0),
    "tokens per second": ("tokens/second", 1.0),
    "images/s": ("images/second", 1.0),
    "samples/s": ("samples/second", 1.0),
}
"""Units of measure as printed (lower case) -> unit and factor."""

TIGHT_MEASURES = frozenset("s h b m w n".split())
"""Single letters that are a unit only directly behind the digits, and "m" and "b" only where no scale is meant."""

LOWER_MEASURES = frozenset("ml mg ns nm ev mev dex bpm bpb nats tons s m n w h".split())
"""Units that are something else in capitals ("10 ML models", "3 EV fleets")."""

EXAMPLE_NOUNS = frozenset(
    """samples examples pairs images problems papers instances documents questions sentences triples prompts videos
    items utterances records     tasks instructions conversations dialogues demonstrations trajectories episodes
    clips frames annotations queries articles     images photos pictures scenes objects subjects patients
    participants recordings sequences captions labels cases clusters molecules     structures proteins compounds
    graphs nodes edges reviews tweets posts comments messages pages books files programs repositories     issues
    commits functions points clouds scans volumes slices slides masks boxes faces identities classes categories
    entities     relations facts claims statements passages paragraphs stories turns interactions ratings users
    students exams games matches maps     trees shapes models meshes poses tables charts figures diagrams
    webpages websites segments events observations measurements     simulations environments rooms houses
    variants templates puzzles theorems proofs lemmas rows entries judgments preferences     comparisons
    responses answers solutions completions generations outputs demos data audio-visual tracks songs speakers
    phrases     traces rollouts transitions signals spectra sounds notes chapters snippets contracts tests
    test-cases sets studies topics     captions dialogs tuples mentions corpora perturbations mechanisms
    identities interviews environments images. QAs logs jobs     individuals people humans characters scenarios
    configurations datapoints benchmarks trials""".split()
)
"""Nouns that count the items of a data set: their unit is "examples"."""

OWN_NOUNS = frozenset(
    "steps turns rollouts nodes edges layers calls epochs characters iterations requests NFEs nfes seeds heads".split()
)
"""Nouns of a size that are no items of a data set: each is its own unit."""

COUNTED_NOUNS = OWN_NOUNS | frozenset("queries frames episodes actions messages interactions".split())
"""Nouns that a level may be counted in ("in 12.1 actions")."""

NOUN_UNITS = {
    "parameters": "parameters",
    "parameter": "parameters",
    "params": "parameters",
    "param": "parameters",
    "weights": "parameters",
    "tokens": "tokens",
    "token": "tokens",
    "words": "words",
    "word": "words",
    "points": "points",
    "point": "points",
}
"""Nouns with a unit of their own."""

MODEL_NOUNS = frozenset(
    (
        "model models llm llms lm lms vlm vlms mllm mllms network networks transformer "
        "transformers checkpoint checkpoints size sizes scale scales variant variants version "
        "versions backbone base instruct sized activated active total"
    ).split()
)
"""Nouns behind which millions and billions are parameters."""

NOUN_STOP = frozenset(
    """of in on at to for with from by and or as than that which while when where whose is are was were be been has
    have had per     across over under using via into between among against compared the a an its our their this
    these those we it respectively     both without within after before during through due since if but versus
    vs relative absolute more less fewer higher lower faster     slower better worse smaller larger cheaper
    improvement improvements increase increases reduction gain gains accuracy achieving     outperforming
    covering spanning including consisting containing sampled drawn collected annotated paired labeled-with""".split()
)
"""Words at which a noun phrase behind a number ends."""

LABELS = frozenset(
    (
        "section sec figure fig table tab equation eq chapter appendix theorem lemma step level "
        "phase version part track task stage algorithm day grade layer subtask round type "
        "category tier protocol setting problem system experiment"
    ).split()
)
"""Words that make the number after them a label ("Section 3", "Task 2")."""

NUMBER_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "sixteen": 16,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "a": 1,
    "an": 1,
    "single": 1,
    "several": 3,
}
"""Number words that combine with a multiple, a scale or a unit."""

FRACTIONS = {
    "third": 1 / 3,
    "quarter": 0.25,
    "fifth": 0.2,
    "tenth": 0.1,
    "sixth": 1 / 6,
    "eighth": 0.125,
    "hundredth": 0.01,
}
