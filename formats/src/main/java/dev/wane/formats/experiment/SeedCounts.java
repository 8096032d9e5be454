package dev.wane.formats.experiment;

/**
 * How many runs tune λ and how many fresh ones confirm.
 *
 * @param tune ≥ 1
 * @param confirm ≥ 2, for an interval
 */
public record SeedCounts(int tune, int confirm) {
    SeedCounts fewer() {
        return new SeedCounts(1, Math.min(confirm, 3));
    }
}
