"""The probe in JAX: what it measures of a chain is what the chain was made of.

    python .ci/check_optax_probe.py FOLDER     # FOLDER holds wane_probe_optax.py
"""
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
import jax
import jax.numpy as jnp
import optax
import wane_probe_optax

MATRICES = ["params.Dense_0.kernel", "params.Embed_0.embedding"]
VECTORS = ["params.Dense_0.bias", "params.LayerNorm_0.scale"]
PARAMS = {"params": {
    "Dense_0": {"kernel": jnp.full((4, 8), 0.3), "bias": jnp.zeros(8)},
    "Embed_0": {"embedding": jnp.full((20, 4), 0.02)},
    "LayerNorm_0": {"scale": jnp.ones(8)}}}
SCHEDULE = optax.warmup_cosine_decay_schedule(0.0, 1e-3, 10, 40)


def matrices(params):
    return jax.tree_util.tree_map(lambda p: p.ndim > 1, params)


def chain(*parts):
    return optax.chain(*parts)


L2 = optax.add_decayed_weights
CASES = {
    # name: optimizer, learning rate, class, what is decayed, λ and how
    "adamw": (optax.adamw(SCHEDULE, weight_decay=0.1, mask=matrices), SCHEDULE, "adamw", MATRICES, 0.1, "decoupled"),
    "injected": (optax.inject_hyperparams(optax.adamw)(SCHEDULE, weight_decay=0.05), None, "adamw", None, 0.05, "decoupled"),
    "half": (optax.adamw(1e-3, weight_decay=0.1, mu_dtype=jnp.bfloat16), 1e-3, "adamw", None, 0.1, "decoupled"),
    "lion": (optax.lion(1e-4, weight_decay=0.3), 1e-4, "lion", None, 0.3, "decoupled"),
    "muon": (optax.contrib.muon(1e-2, weight_decay=0.1), 1e-2, "muon", MATRICES, 0.1, "decoupled"),
    "adam, clipped, L2": (
        chain(optax.clip_by_global_norm(1.0), L2(0.01, matrices), optax.adam(1e-3)), 1e-3, "adam", MATRICES, 0.01, "coupled"),
    "adam, L2, clipped": (
        chain(L2(0.01, matrices), optax.clip_by_global_norm(1.0), optax.adam(1e-3)), 1e-3, "adam", MATRICES, 0.01, "coupled"),
    "momentum, L2": (chain(L2(5e-4), optax.sgd(0.1, momentum=0.9)), 0.1, "sgd", None, 5e-4, "coupled"),
    "momentum, decoupled": (
        chain(optax.trace(0.9), L2(0.1), optax.scale_by_learning_rate(0.1)), 0.1, "sgdw", None, 0.1, "decoupled"),
    "plain": (chain(L2(5e-4), optax.sgd(0.1)), 0.1, "sgd", None, 5e-4, "decoupled"),
    "adam": (optax.adam(1e-3), 1e-3, "ScaleByAdamState", [], 0.0, "none"),
    "lamb": (optax.lamb(1e-3, weight_decay=0.1), 1e-3, "ScaleByAdamState", None, None, "unknown"),
    "lars": (optax.lars(0.1, weight_decay=1e-4), 0.1, "TraceState", None, None, "unknown"),
    "novograd": (optax.novograd(1e-3, weight_decay=0.1), 1e-3, "ScaleByNovogradState", None, None, "unknown"),
}


def trained(name, optimizer, rate, steps=30, every=10):
    path = folder / (name.replace(" ", "_") + ".jsonl")
    params, state = PARAMS, optimizer.init(PARAMS)
    probe = wane_probe_optax.attach(optimizer, path, learning_rate=rate, every=every)

    @jax.jit
    def train(params, state, gradients):
        updates, state = optimizer.update(gradients, state, params)
        return optax.apply_updates(params, updates), state

    for step in range(1, steps + 1):
        gradients = jax.tree_util.tree_map(lambda p: 0.1 * jax.random.normal(jax.random.key(step), p.shape), params)
        params, state = train(params, state, gradients)
        probe.step(step, params, state, grads=gradients, loss=1 / step)
    probe.detach()
    return [json.loads(line) for line in path.read_text().splitlines()]


for name, (optimizer, rate, kind, decayed, weight_decay, decay) in CASES.items():
    head, *rest = trained(name, optimizer, rate)
    assert head["optimizer"]["class"] == kind, (name, head["optimizer"])
    own = [group for group in head["groups"] if group["settings"]["decay"] != "none"]
    assert [group["settings"]["decay"] for group in own] == ([] if decay == "none" else [decay]), (name, head["groups"])
    for group in own:
        assert group["settings"]["weight_decay"] == weight_decay, (name, group["settings"])
        names = sorted(each["name"] for each in group["parameters"])
        assert names == sorted(MATRICES + VECTORS if decayed is None else decayed), (name, names)
    sampled = [row for row in rest if "norms" in row]
    assert [row["step"] for row in sampled] == [2, 12, 22], name
    expected = float(SCHEDULE(21)) if rate is SCHEDULE or rate is None else rate
    assert abs(sampled[-1]["groups"][0]["lr"] - expected) < 1e-6 * expected, (name, sampled[-1]["groups"])
    assert sum("loss" in row.get("metrics", {}) for row in rest) == 30, name

frozen = {"params": {"Dense_0": "trained", "Embed_0": "trained", "LayerNorm_0": "frozen"}}
parts = {"trained": optax.adamw(1e-3, weight_decay=0.2), "frozen": optax.set_to_zero()}
head = trained("frozen", optax.partition(parts, frozen), 1e-3)[0]
assert head["left_out"] == ["params.LayerNorm_0.scale"], head["left_out"]

for name, optimizer, rate, message in (
        ("steps", optax.MultiSteps(optax.adamw(1e-3), 4), 1e-3, "inner_opt_state"),
        ("rate", optax.adamw(1e-3), None, "learning_rate=")):
    rows = trained(name, optimizer, rate)
    assert any(message in row.get("probe_failed", "") for row in rows), rows[:2]
print("optax", optax.__version__, "jax", jax.__version__, "- as they were made:", ", ".join(CASES))
