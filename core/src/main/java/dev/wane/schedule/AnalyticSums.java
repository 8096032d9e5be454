package dev.wane.schedule;

/**
 * Σ s_t and Σ s_t² in closed form, to the order of one step: what a formula on paper gives.
 *
 * <p>With w warm-up steps and T steps: Σs = w/2 + T − w for constant; w/2 + (T − w)(1 + f)/2 for linear and cosine; for
 * wsd with D decay steps w/2 + (T − w − D) + D(1 + f)/2. Σs²: w/3 + T − w; linear w/3 + (T − w)(1 + f + f²)/3; cosine
 * w/3 + (T − w)[((1 + f)/2)² + (1 − f)²/8]. NaN for other shapes.
 */
public final class AnalyticSums {
    private AnalyticSums() {}

    /**
     * Σ s_t.
     *
     * @param schedule the schedule
     * @param steps T, at least the warm-up
     * @return the closed form; NaN where none is known
     */
    public static double sum(Schedule schedule, long steps) {
        double after = steps - schedule.warmupSteps();
        double shaped = switch (schedule.shape()) {
            case Constant ignored -> after;
            case Linear linear -> after * (1 + linear.floor()) / 2;
            case Cosine cosine -> after * (1 + cosine.floor()) / 2;
            case Wsd wsd -> after - wsd.decaySteps() * (1 - wsd.floor()) / 2;
            default -> Double.NaN;
        };
        return schedule.warmupSteps() / 2.0 + shaped;
    }

    /**
     * Σ s_t².
     *
     * @param schedule the schedule
     * @param steps T, at least the warm-up
     * @return the closed form; NaN where none is known
     */
    public static double sumOfSquares(Schedule schedule, long steps) {
        double after = steps - schedule.warmupSteps();
        double shaped = switch (schedule.shape()) {
            case Constant ignored -> after;
            case Linear linear -> after * meanSquareOfLine(linear.floor());
            case Cosine cosine -> {
                double middle = (1 + cosine.floor()) / 2;
                double swing = 1 - cosine.floor();
                yield after * (middle * middle + swing * swing / 8);
            }
            case Wsd wsd -> after - wsd.decaySteps() * (1 - meanSquareOfLine(wsd.floor()));
            default -> Double.NaN;
        };
        return schedule.warmupSteps() / 3.0 + shaped;
    }

    private static double meanSquareOfLine(double floor) {
        return (1 + floor + floor * floor) / 3;
    }
}
