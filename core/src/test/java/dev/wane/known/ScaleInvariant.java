package dev.wane.known;

import dev.wane.recipe.Betas;
import dev.wane.reference.Adam;
import dev.wane.reference.DecayStyle;
import java.util.SplittableRandom;

/**
 * Theorem 1: on a function of w/‖w‖ alone, (η, λ, σ, ε) and (η/c, cλ, σ/c, cε) give the same outputs at every step, to the
 * bit where c is a power of two.
 */
final class ScaleInvariant {
    private static final int SIZE = 8;

    private ScaleInvariant() {}

    /** The largest difference between the outputs of the two runs, over 200 steps of logistic regression. */
    static double difference(double c) {
        double[] weights = new double[SIZE];
        double[] scaled = new double[SIZE];
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < SIZE; i++) {
            weights[i] = random.nextGaussian();
            scaled[i] = weights[i] / c;
        }
        Adam adam = new Adam(SIZE, Betas.DEFAULT, 1e-8, DecayStyle.BEFORE);
        Adam other = new Adam(SIZE, Betas.DEFAULT, c * 1e-8, DecayStyle.BEFORE);
        double largest = 0;
        for (int step = 0; step < 200; step++) {
            double[] input = random.doubles(SIZE, -1, 1).toArray();
            double label = input[0] > 0 ? 1 : -1;
            largest = Math.max(largest, Math.abs(output(weights, input) - output(scaled, input)));
            adam.step(weights, gradient(weights, input, label), 1e-2, 0.1);
            other.step(scaled, gradient(scaled, input, label), 1e-2 / c, 0.1 * c);
        }
        return largest;
    }

    private static double output(double[] weights, double[] input) {
        double product = 0;
        double square = 0;
        for (int i = 0; i < SIZE; i++) {
            product += weights[i] * input[i];
            square += weights[i] * weights[i];
        }
        return product / Math.sqrt(square);
    }

    /** Of ln(1 + e^(−y·f)) with f the output. */
    private static double[] gradient(double[] weights, double[] input, double label) {
        double output = output(weights, input);
        double slope = -label / (1 + Math.exp(label * output));
        double square = 0;
        for (double weight : weights) {
            square += weight * weight;
        }
        double norm = Math.sqrt(square);
        double[] gradient = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            gradient[i] = slope * (input[i] - output * (weights[i] / norm)) / norm;
        }
        return gradient;
    }
}
