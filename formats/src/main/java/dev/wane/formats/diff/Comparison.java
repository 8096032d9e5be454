package dev.wane.formats.diff;

import dev.wane.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What differs between what two runs train with. */
public final class Comparison {
    private static final double SAME = 1e-9;
    private static final String DECAY = "weightDecay";
    private static final String RATE = "learningRate";
    private static final String RATE_NOW = "learningRateNow";
    /** How many tensors a group has, and where in the run a rate was logged. */
    private static final Set<String> NOT_SETTINGS = Set.of("parameters", TrainerState.STEP, TrainerState.RATE);

    private static final String ADAM = "two moments, as Adam's";
    private static final String LION = "one moment, as Lion's";
    private static final String SGD = "momentum, as SGD's";
    private static final String ANEW =
            "the schedule is made anew for the configuration's length: the rate jumps at the resume";
    private static final Map<String, String> OF_A_TRAINER = Map.of(
            "microBatchSize", "transformers before version 5 resumes with the checkpoint's batch",
            "steps", ANEW,
            "epochs", ANEW);

    private final RunSettings a;
    private final RunSettings b;
    private final boolean states;
    private final List<Difference> differences = new ArrayList<>();

    private Comparison(RunSettings a, RunSettings b) {
        this.a = a.beside(b);
        this.b = b.beside(a);
        this.states = a.checkpoint() || b.checkpoint();
    }

    /** Group by group; a configuration has one, which stands for all that its program decays. */
    public static List<Difference> of(RunSettings a, RunSettings b) {
        Comparison comparison = new Comparison(a, b);
        if (comparison.sameUpdate()) {
            comparison.groups();
        }
        comparison.run();
        return comparison.differences;
    }

    /** The state of another kind of optimizer means nothing. */
    private boolean sameUpdate() {
        String one = update(a);
        String other = update(b);
        boolean same = one.isEmpty() || other.isEmpty() || one.equals(other);
        if (states && !same) {
            differences.add(
                    new Difference("all", "optimizer", one, other, "the state belongs to another kind of optimizer"));
        }
        return !states || same;
    }

    /** Whose moments a state holds; empty where that is not known. */
    private static String update(RunSettings settings) {
        Recipe recipe = settings.recipe();
        if (recipe != null) {
            return switch (recipe.family()) {
                case ADAM -> ADAM;
                case LION -> LION;
                case SGD -> SGD;
                default -> "";
            };
        }
        Set<String> keys = settings.groups().values().iterator().next().keySet();
        return keys.contains("betas") ? (keys.contains("eps") ? ADAM : LION) : keys.contains("momentum") ? SGD : "";
    }

    private void groups() {
        List<String> left = List.copyOf(a.groups().keySet());
        List<String> right = List.copyOf(b.groups().keySet());
        boolean counted = a.checkpoint() == b.checkpoint() || (left.size() > 1 && right.size() > 1);
        if (counted && a.hasGroups() && b.hasGroups() && left.size() != right.size()) {
            differences.add(new Difference(
                    "all",
                    "groups",
                    (double) left.size(),
                    (double) right.size(),
                    states
                            ? "load_state_dict refuses another number of groups"
                            : "parameters are grouped differently"));
        }
        int count = counted ? Math.min(left.size(), right.size()) : Math.max(left.size(), right.size());
        for (int i = 0; i < count; i++) {
            String one = left.get(Math.min(i, left.size() - 1));
            String other = right.get(Math.min(i, right.size() - 1));
            group(left.size() >= right.size() ? one : other, get(a, one), get(b, other));
        }
        if (a.checkpoint() != b.checkpoint()) {
            decayed(a.checkpoint() ? a : b, a.checkpoint() ? b : a);
        }
    }

    private void run() {
        if (!a.run().isEmpty() || !b.run().isEmpty()) {
            group("run", a.whole(), b.whole());
            LoggedRate.of(a, b).ifPresent(differences::add);
        }
    }

    /** Of a checkpoint's groups some are decayed and some are not, as its program leaves some out. */
    private void decayed(RunSettings checkpoint, RunSettings configuration) {
        Object written = configuration.groups().values().iterator().next().get(DECAY);
        List<Object> decays = checkpoint.groups().values().stream()
                .map(group -> group.get(DECAY))
                .filter(Objects::nonNull)
                .toList();
        if (!(written instanceof Number number) || number.doubleValue() == 0 || decays.isEmpty()) {
            return;
        }
        if (decays.stream().allMatch(Comparison::isZero)) {
            Object none = decays.getFirst();
            add("all", DECAY, a.checkpoint() ? none : written, a.checkpoint() ? written : none);
        } else if (!configuration.excluded().isEmpty() && decays.stream().noneMatch(Comparison::isZero)) {
            String without = "without " + configuration.excluded();
            differences.add(
                    new Difference(
                            "all",
                            "decayed",
                            a.checkpoint() ? "everything" : without,
                            a.checkpoint() ? without : "everything",
                            "the configuration's program leaves them out, and the checkpoint has no group that is not decayed"));
        }
    }

    private void group(String name, Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> left = atPeak(one, other);
        Map<String, Object> right = atPeak(other, one);
        Set<String> quantities = new LinkedHashSet<>(left.keySet());
        if (states) {
            quantities.retainAll(right.keySet());
        } else {
            quantities.addAll(right.keySet());
        }
        for (String quantity : quantities) {
            if (!same(left.get(quantity), right.get(quantity))
                    && !NOT_SETTINGS.contains(quantity)
                    && !leftOut(quantity, left, right)) {
                add(name, quantity, left.get(quantity), right.get(quantity));
            }
        }
    }

    /** Beside a configuration, the groups of a checkpoint that its program does not decay. */
    private boolean leftOut(String quantity, Map<String, Object> left, Map<String, Object> right) {
        if (quantity.equals("convention") && (isZero(left.get(DECAY)) || isZero(right.get(DECAY)))) {
            return true;
        }
        if (!quantity.equals(DECAY) || a.checkpoint() == b.checkpoint()) {
            return false;
        }
        return isZero(a.checkpoint() ? left.get(DECAY) : right.get(DECAY));
    }

    /** A rate without a peak beside it is the peak where the other side's never moves. */
    private static Map<String, Object> atPeak(Map<String, Object> settings, Map<String, Object> other) {
        boolean constant = other.get("schedule") instanceof Map<?, ?> schedule
                && "constant".equals(schedule.get("kind"))
                && isZero(schedule.get("warmupSteps"));
        Object now = settings.get(RATE_NOW);
        if (!constant || now == null || settings.containsKey(RATE)) {
            return settings;
        }
        Map<String, Object> peak = new LinkedHashMap<>(settings);
        peak.put(RATE, now);
        return peak;
    }

    private void add(String group, String quantity, @Nullable Object one, @Nullable Object other) {
        differences.add(new Difference(group, quantity, one, other, effect(quantity, one, other)));
    }

    private static Map<String, Object> get(RunSettings settings, String group) {
        return Objects.requireNonNull(settings.groups().get(group));
    }

    private static boolean isZero(@Nullable Object value) {
        return value instanceof Number number && number.doubleValue() == 0;
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Number one && b instanceof Number other) {
            double scale = Math.max(Math.abs(one.doubleValue()), Math.abs(other.doubleValue()));
            return Math.abs(one.doubleValue() - other.doubleValue()) <= SAME * scale;
        }
        if (a instanceof List<?> one && b instanceof List<?> other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> same(one.get(i), other.get(i)));
        }
        return Objects.equals(a, b);
    }

    private String effect(String quantity, @Nullable Object one, @Nullable Object other) {
        if (a.running() || b.running()) {
            return quantity.equals("convention")
                    ? "the optimizer that runs gives weight_decay another meaning"
                    : "the optimizer that runs has that of " + (a.running() ? a.source() : b.source());
        }
        boolean resume = a.checkpoint() != b.checkpoint();
        if (resume && quantity.equals("convention")) {
            return "the state's λ meant another thing: torch's Adam goes on with the checkpoint's meaning, its AdamW with its own";
        }
        if (resume && OF_A_TRAINER.containsKey(quantity)) {
            return Objects.requireNonNull(OF_A_TRAINER.get(quantity));
        }
        if (resume) {
            String kept = a.checkpoint() ? a.source() : b.source();
            return quantity.startsWith(RATE)
                    ? "load_state_dict sets that of " + kept + "; a scheduler may set another one at its next step"
                    : "load_state_dict sets that of " + kept
                            + ": what the configuration says is not used after a resume";
        }
        String times = one instanceof Number first && other instanceof Number second && first.doubleValue() != 0
                ? String.format(Locale.ROOT, "× %.4g", second.doubleValue() / first.doubleValue())
                : "";
        return quantity.equals("convention") ? "weight_decay means another thing: wane convert keeps the decay" : times;
    }
}
