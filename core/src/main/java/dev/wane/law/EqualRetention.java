package dev.wane.law;

import dev.wane.dynamics.Retention;

/** The λ of a target whose decay alone leaves a given share of a weight after the run. */
final class EqualRetention {
    private static final int MAX_ITERATIONS = 200;
    private static final double TOLERANCE = 4e-16;
    private static final double REACHED = 1e-9;

    private EqualRetention() {}

    /**
     * Solves ln Π(1 − d_t) = wanted for λ, which falls strictly with λ until d reaches 1 or a decay under momentum
     * oscillates: too much.
     * Secant steps from 0 and the first-order λ, kept inside a bracket.
     *
     * @param wanted ln of the retention, &lt; 0
     * @param guess λ &gt; 0 near the solution
     * @return λ; NaN where the guess is not a number or no λ below the limit of the decay keeps so little
     */
    static double weightDecay(double wanted, double guess, Setting target) {
        if (!(guess > 0 && guess < Double.POSITIVE_INFINITY)) {
            return Double.NaN;
        }
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        double before = 0;
        double atBefore = 0;
        double lambda = guess;
        for (int i = 0; i < MAX_ITERATIONS; i++) {
            double at = target.tooMuch(lambda) ? Double.NEGATIVE_INFINITY : -Retention.effective(target.run(lambda));
            if (at > wanted) {
                low = lambda;
            } else {
                high = lambda;
            }
            double next = lambda + (wanted - at) * (lambda - before) / (at - atBefore);
            if (at == wanted || Math.abs(next - lambda) <= TOLERANCE * lambda || Math.nextUp(low) >= high) {
                return Math.abs(at - wanted) <= REACHED * Math.abs(wanted) ? lambda : Double.NaN;
            }
            if (at > Double.NEGATIVE_INFINITY) {
                before = lambda;
                atBefore = at;
            }
            lambda = next > low && next < high ? next : middle(low, high);
        }
        return Double.NaN;
    }

    private static double middle(double low, double high) {
        return high == Double.POSITIVE_INFINITY ? 2 * low : low + (high - low) / 2;
    }
}
