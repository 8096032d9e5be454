package dev.wane.formats.code;

import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;
import java.util.Objects;
import java.util.Optional;

/** Code or configuration for a conversion, in the target framework's own form. */
public final class GeneratedCode {
    private GeneratedCode() {}

    /** The text; for a framework without a form of its own, its numbers in a comment. */
    public static String of(Conversion conversion) {
        Recipe to = conversion.to();
        return switch (to.optimizer().framework()) {
            case "torch" -> TorchCode.of(conversion);
            case "keras" -> KerasCode.of(conversion);
            case "optax" -> OptaxCode.of(conversion);
            case "deepspeed" -> ConfigText.deepspeed(conversion);
            case "hf" -> ConfigText.trainingArguments(conversion);
            case "composer" -> ConfigText.composer(conversion);
            case "megatron" -> ConfigText.megatron(conversion);
            case "timm" -> ConfigText.timm(conversion);
            case "djl" -> JavaCode.djl(conversion);
            case "dl4j" -> JavaCode.dl4j(conversion);
            default ->
                header(conversion, "# ") + "# no generator for "
                        + to.optimizer().framework() + ": set learning rate " + rate(to) + " and weight decay "
                        + to.weightDecay() + "\n";
        };
    }

    /**
     * A test of ten steps of its own: in Python for a trainer that takes configuration, a Java program for a JVM library.
     *
     * <p>Empty where the code has its test in it, or where ten steps would not agree.
     */
    public static Optional<String> test(Conversion conversion) {
        return TrainerTest.of(conversion).or(() -> JavaTest.of(conversion));
    }

    /** What is kept and from what, as comment lines. */
    static String header(Conversion conversion, String comment) {
        Recipe from = conversion.from();
        Recipe to = conversion.to();
        String lines = "The weight decay of " + from.meaning() + " in " + to.meaning() + ".\n"
                + (from.convention().hasDecayPerStep()
                        ? "Keeps the decay per step at the peak learning rate: "
                                + from.convention().decayPerStep(rate(from), 1, decay(from))
                        : "Keeps λ inside the same kind of update: no decay per step exists")
                + ".\n"
                + "From: " + inputs(from) + ".\n"
                + "To: " + inputs(to) + ".\n"
                + (conversion.exact() ? "Exact." : "Not exact: " + conversion.difference() + ".") + "\n";
        return lines.lines().map(line -> comment + line + "\n").reduce("", String::concat);
    }

    private static String inputs(Recipe recipe) {
        StringBuilder text = new StringBuilder("learning rate " + rate(recipe) + ", weight decay " + decay(recipe)
                + " (" + recipe.convention().id() + ")");
        if (recipe.appliedMomentum().momentum() > 0) {
            text.append(", momentum ").append(recipe.appliedMomentum().momentum());
        }
        if (recipe.family().hasBetas()) {
            text.append(", betas ")
                    .append(recipe.betas().first())
                    .append(" ")
                    .append(recipe.betas().second());
        }
        if (recipe.batchSize() != null) {
            text.append(", batch size ").append(recipe.batchSize());
        }
        if (recipe.modelSize().parameters() != null) {
            text.append(", parameters ").append(recipe.modelSize().parameters());
        }
        return text.toString();
    }

    /** {@code True} or {@code False}. */
    static String python(boolean value) {
        return value ? "True" : "False";
    }

    static double rate(Recipe recipe) {
        return Objects.requireNonNull(recipe.learningRate());
    }

    static double decay(Recipe recipe) {
        return Objects.requireNonNull(recipe.weightDecay());
    }
}
