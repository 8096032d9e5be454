package dev.wane.formats;

import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.ScheduleShape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedule: cosine} or {@code schedule: {kind: cosine, warmupSteps: 500, floor: 0.1}}. */
public final class ScheduleReader {
    private static final List<String> KEYS = List.of("kind", "warmupSteps", "floor");
    private static final Map<String, DoubleFunction<ScheduleShape>> SHAPES = new TreeMap<>(Map.of(
            "constant", floor -> new ScheduleShape.Constant(),
            "cosine", ScheduleShape.Cosine::new,
            "linear", ScheduleShape.Linear::new));

    private ScheduleReader() {}

    /** Null where the schedule is wrong; the problems say why. */
    public static @Nullable Schedule read(Node node, Problems problems) {
        Node mapping = node instanceof Node.Scalar scalar ? shorthand(scalar) : node;
        Fields fields = Fields.of(mapping, "schedule", problems, KEYS);
        double floor = fields.number("floor", NumberRule.CLOSED_SHARE, 0);
        long warmupSteps = fields.integer("warmupSteps", 0, Long.MAX_VALUE, 0);
        if (mapping instanceof Node.Mapping && !fields.require("kind", "schedule")) {
            return null;
        }
        DoubleFunction<ScheduleShape> shape = fields.choice("kind", SHAPES);
        if (shape == null) {
            return null;
        }
        Schedule schedule = new Schedule(shape.apply(floor), warmupSteps);
        if (schedule.shape() instanceof ScheduleShape.Constant && fields.has("floor")) {
            fields.problem("floor", "floor has no meaning under a constant schedule");
        }
        return schedule;
    }

    /**
     * The shape of a name.
     *
     * @param floor read where the shape has one
     * @throws IllegalArgumentException if there is no such shape
     */
    public static ScheduleShape shape(String kind, double floor) {
        DoubleFunction<ScheduleShape> shape = SHAPES.get(kind);
        if (shape == null) {
            throw new IllegalArgumentException("unknown schedule '" + kind + "'; valid: " + SHAPES.keySet());
        }
        return shape.apply(floor);
    }

    private static Node shorthand(Node.Scalar scalar) {
        return new Node.Mapping(scalar.position(), Map.of("kind", new Node.Entry(scalar.position(), scalar)));
    }
}
