"""A small net on made-up tokens, with a probe; the options choose what goes wrong."""
import argparse, math, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import torch, wane_probe
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--out")
parser.add_argument("--wd", type=float, default=0.1)
parser.add_argument("--lr", type=float, default=3e-3)
parser.add_argument("--steps", type=int, default=800)
parser.add_argument("--often", type=int, default=1)
parser.add_argument("--vocabulary", type=int, default=64)
parser.add_argument("--decay", default="matrices", choices=["matrices", "tables", "all"])
parser.add_argument("--bf16", action="store_true")
parser.add_argument("--raw", action="store_true", help="decay by wd itself, whatever the rate is")
o = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
USED, WIDTH = 64, 64


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wte = nn.Embedding(o.vocabulary, WIDTH)
        self.ln_1, self.ln_2, self.ln_f = nn.LayerNorm(WIDTH), nn.LayerNorm(128), nn.LayerNorm(WIDTH)
        self.fc, self.proj = nn.Linear(2 * WIDTH, 128), nn.Linear(128, WIDTH)
        self.head = nn.Linear(WIDTH, o.vocabulary, bias=False)

    def forward(self, x):
        h = torch.relu(self.ln_2(self.fc(self.ln_1(self.wte(x)).flatten(1))))
        return self.head(self.ln_f(self.proj(h)))


class RawAdamW(torch.optim.Adam):
    """Decays as TensorFlow Addons' AdamW does where its weight_decay is a number."""

    def step(self, closure=None):
        decays = [group["weight_decay"] for group in self.param_groups]
        for group, decay in zip(self.param_groups, decays):
            group["weight_decay"] = 0.0
            with torch.no_grad():
                for p in group["params"]:
                    p.mul_(1 - decay)
        super().step(closure)
        for group, decay in zip(self.param_groups, decays):
            group["weight_decay"] = decay


model = Net().bfloat16() if o.bf16 else Net()


def decayed(name, p):
    return o.decay == "all" or (p.dim() > 1 and (o.decay == "tables" or "wte" not in name))


groups = [{"params": [p for n, p in model.named_parameters() if decayed(n, p)], "weight_decay": o.wd}]
rest = [p for n, p in model.named_parameters() if not decayed(n, p)]
optimizer = (RawAdamW if o.raw else torch.optim.AdamW)(groups + ([{"params": rest, "weight_decay": 0.0}] if rest else []), lr=o.lr)
warmup = 50


def multiplier(t):
    return (t + 1) / warmup if t < warmup else 0.5 * (1 + math.cos(math.pi * min(1, (t - warmup) / (o.steps - warmup))))


schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, multiplier)
table = torch.randint(0, USED, (USED, USED), generator=torch.Generator().manual_seed(5))
probe = wane_probe.attach(model, optimizer, o.out, every=20)
for t in range(o.steps):
    x = torch.randint(0, USED, (64, 2))
    y = table[x[:, 0], x[:, 1]]
    loss = nn.functional.cross_entropy(model(x).float(), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    for _ in range(o.often):
        schedule.step()
    if t % 10 == 9:
        probe.log(t + 1, loss=loss)
probe.detach()
