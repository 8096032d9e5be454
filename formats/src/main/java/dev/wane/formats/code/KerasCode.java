package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;

/** Keras: the optimizer with its exclusions, or a kernel regularizer. */
final class KerasCode {
    private KerasCode() {}

    static String of(Conversion conversion) {
        Recipe to = conversion.to();
        if (to.meaning().isRegularizer()) {
            return GeneratedCode.header(conversion, "# ")
                    + """
                    import keras

                    # Pass it as kernel_regularizer= of each layer; not to bias_regularizer. It belongs to this optimizer.
                    regularizer = keras.regularizers.L2(%s)
                    optimizer = %s
                    """.formatted(GeneratedCode.decay(to), constructor(to, ""))
                    + EquivalenceTest.of(conversion).map(KerasCode::penaltyTest).orElse("");
        }
        return GeneratedCode.header(conversion, "# ")
                + """
                import keras


                def make_optimizer(model):
                    \"""Must run before the first step: exclusions are fixed when the optimizer is built.\"""
                    optimizer = %s
                    optimizer.exclude_from_weight_decay(var_list=[v for v in model.trainable_variables if len(v.shape) < 2])
                    return optimizer
                """.formatted(constructor(to, ", weight_decay=" + GeneratedCode.decay(to)))
                + EquivalenceTest.of(conversion).map(KerasCode::test).orElse("");
    }

    private static String constructor(Recipe to, String decay) {
        String start = "keras.optimizers.%s(learning_rate=" + GeneratedCode.rate(to) + decay;
        String betas =
                ", beta_1=" + to.betas().first() + ", beta_2=" + to.betas().second();
        return switch (to.optimizer().id()) {
            case "sgd", "l2" ->
                start.formatted("SGD") + ", momentum=" + to.momentum().momentum() + ", nesterov="
                        + (to.momentum().nesterov() ? "True" : "False") + ")";
            case "adam" -> start.formatted("Adam") + betas + ", epsilon=" + to.epsilon() + ")";
            case "adamw" -> start.formatted("AdamW") + betas + ", epsilon=" + to.epsilon() + ")";
            case "lion" -> start.formatted("Lion") + betas + ")";
            case "rmsprop" ->
                start.formatted("RMSprop") + ", momentum=" + to.momentum().momentum() + ", epsilon=" + to.epsilon()
                        + ")";
            case "nadam" -> start.formatted("Nadam") + betas + ", epsilon=" + to.epsilon() + ")";
            case "adamax" -> start.formatted("Adamax") + betas + ", epsilon=" + to.epsilon() + ")";
            case "lamb" -> start.formatted("Lamb") + betas + ", epsilon=" + to.epsilon() + ")";
            case "adagrad" -> start.formatted("Adagrad") + ")";
            case "adadelta" -> start.formatted("Adadelta") + ")";
            case "muon" ->
                start.formatted("Muon") + ", momentum=" + to.momentum().momentum() + ")";
            default -> throw new IllegalArgumentException("no generator for " + to.optimizer());
        };
    }

    /** The penalty's own gradient, by differences, which are exact for a square. */
    private static String penaltyTest(ConformanceCase expected) {
        return """


                %s


                def test_ten_steps():
                    \"""The same weights as the source optimizer after each of ten steps, to single precision.\"""
                    import numpy as np

                    weight = keras.Variable(np.array([INITIAL], dtype="float32"), name="kernel")

                    def penalty(i):
                        step = np.zeros_like(np.array([INITIAL]))
                        step[0, i] = 1
                        value = keras.ops.convert_to_numpy(weight)
                        return float(regularizer(value + step) - regularizer(value - step)) / 2

                    for gradient, expected in zip(GRADIENTS, EXPECTED):
                        whole = [g + penalty(i) for i, g in enumerate(gradient)]
                        optimizer.apply_gradients([(keras.ops.convert_to_tensor([whole]), weight)])
                        np.testing.assert_allclose(
                            keras.ops.convert_to_numpy(weight)[0], expected, rtol=1e-4, atol=1e-5)
                """.formatted(EquivalenceTest.inputs(expected).strip());
    }

    private static String test(ConformanceCase expected) {
        return """


                %s


                def test_ten_steps():
                    \"""The same weights as the source optimizer after each of ten steps, to single precision.\"""
                    import numpy as np

                    class Model:
                        trainable_variables = [keras.Variable(np.array([INITIAL], dtype="float32"), name="kernel")]

                    optimizer = make_optimizer(Model)
                    for gradient, expected in zip(GRADIENTS, EXPECTED):
                        optimizer.apply_gradients([(keras.ops.convert_to_tensor([gradient]), Model.trainable_variables[0])])
                        np.testing.assert_allclose(
                            keras.ops.convert_to_numpy(Model.trainable_variables[0])[0], expected, rtol=1e-4, atol=1e-5)
                """.formatted(EquivalenceTest.inputs(expected).strip());
    }
}
