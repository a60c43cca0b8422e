"""The models of the benchmark in torch: functions of weights by name, x and y to the loss, one model or several.

Weights `[rows, columns]`, or with a leading axis of models in batched products; x and y are shared by all. The loss is
one number, or `[models]`. Where torch has a fused function for one model, it is taken.
"""

import torch
from torch.nn import functional as F


def mlp(shape, batched):
    def loss(weights, x, y):
        *hidden, last = weights.values()
        h = x
        for weight in hidden:
            h = torch.relu(torch.matmul(h, weight))
        f = torch.matmul(h, last)
        return torch.square(f - y).mean((1, 2)) if batched else F.mse_loss(f, y)

    return loss


def transformer(shape, batched):
    heads, size, context, width = (shape[key] for key in ("heads", "headSize", "context", "width"))

    experts = shape.get("experts")

    def rms(h, gain):
        if not batched:
            return F.rms_norm(h, (width,), gain[0], 1e-6)
        return h * torch.rsqrt(h.square().mean(-1, keepdim=True) + 1e-6) * gain

    def split(h):
        return h.reshape(*h.shape[:-2], -1, context, heads, size).transpose(-2, -3)

    def attention(w, name, u):
        q, k, v = (split(u @ w[f"{name}.{part}.weight"]) for part in ("query", "key", "value"))
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return mixed.transpose(-2, -3).reshape(u.shape) @ w[f"{name}.end.weight"]

    def feed_forward(w, name, u):
        if experts:
            return mixture(w, name, u)
        return torch.relu(u @ w[f"{name}.inner.weight"]) @ w[f"{name}.end.weight"]

    def mixture(w, name, u):
        # Every expert on every row: the features of all side by side, each times its gate.
        logits = u @ w[f"{name}.router.weight"]
        chosen = torch.zeros_like(logits).scatter(-1, logits.topk(experts["active"]).indices, 1)
        gates = logits.softmax(-1) * chosen
        gates = gates / (gates.sum(-1, keepdim=True) + 1e-9)
        features = torch.relu(u @ w[f"{name}.inner.weight"])
        by_expert = features.unflatten(-1, (experts["count"], -1)) * gates.unsqueeze(-1)
        return by_expert.flatten(-2) @ w[f"{name}.end.weight"]

    def loss(w, x, y):
        rows = x.reshape(-1)
        table, positions = w["embedding.weight"], w["positions.weight"]
        # [models, batch * context, width], rows of all windows one after the other, as one product takes them.
        h = table[:, rows] if batched else F.embedding(rows, table)
        h = h + positions.repeat(*[1] * (positions.dim() - 2), len(x), 1)
        for layer in range(1, shape["depth"] + 1):
            for part, branch in (("attention", attention), ("mlp", feed_forward)):
                name = f"layer{layer}.{part}"
                h = h + branch(w, name, rms(h, w[f"{name}.norm.gain"]))
        logits = rms(h, w["norm.gain"]) @ w["output.weight"]
        if not batched:
            return F.cross_entropy(logits, y.reshape(-1))
        targets = y.reshape(1, -1).expand(len(logits), -1)
        return F.cross_entropy(logits.transpose(1, 2), targets, reduction="none").mean(1)

    return loss


MODELS = {"mlp": mlp, "transformer": transformer}  # a transformer may have experts
