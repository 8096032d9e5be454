package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceKit;
import dev.wane.conform.Settings;
import dev.wane.convert.Conversion;
import dev.wane.decay.Decay;
import dev.wane.framework.DecayOrder;
import dev.wane.framework.Family;
import dev.wane.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ten steps of the source optimizer on fixed inputs, which the generated code of a target must reproduce. */
final class EquivalenceTest {
    private EquivalenceTest() {}

    /** The case; empty where ten steps would not agree or the source has no reference here. */
    static Optional<ConformanceCase> of(Conversion conversion) {
        Recipe from = conversion.from();
        Decay plain = Objects.requireNonNull(from.decay()).plain();
        if (!conversion.agreesClosely()) {
            return Optional.empty();
        }
        boolean coupled = plain.convention().id().equals("coupled");
        double rate = GeneratedCode.rate(from);
        double lambda = coupled
                ? plain.weightDecay()
                : from.convention().torchWeightDecay(rate, GeneratedCode.decay(from), true);
        String style = coupled ? "coupled" : from.meaning().order() == DecayOrder.AFTER ? "after" : "before";
        return reference(from.family())
                .map(optimizer -> ConformanceKit.tenSteps(optimizer, settings(from, style), rate, lambda));
    }

    private static Optional<String> reference(Family family) {
        return switch (family) {
            case SGD -> Optional.of("sgd");
            case ADAM -> Optional.of("adamw");
            case LION -> Optional.of("lion");
            default -> Optional.empty();
        };
    }

    private static Settings settings(Recipe from, String style) {
        return Settings.of(
                "decay", style,
                "momentum", from.momentum().momentum(),
                "dampening", from.momentum().dampening(),
                "nesterov", from.momentum().nesterov(),
                "beta1", from.betas().first(),
                "beta2", from.betas().second(),
                "eps", from.epsilon());
    }

    static String list(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    static String rows(List<double[]> rows) {
        return rows.stream().map(EquivalenceTest::list).collect(Collectors.joining(",\n    ", "[\n    ", ",\n]"));
    }
}
