package dev.wane.formats;

import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.CosineRestarts;
import dev.wane.schedule.InverseSqrt;
import dev.wane.schedule.InverseTime;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Piecewise;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.UnderWarmup;
import dev.wane.schedule.Wsd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedule: cosine} or {@code schedule: {kind: cosine, warmupSteps: 500, floor: 0.1}}. */
public final class ScheduleReader {
    private static final List<String> KEYS = List.of("kind", "warmupSteps", "floor", "decaySteps", "growth", "points");

    /** Which keys each kind reads beside warmupSteps. */
    private static final Map<String, List<String>> KINDS = kinds();

    private final Fields fields;
    private final Problems problems;

    private ScheduleReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * Null where the schedule is wrong; the problems say why.
     *
     * @param defaultDecaySteps T₀ of inverse-time where none is given; NaN if unknown
     */
    public static @Nullable Schedule read(Node node, Problems problems, double defaultDecaySteps) {
        Node mapping = node instanceof Node.Scalar scalar ? shorthand(scalar) : node;
        Fields fields = Fields.of(mapping, "schedule", problems, KEYS);
        return new ScheduleReader(fields, problems).schedule(mapping, defaultDecaySteps);
    }

    /**
     * The shape of a name.
     *
     * @param floor read where the shape has one
     * @throws IllegalArgumentException if it is none of constant, cosine and linear
     */
    public static ScheduleShape shape(String kind, double floor) {
        return switch (kind) {
            case "constant" -> new Constant();
            case "cosine" -> new Cosine(floor);
            case "linear" -> new Linear(floor);
            default -> throw new IllegalArgumentException("unknown schedule '" + kind + "'");
        };
    }

    private @Nullable Schedule schedule(Node mapping, double defaultDecaySteps) {
        long warmupSteps = fields.integer("warmupSteps", 0, Long.MAX_VALUE, 0);
        double floor = fields.number("floor", NumberRule.CLOSED_SHARE, 0);
        if (mapping instanceof Node.Mapping && !fields.require("kind", "schedule")) {
            return null;
        }
        List<String> read = fields.choice("kind", KINDS);
        String kind = fields.text("kind");
        if (read == null || kind == null) {
            return null;
        }
        for (String key : List.of("floor", "decaySteps", "growth", "points")) {
            if (fields.has(key) && !read.contains(key)) {
                fields.problem(key, key + " has no meaning under a " + kind + " schedule");
            }
        }
        int before = problems.size();
        ScheduleShape shape = shapeOf(kind, warmupSteps, floor, defaultDecaySteps);
        return shape == null || problems.size() > before ? null : new Schedule(shape, warmupSteps);
    }

    private @Nullable ScheduleShape shapeOf(String kind, long warmupSteps, double floor, double defaultDecaySteps) {
        return switch (kind) {
            case "wsd" -> {
                Long steps = fields.require("decaySteps", "a wsd schedule")
                        ? fields.integer("decaySteps", 1, Long.MAX_VALUE)
                        : null;
                yield steps == null ? null : new Wsd(steps, floor);
            }
            case "inverse-time" -> {
                Double steps = decaySteps(defaultDecaySteps, "learningRate and weightDecay, which give 1/d");
                yield steps == null ? null : new InverseTime(steps);
            }
            case "inverse-sqrt" -> {
                Double steps = decaySteps(warmupSteps, "warmupSteps");
                yield steps == null ? null : new InverseSqrt(steps);
            }
            case "cosine-restarts" -> {
                Long period = fields.require("decaySteps", "a cosine-restarts schedule")
                        ? fields.integer("decaySteps", 1, Long.MAX_VALUE)
                        : null;
                double growth = fields.number("growth", NumberRule.POSITIVE, 1);
                if (growth < 1) {
                    fields.problem("growth", "growth must be >= 1, got " + growth);
                }
                yield period == null || growth < 1 ? null : new CosineRestarts(period, growth, floor);
            }
            case "cosine-under-warmup" -> new UnderWarmup(new Cosine(floor), warmupSteps);
            case "linear-under-warmup" -> new UnderWarmup(new Linear(floor), warmupSteps);
            case "piecewise" -> points(false);
            case "interpolated" -> points(true);
            default -> shape(kind, floor);
        };
    }

    private @Nullable Double decaySteps(double otherwise, String from) {
        if (fields.has("decaySteps")) {
            return fields.number("decaySteps", NumberRule.POSITIVE);
        }
        if (otherwise > 0 && otherwise < Double.POSITIVE_INFINITY) {
            return otherwise;
        }
        fields.problem("kind", "this schedule needs decaySteps, or " + from);
        return null;
    }

    /** A list of [step, share of the peak]. */
    private @Nullable ScheduleShape points(boolean joined) {
        if (!fields.require("points", "this schedule")) {
            return null;
        }
        Node node = fields.node("points").orElseThrow();
        List<Node> items = node instanceof Node.Sequence sequence ? sequence.items() : List.of();
        List<Piecewise.Point> points = new ArrayList<>();
        for (Node item : items) {
            List<Double> pair = Fields.numbers(item, "a point", NumberRule.NON_NEGATIVE, problems);
            if (pair == null || pair.size() != 2 || pair.get(0) != Math.rint(pair.get(0))) {
                problems.add(item.position(), "a point must be [step, share of the peak], got " + item.kind());
                return null;
            }
            points.add(new Piecewise.Point(pair.get(0).longValue(), pair.get(1)));
        }
        try {
            return new Piecewise(points, joined);
        } catch (IllegalArgumentException e) {
            problems.add(node.position(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static Node shorthand(Node.Scalar scalar) {
        return new Node.Mapping(scalar.position(), Map.of("kind", new Node.Entry(scalar.position(), scalar)));
    }

    private static Map<String, List<String>> kinds() {
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("constant", List.of());
        kinds.put("cosine", List.of("floor"));
        kinds.put("linear", List.of("floor"));
        kinds.put("cosine-under-warmup", List.of("floor"));
        kinds.put("linear-under-warmup", List.of("floor"));
        kinds.put("wsd", List.of("decaySteps", "floor"));
        kinds.put("inverse-time", List.of("decaySteps"));
        kinds.put("inverse-sqrt", List.of("decaySteps"));
        kinds.put("cosine-restarts", List.of("decaySteps", "growth", "floor"));
        kinds.put("piecewise", List.of("points"));
        kinds.put("interpolated", List.of("points"));
        return kinds;
    }
}
