package dev.wane.formats.experiment;

import dev.wane.formats.Fields;
import dev.wane.formats.NumberRule;
import dev.wane.formats.RecipeReader;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.model.ExternalModel;
import dev.wane.model.ModelSpec;
import dev.wane.model.Network;
import dev.wane.model.Normalization;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.recipe.TrainingScale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an experiment; every problem is reported at once. */
public final class ExperimentReader {
    private static final List<String> KEYS =
            List.of("name", "task", "model", "base", "tune", "targets", "seeds", "metric", "margin");
    private static final List<String> TASK_KEYS = List.of("data", "samples", "validation", "labelNoise");
    private static final List<String> MODEL_KEYS = List.of("kind", "norm", "width", "depth", "gainLearningRate");
    private static final List<String> BASE_KEYS =
            List.of("framework", "optimizer", "learningRate", "betas", "eps", "batchSize", "epochs", "schedule");
    private static final List<String> EXTERNAL_BASE_KEYS = List.of(
            "framework",
            "optimizer",
            "learningRate",
            "momentum",
            "dampening",
            "nesterov",
            "betas",
            "eps",
            "batchSize",
            "epochs",
            "steps",
            "schedule");
    private static final List<String> TRAINED_SCHEDULES = List.of("constant", "cosine", "linear");
    private static final List<String> TUNE_KEYS = List.of("weightDecay", "extend", "learningRate");
    private static final List<String> GRID_KEYS = List.of("from", "to", "factor");
    private static final List<String> SEED_KEYS = List.of("tune", "confirm");
    private static final int LARGEST_GRID = 40;
    /** Of every known data set; draws are balanced by class. */
    private static final int CLASSES = 10;

    private final Map<String, Integer> trainingSizes;
    private final Purpose purpose;
    private final Problems problems = new Problems();
    private final Fields fields;

    private ExperimentReader(Node root, Map<String, Integer> trainingSizes, Purpose purpose) {
        this.trainingSizes = trainingSizes;
        this.purpose = purpose;
        this.fields = Fields.of(root, "an experiment", problems, KEYS);
    }

    /**
     * Reads an experiment that transfers.
     *
     * @param trainingSizes known data sets and their training samples
     * @throws InputException with every problem
     */
    public static Experiment read(Node root, Map<String, Integer> trainingSizes) {
        return read(root, trainingSizes, Purpose.TRANSFER);
    }

    /**
     * Reads an experiment.
     *
     * @param trainingSizes known data sets and their training samples
     * @param purpose which keys it needs
     * @throws InputException with every problem
     */
    public static Experiment read(Node root, Map<String, Integer> trainingSizes, Purpose purpose) {
        ExperimentReader reader = new ExperimentReader(root, trainingSizes, purpose);
        Supplier<Experiment> experiment = reader.experiment();
        reader.problems.throwIfAny();
        return experiment.get();
    }

    /** Reads every part, so that all problems are found, and joins them only if there were none. */
    private Supplier<Experiment> experiment() {
        boolean external = external();
        List.of("name", "task", "model", "base", "tune", "targets").stream()
                .filter(key -> !external || !key.equals("model"))
                .filter(key -> purpose == Purpose.TRANSFER || !key.equals("targets"))
                .filter(key -> purpose != Purpose.TRAIN || !key.equals("tune"))
                .forEach(key -> fields.require(key, "an experiment"));
        String name = name();
        TaskSpec task = external ? part("task", new CommandTaskReader(problems)::read) : part("task", this::task);
        List<Network> models = models(external, name);
        Recipe base = part("base", node -> base(node, task));
        Tuning tuning = purpose == Purpose.TRAIN ? alone(base) : part("tune", this::tuning);
        if (purpose == Purpose.TRANSFER
                && tuning != null
                && !tuning.learningRates().isEmpty()) {
            fields.problem("tune", "tune.learningRate is for wane sweep: a study carries one learning rate");
        }
        List<TargetSpec> targets = !fields.has("targets") && purpose != Purpose.TRANSFER
                ? List.of()
                : axis("targets", node -> new TargetReader(problems, base, task).read(node));
        SeedCounts seeds = fields.has("seeds") ? part("seeds", this::seeds) : new SeedCounts(2, 8);
        Metric metric = metric(external);
        double margin = fields.number("margin", NumberRule.POSITIVE, 0.0025);
        if (task instanceof CommandTaskSpec command) {
            new CommandChecks(fields, command).check(targets, models.size(), base);
            if (!fields.has("margin") && purpose == Purpose.TRANSFER) {
                fields.require("margin", "an experiment with a command of its own");
            }
        }
        return () -> new Experiment(
                Objects.requireNonNull(name),
                Objects.requireNonNull(task),
                models,
                Objects.requireNonNull(base),
                Objects.requireNonNull(tuning),
                targets,
                Objects.requireNonNull(seeds),
                Objects.requireNonNull(metric),
                margin);
    }

    private @Nullable Tuning alone(@Nullable Recipe base) {
        if (base != null && base.weightDecay() == null) {
            fields.problem("base", "base needs the key 'weightDecay' to be trained with");
        }
        return base == null || base.weightDecay() == null ? null : Tuning.alone(base.weightDecay());
    }

    private @Nullable String name() {
        String name = fields.text("name");
        if (name != null && !name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            fields.problem("name", "name must be 1 to 64 letters, digits, '.', '_' or '-', got '" + name + "'");
        }
        return name;
    }

    private boolean external() {
        return fields.node("task").orElse(null) instanceof Node.Mapping task
                && task.entries().containsKey("command");
    }

    /** A program of the user's own has one network unless several are listed. */
    private List<Network> models(boolean external, @Nullable String name) {
        if (!external) {
            return axis("model", this::model);
        }
        return fields.has("model")
                ? axis("model", this::externalModel)
                : List.of(new ExternalModel(String.valueOf(name), null));
    }

    private @Nullable Network externalModel(Node node) {
        Fields model = Fields.of(node, "model", problems, List.of("name", "norm"));
        model.require("name", "model");
        Map<String, String> norms = new LinkedHashMap<>();
        ExternalModel.NORMS.forEach(norm -> norms.put(norm, norm));
        String norm = model.choice("norm", norms);
        String name = model.text("name");
        return name == null ? null : new ExternalModel(name, norm);
    }

    private @Nullable Metric metric(boolean external) {
        if (!external) {
            return fields.has("metric") ? fields.choice("metric", byId(Metric.builtIn(), Metric::id)) : Metric.ERROR;
        }
        if (fields.has("metric")) {
            fields.problem("metric", "a program's metric stands in its task: task.metric");
        }
        return fields.node("task")
                .map(Node.Mapping.class::cast)
                .map(task -> task.entries().get("metric"))
                .map(entry -> new MetricSourceReader(problems).metric(entry.value()))
                .orElse(null);
    }

    private @Nullable TaskSpec task(Node node) {
        Fields task = Fields.of(node, "task", problems, TASK_KEYS);
        boolean complete = Stream.of("data", "samples", "validation")
                .map(key -> task.require(key, "task"))
                .reduce(true, Boolean::logicalAnd);
        Integer available = complete ? task.choice("data", trainingSizes) : null;
        long most = available == null ? Integer.MAX_VALUE : available;
        Long samples = task.integer("samples", 10, most);
        Long validation = task.integer("validation", 10, most);
        double noise = task.number("labelNoise", NumberRule.SHARE, 0);
        if (available == null || samples == null || validation == null) {
            return null;
        }
        if (Math.ceilDiv(samples, CLASSES) + Math.ceilDiv(validation, CLASSES) > available / CLASSES) {
            task.problem(
                    "validation",
                    "samples " + samples + " and validation " + validation + " exceed the " + available
                            + " training samples of " + task.text("data"));
            return null;
        }
        return new ImageTaskSpec(
                Objects.requireNonNull(task.text("data")), samples.intValue(), validation.intValue(), noise);
    }

    private @Nullable Network model(Node node) {
        Fields model = Fields.of(node, "model", problems, MODEL_KEYS);
        model.require("norm", "model");
        if (model.has("kind")) {
            model.choice("kind", Map.of("mlp", "mlp"));
        }
        Normalization norm = model.choice("norm", byId(Normalization.values(), Normalization::id));
        long width = model.integer("width", 1, 4096, 128);
        long depth = model.integer("depth", 1, 64, 2);
        double gain = model.number("gainLearningRate", NumberRule.POSITIVE, 1e-3);
        return norm == null ? null : new ModelSpec(norm, (int) width, (int) depth, gain);
    }

    private @Nullable Recipe base(Node node, @Nullable TaskSpec task) {
        List<String> usual = external() ? EXTERNAL_BASE_KEYS : BASE_KEYS;
        // What is tuned has no λ of its own.
        List<String> keys = purpose == Purpose.TRAIN
                ? Stream.concat(usual.stream(), Stream.of("weightDecay")).toList()
                : usual;
        Recipe recipe = RecipeReader.read(node, "base", keys, problems);
        // What is wrong with each quantity was said by the recipe's reader.
        Fields base = Fields.of(node, "base", new Problems(), keys);
        if (task != null) {
            BatchRule.check(base, base.number("batchSize", NumberRule.POSITIVE), task.samples(), problems);
        }
        if (recipe == null) {
            return null;
        }
        if (!external()) {
            trainedByTheEngine(recipe, base);
        }
        boolean complete = Stream.of("learningRate", "batchSize")
                .map(key -> require(base, key))
                .reduce(true, Boolean::logicalAnd);
        complete &= (external() && base.has("steps")) || require(base, "epochs");
        if (complete && recipe.length() instanceof RunLength.Epochs epochs && !external()) {
            BatchRule.checkEpochs(base, epochs.amount(), problems);
        }
        return complete && task != null ? sized(recipe.withDatasetSize((double) task.samples()), base) : null;
    }

    private void trainedByTheEngine(Recipe recipe, Fields base) {
        if (!recipe.optimizer().equals(Registry.get("torch", "adamw"))) {
            problems.add(base.position("optimizer"), "experiments train with torch adamw, got " + recipe.optimizer());
        }
        if (!TRAINED_SCHEDULES.contains(recipe.scheduleOrConstant().shape().id())) {
            problems.add(
                    base.position("schedule"),
                    "experiments train with one of the schedules " + String.join(", ", TRAINED_SCHEDULES) + ", got "
                            + recipe.scheduleOrConstant().shape().id());
        }
    }

    private Recipe sized(Recipe recipe, Fields base) {
        long steps = TrainingScale.of(recipe).executedSteps();
        long warmup = recipe.scheduleOrConstant().warmupSteps();
        if (warmup > steps) {
            problems.add(
                    base.position("schedule"),
                    "warmupSteps " + warmup + " is longer than the run of " + steps + " steps");
        }
        return recipe;
    }

    private boolean require(Fields base, String key) {
        if (!base.has(key)) {
            problems.add(base.position(key), "base needs the key '" + key + "'");
        }
        return base.has(key);
    }

    private @Nullable Tuning tuning(Node node) {
        Fields tune = Fields.of(node, "tune", problems, TUNE_KEYS);
        long extend = tune.integer("extend", 0, 10, 2);
        if (!tune.require("weightDecay", "tune")) {
            return null;
        }
        Fields grid = Fields.of(tune.node("weightDecay").orElseThrow(), "weightDecay", problems, GRID_KEYS);
        GRID_KEYS.forEach(key -> grid.require(key, "weightDecay"));
        Double from = grid.number("from", NumberRule.POSITIVE);
        Double to = grid.number("to", NumberRule.POSITIVE);
        Double factor = grid.number("factor", NumberRule.ABOVE_ONE);
        if (from == null || to == null || factor == null) {
            return null;
        }
        int points = to < from ? 0 : (int) Math.min(1e6, Math.log(to / from) / Math.log(factor) + 1 + 1e-9);
        if (points < 3 || points > LARGEST_GRID) {
            grid.problem(
                    "to",
                    "the grid must have 3 to " + LARGEST_GRID + " values, from " + from + " to " + to
                            + " by a factor of " + factor + " has " + Math.max(0, points));
            return null;
        }
        return new Tuning(from, to, factor, (int) extend, learningRates(tune));
    }

    private List<Double> learningRates(Fields tune) {
        List<Double> rates = tune.node("learningRate").isEmpty()
                ? List.of()
                : Objects.requireNonNullElse(tune.numbers("learningRate", NumberRule.POSITIVE), List.of());
        if (rates.size() > LARGEST_GRID) {
            tune.problem("learningRate", "at most " + LARGEST_GRID + " learning rates, got " + rates.size());
        }
        return rates;
    }

    private SeedCounts seeds(Node node) {
        Fields seeds = Fields.of(node, "seeds", problems, SEED_KEYS);
        return new SeedCounts((int) seeds.integer("tune", 1, 1000, 2), (int) seeds.integer("confirm", 2, 1000, 8));
    }

    private <T> @Nullable T part(String key, Function<Node, @Nullable T> reader) {
        Node node = fields.node(key).orElse(null);
        return node == null ? null : reader.apply(node);
    }

    /** A list, or a single value that reads as a list of one. */
    private <T> List<T> axis(String key, Function<Node, @Nullable T> reader) {
        Node node = fields.node(key).orElse(null);
        if (node == null) {
            return List.of();
        }
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
        if (items.isEmpty()) {
            fields.problem(key, key + " must not be empty");
        }
        List<T> values = new ArrayList<>();
        for (Node item : items) {
            T value = reader.apply(item);
            if (value != null && values.contains(value)) {
                problems.add(item.position(), key + " lists the same entry twice");
            } else if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    static <T> Map<String, T> byId(T[] values, Function<T, String> id) {
        Map<String, T> map = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> map.put(id.apply(value), value));
        return map;
    }
}
