package dev.wane.formats.log;

/**
 * A number that a run wrote down.
 *
 * @param name as the run calls it
 * @param step of the run; NaN where the log does not say
 * @param value may be NaN
 * @param isNull whether it wrote null: for NaN, or because nothing was measured
 */
public record Logged(String name, double step, double value, boolean isNull) {
    /** What is written as a number. */
    public Logged(String name, double step, double value) {
        this(name, step, value, false);
    }
}
