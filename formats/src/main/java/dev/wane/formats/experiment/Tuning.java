package dev.wane.formats.experiment;

import java.util.ArrayList;
import java.util.List;

/**
 * A geometric grid of λ.
 *
 * @param from first λ &gt; 0
 * @param to upper end, itself a λ of the grid where the factor leads to it
 * @param factor ratio of neighbours, &gt; 1
 * @param extend how often the grid may grow by one λ where its best stands at an edge, ≥ 0
 * @param learningRates that a sweep crosses it with; empty for that of the base
 */
public record Tuning(double from, double to, double factor, int extend, List<Double> learningRates) {
    private static final double ROUNDING = 1e-9;

    public Tuning {
        learningRates = List.copyOf(learningRates);
    }

    /** At the learning rate of the base. */
    public Tuning(double from, double to, double factor, int extend) {
        this(from, to, factor, extend, List.of());
    }

    /** One λ and no grid. */
    public static Tuning alone(double weightDecay) {
        return new Tuning(weightDecay, weightDecay, 2, 0);
    }

    /** λ of one place on the lattice; 0 is {@code from}, and any whole number is allowed. */
    public double at(int place) {
        return from * Math.pow(factor, place);
    }

    /** Places 0 … n − 1. */
    public List<Integer> places() {
        List<Integer> places = new ArrayList<>();
        for (int place = 0; at(place) <= to * (1 + ROUNDING); place++) {
            places.add(place);
        }
        return places;
    }

    /** The lattice place at or below a λ. */
    public int placeAtOrBelow(double weightDecay) {
        return (int) Math.floor(place(weightDecay) + ROUNDING);
    }

    /** The lattice place at or above a λ. */
    public int placeAtOrAbove(double weightDecay) {
        return (int) Math.ceil(place(weightDecay) - ROUNDING);
    }

    private double place(double weightDecay) {
        return Math.log(weightDecay / from) / Math.log(factor);
    }

    Tuning coarser() {
        boolean enough = from * Math.pow(factor, 4) <= to * (1 + ROUNDING);
        return enough ? new Tuning(from, to, factor * factor, extend, learningRates) : this;
    }
}
