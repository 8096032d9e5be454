package dev.wane.reference;

/** Sizes of tensors. */
final class Norms {
    private Norms() {}

    static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }
}
