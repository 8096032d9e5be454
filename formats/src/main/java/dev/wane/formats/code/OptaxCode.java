package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;

/** optax: a transformation with a mask. */
final class OptaxCode {
    private OptaxCode() {}

    static String of(Conversion conversion) {
        return GeneratedCode.header(conversion, "# ")
                + """
                import jax
                import optax
                import optax.contrib


                def decayed(parameters):
                    \"""Kernels are decayed; biases, scales and other vectors are not.\"""
                    return jax.tree_util.tree_map(lambda x: x.ndim >= 2, parameters)


                optimizer = %s
                """.formatted(transformation(conversion.to()))
                + EquivalenceTest.of(conversion).map(OptaxCode::test).orElse("");
    }

    private static String transformation(Recipe to) {
        String decay = ", weight_decay=" + GeneratedCode.decay(to);
        String mask = decay + ", mask=decayed)";
        String named = decay + ", weight_decay_mask=decayed)";
        String betas = ", b1=" + to.betas().first() + ", b2=" + to.betas().second();
        String epsilon = ", eps=" + to.epsilon();
        String momentum = ", momentum=" + to.momentum().momentum() + ", nesterov="
                + GeneratedCode.python(to.momentum().nesterov());
        String rate = "(" + GeneratedCode.rate(to);
        return switch (to.optimizer().id()) {
            case "sgd", "add_decayed_weights" -> behindDecay(to, "optax.sgd" + rate + momentum);
            case "adam" -> behindDecay(to, "optax.adam" + rate + betas + epsilon);
            case "adamw" -> "optax.adamw" + rate + betas + epsilon + mask;
            case "adamaxw" -> "optax.adamaxw" + rate + betas + epsilon + mask;
            case "adan" -> "optax.adan" + rate + epsilon + mask;
            case "lamb" -> "optax.lamb" + rate + betas + epsilon + mask;
            case "lion" -> "optax.lion" + rate + betas + mask;
            case "lars" -> "optax.lars" + rate + momentum + named;
            case "adadelta" -> "optax.adadelta" + rate + named;
            case "sophia" -> "optax.contrib.sophia" + rate + betas + epsilon + named;
            case "muon" ->
                "optax.contrib.muon" + rate + ", beta=" + to.momentum().momentum() + named;
            case "novograd" -> "optax.novograd" + rate + decay + ")  # has no mask: everything is decayed";
            case "adafactor" ->
                "optax.adafactor" + rate + ", weight_decay_rate=" + GeneratedCode.decay(to)
                        + ", weight_decay_mask=decayed)";
            default -> throw new IllegalArgumentException("no generator for " + to.optimizer());
        };
    }

    /** Decay that goes through the optimizer, as a gradient. */
    private static String behindDecay(Recipe to, String optimizer) {
        return "optax.chain(\n    optax.add_decayed_weights(" + GeneratedCode.decay(to) + ", mask=decayed),\n    "
                + optimizer + "),\n)";
    }

    private static String test(ConformanceCase expected) {
        return """


                %s


                def test_ten_steps():
                    \"""The same weights as the source optimizer after each of ten steps, to single precision.\"""
                    import jax.numpy as jnp
                    import numpy as np

                    parameters = {"kernel": jnp.array([INITIAL])}
                    state = optimizer.init(parameters)
                    for gradient, expected in zip(GRADIENTS, EXPECTED):
                        updates, state = optimizer.update({"kernel": jnp.array([gradient])}, state, parameters)
                        parameters = optax.apply_updates(parameters, updates)
                        np.testing.assert_allclose(parameters["kernel"][0], expected, rtol=1e-4, atol=1e-5)
                """.formatted(EquivalenceTest.inputs(expected).strip());
    }
}
