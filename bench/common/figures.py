#!/usr/bin/python3
"""What becomes of measured figures.

    figures.py write NAME FIGURES RESULTS    prints medians with their spread, writes RESULTS/NAME.json and NAME.svg
    figures.py add NAME FIGURES RESULTS      the same, together with the rounds that RESULTS/NAME.json has already
    figures.py fill RESULTS DOCUMENT ...     writes tables and ratios of RESULTS into the documents, between marks

FIGURES has a line for each figure: metric, group, server and number, with tabs between them.

A mark stands in a document as a comment and is kept; what is between it and `<!-- end -->` is written anew:

    <!-- table NAME METRIC -->                       a row for each group, a column for each server
    <!-- ratio NAME METRIC; GROUP; A; B -->         A over B, round by round, and of that the median; with several servers
                                                     in B, separated by commas, the least of these
    <!-- ratios NAME METRIC; A; B; ... -->           such ratios as a table: a row for each group, a column for each B
    <!-- figure NAME METRIC; GROUP; SERVER -->      one median
    <!-- origins -->                                 a row for each benchmark: the machine and the revision that ran there
"""
import collections
import json
import os
import re
import statistics
import subprocess
import sys


def read_figures(path):
    figures = collections.defaultdict(lambda: collections.defaultdict(lambda: collections.defaultdict(list)))
    with open(path) as lines:
        for line in lines:
            metric, group, server, number = line.rstrip("\n").split("\t")
            if not number:
                sys.exit(f"figures: {server} gave no {metric} in `{group}`")
            figures[metric][group][server].append(float(number))
    return figures


def summary(numbers):
    return {"median": statistics.median(numbers), "least": min(numbers), "most": max(numbers), "rounds": numbers}


def machine():
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    # The version alone: what a distribution puts behind it says nothing of the figures.
    kernel = os.uname().release.split("-")[0]
    return {"processor": model, "cores": os.cpu_count(), "kernel": kernel, "revision": revision}


def shown(number):
    if abs(number) >= 1000:
        return f"{number:,.0f}"
    return f"{number:.0f}" if abs(number) >= 100 else f"{number:.3g}"


def ratios(ours, theirs):
    """The ratio of each round: what both had in common in a round is not in it."""
    ours, theirs = ours["rounds"], theirs["rounds"]
    if len(ours) != len(theirs) or not all(theirs):
        return []
    return [one / other for one, other in zip(ours, theirs)]


def times(ours, theirs):
    """The median of the rounds' ratios, or where rounds do not belong together that of the medians."""
    return statistics.median(ratios(ours, theirs) or [ours["median"] / theirs["median"]])


def print_table(metrics):
    for metric, groups in metrics.items():
        for group, servers in groups.items():
            first, reference = next(iter(servers.items()))
            for server, figure in servers.items():
                spread = f"{shown(figure['least'])} to {shown(figure['most'])}"
                line = f"{group:28} {server:22} {shown(figure['median']):>12} {metric}  ({spread})"
                if server != first and figure["median"]:
                    line += f"  {first} has {times(reference, figure):.2f} times that"
                    if spread := ratios(reference, figure):
                        line += f" ({min(spread):.2f} to {max(spread):.2f})"
                print(line)


def plot(name, metrics, path):
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = name
    import matplotlib.pyplot

    count = len(metrics)
    canvas, axes = matplotlib.pyplot.subplots(count, 1, figsize=(10, 3.6 * count), squeeze=False)
    for axis, (metric, groups) in zip(axes[:, 0], metrics.items()):
        servers = list(dict.fromkeys(server for group in groups.values() for server in group))
        width = 0.84 / len(servers)
        for place, server in enumerate(servers):
            present = [(at, group[server]) for at, group in enumerate(groups.values()) if server in group]
            medians = [figure["median"] for _, figure in present]
            spread = [
                [figure["median"] - figure["least"] for _, figure in present],
                [figure["most"] - figure["median"] for _, figure in present],
            ]
            at = [index + (place - (len(servers) - 1) / 2) * width for index, _ in present]
            axis.bar(at, medians, width * 0.92, yerr=spread, capsize=2, label=server)
        axis.set_xticks(range(len(groups)), list(groups))
        axis.set_ylabel(metric)
        axis.spines[["top", "right"]].set_visible(False)
        axis.legend(frameon=False, fontsize="small", ncols=2)
    canvas.suptitle(name)
    canvas.tight_layout()
    canvas.savefig(path, metadata={"Date": None})


def add_rounds(figures, path):
    """Puts the rounds of an earlier run, on the same machine, before those of this one; says which revisions ran."""
    with open(path) as file:
        earlier = json.load(file)
    present = machine()
    if any(earlier["machine"][key] != present[key] for key in ("processor", "cores", "kernel")):
        sys.exit(f"figures: {path} is of another machine")
    for metric, groups in earlier["metrics"].items():
        for group, servers in groups.items():
            for server, figure in servers.items():
                figures[metric][group][server][:0] = figure["rounds"]
    revisions = earlier["machine"]["revision"].split(", ")
    present["revision"] = ", ".join(dict.fromkeys(revisions + [present["revision"]]))
    return present


def write(name, figures_path, results, adds):
    figures = read_figures(figures_path)
    origin = add_rounds(figures, f"{results}/{name}.json") if adds else machine()
    metrics = {
        metric: {group: {server: summary(numbers) for server, numbers in servers.items()}
                 for group, servers in groups.items()}
        for metric, groups in figures.items()
    }
    print_table(metrics)
    os.makedirs(results, exist_ok=True)
    with open(f"{results}/{name}.json", "w") as file:
        json.dump({"machine": origin, "metrics": metrics}, file, indent=2)
        file.write("\n")
    plot(name, metrics, f"{results}/{name}.svg")


def markdown_table(groups):
    servers = list(dict.fromkeys(server for group in groups.values() for server in group))
    lines = ["| | " + " | ".join(servers) + " |", "|---" * (len(servers) + 1) + "|"]
    for group, present in groups.items():
        cells = [shown(present[server]["median"]) if server in present else "" for server in servers]
        lines.append(f"| {group} | " + " | ".join(cells) + " |")
    return "\n" + "\n".join(lines) + "\n"


def named(present, others):
    """The servers of which the least ratio counts: one, or several with commas between them."""
    return [others] if others in present else [name.strip() for name in others.split(",")]


def ratio(groups, group, server, others):
    present = groups[group]
    return f"{min(times(present[server], present[name]) for name in named(present, others)):.2f}"


def ratio_table(groups, server, *columns):
    lines = [f"| {server} | " + " | ".join(f"of {others}" for others in columns) + " |", "|---" * (len(columns) + 1) + "|"]
    for group, present in groups.items():
        # Not everybody is in each group.
        cells = [ratio(groups, group, server, others) if named(present, others)[0] in present else "" for others in columns]
        lines.append(f"| {group} | " + " | ".join(cells) + " |")
    return "\n" + "\n".join(lines) + "\n"


def origins(results):
    lines = ["| | processor, cores | Linux | revision |", "|---|---|---|---|"]
    for name in sorted(file.removesuffix(".json") for file in os.listdir(results) if file.endswith(".json")):
        with open(f"{results}/{name}.json") as file:
            of = json.load(file)["machine"]
        lines.append(f"| {name} | {of['processor']}, {of['cores']} | {of['kernel']} | {of['revision']} |")
    return "\n" + "\n".join(lines) + "\n"


def filled(kind, text, results):
    if kind == "origins":
        return origins(results)
    head, *parts = [part.strip() for part in text.split(";")]
    name, metric = head.split(" ", 1)
    path = f"{results}/{name}.json"
    if not os.path.exists(path):
        return "\n(not measured yet)\n" if kind in ("table", "ratios") else "(not measured yet)"
    groups = json.load(open(path))["metrics"][metric]
    if kind == "table":
        return markdown_table(groups)
    if kind == "ratio":
        return ratio(groups, *parts)
    if kind == "ratios":
        return ratio_table(groups, *parts)
    group, server = parts
    return shown(groups[group][server]["median"])


def fill(results, documents):
    mark = re.compile(r"(<!-- (table|ratios?|figure|origins)(.*?) -->).*?(<!-- end -->)", re.DOTALL)
    for document in documents:
        with open(document) as file:
            text = file.read()
        try:
            text = mark.sub(lambda found: found[1] + filled(found[2], found[3], results) + found[4], text)
        except (KeyError, OSError) as error:
            sys.exit(f"figures: {document} asks for what is not in {results}: {error}")
        with open(document, "w") as file:
            file.write(text)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["write" | "add" as verb, name, figures_path, results]:
            write(name, figures_path, results, verb == "add")
        case ["fill", results, *documents]:
            fill(results, documents)
        case _:
            sys.exit(__doc__)
