package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The regularization of a DL4J layer: {@code L2Regularization} goes through the updater, every {@code WeightDecay} past it.
 * DL4J 1.0.0-M2.1 gives the weight decay of its builder to each layer twice, and applies both.
 */
final class Dl4jRegularization {
    private Dl4jRegularization() {}

    /** Puts λ and its kind; what is found to be wrong. */
    static List<Finding> read(Lookup layer, Resolution.Builder to) {
        Node list = layer.find("regularization").map(Lookup.Entry::value).orElse(null);
        to.byDefault("weightDecay");
        if (list == null && layer.numberOr(0, "l2") > 0) {
            Found<Double> old = Objects.requireNonNull(layer.number("l2"));
            to.known("weightDecay", old, "").put("regularizer", "weight_decay_no_lr", old.origin());
        }
        List<Lookup> items = (list instanceof Node.Sequence sequence ? sequence.items() : List.<Node>of())
                .stream()
                        .filter(Node.Mapping.class::isInstance)
                        .map(item -> new Lookup((Node.Mapping) item))
                        .toList();
        items.stream().filter(item -> item.has("l2")).forEach(item -> penalty(item, to));
        List<Lookup> decays =
                items.stream().filter(item -> coefficient(item) != null).toList();
        decays.forEach(decay -> decay(decay, to));
        return decays.size() > 1 ? List.of(summed(decays, to)) : List.of();
    }

    private static void penalty(Lookup item, Resolution.Builder to) {
        Found<Double> l2 = item.number("l2.value", "l2");
        if (l2 != null) {
            to.known("weightDecay", l2, "").put("regularizer", "l2", l2.origin());
        }
    }

    private static @Nullable Found<Double> coefficient(Lookup item) {
        return item.number("coeff.value", "coeff");
    }

    private static void decay(Lookup item, Resolution.Builder to) {
        Found<Double> coefficient = Objects.requireNonNull(coefficient(item));
        boolean applied = !item.has("applyLR") || item.flag("applyLR");
        to.known("weightDecay", coefficient, "")
                .put("regularizer", applied ? "weight_decay" : "weight_decay_no_lr", coefficient.origin());
    }

    private static Finding summed(List<Lookup> decays, Resolution.Builder to) {
        List<Double> values = decays.stream()
                .map(decay -> Objects.requireNonNull(coefficient(decay)).value())
                .map(value -> value == null ? Double.NaN : value)
                .toList();
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        to.put("weightDecay", sum, new Origin.Computed("the sum of " + decays.size() + " WeightDecay of the layer"));
        return new Finding(
                "decay-applied-twice",
                Severity.WARNING,
                "weightDecay",
                "the layer holds " + decays.size() + " WeightDecay " + values + " and DL4J applies each: together "
                        + sum
                        + ". 1.0.0-M2.1 gives the weight decay of NeuralNetConfiguration.Builder to every layer twice",
                "set weightDecay on each layer, or half of it on the builder",
                "deeplearning4j 1.0.0-M2.1, LayerValidation.configureBaseLayer");
    }
}
