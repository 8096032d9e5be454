"""Writes down what an optax optimizer really does, as JSON lines. One file, needs JAX and optax and nothing else.

    import wane_probe_optax
    probe = wane_probe_optax.attach(optimizer, "probe.jsonl", learning_rate=schedule, every=100)
    for step in range(1, steps + 1):
        params, opt_state, loss = train_step(params, opt_state, batch)
        probe.step(step, params, opt_state, loss=loss)      # outside of jit; grads=… where they are at hand

With Flax: probe.step(int(state.step), state.params, state.opt_state, loss=loss)

Neither the optimizer nor its state is changed. A chain of transformations does not tell its weight decay, so it is measured:
the update is a function of gradients, state and weights, and is asked what it makes of weights of 0 and of 1, without and
with a gradient. Of each parameter that gives its decay per step, whether the decay goes through the optimizer's moments
(coupled) or beside them (decoupled), and whether it is trained at all. Of transformations that this file does not know, and
where the answer is no multiple of the weights, as under a trust ratio, it is null. The learning rate is that of optax.inject_hyperparams, or what `learning_rate` says: a
number, or the schedule that the optimizer has.

The first line holds groups of equal weight decay with their parameters. Then, every `every` steps, learning rate and weight
decay of the step that comes next, and of each parameter the norm of the weights, and of the gradient where it is given. With
several processes all of them call step(), and the first writes.

Read it by: wane groups probe.jsonl, wane diff config.yaml probe.jsonl, wane watch probe.jsonl
"""

import json
import math
import time

import jax
import jax.numpy as jnp

VERSION = 1
SMALL = 2.0 ** -20  # what nothing clips, and float32 holds exactly
TOLERANCE = 1e-2  # to which an answer must be a multiple of what was asked with
MOMENTS = ("mu", "trace")
# Weights to ask with: a power of two, so large that the update beside their decay is rounded little.
LARGE = 1024.0
KINDS = {"MuonState": "muon", "ScaleByAdamState": "adam", "ScaleByLionState": "lion"}
PLUMBING = (
    "EmptyState", "TraceState", "ScaleByScheduleState", "MaskedState", "MaskedNode", "PartitionState",
    "InjectHyperparamsState", "InjectStatefulHyperparamsState", "WrappedScheduleState", "ApplyIfFiniteState")


def attach(optimizer, path="probe.jsonl", learning_rate=None, every=100, accumulation=None):
    """Starts writing; the returned probe has step(), log() and detach(), and is harmless on processes other than the first."""
    if not hasattr(optimizer, "update"):
        raise TypeError("attach() takes an optax.GradientTransformation, not " + type(optimizer).__name__)
    return Probe(optimizer, path, learning_rate, every, accumulation)


def _name(path):
    """The parts of a parameter's place in its tree, with dots."""
    parts = [getattr(key, "key", getattr(key, "name", getattr(key, "idx", key))) for key in path]
    return ".".join(str(part) for part in parts)


def _named(tree):
    return {_name(path): leaf for path, leaf in jax.tree_util.tree_flatten_with_path(tree)[0]}


def _moment_of(path, names):
    """The parameter of whose gradients a part of a state is the first moment or the momentum; None for other parts."""
    for i, key in enumerate(path):
        if getattr(key, "name", None) in MOMENTS and _name(path[i + 1:]) in names:
            return _name(path[i + 1:])
    return None


def _moments(state, names):
    parts = jax.tree_util.tree_flatten_with_path(state)[0]
    return {name: leaf for name, leaf in ((_moment_of(path, names), leaf) for path, leaf in parts) if name is not None}


def _types(state):
    """Names of the states that a chain is made of."""
    if hasattr(state, "_fields"):
        yield type(state).__name__
    if isinstance(state, (tuple, list)):
        for part in state:
            yield from _types(part)
    elif isinstance(state, dict):
        for part in state.values():
            yield from _types(part)


def _hyperparameter(state, name):
    """What optax.inject_hyperparams holds under a name; None where there is none of it."""
    if hasattr(state, "hyperparams") and name in state.hyperparams:
        return state.hyperparams[name]
    parts = state if isinstance(state, (tuple, list)) else state.values() if isinstance(state, dict) else ()
    return next((found for found in (_hyperparameter(part, name) for part in parts) if found is not None), None)


def _multiple(answer, of):
    """c in answer = c · of, by least squares, and the share of the answer that is something else."""
    c = jnp.vdot(answer, of) / jnp.maximum(jnp.vdot(of, of), jnp.finfo(jnp.float32).tiny)
    return c, _share(answer - c * of, answer)


def _share(part, whole):
    return jnp.where(_norm(whole) == 0, 0.0, _norm(part) / jnp.maximum(_norm(whole), jnp.finfo(jnp.float32).tiny))


def _norm(array):
    return jnp.linalg.norm(array.astype(jnp.float32).ravel())


def _change(after, before):
    """What a question changed, by parameter."""
    return {name: leaf.astype(jnp.float32) - before[name].astype(jnp.float32) for name, leaf in after.items()}


def _without_moments(state, names):
    """The same state as if no gradient had come yet: differences are exact where there is nothing to differ from."""
    def emptied(path, leaf):
        return jnp.zeros_like(leaf) if _moment_of(path, names) is not None else leaf

    return jax.tree_util.tree_map_with_path(emptied, state)


def _four_digits(value):
    return float("%.4g" % value)


class Probe:
    def __init__(self, optimizer, path, learning_rate, every, accumulation):
        self.optimizer = optimizer
        self.learning_rate = learning_rate
        self.every = max(1, int(every))
        self.accumulation = accumulation
        self.file = _opened(path) if jax.process_index() == 0 else None
        self.steps = 0
        self.groups = None
        self.waiting = []
        self.measure = jax.jit(self._measured)

    def step(self, step, params, opt_state, grads=None, **metrics):
        """After each step: its number from 1 on, the weights and the state that it left, and any numbers to write down."""
        due = self.groups is None or (int(step) - 1) % self.every == 0
        self.steps = int(step)
        if metrics:
            self.log(**metrics)
        if due and math.isfinite(self.every):
            self._carefully(lambda: self._sample(params, opt_state, grads))

    def log(self, step=None, **metrics):
        """Writes numbers that the training loop knows."""
        if self.file is not None:
            numbers = {key: float(value) for key, value in metrics.items() if value is not None}
            self._write({"step": self.steps if step is None else int(step), "metrics": numbers})

    def detach(self):
        """Stops writing."""
        if self.file is not None:
            for row in self.waiting:
                self.file.write(json.dumps(row) + "\n")
            self.file.close()
            self.file = None

    def _measured(self, params, state):
        """Of each parameter six numbers (see _settings), and the learning rate that the state holds, else NaN."""
        names = _named(params)
        empty = _without_moments(state, names)

        def asked(of, gradient, weight):
            full = lambda value: jax.tree_util.tree_map(lambda p: jnp.full(p.shape, value, jnp.float32), params)
            updates, after = self.optimizer.update(full(gradient), of, full(weight))
            return _named(updates), _moments(after, names), after

        nothing, _, after = asked(state, 0, 0)
        decay = _change(asked(state, 0, LARGE)[0], nothing)
        of_one = _change(asked(state, 0, 1)[0], nothing)
        with_gradient = _change(asked(state, SMALL, LARGE)[0], asked(state, SMALL, 0)[0])
        still, at_rest, _ = asked(empty, 0, 0)
        pushed, from_gradient, _ = asked(empty, SMALL, 0)
        response, push = _change(pushed, still), _change(from_gradient, at_rest)
        pull = _change(asked(empty, 0, SMALL)[1], at_rest)
        pull_with_gradient = _change(asked(empty, SMALL, SMALL)[1], from_gradient)
        found = {}
        for name, weight in names.items():
            per_step, rest = _multiple(decay[name], jnp.full_like(decay[name], LARGE))
            rest = jnp.maximum(rest, _share(with_gradient[name] - decay[name], decay[name]))
            # What a norm scales, as a trust ratio or a clip behind the decay, is no multiple of the weights.
            rest = jnp.maximum(rest, _share(LARGE * of_one[name] - decay[name], decay[name]))
            coupled, coupled_rest = jnp.float32(0), jnp.float32(0)
            if name in push:
                coupled, coupled_rest = _multiple(pull[name], push[name])
                coupled_rest = jnp.maximum(
                    coupled_rest, _share(pull_with_gradient[name] - pull[name], pull[name]))
            found[name] = jnp.stack([-per_step, rest, coupled, coupled_rest, _norm(response[name]), _norm(weight)])
        rate = _hyperparameter(after, "learning_rate")
        return found, jnp.float32(jnp.nan) if rate is None else rate

    def _rate(self, injected):
        """The learning rate of the step that comes next."""
        if not math.isnan(float(injected)):
            return float(injected)
        if self.learning_rate is None:
            raise ValueError("attach() needs learning_rate=…, the number or schedule that the optimizer has")
        return float(self.learning_rate(self.steps) if callable(self.learning_rate) else self.learning_rate)

    def _sample(self, params, state, grads):
        if "MultiStepsState" in set(_types(state)):
            raise ValueError("of optax.MultiSteps attach the optimizer inside, and hand step() its state.inner_opt_state")
        found, injected = jax.device_get(self.measure(params, state))
        rate = self._rate(injected)
        known = all(each in KINDS or each in PLUMBING for each in _types(state))
        settings = {name: _settings(values, rate, known) for name, values in found.items()}
        if self.groups is None:
            if rate == 0:
                return  # Nothing moves, so nothing can be measured.
            self._begin(params, state, settings, rate)
        gradients = {} if grads is None else jax.device_get(jax.tree_util.tree_map(_norm, _named(grads)))
        self._write({
            "step": self.steps + 1,
            "time": time.time(),
            "groups": [
                {"lr": rate, "weight_decay": settings[names[0]]["weight_decay"] if rate != 0 else None}
                for _, names in self.groups],
            "norms": {
                name: [float(values[5]), float(gradients[name]) if name in gradients else None, None]
                for name, values in found.items()},
        })

    def _begin(self, params, state, settings, rate):
        groups = {}
        for name, own in settings.items():
            groups.setdefault((own["weight_decay"], own["decay"], own["trained"]), []).append(name)
        self.groups = sorted(groups.items(), key=lambda group: -(group[0][0] or 0))
        leaves = _named(params)
        header = {
            "wane_probe": VERSION,
            "time": time.time(),
            "jax": jax.__version__,
            "optimizer": {"class": _kind(state, settings), "module": "optax", "wrapped_by": []},
            "world_size": jax.device_count(),
            "accumulation": self.accumulation,
            "every": self.every,
            "groups": [
                {
                    "settings": {"lr": rate, "weight_decay": weight_decay, "decay": decay},
                    "parameters": [
                        {
                            "name": name,
                            "shape": list(leaves[name].shape),
                            "dtype": str(leaves[name].dtype),
                            "requires_grad": trained,
                            "sharded": False,
                        }
                        for name in names],
                }
                for (weight_decay, decay, trained), names in self.groups],
            "frozen": 0,
            "loaded_from": "",
            "left_out": [name for name, own in settings.items() if not own["trained"]],
            "modules": [],
        }
        waiting, self.waiting = self.waiting, []
        for row in [header] + waiting:
            self._write(row)

    def _carefully(self, action):
        """Nothing that goes wrong here may end the training: it is written down and said, and measured no more."""
        try:
            action()
        except Exception as error:  # noqa: BLE001
            print("wane_probe_optax measures no more: %r" % error)
            self._write({"step": self.steps + 1, "probe_failed": repr(error)})
            self.every = math.inf

    def _write(self, row):
        if self.file is None:
            return
        if self.groups is None:
            self.waiting.append(row)
        else:
            self.file.write(json.dumps(row) + "\n")


def _settings(values, rate, known):
    """λ of one parameter in the optimizer's own meaning, None where its decay is not known.

    values: decay per step and the share of it that is something else; λ in the moments and the share of it that is something
    else; the response to a gradient; the norm of the weights.
    """
    decay, rest, coupled, coupled_rest, response, _ = (float(value) for value in values)
    trained = response > 0
    if decay == 0 and rest == 0 and coupled == 0 and coupled_rest == 0:
        return {"weight_decay": 0.0, "decay": "none", "trained": trained}
    if known and coupled != 0 and coupled_rest <= TOLERANCE:
        return {"weight_decay": _four_digits(coupled), "decay": "coupled", "trained": trained}
    if known and coupled == 0 and rest <= TOLERANCE and rate != 0:
        return {"weight_decay": _four_digits(decay / rate), "decay": "decoupled", "trained": trained}
    return {"weight_decay": None, "decay": "unknown", "trained": trained}


def _kind(state, settings):
    """optax' name of what the states of a chain and its measured decay come to; the states' names where there is none."""
    types = list(dict.fromkeys(_types(state)))
    base = next((kind for mark, kind in KINDS.items() if mark in types), "sgd")
    decays = {own["decay"] for own in settings.values()} - {"none"}
    if decays == {"coupled"} and base in ("adam", "sgd"):
        return base
    if decays == {"decoupled"}:
        return base + "w" if base == "adam" or base == "sgd" and "TraceState" in types else base
    return " + ".join(each for each in types if each not in PLUMBING or each == "TraceState") or "sgd"


def _opened(path):
    """To go on where a run that was killed left a line without its end."""
    file = open(path, "a+", buffering=1)
    if file.tell() > 0:
        with open(path, "rb") as end:
            end.seek(-1, 2)
            if end.read(1) != b"\n":
                file.write("\n")
    return file
