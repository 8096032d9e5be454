package dev.wane.formats.experiment;

/**
 * What is judged. A study looks for the smallest value: where larger is better, it judges the negative and shows the
 * figure as it is.
 *
 * @param id as the trained program calls it
 * @param unit how it is written
 * @param larger whether larger is better
 * @param tested whether confirmation reads another figure than tuning does
 */
public record Metric(String id, Unit unit, boolean larger, boolean tested) {
    /** Share of wrong answers. */
    public static final Metric ERROR = new Metric("error", Unit.SHARE, false, true);
    /** Mean negative log likelihood, nats. */
    public static final Metric NLL = new Metric("nll", Unit.NATS, false, true);
    /** The same with a temperature fitted on validation. */
    public static final Metric CALIBRATED_NLL = new Metric("calibratedNll", Unit.NATS, false, true);

    /** How a figure is written. */
    public enum Unit {
        /** In per cent; differences in percentage points. */
        SHARE,
        NATS,
        /** As it is. */
        NONE
    }

    /** The names of those that built-in tasks have. */
    static Metric[] builtIn() {
        return new Metric[] {ERROR, NLL, CALIBRATED_NLL};
    }

    public boolean isShare() {
        return unit == Unit.SHARE;
    }

    /** What is judged of a figure, and the figure of what was judged: smaller is better. */
    public double judged(double figure) {
        return larger ? -figure : figure;
    }

    /** What tuning reads, for people. */
    public String tuned() {
        return tested ? "validation " + id : id;
    }

    /** What confirmation reads, for people. */
    public String confirmed() {
        return tested ? "test " + id : id;
    }
}
