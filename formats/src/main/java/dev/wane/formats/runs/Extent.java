package dev.wane.formats.runs;

/**
 * What a run reached in one of its figures.
 *
 * @param last as it was written last; NaN where the run diverged
 * @param smallest over the run; NaN where no number was written
 * @param largest over the run
 */
public record Extent(double last, double smallest, double largest) {
    /** Of a figure that was written once. */
    public static Extent of(double value) {
        return new Extent(value, value, value);
    }

    /** After one more value. */
    Extent and(double value) {
        return new Extent(value, least(smallest, value), -least(-largest, -value));
    }

    private static double least(double a, double b) {
        return Double.isNaN(a) || b < a ? b : a;
    }
}
