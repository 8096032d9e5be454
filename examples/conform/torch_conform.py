"""Runs the conformance kit against the installed torch.

    wane conform emit vectors
    python3 examples/conform/torch_conform.py vectors > results.json
    wane conform check vectors results.json
"""
import glob, json, sys

import torch


def optimizer(case, parameter):
    s, rate, decay = case["settings"], case["learningRates"][0], case["weightDecays"][0]
    betas, eps = (s.get("beta1", 0.9), s.get("beta2", 0.999)), s.get("eps", 1e-8)
    kind = case["optimizer"], s.get("decay")
    if kind == ("sgd", "coupled"):
        return torch.optim.SGD([parameter], rate, s.get("momentum", 0), s.get("dampening", 0), decay, s.get("nesterov", False))
    if kind == ("adam", "coupled"):
        return torch.optim.Adam([parameter], rate, betas, eps, decay)
    if kind == ("adamw", "before"):
        return torch.optim.AdamW([parameter], rate, betas, eps, decay)
    if kind == ("rmsprop", "coupled"):
        return torch.optim.RMSprop([parameter], rate, s["smoothing"], eps, decay, s["momentum"])
    return None  # not in torch: the case is left out of the results


results = {}
for file in sorted(glob.glob(sys.argv[1] + "/*.json")):
    case = json.load(open(file))
    parameter = torch.nn.Parameter(torch.tensor(case["initial"], dtype=torch.float64))
    step_of = optimizer(case, parameter)
    if step_of is None:
        continue
    path = []
    steps = case.get("parts") or [[gradient] for gradient in case["gradients"]]
    for parts, rate, decay in zip(steps, case["learningRates"], case["weightDecays"]):
        step_of.param_groups[0].update(lr=rate, weight_decay=decay)
        parameter.grad = None
        for gradient in parts:  # accumulated as a training loop does: the mean over micro-batches or replicas
            (parameter @ torch.tensor(gradient, dtype=torch.float64) / len(parts)).backward()
        if "clip" in case["settings"]:
            torch.nn.utils.clip_grad_value_([parameter], case["settings"]["clip"])
        step_of.step()
        path.append(parameter.tolist())
    results[case["case"]] = path
json.dump(results, sys.stdout)
