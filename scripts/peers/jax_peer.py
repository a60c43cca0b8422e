"""The training of the benchmark in JAX: `jit` of `vmap` over models of `scan` over steps.

Products have the full precision of float32 ("highest") unless a variant asks for JAX's default, which is TF32 on GPUs that
have it, and the same on the CPU.
"""

import math
import os

import jax
import jax.numpy as jnp
from jax_models import MODELS
from peer import serve

DEVICE = "cpu" if os.environ.get("PEER_DEVICE", "cpu") == "cpu" else "gpu"


def sgd(weights, slots, gradients, rate, problem):
    return jax.tree.map(lambda w, g: w - rate * g, weights, gradients), slots


def adam(weights, slots, gradients, rate, problem):
    m, v, t = slots
    t = t + 1
    m = jax.tree.map(lambda m, g: problem.beta1 * m + (1 - problem.beta1) * g, m, gradients)
    v = jax.tree.map(lambda v, g: problem.beta2 * v + (1 - problem.beta2) * jnp.square(g), v, gradients)
    # 1 - β^t in float32 would be 1e-5 off where β^t is near 1, relatively.
    correction = lambda beta: -jnp.expm1(t * math.log(beta))
    rate = rate / correction(problem.beta1)
    scale = 1 / jnp.sqrt(correction(problem.beta2))
    step = lambda w, m, v: w - rate * m / (jnp.sqrt(v) * scale + problem.epsilon)
    return jax.tree.map(step, weights, m, v), (m, v, t)


class Training:
    def __init__(self, problem, request, calls):
        self.problem = problem
        self.lanes = request["lanes"]
        self.rates = jnp.array(problem.learning_rates[: self.lanes], jnp.float32)
        self.calls = [(jax.device_put(x), jax.device_put(y)) for x, y in calls]
        update = sgd if problem.optimizer == "sgd" else adam
        precision = None if request.get("precision") == "default" else "highest"
        loss_of = MODELS[problem.shape["kind"]](problem.shape, list(problem.weights))

        def train(state, rate, x, y):
            def step(state, batch):
                weights, slots = state
                with jax.default_matmul_precision(precision):
                    loss, gradients = jax.value_and_grad(loss_of)(weights, *batch)
                return update(weights, slots, gradients, rate, problem), loss

            return jax.lax.scan(step, state, (x, y))

        over_models = jax.vmap(train, in_axes=(0, 0, None, None), out_axes=(0, 1))
        self.train = jax.jit(over_models, donate_argnums=0)

    def restart(self):
        weights = jax.tree.map(
            lambda w: jnp.repeat(jnp.array(w)[None], self.lanes, 0), self.problem.weights
        )
        zeros = lambda: jax.tree.map(jnp.zeros_like, weights)
        slots = () if self.problem.optimizer == "sgd" else (zeros(), zeros(), jnp.zeros(self.lanes))
        self.state = (weights, slots)

    def advance(self, call):
        self.state, losses = self.train(self.state, self.rates, *self.calls[call])
        jax.block_until_ready(self.state)
        return losses


if DEVICE != "cpu" and jax.default_backend() == "cpu":
    raise SystemExit("jax finds no device but the CPU")
serve(f"jax {jax.__version__}", DEVICE, Training, {})
