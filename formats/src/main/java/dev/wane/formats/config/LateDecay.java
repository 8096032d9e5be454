package dev.wane.formats.config;

import dev.wane.schedule.Piecewise;
import dev.wane.schedule.ScheduleShape;
import dev.wane.schedule.Wsd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A rate that stays after its warm-up and falls at the end: warm-up, stable, decay. */
final class LateDecay {
    private static final int SAMPLES = 64;

    private LateDecay() {}

    /**
     * The shape after the warm-up.
     *
     * @param style linear, cosine, sqrt (1 − √x) or exponential (2·0.5^x − 1), as it falls with the share x of the decay
     * @param decaySteps of the decay
     * @param floor at its end, a share of the peak
     * @param after steps between warm-up and the end of the decay
     * @return null for another style, or where there is nothing to decay
     */
    static @Nullable ScheduleShape of(String style, double decaySteps, double floor, double after) {
        if (!(decaySteps >= 1) || !(after >= 1)) {
            return null;
        }
        DoubleUnaryOperator fall = fall(style);
        long decay = (long) Math.min(decaySteps, after);
        if (fall == null) {
            return style.equals("linear") ? new Wsd(decay, floor) : null;
        }
        List<Piecewise.Point> points = new ArrayList<>();
        long stable = (long) after - decay;
        if (stable > 0) {
            points.add(new Piecewise.Point(0, 1));
        }
        for (int i = 0; i <= SAMPLES; i++) {
            long step = stable + decay * i / SAMPLES;
            if (points.isEmpty() || step > points.getLast().step()) {
                points.add(new Piecewise.Point(step, floor + (1 - floor) * fall.applyAsDouble((double) i / SAMPLES)));
            }
        }
        return new Piecewise(points, true);
    }

    private static @Nullable DoubleUnaryOperator fall(String style) {
        return switch (style) {
            case "cosine" -> x -> (1 + Math.cos(Math.PI * x)) / 2;
            case "sqrt" -> x -> 1 - Math.sqrt(x);
            case "exponential" -> x -> 2 * Math.pow(0.5, x) - 1;
            default -> null;
        };
    }
}
