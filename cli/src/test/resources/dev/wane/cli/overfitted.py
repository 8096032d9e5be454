"""A net that can learn 512 noisy samples by heart, with a probe and a loss on samples that it never sees."""
import argparse, math, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import torch, wane_probe
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--out")
parser.add_argument("--wd", type=float)
o = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
STEPS, NOISE = 600, 0.3
teacher = torch.randn(32, 8)


def samples(n):
    x = torch.randn(n, 32)
    return x, torch.where(torch.rand(n) < NOISE, torch.randint(0, 8, (n,)), (x @ teacher).argmax(1))


train, held_out = samples(512), samples(4096)
model = nn.Sequential(nn.Linear(32, 128), nn.LayerNorm(128), nn.ReLU(), nn.Linear(128, 8))
optimizer = torch.optim.AdamW(
    [{"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": o.wd},
     {"params": [p for p in model.parameters() if p.dim() < 2], "weight_decay": 0.0}], lr=3e-3)
schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: 0.5 * (1 + math.cos(math.pi * t / STEPS)))
probe = wane_probe.attach(model, optimizer, o.out, every=50)
for step in range(1, STEPS + 1):
    batch = torch.randint(0, 512, (64,))
    loss = nn.functional.cross_entropy(model(train[0][batch]), train[1][batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    schedule.step()
    if step % 20 == 0:
        with torch.no_grad():
            probe.log(
                step,
                train_loss=nn.functional.cross_entropy(model(train[0]), train[1]),
                val_loss=nn.functional.cross_entropy(model(held_out[0]), held_out[1]))
probe.detach()
