package dev.wane.lab.fit;

import org.jspecify.annotations.Nullable;

/**
 * The best λ of a curve.
 *
 * @param weightDecay fitted between the grid's values where the fit allows, else the best value of the grid
 * @param metric of the fit there, mean over seeds
 * @param low of a 95 % interval for λ; null with {@code high} where the curve is too flat, or
 *     has too few points, to bound it
 * @param high of the interval
 * @param atEdge whether the best value stands at an edge of the grid: no interior optimum was found
 * @param fitted whether λ is the vertex of a parabola
 */
public record Optimum(
        double weightDecay,
        double metric,
        @Nullable Double low,
        @Nullable Double high,
        boolean atEdge,
        boolean fitted) {}
