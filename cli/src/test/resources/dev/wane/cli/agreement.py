"""The engine's network and training, written in PyTorch by itself: a LayerNorm MLP on Fashion-MNIST."""
import argparse, gzip, json, math, pathlib

import torch
from torch import nn

parser = argparse.ArgumentParser()
for name, kind in dict(lr=float, wd=float, batch=int, epochs=int, width=int, seed=int, data=pathlib.Path, out=pathlib.Path).items():
    parser.add_argument("--" + name, type=kind)
o = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(o.seed)


def read(name, header):
    with gzip.open(o.data / (name + ".gz")) as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


images = (read("train-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255 - 0.2860) / 0.3530
labels = read("train-labels-idx1-ubyte", 8).long()
split = json.loads((pathlib.Path(__file__).parent / "split.json").read_text())
x, y = images[split["training"]], labels[split["training"]]
held_x, held_y = images[split["validation"]], labels[split["validation"]]

matrices = [nn.Linear(784, o.width, bias=False), nn.Linear(o.width, o.width, bias=False), nn.Linear(o.width, 10)]
for matrix in matrices:
    nn.init.normal_(matrix.weight, 0, math.sqrt(2 / matrix.in_features))
nn.init.zeros_(matrices[2].bias)
model = nn.Sequential(
    matrices[0], nn.LayerNorm(o.width), nn.ReLU(), matrices[1], nn.LayerNorm(o.width), nn.ReLU(), matrices[2])
decayed = [matrix.weight for matrix in matrices]
others = [p for p in model.parameters() if p.dim() < 2]
optimizer = torch.optim.AdamW(
    [{"params": decayed, "weight_decay": o.wd}, {"params": others, "weight_decay": 0.0}], lr=o.lr)
steps = o.epochs * math.ceil(len(x) / o.batch)
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: 0.5 * (1 + math.cos(math.pi * t / steps)))
for _ in range(o.epochs):
    for batch in torch.randperm(len(x)).split(o.batch):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
        optimizer.step()
        schedule.step()
with torch.no_grad():
    error = (model(held_x).argmax(1) != held_y).double().mean().item()
(o.out / "metrics.jsonl").write_text(json.dumps({"step": steps, "error": error}) + "\n")
