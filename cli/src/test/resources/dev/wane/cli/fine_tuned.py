"""A low-rank adapter beside a frozen net, or the net's last layer alone, with a probe."""
import argparse, pathlib, sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import torch, wane_probe
from torch import nn

parser = argparse.ArgumentParser()
parser.add_argument("--out")
parser.add_argument("--adapter", action="store_true")
o = parser.parse_args()
torch.manual_seed(1)


class Adapted(nn.Module):
    def __init__(self, base):
        super().__init__()
        self.base = base
        if o.adapter:
            self.lora_A, self.lora_B = nn.Linear(16, 4, bias=False), nn.Linear(4, 16, bias=False)

    def forward(self, x):
        return self.base(x) + (self.lora_B(self.lora_A(x)) if o.adapter else 0)


model = nn.Sequential(nn.LayerNorm(16, elementwise_affine=False), Adapted(nn.Linear(16, 16)), nn.Linear(16, 2))
for name, p in model.named_parameters():
    p.requires_grad_("lora" in name if o.adapter else name.startswith("2."))
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-3, weight_decay=0.01)
probe = wane_probe.attach(model, optimizer, o.out, every=10)
for step in range(30):
    loss = model(torch.randn(8, 16)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    probe.log(step + 1, loss=loss)
probe.detach()
