package dev.wane.formats.runs;

import dev.wane.formats.RecipeReader;
import dev.wane.formats.log.Tables;
import dev.wane.formats.problem.Position;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes recipes of the settings of past runs. Runs that differ in learning rate and λ alone are read once. */
public final class RunRecipes {
    private static final Set<RunQuantity> OWN =
            Set.of(RunQuantity.LEARNING_RATE, RunQuantity.WEIGHT_DECAY, RunQuantity.SEED);
    private static final Set<RunQuantity> COUNTED =
            Set.of(RunQuantity.EPOCHS, RunQuantity.STEPS, RunQuantity.DATASET_SIZE, RunQuantity.WARMUP_STEPS);
    private static final Map<String, String> SCHEDULES = Map.of(
            "constant", "constant",
            "constantwithwarmup", "constant",
            "cosine", "cosine",
            "cosineannealinglr", "cosine",
            "linear", "linear",
            "none", "constant");

    private final RunColumns columns;
    private final UnaryOperator<Node> options;
    private final Problems problems;
    private final Map<Map<RunQuantity, String>, @Nullable Recipe> read = new HashMap<>();
    private final Set<String> unknownOptimizers = new TreeSet<>();

    private RunRecipes(RunColumns columns, UnaryOperator<Node> options, Problems problems) {
        this.columns = columns;
        this.options = options;
        this.problems = problems;
    }

    /**
     * The recipes of runs.
     *
     * @param options what the user says of all of them, laid over each
     * @param problems takes each thing that cannot be once, however many runs it is in
     */
    public static List<SweepRun> of(
            List<PastRun> runs, RunColumns columns, UnaryOperator<Node> options, Problems problems) {
        RunRecipes recipes = new RunRecipes(columns, options, problems);
        List<SweepRun> swept = new ArrayList<>(runs.size());
        runs.forEach(run -> recipes.sweep(run, swept));
        if (!recipes.unknownOptimizers.isEmpty()) {
            problems.add(
                    Position.option(),
                    "no known optimizer: " + RunColumns.shown(recipes.unknownOptimizers)
                            + "; say what λ means in these runs by --framework and --optimizer, see wane frameworks");
        }
        return swept;
    }

    private void sweep(PastRun run, List<SweepRun> to) {
        Map<RunQuantity, String> texts = texts(run);
        Recipe shared = read.containsKey(texts) ? read.get(texts) : read(texts);
        read.put(texts, shared);
        if (shared != null) {
            Recipe recipe = shared.but()
                    .learningRate(orElse(number(RunQuantity.LEARNING_RATE, run, false), shared.learningRate()))
                    .weightDecay(orElse(number(RunQuantity.WEIGHT_DECAY, run, true), shared.weightDecay()))
                    .build();
            to.add(new SweepRun(run, recipe, others(run)));
        }
    }

    /** What the user says of all holds for all. */
    private static @Nullable Double orElse(@Nullable Double own, @Nullable Double said) {
        return said == null ? own : said;
    }

    private @Nullable Double number(RunQuantity quantity, PastRun run, boolean mayBeZero) {
        String text = columns.text(quantity, run);
        if (text == null) {
            return null;
        }
        double value = Tables.figure(text).orElse(Double.NaN);
        return Double.isFinite(value) && (value > 0 || (mayBeZero && value == 0)) ? value : null;
    }

    private Map<RunQuantity, String> texts(PastRun run) {
        Map<RunQuantity, String> texts = new EnumMap<>(RunQuantity.class);
        for (RunQuantity quantity : columns.of().keySet()) {
            String text = OWN.contains(quantity) ? null : columns.text(quantity, run);
            if (text != null && !(COUNTED.contains(quantity) && unset(text))) {
                texts.put(quantity, text);
            }
        }
        if (texts.containsKey(RunQuantity.STEPS)) {
            texts.remove(RunQuantity.EPOCHS);
        }
        if (texts.containsKey(RunQuantity.BATCH_SIZE)) {
            texts.keySet()
                    .removeAll(Set.of(RunQuantity.MICRO_BATCH_SIZE, RunQuantity.ACCUMULATION, RunQuantity.REPLICAS));
        }
        return texts;
    }

    /** −1 and the like, for a length that is given otherwise. */
    private static boolean unset(String text) {
        return !(Tables.figure(text).orElse(-1) > 0);
    }

    private @Nullable Recipe read(Map<RunQuantity, String> texts) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        texts.forEach((quantity, text) -> {
            String value = translated(quantity, text);
            if (value != null) {
                entries.put(quantity.id(), scalar(value));
            }
        });
        intoSchedule(entries);
        Node whole = withoutDevices(options.apply(new Node.Mapping(Position.option(), entries)));
        if (unknownOptimizer(whole)) {
            return null;
        }
        Problems own = new Problems();
        Recipe recipe = RecipeReader.read(whole, "a run", RecipeReader.KEYS, own);
        own.copyTo(problems);
        return recipe;
    }

    /** A warm-up is part of a recipe's schedule, and says nothing where that is not known. */
    private static void intoSchedule(Map<String, Node.Entry> entries) {
        Node.Entry warmup = entries.remove(RunQuantity.WARMUP_STEPS.id());
        Node.Entry kind = entries.get(RunQuantity.SCHEDULE.id());
        if (warmup != null && kind != null) {
            Node whole = new Node.Mapping(Position.option(), Map.of("kind", kind, "warmupSteps", warmup));
            entries.put(RunQuantity.SCHEDULE.id(), new Node.Entry(Position.option(), whole));
        }
    }

    private static Node.Entry scalar(String value) {
        return new Node.Entry(Position.option(), new Node.Scalar(Position.option(), value, false));
    }

    /** The batch of one device says nothing where nobody says how many there are. */
    private static Node withoutDevices(Node whole) {
        if (!(whole instanceof Node.Mapping mapping)
                || !mapping.entries().containsKey("microBatchSize")
                || mapping.entries().containsKey("replicas")) {
            return whole;
        }
        Map<String, Node.Entry> known = new LinkedHashMap<>(mapping.entries());
        known.keySet().removeAll(Set.of("microBatchSize", "accumulation"));
        return new Node.Mapping(mapping.position(), known);
    }

    private boolean unknownOptimizer(Node whole) {
        if (!(whole instanceof Node.Mapping mapping)) {
            return false;
        }
        Node.Entry entry = mapping.entries().get("optimizer");
        if (entry == null) {
            unknownOptimizers.add("none is named");
            return true;
        }
        boolean unknown =
                entry.value() instanceof Node.Scalar scalar && scalar.text().startsWith("?");
        if (unknown) {
            unknownOptimizers.add(((Node.Scalar) entry.value()).text().substring(1));
        }
        return unknown;
    }

    private static @Nullable String translated(RunQuantity quantity, String text) {
        return switch (quantity) {
            case OPTIMIZER -> optimizer(text);
            case SCHEDULE -> SCHEDULES.get(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
            default -> Tables.figure(text).isPresent() ? whole(text) : text;
        };
    }

    /** As trackers write them, whole numbers have a point. */
    private static String whole(String text) {
        double value = Tables.figure(text).orElseThrow();
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : text;
    }

    /** Classes with their packages, and Hugging Face's names of torch's own. */
    private static String optimizer(String text) {
        String name = text.substring(text.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^(adamw?)_(torch|hf)(_fused|_xla)?$", "$1");
        boolean known = Registry.all().stream().anyMatch(row -> row.id().equals(name));
        return known ? name : "?" + text;
    }

    /** The seed, and what a recipe does not know of every schedule. */
    private boolean mayStayOutside(String column) {
        return Stream.of(RunQuantity.SEED, RunQuantity.SCHEDULE, RunQuantity.WARMUP_STEPS)
                .anyMatch(quantity ->
                        columns.of().getOrDefault(quantity, List.of()).contains(column));
    }

    private Map<String, String> others(PastRun run) {
        return run.settings().entrySet().stream()
                .filter(entry -> !columns.holds(entry.getKey()) || mayStayOutside(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    /** The names of the figures of runs. */
    public static Set<String> figures(List<PastRun> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.figures().keySet()));
        return names;
    }
}
