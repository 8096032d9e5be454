"""Checks that the JSON of a transfer is complete and that its report was written."""

import json
import pathlib
import sys

LAWS = {"constant-timescale", "retention", "independent"}
VERDICTS = {"transfers", "does-not-transfer", "unresolved"}
FILES = [
    "report.html",
    "report.md",
    "result.json",
    *(f"{name}{theme}.{kind}"
      for name in ("error-against-weight-decay", "error-against-timescale", "training-curves")
      for theme in ("", "-dark")
      for kind in ("svg", "png")),
]


def need(mapping, *keys):
    missing = [key for key in keys if key not in mapping]
    assert not missing, f"missing {missing} in {sorted(mapping)}"


def check_arm(arm):
    need(arm, "weightDecay", "metric", "sd", "regret", "interval")
    assert arm["weightDecay"] > 0 and 0 < arm["metric"] < 1, arm
    low, high = arm["interval"]
    assert low <= arm["regret"] <= high, arm


def check_target(target):
    need(target, "target", "planned", "unscaled", "best")
    need(target["target"], "batchSize", "learningRate")
    check_arm(target["unscaled"])
    need(target["best"], "weightDecay", "interval", "metric")
    assert sum(law["recommended"] for law in target["planned"]) == 1
    for law in target["planned"]:
        check_arm(law)
        need(law, "law", "gapClosed", "verdict")
        assert law["law"] in LAWS and law["verdict"] in VERDICTS, law


def main(document, folder):
    result = json.loads(pathlib.Path(document).read_text())
    need(result, "version", "experiment", "results", "margin", "noise", "trials", "seconds")
    assert result["version"] == 1 and len(result["results"]) == 2
    for model in result["results"]:
        need(model, "model", "applicability", "base", "targets")
        need(model["base"]["optimum"], "weightDecay", "interval", "metric", "atEdge")
        assert len(model["targets"]) == 2
        for target in model["targets"]:
            check_target(target)
    for name in FILES:
        assert (pathlib.Path(folder) / name).stat().st_size > 0, name
    print(f"complete: {result['trials']} trials in {result['seconds']:.0f} s")


main(*sys.argv[1:])
