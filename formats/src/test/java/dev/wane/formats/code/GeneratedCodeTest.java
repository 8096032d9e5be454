package dev.wane.formats.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.convert.Conversion;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedCodeTest {
    static List<Optimizer> rows() {
        return Registry.all();
    }

    /** From the row to itself: the numbers are in the text, whatever the framework. */
    @ParameterizedTest
    @MethodSource("rows")
    void everyRowHasItsTextWithItsNumbers(Optimizer row) {
        Recipe recipe = Recipe.of(row)
                .learningRate(0.003)
                .weightDecay(0.02)
                .batchSize(64.0)
                .build();

        String text = GeneratedCode.of(Conversion.of(recipe, row));

        assertThat(text).contains("The weight decay of " + row + " in " + row, "0.003", "0.02", "Exact.");
    }
}
