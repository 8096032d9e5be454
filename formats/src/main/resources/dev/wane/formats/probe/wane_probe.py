"""Writes down what an optimizer really has, as JSON lines. One file, needs PyTorch 1.13 or newer and nothing else.

    import wane_probe
    probe = wane_probe.attach(model, optimizer, "probe.jsonl", every=100)
    ...
    probe.log(step, loss=loss.item(), val_loss=...)     # optional: any numbers

With Hugging Face's Trainer: trainer.add_callback(wane_probe.hf_callback("probe.jsonl"))
With Lightning:              Trainer(callbacks=[wane_probe.lightning_callback("probe.jsonl")])

The first line holds the groups (names, shapes, types, settings) and the model's modules. Then, every `every` steps of the
optimizer, its learning rates and weight decays, and of each parameter the norms of weight, gradient and update. Steps are
those the optimizer executed: what a loss scaler skips is not counted. On more than one process rank 0 writes; norms of
sharded parameters are those of its own shard, and say so.

Read it by: wane groups probe.jsonl, wane diff config.yaml probe.jsonl, wane watch probe.jsonl
"""

import json
import math
import time
import types

import torch

VERSION = 1
LARGEST = 1 << 28  # elements of which an update is measured: a copy of the weights is held for a step
ROWS = ("Embedding", "EmbeddingBag")


def attach(model, optimizer, path="probe.jsonl", every=100, accumulation=None, rows=True, start=None):
    """Starts writing; the returned probe has log(), detach() and is harmless on ranks other than 0.

    start: steps that were executed before, where a run goes on; None takes them from the optimizer's state.
    """
    return Probe(model, optimizer, path, every, accumulation, rows, start)


def _rank():
    distributed = torch.distributed
    ready = distributed.is_available() and distributed.is_initialized()
    return (distributed.get_rank(), distributed.get_world_size()) if ready else (0, 1)


def _unwrapped(optimizer):
    """Accelerate, Apex and others hold the real one inside; the outermost first."""
    chain = [optimizer]
    while not isinstance(chain[-1], torch.optim.Optimizer) or type(chain[-1]).__name__ == "AcceleratedOptimizer":
        inner = getattr(chain[-1], "optimizer", None)
        if inner is None or inner is chain[-1]:
            break
        chain.append(inner)
    return chain


def _plain(value):
    """What JSON can hold; of a tensor with one element its number, of other things their text."""
    if isinstance(value, torch.Tensor):
        return value.item() if value.numel() == 1 else str(tuple(value.shape))
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    try:
        return _plain(float(value))
    except (TypeError, ValueError):
        return str(value)


def _local(tensor):
    """The part of a sharded tensor that is here."""
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


def _fresh(model):
    """Whether the gains of normalisations are 1, or 0 where 1 is added, as no training leaves them; None without such gains."""
    gains = [
        m.weight for m in model.modules()
        if "Norm" in type(m).__name__ and isinstance(getattr(m, "weight", None), torch.Tensor) and m.weight.dim() == 1]
    gains = [_local(gain).detach() for gain in gains if _local(gain).numel() > 0]
    return all(bool((gain == gain[0]).all()) and float(gain[0]) in (0.0, 1.0) for gain in gains) if gains else None


def _loaded_from(model):
    """What from_pretrained() was called with, where the model remembers it; its configuration alone may be from there too."""
    config = getattr(getattr(model, "module", model), "config", None)
    return str(getattr(config, "_name_or_path", None) or "")


def _name(name):
    """Without what wrappers put between the parts of a name, and the "module" that replication puts before them."""
    parts = [part for part in name.split(".") if part not in ("_orig_mod", "_fsdp_wrapped_module")]
    return ".".join(parts[1:] if len(parts) > 1 and parts[0] == "module" else parts)


def _executed(optimizer):
    """Steps that an optimizer brings from a checkpoint; 0 where it does not count them."""
    counts = [state["step"] for state in optimizer.state.values() if isinstance(state, dict) and "step" in state]
    return int(max(counts, default=0))


class Probe:
    def __init__(self, model, optimizer, path, every, accumulation, rows, start):
        self.rank, self.world = _rank()
        self.every = max(1, int(every))
        self.chain = _unwrapped(optimizer)
        self.optimizer = self.chain[-1]
        self.executed = _executed(self.optimizer) if start is None else int(start)
        self.file = _opened(path) if self.rank == 0 else None
        self.names = {id(p): _name(n) for n, p in model.named_parameters()}
        self.tables = {
            _name(n) + ".weight" for n, m in model.named_modules() if rows and type(m).__name__ in ROWS}
        self.before = None
        self.silent = {}
        self.undo = []
        if self.rank == 0:
            self._write(self._header(model, accumulation))
            self._hook()

    def _header(self, model, accumulation):
        held = {id(p) for group in self.optimizer.param_groups for p in group["params"]}
        fresh = _fresh(model) if self.executed == 0 else None
        return {
            "wane_probe": VERSION,
            "time": time.time(),
            "torch": torch.__version__,
            "optimizer": {
                "class": type(self.optimizer).__name__,
                "module": type(self.optimizer).__module__,
                "wrapped_by": [type(each).__module__ + "." + type(each).__name__ for each in self.chain[:-1]],
            },
            "world_size": self.world,
            "accumulation": accumulation,
            "every": self.every,
            "groups": [self._group(group) for group in self.optimizer.param_groups],
            "frozen": sum(p.numel() for p in model.parameters() if not p.requires_grad),
            "fresh": fresh,
            "loaded_from": "" if fresh or self.executed > 0 else _loaded_from(model),
            "left_out": [
                _name(n) for n, p in model.named_parameters() if p.requires_grad and id(p) not in held],
            "modules": [
                [_name(n), type(m).__name__] for n, m in model.named_modules() if not any(True for _ in m.children())],
        }

    def _group(self, group):
        return {
            "settings": {key: _plain(value) for key, value in group.items() if key != "params"},
            "parameters": [
                {
                    "name": self.names.get(id(p), "?"),
                    "shape": list(p.shape),
                    "dtype": str(p.dtype).replace("torch.", ""),
                    "requires_grad": p.requires_grad,
                    "sharded": hasattr(p, "to_local"),
                }
                for p in group["params"]
            ],
        }

    def _hook(self):
        if hasattr(self.optimizer, "register_step_pre_hook"):
            self.undo.append(self.optimizer.register_step_pre_hook(lambda *_: self._pre()).remove)
            self.undo.append(self.optimizer.register_step_post_hook(lambda *_: self._post()).remove)
            return
        inner = self.optimizer.step

        def step(optimizer, *args, **kwargs):
            self._pre()
            result = inner(*args, **kwargs)
            self._post()
            return result

        # A scheduler asks for this mark, and makes its own of a method only.
        step._with_counter = True
        self.optimizer.step = types.MethodType(step, self.optimizer)
        self.undo.append(lambda: setattr(self.optimizer, "step", inner))

    def _due(self):
        return math.isfinite(self.every) and self.executed % self.every == 0

    def _parameters(self):
        return [p for group in self.optimizer.param_groups for p in group["params"] if p.grad is not None]

    @torch.no_grad()
    def _pre(self):
        if self._due():
            self._carefully(self._copy)

    @torch.no_grad()
    def _post(self):
        if self._due():
            self._carefully(self._sample)
        self.executed += 1

    def _carefully(self, action):
        """Nothing that goes wrong here may end the training: it is written down, and measured no more."""
        try:
            action()
        except Exception as error:  # noqa: BLE001
            self._write({"step": self.executed + 1, "probe_failed": repr(error)})
            self.every = math.inf

    def _copy(self):
        parameters = [p for group in self.optimizer.param_groups for p in group["params"]]
        small = sum(_local(p).numel() for p in parameters) <= LARGEST
        self.before = {id(p): _local(p).detach().clone() for p in parameters} if small else None

    def _sample(self):
        parameters = self._parameters()
        weights = [_local(p).detach() for p in parameters]
        gradients = [_local(p.grad).detach() for p in parameters]
        updates = (
            [w.float() - self.before[id(p)].float() for p, w in zip(parameters, weights)]
            if self.before is not None and all(id(p) in self.before for p in parameters) else None)
        self.before = None
        columns = [_norms(weights), _norms(gradients), _norms(updates) if updates is not None else None]
        norms = {}
        for i, p in enumerate(parameters):
            name = self.names.get(id(p), "?%d" % i)
            norms[name] = [None if column is None else column[i] for column in columns]
        row = {
            "step": self.executed + 1,
            "time": time.time(),
            "groups": [
                {key: _plain(group.get(key)) for key in ("lr", "weight_decay", "wd_ratio") if key in group}
                for group in self.optimizer.param_groups],
            "norms": norms,
        }
        tables = {
            self.names[id(p)]: self._table(self.names[id(p)], w, g, self.optimizer.state.get(p, {}).get("exp_avg_sq"))
            for p, w, g in zip(parameters, weights, gradients)
            if self.names.get(id(p)) in self.tables and w.dim() == 2 and not g.is_sparse}
        if tables:
            row["rows"] = tables
        self._write(row)

    def _table(self, name, weight, gradient, squares):
        """Of the rows of a table: quantiles of their RMS, and those that never had a gradient, with their size at first.

        Adam's second moment remembers every gradient; without it, and after a resume that lost it, samples are all there is.
        """
        rms = weight.float().pow(2).mean(1).sqrt()
        still = (gradient == 0).all(1)
        if squares is not None and squares.shape == gradient.shape:
            still &= (_local(squares).detach() == 0).all(1)
        silent, first = self.silent.get(name, (torch.ones_like(still), rms))
        silent = silent & still
        self.silent[name] = silent, first
        order = rms.sort().values
        return {
            "min": order[0].item(),
            "p01": order[len(order) // 100].item(),
            "median": order[len(order) // 2].item(),
            "rows": len(order),
            "without_gradient": silent.float().mean().item(),
            "silent_rms": rms[silent].mean().item() if bool(silent.any()) else None,
            "silent_start": first[silent].mean().item() if bool(silent.any()) else None,
        }

    def log(self, step=None, **metrics):
        """Writes numbers that the training loop knows."""
        if self.file is not None:
            self._write({
                "step": self.executed if step is None else int(step),
                "metrics": {key: _plain(value) for key, value in metrics.items()}})

    def detach(self):
        """Stops writing and takes the hooks away."""
        for undo in self.undo:
            undo()
        self.undo = []
        if self.file is not None:
            self.file.close()
            self.file = None

    def _write(self, row):
        if self.file is not None:
            self.file.write(json.dumps(row) + "\n")


def _opened(path):
    """To go on where a run that was killed left a line without its end."""
    file = open(path, "a+", buffering=1)
    if file.tell() > 0:
        with open(path, "rb") as end:
            end.seek(-1, 2)
            if end.read(1) != b"\n":
                file.write("\n")
    return file


def _norms(tensors):
    """One wait for the device, however many tensors there are."""
    if not tensors:
        return []
    norms = [torch.linalg.vector_norm(t.coalesce().values() if t.is_sparse else t, dtype=torch.float32) for t in tensors]
    return [_plain(value) for value in torch.stack([n.to(norms[0].device) for n in norms]).tolist()]


def hf_callback(path="probe.jsonl", every=100):
    """A callback for Hugging Face's Trainer."""
    from transformers import TrainerCallback

    class WaneCallback(TrainerCallback):
        probe = None

        def on_train_begin(self, args, state, control, model=None, optimizer=None, **kwargs):
            self.probe = attach(model, optimizer, path, every, args.gradient_accumulation_steps, start=state.global_step)

        def on_log(self, args, state, control, logs=None, **kwargs):
            numbers = {k: v for k, v in (logs or {}).items() if isinstance(v, (int, float))}
            if self.probe is not None and numbers:
                self.probe.log(state.global_step, **numbers)

        def on_train_end(self, args, state, control, **kwargs):
            if self.probe is not None:
                self.probe.detach()

    return WaneCallback()


def lightning_callback(path="probe.jsonl", every=100):
    """A callback for Lightning; of several optimizers the first."""
    try:
        from lightning.pytorch import Callback
    except ImportError:
        from pytorch_lightning import Callback

    class WaneCallback(Callback):
        probe = None

        def on_train_start(self, trainer, module):
            self.probe = attach(
                module, trainer.optimizers[0], path, every, trainer.accumulate_grad_batches, start=trainer.global_step)

        def _log(self, trainer):
            numbers = {k: v.item() for k, v in trainer.callback_metrics.items() if v.numel() == 1}
            if self.probe is not None and numbers:
                self.probe.log(trainer.global_step, **numbers)

        def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx):
            if trainer.global_step % every == 0:
                self._log(trainer)

        def on_validation_end(self, trainer, module):
            self._log(trainer)

        def on_train_end(self, trainer, module):
            if self.probe is not None:
                self._log(trainer)
                self.probe.detach()

    return WaneCallback()
