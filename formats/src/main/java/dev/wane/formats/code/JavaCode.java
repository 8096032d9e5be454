package dev.wane.formats.code;

import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;

/** Optimizers of JVM libraries. */
final class JavaCode {
    private JavaCode() {}

    static String djl(Conversion conversion) {
        Recipe to = conversion.to();
        String loss = to.meaning().isRegularizer()
                ? "\n// The penalty is a loss of its own: add new L2WeightDecay(\"l2\", decayedParameters, "
                        + GeneratedCode.decay(to) + "f) to a SimpleCompositeLoss.\n"
                : "\n// DJL decays every parameter, biases and norms too: it has no exclusion list.\n";
        return GeneratedCode.header(conversion, "// ") + "import ai.djl.training.optimizer.Optimizer;\n"
                + "import ai.djl.training.tracker.Tracker;\n" + loss + "Optimizer optimizer = " + djlOptimizer(to)
                + ";\n";
    }

    /** An expression. */
    static String djlOptimizer(Recipe to) {
        boolean penalty = to.meaning().isRegularizer();
        String decay = penalty ? "" : "\n        .optWeightDecays(" + GeneratedCode.decay(to) + "f)";
        String rate = "Tracker.fixed(" + GeneratedCode.rate(to) + "f)";
        String built = switch (to.optimizer().id()) {
            case "sgd", "l2_weight_decay" ->
                "Optimizer.sgd()\n        .setLearningRateTracker(" + rate + ")\n        .optMomentum("
                        + to.momentum().momentum() + "f)" + decay;
            case "adam" -> adam("Optimizer.adam()", to, rate, decay);
            case "adamw" -> adam("Optimizer.adamW()", to, rate, decay);
            case "adagrad" -> "Optimizer.adagrad()\n        .optLearningRateTracker(" + rate + ")" + decay;
            case "rmsprop" -> "Optimizer.rmsprop()\n        .optLearningRateTracker(" + rate + ")" + decay;
            case "nag" ->
                "Optimizer.nag()\n        .setLearningRateTracker(" + rate + ")\n        .setMomentum("
                        + to.momentum().momentum() + "f)" + decay;
            default -> throw new IllegalArgumentException("no generator for " + to.optimizer());
        };
        return built + "\n        .build()";
    }

    private static String adam(String builder, Recipe to, String rate, String decay) {
        return builder + "\n        .optLearningRateTracker(" + rate + ")\n        .optBeta1("
                + to.betas().first() + "f)\n        .optBeta2(" + to.betas().second() + "f)\n        .optEpsilon("
                + to.epsilon() + "f)" + decay;
    }

    static String dl4j(Conversion conversion) {
        Recipe to = conversion.to();
        return GeneratedCode.header(conversion, "// ") + """
                import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
                import org.deeplearning4j.nn.conf.layers.DenseLayer;
                import org.nd4j.linalg.learning.config.%s;

                NeuralNetConfiguration.Builder builder = new NeuralNetConfiguration.Builder()
                        .updater(%s);
                // On every layer, not on the builder: DL4J 1.0.0-M2.1 gives the builder's weightDecay to each layer twice.
                // Biases and batch normalisation are left out by default.
                DenseLayer.Builder layer = new DenseLayer.Builder();
                layer%s;
                """.formatted(updaterClass(to), updater(to), dl4jDecay(to));
    }

    static String updaterClass(Recipe to) {
        return to.family().hasBetas() ? "Adam" : "Nesterovs";
    }

    /** An expression. */
    static String updater(Recipe to) {
        return to.family().hasBetas()
                ? "new Adam(" + GeneratedCode.rate(to) + ", " + to.betas().first() + ", "
                        + to.betas().second() + ", " + to.epsilon() + ")"
                : "new Nesterovs(" + GeneratedCode.rate(to) + ", "
                        + to.momentum().momentum() + ")";
    }

    /** A call on the builder of a layer. */
    static String dl4jDecay(Recipe to) {
        return switch (to.meaning().id()) {
            case "weight_decay" -> ".weightDecay(" + GeneratedCode.decay(to) + ")";
            case "weight_decay_no_lr" -> ".weightDecay(" + GeneratedCode.decay(to) + ", false)";
            default -> ".l2(" + GeneratedCode.decay(to) + ")";
        };
    }
}
