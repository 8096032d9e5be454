package dev.wane.formats;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.Betas;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a recipe; every problem is reported, none is guessed away. */
public final class RecipeReader {
    /** The keys of a recipe, in the order in which it is written. */
    public static final List<String> KEYS = List.of(
            "framework",
            "optimizer",
            "learningRate",
            "weightDecay",
            "momentum",
            "dampening",
            "nesterov",
            "betas",
            "eps",
            "batchSize",
            "datasetSize",
            "unit",
            "sequenceLength",
            "epochs",
            "steps",
            "tokensSeen",
            "dropLast",
            "schedule");

    /** Every step is followed: a hundred million take some seconds. */
    private static final long LONGEST_RUN = 100_000_000;

    private static final List<String> LENGTHS = List.of("epochs", "steps", "tokensSeen");

    private final Fields fields;
    private final Problems problems;

    private RecipeReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * Reads a recipe.
     *
     * @throws InputException with every problem
     */
    public static Recipe read(Node node) {
        Problems problems = new Problems();
        Recipe recipe = read(node, "a recipe", KEYS, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(recipe);
    }

    /** Reads a recipe within a larger document; null where there are problems. */
    public static @Nullable Recipe read(Node node, String what, List<String> keys, Problems problems) {
        Problems own = new Problems();
        Recipe recipe = new RecipeReader(Fields.of(node, what, own, keys), own).recipe();
        own.copyTo(problems);
        return recipe;
    }

    private @Nullable Recipe recipe() {
        Optimizer optimizer = optimizer();
        double momentum = fields.number("momentum", NumberRule.SHARE, 0);
        double dampening = fields.number("dampening", NumberRule.SHARE, 0);
        boolean nesterov = fields.flag("nesterov");
        if (nesterov && (momentum == 0 || dampening != 0)) {
            fields.problem("nesterov", "nesterov needs momentum > 0 and dampening 0");
        }
        Double learningRate = fields.number("learningRate", NumberRule.POSITIVE);
        Double weightDecay = fields.number("weightDecay", NumberRule.NON_NEGATIVE);
        Betas betas = betas();
        double epsilon = fields.number("eps", NumberRule.POSITIVE, 1e-8);
        Double batchSize = fields.number("batchSize", NumberRule.POSITIVE);
        Double datasetSize = fields.number("datasetSize", NumberRule.POSITIVE);
        Recipe.Unit unit = fields.choice("unit", Map.of("samples", Recipe.Unit.SAMPLES, "tokens", Recipe.Unit.TOKENS));
        Long sequenceLength = fields.integer("sequenceLength", 1, Long.MAX_VALUE);
        RunLength length = length();
        boolean dropLast = fields.flag("dropLast");
        Schedule schedule = fields.node("schedule")
                .map(node -> ScheduleReader.read(node, problems))
                .orElse(null);
        if (batchSize != null && datasetSize != null && batchSize > datasetSize) {
            fields.problem(
                    "batchSize", "batchSize " + plain(batchSize) + " is larger than datasetSize " + plain(datasetSize));
        }
        if (!problems.isEmpty() || optimizer == null) {
            return null;
        }
        return checked(new Recipe(
                optimizer,
                learningRate,
                weightDecay,
                momentum,
                dampening,
                nesterov,
                betas,
                epsilon,
                batchSize,
                datasetSize,
                unit == null ? Recipe.Unit.SAMPLES : unit,
                sequenceLength,
                length,
                dropLast,
                schedule));
    }

    private @Nullable Recipe checked(Recipe recipe) {
        long steps = TrainingScale.of(recipe).executedSteps();
        if (steps > LONGEST_RUN) {
            fields.problem("steps", "the run has " + steps + " steps; the most that is followed is " + LONGEST_RUN);
            return null;
        }
        long warmup = recipe.scheduleOrConstant().warmupSteps();
        if (steps > 0 && warmup > steps) {
            fields.problem("schedule", "warmupSteps " + warmup + " is longer than the run of " + steps + " steps");
            return null;
        }
        return recipe;
    }

    private @Nullable Optimizer optimizer() {
        Map<String, String> frameworks = names(Arrays.stream(Optimizer.values()).map(Optimizer::framework));
        String framework = fields.has("framework") ? fields.choice("framework", frameworks) : "torch";
        if (framework == null || !fields.require("optimizer", "a recipe")) {
            return null;
        }
        String id = fields.choice(
                "optimizer",
                names(Arrays.stream(Optimizer.values())
                        .filter(row -> row.framework().equals(framework))
                        .map(Optimizer::id)));
        return id == null ? null : Optimizer.find(framework, id).orElseThrow();
    }

    private Betas betas() {
        List<Double> values = fields.numbers("betas", NumberRule.SHARE);
        if (values == null) {
            return Betas.DEFAULT;
        }
        if (values.size() != 2) {
            fields.problem("betas", "betas must be two numbers in [0, 1), got " + values.size());
            return Betas.DEFAULT;
        }
        return new Betas(values.get(0), values.get(1));
    }

    private @Nullable RunLength length() {
        List<String> given = LENGTHS.stream().filter(fields::has).toList();
        if (given.size() > 1) {
            fields.problem(given.get(1), "give one of epochs, steps, tokensSeen, not " + String.join(" and ", given));
            return null;
        }
        Double epochs = fields.number("epochs", NumberRule.POSITIVE);
        Long steps = fields.integer("steps", 1, Long.MAX_VALUE);
        Double tokens = fields.number("tokensSeen", NumberRule.POSITIVE);
        if (epochs != null) {
            return new RunLength.Epochs(epochs);
        }
        if (steps != null) {
            return new RunLength.Steps(steps);
        }
        return tokens == null ? null : new RunLength.TokensSeen(tokens);
    }

    private static Map<String, String> names(Stream<String> names) {
        Map<String, String> map = new LinkedHashMap<>();
        names.forEach(name -> map.put(name, name));
        return map;
    }

    private static String plain(double value) {
        return new BigDecimal(value).toPlainString();
    }
}
