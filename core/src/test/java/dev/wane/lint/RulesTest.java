package dev.wane.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule with its witness, and with what looks like it and is none. */
class RulesTest {
    private static final Context FINE_TUNING = new Context(true, false, false, true, false);

    @Test
    void inertDecay() {
        Recipe witness = adamW("torch", "adamw", 1e-4, 0.01).build();

        assertThat(found(witness, Context.PLAIN)).containsExactly("inert-decay warning");
        assertThat(Rules.check(Subject.of(witness, Context.PLAIN)).getFirst().message())
                .contains("removes 0.995 % of a weight", "τ = 1e6 steps = 100 runs");
        assertThat(found(witness, FINE_TUNING)).containsExactly("inert-decay info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 0.02).build(), Context.PLAIN))
                .containsExactly("inert-decay info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 0.1).build(), Context.PLAIN))
                .isEmpty();
    }

    /** Without the run's length only what no run could make up for. */
    @Test
    void inertDecayInAnyRun() {
        assertThat(found(adamW("torch", "adamw", 1e-5, 0.009).length(null).build(), Context.PLAIN))
                .containsExactly("inert-decay warning");
        assertThat(found(adamW("torch", "adamw", 1e-4, 0.01).length(null).build(), Context.PLAIN))
                .isEmpty();
    }

    /** torch's value under an optimizer that does not multiply it by the learning rate. */
    @Test
    void dominatingDecay() {
        Recipe witness = adamW("composer", "decoupled_adamw", 1e-3, 0.1).build();

        assertThat(found(witness, Context.PLAIN)).containsExactly("dominating-decay warning", "unit-mismatch info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 2000).build(), Context.PLAIN))
                .contains("dominating-decay error");
        assertThat(Rules.check(Subject.of(witness, Context.PLAIN)).getFirst().fix())
                .isEqualTo("this optimizer does not multiply λ by the learning rate: torch's 0.1 is 1e-4 here");
        assertThat(found(adamW("composer", "decoupled_adamw", 1e-3, 1e-4).build(), Context.PLAIN))
                .isEmpty();
    }

    /** torch's Adam is coupled; DeepSpeed's, Megatron's and Keras' are not. */
    @Test
    void adaptiveL2() {
        assertThat(found(adamW("torch", "adam", 1e-3, 0.1).build(), Context.PLAIN))
                .containsExactly("adaptive-l2 warning");
        for (String decoupled : List.of("deepspeed", "megatron", "keras", "bnb")) {
            assertThat(found(adamW(decoupled, "adam", 1e-3, 0.1).build(), Context.PLAIN))
                    .as(decoupled)
                    .isEmpty();
        }
        assertThat(found(adamW("torch", "adam", 1e-3, 0).build(), Context.PLAIN))
                .isEmpty();
    }

    /** A zero that somebody wrote is meant. */
    @Test
    void adamWZero() {
        Recipe zero = adamW("hf", "adamw_torch", 1e-3, 0).build();

        assertThat(found(zero, new Context(false, false, false, false, false))).containsExactly("adamw-zero warning");
        assertThat(found(zero, new Context(false, true, false, false, false))).containsExactly("adamw-zero info");
        assertThat(found(zero, Context.PLAIN)).isEmpty();
    }

    /** An independent λ under torch's AdamW, and torch's under an optimizer that does not multiply by the rate. */
    @Test
    void unitMismatch() {
        assertThat(found(adamW("torch", "adamw", 1e-3, 1e-4).build(), Context.PLAIN))
                .contains("unit-mismatch info");
        Recipe reverse = adamW("tfa", "adamw", 1e-3, 0.1).build();
        assertThat(found(reverse, Context.PLAIN)).contains("unit-mismatch info");
        assertThat(Rules.check(Subject.of(reverse, Context.PLAIN)).getLast().fix())
                .isEqualTo("if it came from there, write 1e-4: wane convert");

        assertThat(found(adamW("torch", "adamw", 1e-4, 0.01).build(), Context.PLAIN))
                .doesNotContain("unit-mismatch info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 1e-4).build(), FINE_TUNING))
                .doesNotContain("unit-mismatch info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 1e-7).build(), Context.PLAIN))
                .doesNotContain("unit-mismatch info");
        assertThat(found(adamW("composer", "decoupled_adamw", 1e-3, 1e-4).build(), Context.PLAIN))
                .isEmpty();
    }

    @Test
    void copiedValue() {
        assertThat(found(adamW("deepspeed", "adam", 1e-3, 3e-7).build(), Context.PLAIN))
                .containsExactly("inert-decay warning", "cargo-value info");
        assertThat(found(adamW("torch", "adamw", 1e-3, 5e-4).build(), Context.PLAIN))
                .containsExactly("inert-decay warning", "cargo-value info", "unit-mismatch info");
        assertThat(found(adamW("torch", "adamw", 0.2, 5e-4).build(), Context.PLAIN))
                .isEmpty();
    }

    @Test
    void scheduleOutlives() {
        RecipeBuilder raw = adamW("tfa", "adamw", 1e-3, 1e-4);

        assertThat(found(raw.schedule(new Schedule(new Linear(0), 0)).build(), Context.PLAIN))
                .containsExactly("schedule-outlives warning");
        assertThat(found(raw.schedule(new Schedule(new Linear(0.8), 0)).build(), Context.PLAIN))
                .isEmpty();
        assertThat(found(
                        adamW("torch", "adamw", 1e-3, 0.1)
                                .schedule(new Schedule(new Linear(0), 0))
                                .build(),
                        Context.PLAIN))
                .isEmpty();
    }

    @Test
    void bfloat16LostDecay() {
        Context bfloat = new Context(false, false, false, true, true);

        assertThat(found(adamW("torch", "adamw", 1e-3, 0.1).build(), bfloat))
                .containsExactly("bf16-lost-decay warning");
        assertThat(found(adamW("torch", "adamw", 1e-2, 0.3).build(), bfloat)).isEmpty();
        assertThat(found(adamW("optax", "adamw", 1e-3, 0.1).build(), bfloat)).isEmpty();
    }

    @Test
    void whatIsUnknownIsNoMistake() {
        Recipe bare = Recipe.of(Registry.get("torch", "adamw")).build();

        assertThat(found(bare, Context.PLAIN)).isEmpty();
    }

    private static RecipeBuilder adamW(String framework, String optimizer, double learningRate, double weightDecay) {
        return Recipe.of(Registry.get(framework, optimizer))
                .learningRate(learningRate)
                .weightDecay(weightDecay)
                .batchSize(128.0)
                .datasetSize(12_800.0)
                .schedule(Schedule.constant())
                .length(new RunLength.Epochs(100));
    }

    private static List<String> found(Recipe recipe, Context context) {
        return Rules.check(Subject.of(recipe, context)).stream()
                .map(finding -> finding.rule() + " " + finding.severity().id())
                .toList();
    }
}
