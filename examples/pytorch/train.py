"""Trains a small convolutional network on Fashion-MNIST once, and writes what it reached: an ordinary training script.

    python3 train.py --lr 3e-3 --wd 0.4 --batch 32 --epochs 25 --seed 1 --out /tmp/run
"""

import argparse
import gzip
import json
import math
import pathlib

import torch
from torch import nn

DATA = pathlib.Path(__file__).parent / "../../data/src/main/resources/dev/wane/data/fashion-mnist"


def read(name, header):
    with gzip.open(DATA / f"{name}.gz") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


def examples(images, labels):
    pixels = read(images, 16).reshape(-1, 1, 28, 28).float()
    return (pixels / 255 - 0.286) / 0.353, read(labels, 8).long()


def block(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 3, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]


def error(model, images, labels):
    model.eval()
    with torch.no_grad():
        wrong = (model(images).argmax(1) != labels).float().mean()
    model.train()
    return float(wrong)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lr", type=float, required=True)
    parser.add_argument("--wd", type=float, required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)

    images, labels = examples("train-images-idx3-ubyte", "train-labels-idx1-ubyte")
    validation = images[-5000:], labels[-5000:]
    images, labels = images[: options.samples], labels[: options.samples]
    model = nn.Sequential(*block(1, 8), *block(8, 16), nn.Flatten(), nn.Linear(16 * 7 * 7, 10))
    optimizer = torch.optim.AdamW(model.parameters(), lr=options.lr, weight_decay=options.wd)
    steps = options.epochs * math.ceil(options.samples / options.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: 0.5 * (1 + math.cos(math.pi * t / steps)))

    for _ in range(options.epochs):
        for batch in torch.randperm(options.samples).split(options.batch):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            schedule.step()

    options.out.mkdir(parents=True, exist_ok=True)
    test = examples("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")
    measured = {"step": steps, "loss": loss.item(), "error": error(model, *validation), "test_error": error(model, *test)}
    with open(options.out / "metrics.jsonl", "a") as file:
        file.write(json.dumps(measured) + "\n")


if __name__ == "__main__":
    main()
