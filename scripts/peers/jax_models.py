"""The models of the benchmark in JAX: functions of weights by name, x and y to the loss of one model.

`names` are those of the weights in the order of the model.
"""

import jax
import jax.numpy as jnp


def mlp(shape, names):
    *hidden, last = names  # JAX sorts the keys of dictionaries

    def loss(weights, x, y):
        h = x
        for name in hidden:
            h = jax.nn.relu(h @ weights[name])
        return jnp.mean(jnp.square(h @ weights[last] - y))

    return loss


def transformer(shape, names):
    heads, size, context = shape["heads"], shape["headSize"], shape["context"]
    experts = shape.get("experts")
    mask = jnp.tril(jnp.ones((context, context), bool))

    def rms(h, gain):
        return h * jax.lax.rsqrt(jnp.mean(jnp.square(h), -1, keepdims=True) + 1e-6) * gain

    def split(h):
        return h.reshape(*h.shape[:-1], heads, size).swapaxes(-2, -3)

    def attention(w, name, u):
        q, k, v = (split(u @ w[f"{name}.{part}.weight"]) for part in ("query", "key", "value"))
        logits = (q * size**-0.5) @ k.swapaxes(-1, -2)
        pattern = jax.nn.softmax(jnp.where(mask, logits, -1e9), -1)
        joined = (pattern @ v).swapaxes(-2, -3).reshape(*u.shape[:-1], heads * size)
        return joined @ w[f"{name}.end.weight"]

    def mixture(w, name, u):
        # Every expert on every row: the features of all side by side, each times its gate.
        logits = u @ w[f"{name}.router.weight"]
        indices = jax.lax.top_k(logits, experts["active"])[1]
        chosen = jax.nn.one_hot(indices, experts["count"]).sum(-2)
        gates = jax.nn.softmax(logits, -1) * chosen
        gates = gates / (gates.sum(-1, keepdims=True) + 1e-9)
        features = jax.nn.relu(u @ w[f"{name}.inner.weight"])
        by_expert = features.reshape(*gates.shape, -1) * gates[..., None]
        return by_expert.reshape(features.shape) @ w[f"{name}.end.weight"]

    def feed_forward(w, name, u):
        if experts:
            return mixture(w, name, u)
        return jax.nn.relu(u @ w[f"{name}.inner.weight"]) @ w[f"{name}.end.weight"]

    def loss(w, x, y):
        h = w["embedding.weight"][x] + w["positions.weight"]
        for layer in range(1, shape["depth"] + 1):
            for part, branch in (("attention", attention), ("mlp", feed_forward)):
                name = f"layer{layer}.{part}"
                h = h + branch(w, name, rms(h, w[f"{name}.norm.gain"]))
        logits = rms(h, w["norm.gain"]) @ w["output.weight"]
        picked = jnp.take_along_axis(logits, y[..., None], -1)[..., 0]
        return jnp.mean(jax.nn.logsumexp(logits, -1) - picked)

    return loss


MODELS = {"mlp": mlp, "transformer": transformer}  # a transformer may have experts
