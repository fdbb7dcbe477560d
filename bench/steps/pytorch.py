"""The same networks in PyTorch: reads one request a line, {"network", "what", "runs"}, and prints the milliseconds of a run.

The transform is a product with two smaller Hadamard matrices from both sides, H_n = H_a (x) H_b: PyTorch has none of its own,
and of the ways to write it this was the fastest.
"""

import json
import math
import sys
import time

import torch
from torch import nn

torch.manual_seed(1)


def hadamard(n):
    h = torch.ones(1, 1)
    while len(h) < n:
        h = torch.cat([torch.cat([h, h], 1), torch.cat([h, -h], 1)])
    return h / math.sqrt(n)


class Transform(nn.Module):
    def __init__(self, inputs, width, expand, read):
        super().__init__()
        self.inputs, self.width, self.expand, self.read = inputs, width, expand, read
        bits = width.bit_length() - 1
        factors = 3 if bits > 12 else 2
        sizes = [2 ** ((bits + i) // factors) for i in range(factors)]
        self.sizes = sizes
        for i, size in enumerate(sizes):
            self.register_buffer(f"h{i}", hadamard(size))
        self.register_buffer("signs", torch.randint(0, 2, (width,)) * 2.0 - 1)

    def forward(self, x):
        if self.inputs < self.width:
            if self.expand == "pad":
                x = nn.functional.pad(x, (0, self.width - self.inputs))
            else:
                x = x.repeat(1, -(-self.width // self.inputs))[:, : self.width]
        x = x * self.signs
        rows, sizes = len(x), self.sizes
        if len(sizes) == 2:
            x = self.h0 @ x.view(rows, *sizes) @ self.h1
        else:
            a, b, c = sizes
            x = x.view(rows * a * b, c) @ self.h2
            x = self.h1 @ x.view(rows * a, b, c)
            x = self.h0 @ x.view(rows, a, b * c)
        x = x.reshape(rows, self.width)
        return x if self.read == self.width else x[:, :: self.width // self.read][:, : self.read]


class Pair(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.negative = nn.Parameter(torch.zeros(width))
        self.positive = nn.Parameter(torch.full((width,), math.sqrt(2)))

    def forward(self, x):
        return torch.where(x < 0, self.negative, self.positive) * x


def build(inputs, width, blocks, expand, read, classes):
    layers = []
    for i in range(blocks):
        layers += [Transform(inputs if i == 0 else width, width, expand, width), Pair(width)]
    layers.append(Transform(width, width, expand, read))
    if classes:
        layers.append(nn.Linear(read, classes))
    return nn.Sequential(*layers)


class Runs:
    """What a network can be asked for."""

    def __init__(self, network, batch):
        self.model = build(**network)
        outputs = network["classes"] or network["read"]
        self.x = torch.rand(batch, network["inputs"]) * 2 - 1
        self.y = torch.rand(batch, outputs)
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=1e-3, weight_decay=0.01, fused=True)
        self.classify = network["classes"] is not None

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        outputs = self.model(self.x)
        loss = nn.functional.cross_entropy if self.classify else nn.functional.mse_loss
        value = loss(outputs, self.y)
        value.backward()
        self.optimizer.step()
        return value.item()

    def one(self):
        with torch.inference_mode():
            return self.model(self.x[:1])

    def batch(self):
        with torch.inference_mode():
            return self.model(self.x)


def main():
    print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads()}), flush=True)
    last, runs = None, None
    for line in sys.stdin:
        request = json.loads(line)
        key = json.dumps([request["network"], request["batch"]])
        if key != last:
            last, runs = key, Runs(request["network"], request["batch"])
        run = getattr(runs, request["what"])
        start = time.perf_counter()
        for _ in range(request["runs"]):
            run()
        print(json.dumps((time.perf_counter() - start) * 1000 / request["runs"]), flush=True)


main()
