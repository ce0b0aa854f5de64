#!/usr/bin/env python3
"""Game C1 side by side: offramp from its scenario file, and the same game in other programs.

    benches/peers.py PEERS [--times 5] [--scale 1.0] [--python python3] [--build DIR] [--only NAME ...]

PEERS is a folder with the peers' sources: `rust/` (the kernel written by hand, in `c1bench`), `krabmaga/` and `python/`
(c1.py, c1_numpy.py, c1_numba.py, c1_mesa.py, c1_ema.py, c1_openspiel.py; their packages must be installed for --python).
Every program runs one process on one thread. The programs take turns, so that a noisy minute hurts all of them, and the
median of the times counts. A peer that cannot be built or run is listed with the reason. The last lines say what a sweep
of the same file costs with rows written, on one thread and on two.
"""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
UNIT = {"ns": 1.0, "us": 1000.0}


class Trouble(Exception):
    """Why a program has no time."""


def output(command, **more):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise Trouble(f"{command[0]} ended with {done.returncode}: {lines[-1]}")
    return done.stdout


def stated(text):
    """Nanoseconds a run, as a peer states them."""
    found = re.search(r"(ns|us)/run=([0-9.]+)", text.strip().splitlines()[-1])
    if found is None:
        raise Trouble("it states no time")
    return float(found[2]) * UNIT[found[1]]


class Rust:
    """A crate that is built once."""

    def __init__(self, folder, program, arguments, build):
        self.manifest, self.program, self.arguments, self.build = folder / "Cargo.toml", program, arguments, build

    def prepare(self):
        folder = self.build / self.manifest.parent.name
        environment = os.environ | {"CARGO_TARGET_DIR": str(folder)}
        output(["cargo", "build", "--release", "--manifest-path", self.manifest], env=environment)
        self.path = folder / "release" / self.program

    def run(self):
        return stated(output([self.path, *self.arguments]))


class Python:
    """A script."""

    def __init__(self, python, script, *arguments):
        self.command, self.folder = [python, script.name, *arguments], script.parent

    def prepare(self):
        if not self.folder.joinpath(self.command[1]).exists():
            raise Trouble("its script is not there")

    def run(self):
        return stated(output(self.command, cwd=self.folder))


class Offramp:
    """The benchmark `c1`: rules from the scenario file, the engine's own loop, nothing recorded."""

    BENCH = ["cargo", "bench", "--quiet", "--bench", "c1"]

    def __init__(self, build):
        self.results = build / "criterion"

    def prepare(self):
        output([*self.BENCH, "--no-run"], cwd=ROOT)

    def run(self):
        seconds = ["--warm-up-time", "1", "--measurement-time", "3", "--nresamples", "1001"]
        environment = os.environ | {"CRITERION_HOME": str(self.results)}
        output([*self.BENCH, "--", "--noplot", *seconds, "c1/run"], cwd=ROOT, env=environment)
        estimates = json.loads((self.results / "c1/run/new/estimates.json").read_text())
        return estimates["median"]["point_estimate"]


class Sweep:
    """A whole sweep of the file: process, rows and tables included."""

    def __init__(self, runs, threads):
        self.runs, self.threads = runs, threads

    def prepare(self):
        output(["cargo", "build", "--release", "--quiet", "--bin", "offramp"], cwd=ROOT)
        self.path = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/offramp"

    def run(self):
        with tempfile.TemporaryDirectory() as folder:
            sweep = [self.path, "sweep", ROOT / "tests/c1/c1.ron", "--runs", self.runs, "--threads", self.threads]
            begun = time.perf_counter()
            output([*sweep, "--out", pathlib.Path(folder) / "out"])
            return (time.perf_counter() - begun) / self.runs * 1e9


def programs(given):
    runs = lambda number: str(max(100, int(number * given.scale)))
    rust, python = given.peers / "rust", given.peers / "python"
    script = lambda name, *arguments: Python(given.python, python / name, *arguments)
    return {
        "kernel by hand": Rust(rust, "c1bench", ["one", "scalar", runs(1_000_000)], given.build),
        "offramp, from its file": Offramp(given.build),
        "numba, hash draws": script("c1_numba.py", runs(300_000), "30", "stop", "serial", "hash"),
        "numba, np.random": script("c1_numba.py", runs(300_000)),
        "krABMaga": Rust(given.peers / "krabmaga", "c1krab", [runs(300_000)], given.build),
        "numpy": script("c1_numpy.py", runs(200_000)),
        "Python": script("c1.py", runs(3_000)),
        "EMA Workbench": script("c1_ema.py", runs(3_000)),
        "Mesa": script("c1_mesa.py", runs(2_000)),
        "OpenSpiel": script("c1_openspiel.py", runs(2_000)),
        "offramp sweep, 1 thread": Sweep(int(runs(200_000)), 1),
        "offramp sweep, 2 threads": Sweep(int(runs(200_000)), 2),
    }


def main():
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("peers", type=pathlib.Path)
    reader.add_argument("--times", type=int, default=5, help="runs of each program (5)")
    reader.add_argument("--scale", type=float, default=1.0, help="factor on the games of each run (1)")
    reader.add_argument("--python", default=sys.executable, help="the Python that has the peers' packages")
    reader.add_argument("--build", type=pathlib.Path, default=pathlib.Path(tempfile.gettempdir()) / "c1-peers")
    reader.add_argument("--only", nargs="+", help="programs whose names contain one of these")
    given = reader.parse_args()
    given.peers, given.build = given.peers.resolve(), given.build.resolve()

    chosen, troubles = {}, {}
    for name, program in programs(given).items():
        if given.only and not any(part.lower() in name.lower() for part in given.only):
            continue
        try:
            program.prepare()
            chosen[name] = program
        except (Trouble, OSError) as trouble:
            troubles[name] = trouble
    times = {name: [] for name in chosen}
    for turn in range(given.times):
        for name, program in chosen.items():
            print(f"\r{turn + 1}/{given.times} {name:<30}", end="", file=sys.stderr, flush=True)
            try:
                if name not in troubles:
                    times[name].append(program.run())
            except (Trouble, OSError) as trouble:
                troubles[name] = trouble
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr)

    medians = {name: statistics.median(found) for name, found in times.items() if found and name not in troubles}
    kernel = medians.get("kernel by hand")
    print(f"{'program':<28}{'ns a run':>12}{'spread':>9}{'x kernel':>10}")
    for name, median in medians.items():
        spread = (max(times[name]) - min(times[name])) / median
        ratio = f"{median / kernel:.2f}" if kernel else "-"
        print(f"{name:<28}{median:>12.0f}{spread:>8.0%}{ratio:>11}")
    one, two = (medians.get(f"offramp sweep, {threads}") for threads in ("1 thread", "2 threads"))
    if one and two:
        print(f"two threads sweep {one / two:.2f} times as fast as one")
    for name, trouble in troubles.items():
        print(f"{name}: not measured: {trouble}")


if __name__ == "__main__":
    main()
