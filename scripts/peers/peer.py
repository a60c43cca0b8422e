"""What the peers share: the problem they train on, and the lines of JSON in which they are asked and answer.

A peer reads one request a line on standard input and writes one answer a line on standard output:

- `setup` makes a training under an id, compiled and warm,
- `curve` starts it again and answers the losses `[steps]` of the first model in its first call,
- `measure` starts it again and times the calls of at least `seconds`,
- `sgemm` times square products of float32 matrices,
- `forget` drops a training.

An answer is a JSON object; `{"error": "..."}` where a request failed.
"""

import json
import os
import sys
import time

import numpy as np


class Problem:
    """Batches, weights and knobs of a training, as `scripts/bench/problem.ts` writes them.

    `x` and `y` are `[steps, ...]` as the law has their sizes (float32, int64 where a transformer reads tokens), `weights`
    a dictionary of `[rows, columns]` by name, in the order of the model, at initialization.
    """

    def __init__(self, law):
        self.model, self.shape = law["model"], law["shape"]
        self.optimizer = law["optimizer"]
        self.learning_rates = law["learningRates"]
        self.beta1, self.beta2, self.epsilon = law["beta1"], law["beta2"], law["epsilon"]
        steps, names = law["steps"], [each["name"] for each in law["parameters"]]
        own = [each["shape"] for each in law["parameters"]]
        shapes = [(steps, *law["x"]), (steps, *law["y"]), *own]
        numbers = np.fromfile(law["data"], dtype=np.float32)
        ends = np.cumsum([np.prod(shape) for shape in shapes])
        if ends[-1] != len(numbers):
            raise ValueError(f"unknown problem: {len(numbers)} numbers ({ends[-1]})")
        parts = np.split(numbers, ends[:-1])
        self.x, self.y, *weights = (part.reshape(shape) for part, shape in zip(parts, shapes))
        self.weights = dict(zip(names, weights))
        if self.shape["kind"] == "transformer":
            self.x, self.y = (tokens.astype(np.int64) for tokens in (self.x, self.y))

    def calls(self, steps_per_call):
        """The batches cut into calls: pairs of x and y `[steps, ...]`."""
        count = len(self.x) // steps_per_call
        cut = [slice(i * steps_per_call, (i + 1) * steps_per_call) for i in range(count)]
        return [(self.x[part], self.y[part]) for part in cut]


def clock(device):
    """Seconds of this process on its core, all threads; of the wall where the work is done elsewhere."""
    return time.process_time() if device == "cpu" else time.perf_counter()


def timed(device, seconds, call):
    """Repeats `call(i)` for at least `seconds`; answers how often, and the seconds by both clocks."""
    count, first, wall = 0, clock(device), time.perf_counter()
    while time.perf_counter() - wall < seconds:
        call(count)
        count += 1
    return {"calls": count, "seconds": clock(device) - first, "wall": time.perf_counter() - wall}


def serve(name, device, make_training, sgemms):
    """Answers requests until standard input ends.

    `make_training(problem, request)` gives an object with `restart()` and `advance(call)`, which trains on the
    batches of one call, waits for the end and gives the losses `[steps, models]`. `sgemms` maps a library to
    `prepare(size)`, which gives a function that multiplies once.
    """
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print is no answer
    trainings = {}

    def setup(request):
        problem = Problem(request["problem"])
        calls = problem.calls(request["stepsPerCall"])
        training = make_training(problem, request, calls)
        trainings[request["id"]] = (training, len(calls), request)
        training.restart()
        training.advance(0)
        return {}

    def curve(request):
        training, _, _ = trainings[request["id"]]
        training.restart()
        return {"losses": [float(loss) for loss in np.asarray(training.advance(0))[:, 0]]}

    def measure(request):
        training, calls, made = trainings[request["id"]]
        training.restart()
        times = timed(device, request["seconds"], lambda i: training.advance(i % calls))
        steps = times.pop("calls") * made["stepsPerCall"] * made["lanes"]
        return {"modelSteps": steps, **times}

    def sgemm(request):
        size, best = request["size"], 0.0
        for prepare in sgemms.values():
            multiply = prepare(size)
            multiply()
            times = timed(device, request["seconds"], lambda _: multiply())
            best = max(best, times["calls"] * 2 * size**3 / times["seconds"])
        return {"flopsPerSecond": best}

    def forget(request):
        trainings.pop(request["id"], None)
        return {}

    requests = {f.__name__: f for f in (setup, curve, measure, sgemm, forget)}

    def answer(message):
        print(json.dumps(message), file=answers, flush=True)

    answer({"name": name})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer(requests[request["do"]](request))
        except Exception as error:  # one request's failure is its answer, not the peer's end
            answer({"error": f"{type(error).__name__}: {error}"})
