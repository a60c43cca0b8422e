"""The training of the benchmark in torch: one model or several in batched products, eagerly or under `torch.compile`.

What is given to torch: weights are plain tensors (no module calls), and the benchmark takes the fastest of
torch.optim's own implementations (`update`), among them its `foreach` one under `torch.compile`. In batched products all
models share the first learning rate, since torch.optim takes a number where hyperlaw takes one a lane.

Products have the full precision of float32 ("highest"), as everywhere in the benchmark but where it says otherwise.
"""

import os

import numpy as np
import torch
from peer import serve
from torch_models import MODELS

DEVICE = "cpu" if os.environ.get("PEER_DEVICE", "cpu") == "cpu" else "cuda"

torch.set_num_threads(1)
torch.set_num_interop_threads(1)
torch.set_float32_matmul_precision("highest")

UPDATES = {
    "loop": {"foreach": False},
    "foreach": {"foreach": True},
    "fused": {"fused": True},
    "compiled": {"foreach": True},
}


def compiled(function, mode):
    """`function` under `torch.compile`, with code of its own: what was compiled before for others is kept by code."""
    function.__code__ = function.__code__.replace()
    return torch.compile(function, mode=mode, dynamic=False)


class Training:
    def __init__(self, problem, request, calls):
        self.problem = problem
        self.lanes = request["lanes"]
        self.batched = request["kind"] == "batched"
        self.update = request["update"]
        self.mode = request.get("compile")
        self.loss = MODELS[problem.shape["kind"]](problem.shape, self.batched)
        if self.mode:
            self.loss = compiled(self.loss, self.mode)
        self.calls = [(torch.tensor(x, device=DEVICE), torch.tensor(y, device=DEVICE)) for x, y in calls]

    def restart(self):
        leading = (self.lanes,) if self.batched else ()
        self.weights = {
            name: torch.tensor(w, device=DEVICE).expand(*leading, *w.shape).contiguous().requires_grad_()
            for name, w in self.problem.weights.items()
        }
        trained = list(self.weights.values())
        rate, options = self.problem.learning_rates[0], UPDATES[self.update]
        if self.problem.optimizer == "sgd":
            self.optimizer = optimizer = torch.optim.SGD(trained, lr=rate, **options)
        else:
            betas = (self.problem.beta1, self.problem.beta2)
            epsilon = self.problem.epsilon
            # Compiled anew at every step where the number of steps is no tensor.
            counted = {"capturable": True} if self.update == "compiled" and DEVICE != "cpu" else {}
            self.optimizer = optimizer = torch.optim.Adam(
                trained, lr=rate, betas=betas, eps=epsilon, **options, **counted
            )

        def update():
            optimizer.step()

        self.step = compiled(update, self.mode) if self.update == "compiled" else update

    def advance(self, call):
        losses = []
        x, y = self.calls[call]
        for step in range(len(x)):
            loss = self.loss(self.weights, x[step], y[step])
            self.optimizer.zero_grad(set_to_none=True)
            (loss.sum() if self.batched else loss).backward()
            self.step()
            # A captured graph writes its results to the same place again and again.
            losses.append(loss.detach().clone() if self.mode else loss.detach())
        return torch.stack(losses).reshape(len(x), -1).cpu().numpy()


def torch_sgemm(size):
    a, b = (torch.randn(size, size, device=DEVICE) for _ in range(2))
    out = torch.empty(size, size, device=DEVICE)

    def multiply():
        torch.mm(a, b, out=out)
        if DEVICE != "cpu":
            torch.cuda.synchronize()

    return multiply


def numpy_sgemm(size):
    a, b = (np.random.default_rng(0).standard_normal((size, size), dtype=np.float32) for _ in range(2))
    out = np.empty((size, size), dtype=np.float32)
    return lambda: np.matmul(a, b, out=out)


if DEVICE != "cpu" and not torch.cuda.is_available():
    raise SystemExit("torch finds no CUDA device")
sgemms = {"torch": torch_sgemm, "numpy": numpy_sgemm} if DEVICE == "cpu" else {"torch": torch_sgemm}
serve(f"torch {torch.__version__}", DEVICE, Training, sgemms)
