"""The training of the benchmark in torch, eagerly: one model, or several in batched products.

What is given to torch: weights are plain tensors (no module calls), and the benchmark takes the fastest of
torch.optim's own implementations (`update`). In batched products all models share the first learning rate, since
torch.optim takes a number where hyperlaw takes one a lane.
"""

import os

import numpy as np
import torch
from peer import serve
from torch_models import MODELS

DEVICE = os.environ.get("PEER_DEVICE", "cpu")

torch.set_num_threads(1)
torch.set_num_interop_threads(1)

UPDATES = {"loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}


class Training:
    def __init__(self, problem, request, calls):
        self.problem = problem
        self.lanes = request["lanes"]
        self.batched = request["kind"] == "batched"
        self.update = UPDATES[request["update"]]
        self.loss = MODELS[problem.shape["kind"]](problem.shape, self.batched)
        self.calls = [(torch.tensor(x, device=DEVICE), torch.tensor(y, device=DEVICE)) for x, y in calls]

    def restart(self):
        leading = (self.lanes,) if self.batched else ()
        self.weights = {
            name: torch.tensor(w, device=DEVICE).expand(*leading, *w.shape).contiguous().requires_grad_()
            for name, w in self.problem.weights.items()
        }
        trained = list(self.weights.values())
        rate = self.problem.learning_rates[0]
        if self.problem.optimizer == "sgd":
            self.optimizer = torch.optim.SGD(trained, lr=rate, **self.update)
        else:
            betas = (self.problem.beta1, self.problem.beta2)
            self.optimizer = torch.optim.Adam(
                trained, lr=rate, betas=betas, eps=self.problem.epsilon, **self.update
            )

    def advance(self, call):
        losses = []
        x, y = self.calls[call]
        for step in range(len(x)):
            loss = self.loss(self.weights, x[step], y[step])
            self.optimizer.zero_grad(set_to_none=True)
            (loss.sum() if self.batched else loss).backward()
            self.optimizer.step()
            losses.append(loss.detach())
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
