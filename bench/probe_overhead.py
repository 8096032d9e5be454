"""The share of a training run that the probe takes, at a sample every 100 steps: time inside its hooks over all time.

    ./wane probe wane_probe.py && python3 bench/probe_overhead.py
"""

import pathlib
import sys
import tempfile
import time

import torch
from torch import nn

sys.path.insert(0, ".")
import wane_probe  # noqa: E402


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(5000, 128)
        self.layers = nn.ModuleList(nn.TransformerEncoderLayer(128, 4, 512, batch_first=True) for _ in range(4))
        self.head = nn.Linear(128, 10)

    def forward(self, x):
        x = self.embedding(x)
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(1))


def convnet():
    def block(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]

    return nn.Sequential(*block(1, 8), *block(8, 16), nn.Flatten(), nn.Linear(784, 10))


CASES = {
    "convnet, batch 32": (convnet, lambda: torch.randn(32, 1, 28, 28)),
    "transformer of 1.4 M, 8 x 64 tokens": (Transformer, lambda: torch.randint(0, 5000, (8, 64))),
}


def timed(method, total):
    def call():
        start = time.perf_counter()
        method()
        total[0] += time.perf_counter() - start

    return call


def share(make, data, steps=300):
    torch.manual_seed(0)
    model = make()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
    inside = [0.0]
    with tempfile.TemporaryDirectory() as folder:
        probe = wane_probe.attach(model, optimizer, pathlib.Path(folder) / "probe.jsonl", every=100)
        probe._pre, probe._post = timed(probe._pre, inside), timed(probe._post, inside)
        start = time.perf_counter()
        for _ in range(steps):
            x = data()
            loss = nn.functional.cross_entropy(model(x), torch.zeros(len(x), dtype=torch.long))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        whole = time.perf_counter() - start
        probe.detach()
    return inside[0] / whole


if __name__ == "__main__":
    torch.set_num_threads(1)
    print("torch", torch.__version__)
    for name, (make, data) in CASES.items():
        print("%-40s %.2f %%" % (name, 100 * share(make, data)))
