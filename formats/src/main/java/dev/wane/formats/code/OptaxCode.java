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


                def decayed(parameters):
                    \"""Kernels are decayed; biases, scales and other vectors are not.\"""
                    return jax.tree_util.tree_map(lambda x: x.ndim >= 2, parameters)


                optimizer = %s
                """.formatted(transformation(conversion.to()))
                + EquivalenceTest.of(conversion).map(OptaxCode::test).orElse("");
    }

    private static String transformation(Recipe to) {
        String rate = String.valueOf(GeneratedCode.rate(to));
        String decay = String.valueOf(GeneratedCode.decay(to));
        String betas = "b1=" + to.betas().first() + ", b2=" + to.betas().second();
        return switch (to.optimizer().id()) {
            case "sgd" ->
                "optax.chain(\n    optax.add_decayed_weights(" + decay + ", mask=decayed),\n    optax.sgd(" + rate
                        + ", momentum=" + to.momentum().momentum() + ", nesterov="
                        + (to.momentum().nesterov() ? "True" : "False") + "),\n)";
            case "adamw" ->
                "optax.adamw(" + rate + ", " + betas + ", eps=" + to.epsilon() + ", weight_decay=" + decay
                        + ", mask=decayed)";
            case "lion" -> "optax.lion(" + rate + ", " + betas + ", weight_decay=" + decay + ", mask=decayed)";
            case "adafactor" ->
                "optax.adafactor(" + rate + ", weight_decay_rate=" + decay + ", weight_decay_mask=decayed)";
            default -> "optax." + to.optimizer().id() + "(" + rate + ", weight_decay=" + decay + ")";
        };
    }

    private static String test(ConformanceCase expected) {
        return """


                INITIAL = %s
                GRADIENTS = %s
                EXPECTED = %s


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
                """.formatted(
                        EquivalenceTest.list(expected.initial()),
                        EquivalenceTest.rows(expected.gradients()),
                        EquivalenceTest.rows(expected.expected()));
    }
}
