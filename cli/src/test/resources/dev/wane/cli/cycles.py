"""Weights that a normalisation follows, under SGD at a constant rate: training breaks down and recovers in cycles."""
import argparse, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import torch, wane_probe
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--out")
parser.add_argument("--wd", type=float)
o = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
x, y = torch.randn(256, 32), torch.randint(0, 10, (256,))
model = nn.Sequential(
    nn.Linear(32, 64, bias=False), nn.BatchNorm1d(64, affine=False), nn.ReLU(),
    nn.Linear(64, 64, bias=False), nn.BatchNorm1d(64, affine=False), nn.ReLU())
head = nn.Linear(64, 10, bias=False)
head.weight.requires_grad_(False).mul_(4)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=o.wd)
probe = wane_probe.attach(model, optimizer, o.out, every=50)
mean = 0.0
for step in range(1, 5001):
    batch = torch.randint(0, 256, (64,))
    loss = nn.functional.cross_entropy(head(model(x[batch])), y[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    mean += loss.item() / 10
    if step % 10 == 0:
        probe.log(step, loss=mean)
        mean = 0.0
probe.detach()
