"""Trains the networks of the `training` study in Debian's PyTorch, on one thread, and prints a line of JSON.

pytorch_training.py FOLDER MODEL SECONDS BATCH...

FOLDER holds numeric.f32, codes.i32 and labels.f32, row after row, and shape.json. MODEL is ziln, dcn or residual. The rows of the embedding tables
are stepped by row-wise Adagrad on the touched rows of one table for all features, all else by Adam with decoupled decay (foreach), as
NOAH does. For each batch size the rate is rows over processor seconds of training steps, over SECONDS or all rows, after ten steps.
"""

import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


class Cross(nn.Module):
    def __init__(self, width, rank, layers):
        super().__init__()
        self.down = nn.ModuleList(nn.Linear(width, rank, bias=False) for _ in range(layers))
        self.up = nn.ModuleList(nn.Linear(rank, width) for _ in range(layers))

    def forward(self, x0):
        x = x0
        for down, up in zip(self.down, self.up):
            x = torch.addcmul(x, x0, up(down(x)))
        return x


class AttentionCross(nn.Module):
    def __init__(self, width, rank, layers, tokens=4):
        super().__init__()
        self.tokens, self.token_width = tokens, rank // tokens
        self.down = nn.ModuleList(nn.Linear(width, 3 * rank, bias=False) for _ in range(layers))
        self.up = nn.ModuleList(nn.Linear(rank, width) for _ in range(layers))
        self.gain = nn.Parameter(torch.zeros(layers))

    def forward(self, x0):
        x = x0
        for layer, (down, up) in enumerate(zip(self.down, self.up)):
            q, k, v = down(x).view(-1, 3, self.tokens, self.token_width).unbind(1)
            attention = torch.softmax(q.bmm(k.transpose(1, 2)) / math.sqrt(self.token_width), -1)
            mixed = torch.addcmul(v, attention.bmm(v), self.gain[layer]).reshape(-1, self.tokens * self.token_width)
            x = torch.addcmul(x, x0, up(mixed))
        return x


class Network(nn.Module):
    def __init__(self, width, hidden, outputs, layers, rank, attention):
        super().__init__()
        sizes = [width, *hidden]
        self.trunk = nn.Sequential(*(m for a, b in zip(sizes, sizes[1:]) for m in (nn.Linear(a, b), nn.ReLU(inplace=True))))
        self.crosses = nn.ModuleList()
        if layers:
            self.crosses.append(Cross(width, rank, layers))
        if attention:
            self.crosses.append(AttentionCross(width, rank, layers))
        self.head = nn.Linear(width * max(1, len(self.crosses)) + hidden[-1], outputs)

    def forward(self, x):
        crosses = [cross(x) for cross in self.crosses] or [x]
        return self.head(torch.cat([*crosses, self.trunk(x)], 1))


def ziln_loss(out, y):
    positive = (y > 0).float()
    log_y = torch.log(y.clamp_min(1e-38)) * positive
    sigma = F.softplus(out[:, 2]).clamp(1e-3, 3)
    z = (log_y - out[:, 1]) / sigma
    density = log_y + torch.log(sigma) + 0.5 * math.log(2 * math.pi) + 0.5 * z * z
    return F.binary_cross_entropy_with_logits(out[:, 0], positive) + (positive * density).mean()


def binary_loss(out, y):
    return F.binary_cross_entropy_with_logits(out[:, 0], y)


def main():
    folder, model, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    with open(folder + "/shape.json") as file:
        shape = json.load(file)
    rows, numbers, sizes = shape["rows"], shape["numbers"], shape["sizes"]
    read = lambda name, kind: torch.from_file(f"{folder}/{name}", size=rows * shape[name], dtype=kind).view(rows, -1).clone()
    numeric, codes, labels = read("numeric.f32", torch.float32), read("codes.i32", torch.int32), read("labels.f32", torch.float32)
    codes = codes.long() + torch.tensor([0, *sizes[:-1]]).cumsum(0)
    labels = labels.view(-1)
    is_ziln = model == "ziln"
    embedding, loss_of = (8, ziln_loss) if is_ziln else (16, binary_loss)
    result = {}
    for batch in map(int, sys.argv[4:]):
        width = numbers + embedding * len(sizes)
        network = Network(width, [256, 128] if is_ziln else [256, 128, 64], 3 if is_ziln else 1, 0 if is_ziln else 3, 64, model == "residual")
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.003, weight_decay=0.01, foreach=True)
        table, squares = torch.randn(sum(sizes), embedding) * 0.1, torch.zeros(sum(sizes))
        order = torch.randperm(rows)
        trained, start = 0, None
        for step, first in enumerate(range(0, rows - batch + 1, batch)):
            if step == min(10, rows // batch // 4):
                trained, start = 0, time.process_time()
            picked = order[first:first + batch]
            ids, places = torch.unique(codes[picked], return_inverse=True)
            leaf = table[ids].requires_grad_(True)
            x = torch.cat([numeric[picked], F.embedding(places, leaf).view(batch, -1)], 1)
            loss = loss_of(network(x), labels[picked])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            with torch.no_grad():
                squares[ids] += leaf.grad.square().mean(1)
                table[ids] = leaf.addcdiv_(leaf.grad, squares[ids].sqrt_().add_(1e-8).unsqueeze(1), value=-0.05)
            trained += batch
            if start is not None and time.process_time() - start > seconds:
                break
        result[batch] = trained / (time.process_time() - start)
    with open("/proc/self/maps") as file:
        fast = any(blas in line for line in file for blas in ("openblas", "mkl", "blis"))
    print(json.dumps({"version": torch.__version__, "blas": fast, "rates": result}))


main()
