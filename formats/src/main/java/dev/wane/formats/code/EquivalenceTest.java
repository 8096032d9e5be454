package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.convert.TenSteps;
import dev.wane.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Ten steps of the source optimizer on fixed inputs, which the generated code of a target must reproduce. */
final class EquivalenceTest {
    private static final double SMALL_SHARE = 1e-5;

    private EquivalenceTest() {}

    /** The case; empty where ten steps would not agree or the source has no reference here. */
    static Optional<ConformanceCase> of(Conversion conversion) {
        return conversion.agreesClosely() ? TenSteps.of(conversion.from()) : Optional.empty();
    }

    /** Of a weight: ε that is corrected or not shows at this share of a step. */
    static double absolute(Recipe to) {
        return SMALL_SHARE * GeneratedCode.rate(to);
    }

    /** The case's numbers as Python. */
    static String inputs(ConformanceCase expected) {
        return """
                INITIAL = %s
                GRADIENTS = %s
                EXPECTED = %s
                """.formatted(list(expected.initial()), rows(expected.gradients()), rows(expected.expected()));
    }

    private static String list(double[] values) {
        return Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String rows(List<double[]> rows) {
        return rows.stream().map(EquivalenceTest::list).collect(Collectors.joining(",\n    ", "[\n    ", ",\n]"));
    }
}
