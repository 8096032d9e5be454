"""What wane_probe_optax costs at every=100, as a share of the training: a transformer's matrices, 512 tokens a step.

    ./wane probe --framework optax wane_probe_optax.py && python3 bench/probe_overhead_optax.py

The calls of step() are timed inside the run they belong to, without those that compile; needs JAX and optax.
"""
import pathlib
import sys
import tempfile
import time

sys.path.insert(0, ".")
import jax
import jax.numpy as jnp
import optax
import wane_probe_optax

WIDTH, LAYERS, TOKENS, STEPS, EVERY = 192, 3, 512, 300, 100


def parameters(key):
    layers = {}
    for i in range(LAYERS):
        for name, shape in (("qkv", (WIDTH, 3 * WIDTH)), ("out", (WIDTH, WIDTH)), ("up", (WIDTH, 4 * WIDTH)), ("down", (4 * WIDTH, WIDTH))):
            key, own = jax.random.split(key)
            layers["layer%d.%s" % (i, name)] = jax.random.normal(own, shape) / shape[0] ** 0.5
    return layers


def loss(params, x):
    for i in range(LAYERS):
        q, k, v = jnp.split(x @ params["layer%d.qkv" % i], 3, axis=-1)
        x = x + jax.nn.softmax(q @ k.T / WIDTH ** 0.5) @ v @ params["layer%d.out" % i]
        x = x + jax.nn.relu(x @ params["layer%d.up" % i]) @ params["layer%d.down" % i]
    return jnp.mean(x ** 2)


optimizer = optax.adamw(1e-3, weight_decay=0.1)


@jax.jit
def train(params, state, x):
    value, gradients = jax.value_and_grad(loss)(params, x)
    updates, state = optimizer.update(gradients, state, params)
    return optax.apply_updates(params, updates), state, value


params = parameters(jax.random.key(0))
state = optimizer.init(params)
x = jax.random.normal(jax.random.key(1), (TOKENS, WIDTH))
with tempfile.TemporaryDirectory() as folder:
    probe = wane_probe_optax.attach(optimizer, pathlib.Path(folder) / "probe.jsonl", learning_rate=1e-3, every=EVERY)
    params, state, value = train(params, state, x)
    begun = time.perf_counter()
    probe.step(1, params, state, loss=value)
    compiled = time.perf_counter() - begun
    spent, begun = 0.0, time.perf_counter()
    for step in range(2, STEPS + 2):
        params, state, value = jax.block_until_ready(train(params, state, x))
        own = time.perf_counter()
        probe.step(step, params, state)
        spent += time.perf_counter() - own
    whole = time.perf_counter() - begun
    probe.detach()
print("first call, which compiles: %.1f s; %.2f %% of the run of %.1f s" % (compiled, 100 * spent / (whole - spent), whole))
