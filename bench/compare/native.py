"""Answers lines of JSON: loads a work, runs a way of doing it, says how many milliseconds a call took."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402

try:
    from threadpoolctl import threadpool_limits

    threadpool_limits(1)
except ImportError:
    pass


def optional(name):
    try:
        return __import__(name, fromlist=["*"])
    except ImportError:
        return None


torch = optional("torch")
scipy_special = optional("scipy.special")
sklearn_loss = optional("sklearn._loss.loss")
sklearn_linear = optional("sklearn.linear_model")
if torch is not None:
    torch.set_num_threads(1)


def logistic_gradient(x, y, w):
    loss = sklearn_loss.HalfBinomialLoss()
    coefficients = w[1:].copy()

    def run():
        scores = x @ coefficients + w[0]
        losses, residuals = loss.loss_gradient(y_true=y, raw_prediction=scores)
        return float(losses.mean()), x.T @ residuals / len(y), residuals.mean()

    return {"sklearn": lambda: run()[0]} if sklearn_loss else {}


def softmax_cross_entropy(x, y):
    if torch is None:
        return {}
    scores = torch.from_numpy(x).requires_grad_(True)
    targets = torch.from_numpy(y.astype(np.int64))

    def run():
        scores.grad = None
        value = torch.nn.functional.cross_entropy(scores, targets)
        value.backward()
        return float(value)

    return {"torch": run}


def binary_cross_entropy(x, y):
    ways = {}
    if sklearn_loss:
        loss = sklearn_loss.HalfBinomialLoss()
        ways["sklearn"] = lambda: float(loss.loss_gradient(y_true=y, raw_prediction=x)[0].mean())
    if torch is not None:
        scores = torch.from_numpy(x).requires_grad_(True)
        targets = torch.from_numpy(y)

        def run():
            scores.grad = None
            value = torch.nn.functional.binary_cross_entropy_with_logits(scores, targets)
            value.backward()
            return float(value)

        ways["torch"] = run
    return ways


def log_sum_exp(x):
    ways = {}
    if scipy_special:
        ways["scipy"] = lambda: float(scipy_special.logsumexp(x))
    if torch is not None:
        tensor = torch.from_numpy(x)
        ways["torch"] = lambda: float(torch.logsumexp(tensor, 0))
    return ways


def objective_of(model, x, y):
    """Sum of losses plus half the squared norm, the intercept free."""
    scores = x @ model.coef_.T + model.intercept_
    penalty = 0.5 * float((model.coef_**2).sum())
    if scores.shape[1] == 1:
        z = scores[:, 0]
        return float(np.sum(np.logaddexp(0, np.where(y > 0.5, -z, z)))) + penalty
    largest = scores.max(axis=1)
    total = np.log(np.exp(scores - largest[:, None]).sum(axis=1)) + largest
    return float((total - scores[np.arange(len(y)), y.astype(int)]).sum()) + penalty


SOLVERS = {"lbfgs": 1e5, "newton-cg": 1e3, "newton-cholesky": 1e3, "liblinear": 1e4, "sag": 3e3, "saga": 3e3}


def logistic_fit(x, y, several):
    ways = {}
    if sklearn_linear is None:
        return ways
    for solver, iterations in SOLVERS.items():
        if several and solver in ("liblinear", "newton-cholesky"):
            continue
        if solver in ("sag", "saga") and x.size > 3e6:
            continue
        for tolerance in (1e-4, 1e-6, 1e-8, 1e-10):
            options = {"C": 1.0, "solver": solver, "tol": tolerance, "max_iter": int(iterations)}
            if several:
                options["multi_class"] = "multinomial"
            if solver == "liblinear":
                # Its intercept is penalised: a large scale makes that penalty vanish.
                options["intercept_scaling"] = 1e4

            def run(options=options):
                model = sklearn_linear.LogisticRegression(**options)
                model.fit(x, y)
                return objective_of(model, x, y)

            ways[f"sklearn {solver} {tolerance:g}"] = run
    return ways


def load(message):
    shape = (message["rows"], message["columns"])
    read = lambda name: np.fromfile(message["files"][name], dtype=np.float64)  # noqa: E731
    x, y = read("x"), read("y")
    kind = message["kind"]
    if kind == "logisticGradient":
        return logistic_gradient(x.reshape(shape), y, read("w"))
    if kind == "softmaxCrossEntropy":
        return softmax_cross_entropy(x.reshape(shape), y)
    if kind == "binaryCrossEntropy":
        return binary_cross_entropy(x, y)
    if kind == "logSumExp":
        return log_sum_exp(x)
    if kind == "sigmoid":
        return {"scipy": lambda: float(scipy_special.expit(x)[0])} if scipy_special else {}
    return logistic_fit(x.reshape(shape), y, kind == "softmaxFit")


def main():
    import warnings

    warnings.filterwarnings("ignore")
    ways = {}
    for line in sys.stdin:
        message = json.loads(line)
        try:
            if message["do"] == "versions":
                modules = {name: optional(name) for name in ("numpy", "scipy", "sklearn", "torch")}
                answer = {name: getattr(module, "__version__", None) for name, module in modules.items()}
            elif message["do"] == "load":
                ways = load(message)
                answer = {"ways": list(ways)}
            else:
                run = ways[message["way"]]
                start = time.perf_counter()
                for _ in range(message["repeats"]):
                    value = run()
                answer = {"ms": (time.perf_counter() - start) * 1e3 / message["repeats"], "value": value}
        except Exception as error:  # noqa: BLE001
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
