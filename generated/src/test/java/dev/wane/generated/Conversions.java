package dev.wane.generated;

import dev.wane.convert.Conversion;
import dev.wane.convert.NoEquivalentException;
import dev.wane.decay.CoupledSgd;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conversions into a framework, from optimizers whose updates are the usual ones. */
final class Conversions {
    private static final List<String> SOURCES = List.of(
            "torch/sgd",
            "torch/adam",
            "torch/adamw",
            "composer/decoupled_adamw",
            "composer/decoupled_sgdw",
            "keras/adam",
            "keras/sgd",
            "keras/l2",
            "optax/lion",
            "bnb/lamb",
            "djl/adam");

    private Conversions() {}

    /** Those that an optimizer of the framework can do at all, from each source and from itself. */
    static Stream<Conversion> into(String framework) {
        return Stream.of(0.0, 0.9).flatMap(momentum -> into(framework, momentum));
    }

    private static Stream<Conversion> into(String framework, double momentum) {
        return Registry.of(framework).stream()
                .filter(row -> !row.versions().startsWith("<"))
                .flatMap(row -> Stream.concat(SOURCES.stream().map(Conversions::row), Stream.of(row))
                        .distinct()
                        .map(source -> conversion(source, row, momentum))
                        .flatMap(Optional::stream));
    }

    private static Optimizer row(String name) {
        String[] parts = name.split("/", 2);
        return Registry.get(parts[0], parts[1]);
    }

    private static Optional<Conversion> conversion(Optimizer from, Optimizer to, double momentum) {
        Recipe recipe = Recipe.of(from)
                .learningRate(0.01)
                .weightDecay(0.1)
                .momentum(new CoupledSgd(momentum, 0, false))
                .betas(Betas.usual(from.familyOrSgd()))
                .batchSize(64.0)
                .build();
        try {
            return Optional.of(Conversion.of(recipe, to));
        } catch (NoEquivalentException e) {
            return Optional.empty();
        }
    }
}
