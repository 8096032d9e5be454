package dev.wane.framework;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A constant that multiplies λ as written, alone or with a quantity of the run.
 *
 * @param value c &gt; 0
 * @param by what c is multiplied or divided by
 */
public record Factor(double value, Quantity by) {
    /** A quantity of the run that some implementations bring into λ. */
    public enum Quantity {
        /** Nothing: c. */
        NONE,
        /** The batch size B: c·B, written {@code batch/(1/c)}. */
        BATCH,
        /** The number of parameters P that a penalty is averaged over: c/P. */
        PARAMETERS,
        /** The samples N_s that an objective is divided by: c/N_s. */
        SAMPLES;

        /**
         * The name used in the registry and in JSON.
         *
         * @return lower case
         */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The number for a run.
     *
     * @param quantities of the run; NaN where unknown
     * @return c, c·B, c/P or c/N_s; NaN where the quantity is unknown
     */
    public double at(ToDoubleFunction<Quantity> quantities) {
        return switch (by) {
            case NONE -> value;
            case BATCH -> value * quantities.applyAsDouble(by);
            case PARAMETERS, SAMPLES -> value / quantities.applyAsDouble(by);
        };
    }

    /**
     * Reads a cell of the registry: {@code 2}, {@code batch/64}, {@code 2/parameters} or {@code 2/samples}.
     *
     * @throws NumberFormatException if it is none of these
     */
    static Factor parse(String text) {
        List<String> parts = Arrays.asList(text.split("/", -1));
        if (parts.size() == 1) {
            return new Factor(Double.parseDouble(text), Quantity.NONE);
        }
        if (parts.size() == 2 && parts.get(0).equals(Quantity.BATCH.id())) {
            return new Factor(1 / Double.parseDouble(parts.get(1)), Quantity.BATCH);
        }
        for (Quantity quantity : List.of(Quantity.PARAMETERS, Quantity.SAMPLES)) {
            if (parts.size() == 2 && parts.get(1).equals(quantity.id())) {
                return new Factor(Double.parseDouble(parts.get(0)), quantity);
            }
        }
        throw new NumberFormatException(text);
    }
}
