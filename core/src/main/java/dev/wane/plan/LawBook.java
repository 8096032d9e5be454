package dev.wane.plan;

import dev.wane.framework.Registry;
import dev.wane.law.DecayLaw;
import dev.wane.law.Laws;
import dev.wane.law.SizeRule;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import java.util.Arrays;
import java.util.Locale;

/** Every law as a page for people, from the laws themselves: {@code docs/laws.md}. */
public final class LawBook {
    private static final Recipe IMAGES = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(1e-3)
            .weightDecay(0.1)
            .batchSize(128.0)
            .datasetSize(50_000.0)
            .length(new RunLength.Epochs(100))
            .build();

    private static final Recipe TOKENS = Recipe.of(Registry.get("torch", "adamw"))
            .learningRate(2e-3)
            .weightDecay(0.1)
            .unit(Recipe.Unit.TOKENS)
            .batchSize(516_096.0)
            .length(new RunLength.TokensSeen(12.2e9))
            .modelSize(new ModelSize(610e6, 1, 1))
            .build();

    private static final double PARAMETERS = 1e9;
    private static final double SEEN = 2e10;

    private LawBook() {}

    /** A change that shows a law, and how it is said. */
    private record Example(String text, Recipe base, Target change) {}

    /**
     * The page.
     *
     * @return Markdown
     */
    public static String markdown() {
        StringBuilder page = new StringBuilder("""
                # The laws

                Generated from the laws themselves; a test fails when it is stale. Write it anew with
                `./mvnw -B test -pl core -Dtest=LawBookTest -Dwane.write=true`.

                d is the decay per step at the peak learning rate η, M = N_s/B the steps per epoch, E the epochs, m the width
                multiplier. Index 1 is the base, 2 the target. λ is in the convention of its own optimizer. `wane plan` prints
                all of them for a change of yours, and which is recommended.
                """);
        Laws.all().forEach(law -> page.append(section(law)));
        page.append("""

                # Learning rates and batches by size and data

                None of these says anything of λ (0.1 where they were fitted): with any of them take λ from power-lines.
                """);
        Arrays.stream(SizeRule.values()).forEach(rule -> page.append(section(rule)));
        return page.append(DynamicsBook.markdown()).toString();
    }

    private static String section(DecayLaw law) {
        Example example = example(law.id());
        Plan plan = Planner.plan(example.base(), example.change());
        Alternative answer = plan.alternatives().stream()
                .filter(alternative -> alternative.law().equals(law))
                .findFirst()
                .orElseThrow();
        return """

                ## %s

                - Keeps: %s
                - Formula: `%s`
                - Stated for: %s
                - Source: %s
                - Example: %s: η = %s, λ = %s
                """.formatted(
                        law.id(),
                        law.keeps(),
                        law.formula(),
                        law.validity(),
                        law.source(),
                        example.text(),
                        text(answer.learningRate()),
                        text(answer.weightDecay()));
    }

    private static String section(SizeRule rule) {
        return """

                ## %s

                - Formula: `%s`
                - Stated for: %s
                - Source: %s
                - Example: 1e9 parameters, 2e10 tokens: η = %s, batch %s tokens; with them power-lines gives λ = %s
                """.formatted(
                        rule.id(),
                        rule.formula(),
                        rule.validity(),
                        rule.source(),
                        text(rule.learningRate(PARAMETERS, SEEN)),
                        text(rule.batchTokens(PARAMETERS, SEEN)),
                        text(rule.weightDecay(PARAMETERS, SEEN)));
    }

    private static Example example(String law) {
        return switch (law) {
            case "run-fraction", "normalised" ->
                new Example(
                        "η = 1e-3, λ = 0.1, 100 epochs to 400",
                        IMAGES,
                        Target.change().length(new RunLength.Epochs(400)).build());
            case "mup-width", "sqrt-width" ->
                new Example(
                        "η = 1e-3, λ = 0.1, width × 8",
                        IMAGES,
                        Target.change().widthMultiplier(8.0).build());
            case "power-lines" ->
                new Example(
                        "610M parameters, 12.2e9 tokens, batch 516,096 to 1,032,192 tokens at η = 2e-3",
                        TOKENS,
                        Target.change()
                                .batchSize(1_032_192.0)
                                .learningRateRule(LearningRateRule.CONSTANT)
                                .build());
            case "independent" ->
                new Example(
                        "η = 1e-3 to 4e-3, λ = 0.1",
                        IMAGES,
                        Target.change().learningRate(4e-3).build());
            case "nanochat" ->
                new Example(
                        "Muon, η = 0.02, λ = 0.28, batch × 4, tokens × 10",
                        TOKENS.but()
                                .optimizer(Registry.get("kellerjordan", "muon"))
                                .learningRate(0.02)
                                .weightDecay(0.28)
                                .build(),
                        Target.change()
                                .batchSize(4 * 516_096.0)
                                .length(new RunLength.TokensSeen(122e9))
                                .build());
            default ->
                new Example(
                        "η = 1e-3, λ = 0.1, batch 128 to 1024, "
                                + (law.equals("sde-sqrt") || law.equals("complete-p")
                                        ? "√ rule"
                                        : "learning rate kept"),
                        IMAGES,
                        Target.change()
                                .batchSize(1024.0)
                                .learningRateRule(LearningRateRule.CONSTANT)
                                .build());
        };
    }

    static String text(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
