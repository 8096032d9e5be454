"""The probe's callbacks in Hugging Face's trainer and in Lightning: what they write is what the trainers have.

    python .ci/check_callbacks.py FOLDER     # FOLDER holds wane_probe.py
"""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
import torch
import wane_probe


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def hugging_face(path):
    from transformers import GPT2Config, GPT2LMHeadModel, Trainer, TrainingArguments

    class Tokens(torch.utils.data.Dataset):
        def __len__(self):
            return 64

        def __getitem__(self, i):
            ids = torch.arange(16) * (i + 1) % 50
            return {"input_ids": ids, "labels": ids}

    model = GPT2LMHeadModel(GPT2Config(vocab_size=50, n_positions=16, n_embd=16, n_layer=1, n_head=2))
    arguments = TrainingArguments(
        output_dir=str(folder / "hf"), per_device_train_batch_size=8, gradient_accumulation_steps=2, max_steps=10,
        weight_decay=0.1, learning_rate=1e-3, logging_steps=5, report_to=[], use_cpu=True, save_strategy="no")
    Trainer(model, arguments, train_dataset=Tokens(), callbacks=[wane_probe.hf_callback(str(path), every=5)]).train()
    head, *rest = lines(path)
    assert head["optimizer"]["class"] == "AdamW" and head["accumulation"] == 2, head["optimizer"]
    assert [group["settings"]["weight_decay"] for group in head["groups"]] == [0.1, 0.0], head["groups"]
    assert head["frozen"] == 0 and head["loaded_from"] == "", (head["frozen"], head["loaded_from"])
    decayed = [p["name"] for p in head["groups"][0]["parameters"]]
    assert "transformer.h.0.attn.c_attn.weight" in decayed and "transformer.h.0.ln_1.weight" not in decayed, decayed
    assert [row["step"] for row in rest if "norms" in row] == [1, 6], [row["step"] for row in rest]
    assert any("loss" in row.get("metrics", {}) for row in rest)


def lightning(path):
    import lightning.pytorch as pl

    class Module(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.net = torch.nn.Sequential(torch.nn.Linear(8, 8), torch.nn.LayerNorm(8), torch.nn.Linear(8, 2))

        def training_step(self, batch, index):
            loss = self.net(batch[0]).pow(2).mean()
            self.log("train_loss", loss)
            return loss

        def configure_optimizers(self):
            return torch.optim.AdamW(self.parameters(), lr=1e-3, weight_decay=0.05)

    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.randn(80, 8)), batch_size=4)
    pl.Trainer(
        max_steps=10, accelerator="cpu", accumulate_grad_batches=2, logger=False, enable_checkpointing=False,
        enable_progress_bar=False, callbacks=[wane_probe.lightning_callback(str(path), every=5)]).fit(Module(), data)
    head, *rest = lines(path)
    assert head["optimizer"]["class"] == "AdamW" and head["accumulation"] == 2, head["optimizer"]
    assert head["groups"][0]["settings"]["weight_decay"] == 0.05 and len(head["groups"][0]["parameters"]) == 6
    assert [row["step"] for row in rest if "norms" in row] == [1, 6], [row["step"] for row in rest]
    assert any("train_loss" in row.get("metrics", {}) for row in rest)


hugging_face(folder / "hf.jsonl")
lightning(folder / "lightning.jsonl")
print("both callbacks write what their trainers have")
