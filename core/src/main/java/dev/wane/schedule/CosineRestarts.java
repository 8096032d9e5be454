package dev.wane.schedule;

/**
 * Half a cosine to the floor, over and over: f + (1 − f)·½(1 + cos πx), x the share of the current period, the k-th of
 * which has period·growth^k steps (rounded).
 *
 * @param period steps of the first period, ≥ 1
 * @param growth length of a period over the one before, ≥ 1
 * @param floor f, the end as a share of the peak, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter (2017)</a>
 */
public record CosineRestarts(long period, double growth, double floor) implements ScheduleShape {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is outside its range
     */
    public CosineRestarts {
        Ranges.requireSteps("period", period);
        Ranges.requireShare("floor", floor);
        if (!(growth >= 1 && growth < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("growth must be finite and >= 1, got " + growth);
        }
    }

    @Override
    public String id() {
        return "cosine-restarts";
    }

    @Override
    public double at(long step, long length) {
        long start = 0;
        double current = period;
        if (growth == 1) {
            start = step - step % period;
        } else {
            while (start + Math.round(current) <= step) {
                start += Math.round(current);
                current *= growth;
            }
        }
        return new Cosine(floor).at(step - start, Math.round(current));
    }

    @Override
    public ScheduleShape scaled(double ratio) {
        return new CosineRestarts(Ranges.scaled(period, ratio), growth, floor);
    }
}
