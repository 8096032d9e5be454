package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tracker of DJL that says the learning rate of a step.
 *
 * @param tracker the calls on its builder, that of the main one under a warm-up; null where the file has none
 * @param warmUp the calls on the warm-up's builder; null where there is none
 * @param unknown whether one is given that is not followed
 */
record DjlTracker(@Nullable Lookup tracker, @Nullable Lookup warmUp, boolean unknown, Defaults defaults) {
    /** Of an optimizer's builder. */
    static DjlTracker of(Lookup builder, Defaults defaults) {
        Optional<Lookup.Entry> written = builder.find("optLearningRateTracker", "setLearningRateTracker");
        if (written.isEmpty()) {
            return new DjlTracker(null, null, false, defaults);
        }
        Lookup outer = chain(written.get().value());
        if (outer == null || !kind(outer).equals("warmup")) {
            return new DjlTracker(outer, null, outer == null, defaults);
        }
        Lookup main = outer.find("setMainTracker")
                .map(Lookup.Entry::value)
                .map(DjlTracker::chain)
                .orElse(null);
        return new DjlTracker(main, outer, main == null, defaults);
    }

    private static @Nullable Lookup chain(Node node) {
        return node instanceof Node.Mapping mapping ? new Lookup(mapping) : null;
    }

    /** {@code fixed}, {@code cosine} and so on; empty for none. */
    String kind() {
        return tracker == null ? "" : kind(tracker);
    }

    private static String kind(Lookup chain) {
        return switch (chain.textOr("", "$call")) {
            case "Tracker.fixed" -> "fixed";
            case "Tracker.cosine", "CosineTracker.builder" -> "cosine";
            case "Tracker.multiFactor", "MultiFactorTracker.builder" -> "multi-factor";
            case "Tracker.warmUp", "WarmUpTracker.builder" -> "warmup";
            default -> "";
        };
    }

    /** The rate that it starts from, or that of an optimizer which is told none. */
    void learningRate(Resolution.Builder to, Optional<Optimizer> row) {
        if (tracker == null
                && !unknown
                && row.filter(it -> it.familyOrSgd() != Family.SGD).isPresent()) {
            to.byDefault("learningRate");
        } else {
            to.known("learningRate", tracker == null ? null : base(tracker), "the tracker of the learning rate");
        }
    }

    private @Nullable Found<Double> base(Lookup chain) {
        if (!kind().equals("fixed")) {
            return chain.number("setBaseValue");
        }
        return chain.find("$arguments")
                .map(Lookup.Entry::value)
                .filter(Node.Sequence.class::isInstance)
                .map(node -> ((Node.Sequence) node).items())
                .filter(items -> items.size() == 1)
                .map(items -> new Found<>(
                        Lookup.number(items.getFirst()),
                        Found.at(items.getFirst().position(), "Tracker.fixed")))
                .orElse(null);
    }

    /** Where a cosine ends. */
    double last() {
        return tracker == null ? Double.NaN : tracker.numberOr(defaults.number("cosineFinal"), "optFinalValue");
    }

    /** Null for one that is not followed. */
    @Nullable
    Schedule schedule(Resolution resolution) {
        double begin = warmUp == null ? 0 : warmUp.numberOr(0, "optWarmUpBeginValue");
        double steps = warmUp == null ? 0 : warmUp.numberOr(Double.NaN, "optWarmUpSteps");
        boolean linear = warmUp == null || !warmUp.has("optWarmUpMode");
        if (unknown || begin != 0 || !(steps >= 0) || !linear) {
            return null;
        }
        long before = (long) steps;
        return switch (kind()) {
            case "" -> tracker == null ? new Schedule(new Constant(), before) : null;
            case "fixed" -> new Schedule(new Constant(), before);
            case "cosine" -> cosine(resolution, before);
            case "multi-factor" -> steps(before);
            default -> null;
        };
    }

    private @Nullable Schedule cosine(Resolution resolution, long before) {
        Double base = resolution.number("learningRate");
        double updates = tracker == null ? Double.NaN : tracker.numberOr(Double.NaN, "setMaxUpdates");
        if (base == null || !(base > 0) || !(updates >= 1) || !(last() <= base)) {
            return null;
        }
        Schedule schedule = new Schedule(new Cosine(Math.max(0, last() / base)), before);
        return ScheduleResolver.until(schedule, updates + before, resolution);
    }

    private @Nullable Schedule steps(long before) {
        Node written = tracker == null
                ? null
                : tracker.find("setSteps").map(Lookup.Entry::value).orElse(null);
        List<Long> at = Lookup.numbers(written).stream()
                .map(step -> (long) (step + before))
                .toList();
        ScheduleShape shape =
                at.isEmpty() || tracker == null ? null : StepDecay.of(at, tracker.numberOr(1, "optFactor"), before);
        return shape == null ? null : new Schedule(shape, before);
    }
}
