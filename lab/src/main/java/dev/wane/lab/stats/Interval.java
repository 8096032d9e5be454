package dev.wane.lab.stats;

import java.util.List;

/** From low to high. */
public record Interval(double low, double high) {
    public List<Double> asList() {
        return List.of(low, high);
    }
}
