package dev.wane.formats;

import dev.wane.decay.CoupledSgd;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.BatchParts;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.recipe.ModelSize;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RecipeBuilder;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Start;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a recipe; every problem is reported, none is guessed away. */
public final class RecipeReader {
    /** The keys of a recipe, in the order in which it is written. */
    public static final List<String> KEYS = List.of(
            "framework",
            "optimizer",
            "regularizer",
            "learningRate",
            "weightDecay",
            "weightDecaySchedule",
            "momentum",
            "dampening",
            "nesterov",
            "betas",
            "eps",
            "batchSize",
            "microBatchSize",
            "accumulation",
            "replicas",
            "datasetSize",
            "unit",
            "sequenceLength",
            "epochs",
            "steps",
            "tokensSeen",
            "samplesSeen",
            "dropLast",
            "skippedSteps",
            "schedule",
            "parameters",
            "widthMultiplier",
            "depthMultiplier",
            "cautious",
            "bfloat16Weights",
            "modelEma",
            "start");

    /** Every step is followed: a hundred million take some seconds. */
    public static final long LONGEST_RUN = 100_000_000;

    private static final double MUON_MOMENTUM = 0.95;
    private static final Map<String, Recipe.Unit> UNITS =
            new TreeMap<>(Map.of("samples", Recipe.Unit.SAMPLES, "tokens", Recipe.Unit.TOKENS));
    private static final Map<String, Start> STARTS =
            new TreeMap<>(Map.of("scratch", Start.SCRATCH, "pretrained", Start.PRETRAINED, "adapter", Start.ADAPTER));
    private static final Map<String, WeightDecaySchedule.Kind> DECAY_SCHEDULES = new TreeMap<>(Map.of(
            "constant", WeightDecaySchedule.Kind.CONSTANT,
            "cosine", WeightDecaySchedule.Kind.COSINE,
            "linear", WeightDecaySchedule.Kind.LINEAR));
    /** Takes the place of an optimizer that is not known, so that the rest is checked in the same breath. */
    private static final Optimizer STAND_IN = Registry.get("torch", "adamw");

    private static final List<String> COUPLED = List.of("coupled", "penalty", "in-trust-ratio");
    private static final List<String> LENGTHS = List.of("epochs", "steps", "tokensSeen", "samplesSeen");

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
        Optimizer optimizer = OptimizerReader.read(fields, "a recipe");
        Optimizer regularizer = OptimizerReader.regularizer(fields);
        Family family = optimizer == null ? Family.SGD : optimizer.familyOrSgd();
        CoupledSgd momentum = momentum(family);
        Double learningRate = fields.number("learningRate", NumberRule.POSITIVE);
        Double weightDecay = fields.number("weightDecay", NumberRule.NON_NEGATIVE);
        WeightDecaySchedule weightDecaySchedule = weightDecaySchedule(weightDecay);
        Betas betas = betas(family);
        double epsilon = fields.number("eps", NumberRule.POSITIVE, 1e-8);
        Double batchSize = fields.number("batchSize", NumberRule.POSITIVE);
        BatchParts batchParts = BatchPartsReader.read(fields, batchSize);
        if (batchParts != null) {
            batchSize = batchParts.batchSize();
        }
        Double datasetSize = fields.number("datasetSize", NumberRule.POSITIVE);
        Recipe.Unit unit = fields.choice("unit", UNITS);
        Long sequenceLength = fields.integer("sequenceLength", 1, Long.MAX_VALUE);
        RunLength length = length();
        boolean dropLast = fields.flag("dropLast");
        Long skippedSteps = fields.integer("skippedSteps", 0, Long.MAX_VALUE);
        boolean cautious = fields.flag("cautious");
        boolean bfloat16Weights = fields.flag("bfloat16Weights");
        Double modelEma = fields.number("modelEma", NumberRule.SHARE);
        Start start = fields.choice("start", STARTS);
        ModelSize modelSize = modelSize();
        if (batchSize != null && datasetSize != null && batchSize > datasetSize) {
            fields.problem(
                    "batchSize", "batchSize " + plain(batchSize) + " is larger than datasetSize " + plain(datasetSize));
        }
        RecipeBuilder recipe = Recipe.of(optimizer == null ? STAND_IN : optimizer)
                .regularizer(regularizer)
                .learningRate(learningRate)
                .weightDecay(optimizer == null ? null : weightDecay)
                .weightDecaySchedule(weightDecaySchedule)
                .momentum(momentum)
                .betas(betas)
                .epsilon(epsilon)
                .batchSize(batchSize)
                .datasetSize(datasetSize)
                .unit(unit == null ? Recipe.Unit.SAMPLES : unit)
                .sequenceLength(sequenceLength)
                .length(length)
                .dropLast(dropLast)
                .skippedSteps(skippedSteps == null ? 0 : skippedSteps)
                .modelSize(modelSize)
                .cautious(cautious)
                .bfloat16Weights(bfloat16Weights)
                .modelEma(modelEma == null ? null : new ModelEma(modelEma))
                .start(start == null ? Start.SCRATCH : start);
        if (batchParts != null) {
            recipe.batchParts(batchParts);
        }
        Schedule schedule = schedule(decayPerStep(recipe.build()));
        return checked(recipe.schedule(schedule).build());
    }

    private @Nullable Schedule schedule(double decayPerStep) {
        return fields.node("schedule")
                .map(node -> ScheduleReader.read(node, problems, 1 / decayPerStep))
                .orElse(null);
    }

    private CoupledSgd momentum(Family family) {
        double momentum = fields.number("momentum", NumberRule.SHARE, family == Family.MUON ? MUON_MOMENTUM : 0);
        double dampening = fields.number("dampening", NumberRule.SHARE, 0);
        boolean nesterov = fields.flag("nesterov");
        if (nesterov && (momentum == 0 || dampening != 0)) {
            fields.problem("nesterov", "nesterov needs momentum > 0 and dampening 0");
            return new CoupledSgd(0, 0, false);
        }
        return new CoupledSgd(momentum, dampening, nesterov);
    }

    private WeightDecaySchedule weightDecaySchedule(@Nullable Double weightDecay) {
        Node node = fields.node("weightDecaySchedule").orElse(null);
        if (node == null) {
            return WeightDecaySchedule.constant();
        }
        Fields schedule = Fields.of(node, "weightDecaySchedule", problems, List.of("kind", "end"));
        boolean complete = Stream.of("kind", "end")
                .map(key -> schedule.require(key, "weightDecaySchedule"))
                .reduce(true, Boolean::logicalAnd);
        WeightDecaySchedule.Kind kind = complete ? schedule.choice("kind", DECAY_SCHEDULES) : null;
        Double end = schedule.number("end", NumberRule.NON_NEGATIVE);
        if (kind == null || end == null || weightDecay == null) {
            return WeightDecaySchedule.constant();
        }
        if (weightDecay == 0) {
            schedule.problem("end", "weightDecaySchedule needs weightDecay > 0 to start from");
            return WeightDecaySchedule.constant();
        }
        return new WeightDecaySchedule(kind, end / weightDecay);
    }

    private ModelSize modelSize() {
        return new ModelSize(
                fields.number("parameters", NumberRule.POSITIVE),
                fields.number("widthMultiplier", NumberRule.POSITIVE, 1),
                fields.number("depthMultiplier", NumberRule.POSITIVE, 1));
    }

    private static double decayPerStep(Recipe recipe) {
        return recipe.decay() == null || recipe.learningRate() == null
                ? Double.NaN
                : recipe.decay().perStep(recipe.learningRate());
    }

    private @Nullable Recipe checked(Recipe recipe) {
        double decay = decayPerStep(recipe);
        if (decay >= 1) {
            fields.problem(
                    "weightDecay",
                    "the decay per step must be < 1, got " + decay + " from learningRate " + recipe.learningRate()
                            + " and weightDecay " + recipe.weightDecay() + " ("
                            + recipe.convention().id() + ")");
        }
        double end = decay * recipe.weightDecaySchedule().end();
        if (decay < 1 && end >= 1) {
            fields.problem("weightDecaySchedule", "the decay per step must be < 1, and λ moves to where it is " + end);
        }
        long steps = TrainingScale.of(recipe).executedSteps();
        if (steps > LONGEST_RUN) {
            fields.problem("steps", "the run has " + steps + " steps; the most that is followed is " + LONGEST_RUN);
        }
        if (recipe.cautious() && COUPLED.contains(recipe.convention().id())) {
            fields.problem(
                    "cautious",
                    "cautious decay is decoupled, and that of " + recipe.meaning() + " is "
                            + recipe.convention().id());
        }
        long attempted = TrainingScale.of(recipe.but().skippedSteps(0).build()).executedSteps();
        if (attempted > 0 && recipe.skippedSteps() >= attempted) {
            fields.problem(
                    "skippedSteps",
                    "skippedSteps " + recipe.skippedSteps() + " leaves nothing of the run of " + attempted + " steps");
        }
        String lasts = recipe.scheduleOrConstant().longerThan(steps);
        if (steps > 0 && !lasts.isEmpty()) {
            fields.problem("schedule", lasts);
        }
        return problems.isEmpty() ? recipe : null;
    }

    private Betas betas(Family family) {
        List<Double> values = fields.numbers("betas", NumberRule.SHARE);
        if (values == null) {
            return Betas.usual(family);
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
            fields.problem(
                    given.get(1),
                    "give one of epochs, steps, tokensSeen, samplesSeen, not " + String.join(" and ", given));
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
        Double samples = fields.number("samplesSeen", NumberRule.POSITIVE);
        if (samples != null) {
            return new RunLength.SamplesSeen(samples);
        }
        return tokens == null ? null : new RunLength.TokensSeen(tokens);
    }

    private static String plain(double value) {
        return new BigDecimal(value).toPlainString();
    }
}
