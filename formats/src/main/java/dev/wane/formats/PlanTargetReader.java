package dev.wane.formats;

import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.recipe.BatchParts;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.Target;
import dev.wane.recipe.TargetBuilder;
import dev.wane.recipe.TrainingScale;
import dev.wane.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a plan changes: {@code batch-size=2048}, {@code dataset-size=…} and so on. */
public final class PlanTargetReader {
    /** The keys of a target. */
    public static final List<String> KEYS = List.of(
            "batch-size",
            "micro-batch-size",
            "accumulation",
            "replicas",
            "dataset-size",
            "epochs",
            "steps",
            "tokens-seen",
            "samples-seen",
            "lr",
            "width-multiplier",
            "depth-multiplier",
            "parameters",
            "optimizer",
            "framework",
            "schedule",
            "warmup-steps",
            "floor",
            "decay-steps");

    private static final Map<String, String> SCHEDULE = new TreeMap<>(Map.of(
            "schedule", "kind",
            "warmup-steps", "warmupSteps",
            "floor", "floor",
            "decay-steps", "decaySteps"));
    private static final List<String> LENGTHS = List.of("epochs", "steps", "tokens-seen", "samples-seen");
    private static final List<String> PARTS = List.of("micro-batch-size", "accumulation", "replicas");

    private final Fields fields;
    private final Problems problems;
    private final @Nullable Recipe base;

    private PlanTargetReader(Fields fields, Problems problems, @Nullable Recipe base) {
        this.fields = fields;
        this.problems = problems;
        this.base = base;
    }

    /**
     * Reads a target.
     *
     * @param changes {@code key=value}, as written
     * @param base whose framework an optimizer without one belongs to, and whose batch changes in part; null where it could
     *     not be read
     * @param problems receives what is wrong
     * @return null where something is
     */
    public static @Nullable Target read(
            List<String> changes,
            @Nullable LearningRateRule rule,
            Target.@Nullable Keep keep,
            @Nullable Recipe base,
            Problems problems) {
        Problems own = new Problems();
        Node node = new Node.Mapping(Position.option(), entries(changes, own));
        Fields fields = Fields.of(node, "--target", own, KEYS);
        if (changes.isEmpty() && rule == null) {
            own.add(Position.option(), "--target must change something: " + String.join(", ", KEYS));
        }
        Target target = new PlanTargetReader(fields, own, base).target(rule, keep);
        boolean whole = own.isEmpty();
        own.copyTo(problems);
        return whole ? target : null;
    }

    private static Map<String, Node.Entry> entries(List<String> changes, Problems problems) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1 || change.substring(equals + 1).isBlank()) {
                problems.add(Position.option(), "--target must be key=value, got '" + change + "'");
                continue;
            }
            String key = change.substring(0, equals);
            Node value = new Node.Scalar(Position.option(), change.substring(equals + 1), false);
            if (entries.put(key, new Node.Entry(Position.option(), value)) != null) {
                problems.add(Position.option(), "--target " + key + " is given twice");
            }
        }
        return entries;
    }

    private Target target(@Nullable LearningRateRule rule, Target.@Nullable Keep keep) {
        Double learningRate = fields.number("lr", NumberRule.POSITIVE);
        if (learningRate != null && rule != null) {
            fields.problem("lr", "give --target lr or --lr-rule, not both");
        }
        RunLength length = length();
        if (length != null && keep != null) {
            fields.problem("epochs", "give a target length or --keep, not both");
        }
        TargetBuilder target = Target.change()
                .batchSize(batchSize())
                .datasetSize(fields.number("dataset-size", NumberRule.POSITIVE))
                .length(length)
                .learningRate(learningRate)
                .learningRateRule(rule)
                .keep(keep)
                .widthMultiplier(fields.number("width-multiplier", NumberRule.POSITIVE))
                .depthMultiplier(fields.number("depth-multiplier", NumberRule.POSITIVE))
                .parameters(fields.number("parameters", NumberRule.POSITIVE))
                .optimizer(optimizer());
        return possible(target.schedule(schedule(target.build())).build());
    }

    private @Nullable RunLength length() {
        List<String> given = LENGTHS.stream().filter(fields::has).toList();
        if (given.size() > 1) {
            fields.problem(given.get(1), "give one --target length, not " + String.join(" and ", given));
        }
        Double epochs = fields.number("epochs", NumberRule.POSITIVE);
        Long steps = fields.integer("steps", 1, Long.MAX_VALUE);
        Double tokens = fields.number("tokens-seen", NumberRule.POSITIVE);
        Double samples = fields.number("samples-seen", NumberRule.POSITIVE);
        if (epochs != null) {
            return new RunLength.Epochs(epochs);
        }
        if (steps != null) {
            return new RunLength.Steps(steps);
        }
        if (tokens != null) {
            return new RunLength.TokensSeen(tokens);
        }
        return samples == null ? null : new RunLength.SamplesSeen(samples);
    }

    /** What the change makes of the base must be a run. */
    private Target possible(Target target) {
        if (base == null || base.learningRate() == null || !problems.isEmpty()) {
            return target;
        }
        Recipe made = target.applyTo(base);
        Double batch = made.batchSize();
        Double data = made.datasetSize();
        if (batch != null && data != null && batch > data) {
            fields.problem(
                    fields.has("batch-size") ? "batch-size" : "dataset-size",
                    "the target's batch of " + batch + " is larger than its data set of " + data);
        }
        long steps = TrainingScale.of(made).executedSteps();
        String lasts = made.scheduleOrConstant().longerThan(steps);
        if (steps > 0 && !lasts.isEmpty()) {
            fields.problem(fields.has("warmup-steps") ? "warmup-steps" : "schedule", "of the target, " + lasts);
        }
        return target;
    }

    /** The batch, given whole or by those of its parts that change. */
    private @Nullable Double batchSize() {
        Double whole = fields.number("batch-size", NumberRule.POSITIVE);
        Double micro = fields.number("micro-batch-size", NumberRule.POSITIVE);
        Long accumulation = fields.integer("accumulation", 1, Long.MAX_VALUE);
        Long replicas = fields.integer("replicas", 1, Long.MAX_VALUE);
        List<String> parts = PARTS.stream().filter(fields::has).toList();
        if (parts.isEmpty()) {
            return whole;
        }
        BatchParts before = base == null ? null : base.batchParts();
        if (whole != null) {
            fields.problem("batch-size", "give --target batch-size or its parts, not both");
        }
        if (before == null) {
            fields.problem(parts.getFirst(), "--target " + parts.getFirst() + " needs microBatchSize in the base");
            return null;
        }
        return new BatchParts(
                        micro == null ? before.microBatchSize() : micro,
                        accumulation == null ? before.accumulation() : accumulation,
                        replicas == null ? before.replicas() : replicas)
                .batchSize();
    }

    private @Nullable Optimizer optimizer() {
        if (!fields.has("optimizer") && !fields.has("framework")) {
            return null;
        }
        Map<String, Node.Entry> row = new LinkedHashMap<>();
        fields.node("optimizer").ifPresent(node -> row.put("optimizer", new Node.Entry(node.position(), node)));
        String framework = fields.has("framework") ? fields.text("framework") : baseFramework();
        if (framework == null) {
            return null;
        }
        row.put("framework", new Node.Entry(Position.option(), new Node.Scalar(Position.option(), framework, false)));
        return OptimizerReader.read(
                Fields.of(
                        new Node.Mapping(Position.option(), row),
                        "--target",
                        problems,
                        List.of("framework", "optimizer")),
                "--target");
    }

    private String baseFramework() {
        return base == null ? "torch" : base.optimizer().framework();
    }

    /** Its kind and what belongs to it; kind and warm-up may be left out where the base has them. */
    private @Nullable Schedule schedule(Target otherwise) {
        List<String> given = SCHEDULE.keySet().stream().filter(fields::has).toList();
        if (given.isEmpty()) {
            return null;
        }
        Map<String, Node.Entry> parts = new LinkedHashMap<>();
        given.forEach(key -> fields.node(key)
                .ifPresent(node ->
                        parts.put(Objects.requireNonNull(SCHEDULE.get(key)), new Node.Entry(node.position(), node))));
        if (!fields.has("schedule") && base != null && base.schedule() != null) {
            Node kind =
                    new Node.Scalar(Position.option(), base.schedule().shape().id(), false);
            parts.put("kind", new Node.Entry(Position.option(), kind));
        }
        if (!parts.containsKey("warmupSteps") && base != null && base.learningRate() != null) {
            parts.put("warmupSteps", warmup(otherwise.applyTo(base)));
        }
        return ScheduleReader.read(new Node.Mapping(Position.option(), parts), problems, timescale());
    }

    private static Node.Entry warmup(Recipe target) {
        long steps = target.schedule() == null ? 0 : target.schedule().warmupSteps();
        return new Node.Entry(Position.option(), new Node.Scalar(Position.option(), Long.toString(steps), false));
    }

    /** τ of the base at its peak: what an inverse-time schedule without a number of its own means. */
    private double timescale() {
        return base == null || base.decay() == null || base.learningRate() == null
                ? Double.NaN
                : 1 / base.decay().perStep(base.learningRate());
    }
}
