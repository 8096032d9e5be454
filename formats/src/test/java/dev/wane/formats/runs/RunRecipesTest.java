package dev.wane.formats.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunRecipesTest {
    private final Problems problems = new Problems();

    @Test
    void everydayNamesAreKnown() {
        Recipe recipe = recipe(
                "optim",
                "torch.optim.AdamW",
                "model.lr",
                "1e-3",
                "train/weight-decay",
                "0.1",
                "bs",
                "64.0",
                "n_train",
                "5000",
                "num_train_epochs",
                "3",
                "max_steps",
                "-1",
                "lr_scheduler_type",
                "cosine");

        assertThat(problems.isEmpty()).as(problems()).isTrue();
        assertThat(recipe.optimizer().id()).isEqualTo("adamw");
        assertThat(recipe.learningRate()).isEqualTo(1e-3);
        assertThat(recipe.weightDecay()).isEqualTo(0.1);
        assertThat(recipe.batchSize()).isEqualTo(64);
        assertThat(recipe.length()).isEqualTo(new RunLength.Epochs(3));
        assertThat(recipe.datasetSize()).isEqualTo(5000);
    }

    @Test
    void aWarmupIsPartOfItsSchedule() {
        String[] run = {"optimizer", "adamw", "schedule", "cosine", "warmup_steps", "37"};
        assertThat(recipe(run).schedule()).isEqualTo(new Schedule(new Cosine(0), 37));
        run[3] = "one of my own";
        assertThat(recipe(run).schedule()).isNull();
        assertThat(problems.isEmpty()).as(problems()).isTrue();
    }

    @Test
    void aBatchOfPartsIsTheirProduct() {
        assertThat(recipe(
                                "optim",
                                "adamw_torch_fused",
                                "per_device_train_batch_size",
                                "8",
                                "gradient_accumulation_steps",
                                "4",
                                "world_size",
                                "2")
                        .batchSize())
                .isEqualTo(64);
    }

    @Test
    void theBatchOfOneOfAnUnknownNumberOfDevicesIsUnknown() {
        assertThat(recipe("optim", "adamw", "per_device_train_batch_size", "8", "gradient_accumulation_steps", "4")
                        .batchSize())
                .isNull();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void twoColumnsThatDifferAreAskedAboutAndTwoThatAgreeAreNot() {
        recipe("optimizer", "adamw", "lr", "1e-3", "learning_rate", "1e-3");
        assertThat(problems.isEmpty()).isTrue();

        recipe("optimizer", "adamw", "lr", "1e-3", "learning_rate", "2e-3");
        assertThat(problems())
                .contains(
                        "lr and learning_rate could both be the learningRate and differ; say which: --column learningRate=lr");
    }

    @Test
    void ofTwoNamesForOneQuantityEachRunsOwnCounts() {
        PastRun one = new PastRun("a", true, Map.of("lr", "1e-3"), Map.of());
        PastRun other = new PastRun("b", true, Map.of("learning_rate", "2e-3"), Map.of());
        RunColumns columns = RunColumns.find(List.of(one, other), Map.of(), problems);

        assertThat(columns.text(RunQuantity.LEARNING_RATE, one)).isEqualTo("1e-3");
        assertThat(columns.text(RunQuantity.LEARNING_RATE, other)).isEqualTo("2e-3");
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void aWholeNameBeatsTheEndOfAPath() {
        assertThat(recipe("optimizer", "adamw", "lr", "1e-3", "log/lr", "1e-9").learningRate())
                .isEqualTo(1e-3);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotKnownIsSaidOnce() {
        sweep(List.of(settings("optimizer", "Sophia9"), settings("optimizer", "Sophia9"), settings("lr", "1")));
        assertThat(problems()).contains("no known optimizer: Sophia9, none is named; say what λ means");
        assertThat(problems.size()).isEqualTo(1);
    }

    @Test
    void aColumnThatIsNamedMustBeThere() {
        RunColumns.find(List.of(run(settings("a.b", "1"))), Map.of(RunQuantity.WEIGHT_DECAY, "a.c"), problems);
        assertThat(problems()).contains("--column weightDecay=a.c: the runs have no such setting; they have a.b");
    }

    @Test
    void theFigureIsTheOneHeldOutOrAskedFor() {
        assertThat(choice(null, null, "val_loss", "train_loss")).isEqualTo(new MetricChoice("val_loss", false, false));
        assertThat(choice("eval/acc", null, "eval/acc")).isEqualTo(new MetricChoice("eval/acc", true, false));
        assertThat(choice(null, null, "val_loss", "val_acc")).isNull();
        assertThat(problems()).contains("--metric val_loss or val_acc");
        assertThat(choice("quality", null, "quality")).isNull();
        assertThat(problems()).contains("whether more of 'quality' is better is not clear: give --mode min or max");
        assertThat(choice("quality", "max", "quality")).isEqualTo(new MetricChoice("quality", true, false));
        assertThat(choice("other", null, "quality")).isNull();
        assertThat(problems()).contains("--metric other: no run has it; they have quality");
    }

    @Test
    void theOnlyFigureIsTakenWhereItIsNoTrainingLoss() {
        assertThat(choice(null, null, "lr", "auc")).isEqualTo(new MetricChoice("auc", true, false));
        assertThat(choice(null, null, "lr", "loss")).isNull();
        assertThat(problems()).contains("--metric loss");
        assertThat(choice(null, null, "auc", "f1")).isNull();
        assertThat(problems()).contains("--metric auc or f1");
    }

    private @Nullable MetricChoice choice(@Nullable String name, @Nullable String mode, String... figures) {
        Map<String, Extent> reached = new LinkedHashMap<>();
        List.of(figures).forEach(figure -> reached.put(figure, Extent.of(1)));
        RunSet set = new RunSet("s", "W&B", List.of(new PastRun("r", true, Map.of(), reached)));
        return MetricChoice.of(set, name, mode, false, problems);
    }

    private Recipe recipe(String... pairs) {
        return sweep(List.of(settings(pairs))).getFirst().recipe();
    }

    private List<SweepRun> sweep(List<Map<String, String>> settings) {
        List<PastRun> runs = settings.stream().map(RunRecipesTest::run).toList();
        return RunRecipes.of(runs, RunColumns.find(runs, Map.of(), problems), node -> node, problems);
    }

    private static PastRun run(Map<String, String> settings) {
        return new PastRun("run", true, settings, Map.of());
    }

    private static Map<String, String> settings(String... pairs) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            settings.put(pairs[i], pairs[i + 1]);
        }
        return settings;
    }

    private String problems() {
        List<String> messages = new ArrayList<>();
        try {
            problems.throwIfAny();
        } catch (InputException e) {
            messages.add(String.valueOf(e.getMessage()));
        }
        return String.join("\n", messages);
    }
}
