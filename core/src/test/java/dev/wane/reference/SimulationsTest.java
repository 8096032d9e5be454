package dev.wane.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Equilibrium;
import dev.wane.framework.Family;
import dev.wane.recipe.Betas;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random walks of many coordinates against the predicted equilibria. */
class SimulationsTest {
    private static final int SIZE = 4000;

    private record Measured(double rms, double norm, double angle) {}

    @Test
    void adamwSettlesAtItsEquilibrium() {
        Measured measured =
                walk(new Adam(SIZE, new Betas(0.9, 0.95), 1e-8, DecayStyle.BEFORE), 1e-2, 0.1, 4000, 1000, false);
        Equilibrium predicted = Equilibrium.adam(1e-2, 1e-3, 0.9);

        assertThat(measured.rms()).isCloseTo(predicted.rms(), withinPercentage(2));
        assertThat(measured.angle()).isCloseTo(predicted.rotationPerStep(), withinPercentage(2));
    }

    /** The sign's √(2/π): without it the prediction would be 25 % too large. */
    @Test
    void lionSettlesAtItsEquilibrium() {
        Measured measured =
                walk(new Lion(SIZE, new Betas(0.9, 0.99), DecayStyle.BEFORE), 1e-3, 0.5, 12_000, 1000, false);
        Equilibrium predicted = Equilibrium.lion(1e-3, 5e-4, 0.9, 0.99);

        assertThat(measured.rms()).isCloseTo(predicted.rms(), withinPercentage(3));
        assertThat(measured.angle()).isCloseTo(predicted.rotationPerStep(), withinPercentage(3));
    }

    /** ‖w‖⁴ = η‖g̃‖²/(2λ(1 − μ)) and the rotation √(2ηλ/(1 + μ)), g̃ the gradient at ‖w‖ = 1. */
    @Test
    void sgdOnAScaleInvariantFunctionSettlesAtItsEquilibrium() {
        for (double momentum : new double[] {0, 0.9}) {
            Sgd sgd = new Sgd(SIZE, new CoupledSgd(momentum, 0, false), DecayStyle.COUPLED);
            Measured measured = walk(sgd, 0.1, 5e-3, 6000, 1000, true);

            assertThat(measured.norm())
                    .isCloseTo(Math.pow(0.1 / (2 * 5e-3 * (1 - momentum)), 0.25), withinPercentage(1));
            assertThat(measured.angle()).isCloseTo(Math.sqrt(2 * 0.1 * 5e-3 / (1 + momentum)), withinPercentage(1));
        }
    }

    /** Its updates are larger where the newest gradient counts twice: √(2ηλ(1 − μ)S), 16 % above classical momentum. */
    @Test
    void nesterovRotatesFaster() {
        CoupledSgd nesterov = new CoupledSgd(0.9, 0, true);
        Measured coupled = walk(new Sgd(SIZE, nesterov, DecayStyle.COUPLED), 0.1, 5e-3, 6000, 1000, true);
        Measured decoupled = walk(new Sgd(SIZE, nesterov, DecayStyle.BEFORE), 0.1, 5e-3, 12_000, 1000, true);

        assertThat(coupled.angle()).isCloseTo(rotation(new Decay(5e-3, nesterov), nesterov), withinPercentage(1));
        assertThat(decoupled.angle()).isCloseTo(rotation(Decay.decoupledLr(5e-3), nesterov), withinPercentage(1));
        assertThat(coupled.angle()).isGreaterThan(1.15 * Math.sqrt(2 * 0.1 * 5e-3 / 1.9));
    }

    private static double rotation(Decay decay, CoupledSgd momentum) {
        return Equilibrium.of(Family.SGD, decay, 0.1, momentum, Betas.DEFAULT, Double.NaN)
                .rotationPerStep();
    }

    /** What β₂ does is below a tenth: the spread of √v around its mean. */
    @ParameterizedTest
    @CsvSource({"0.95, 0.0701, 0.003221, 0.2260", "0.999, 0.0714, 0.003208, 0.2292"})
    void adamwAtASmallDecay(double beta2, double rms, double angle, double update) {
        Adam adam = new Adam(SIZE, new Betas(0.9, beta2), 1e-8, DecayStyle.BEFORE);
        Measured measured = walk(adam, 1e-3, 0.1, 25_000, 1000, false);

        assertThat(measured.rms()).isCloseTo(rms, withinPercentage(2));
        assertThat(measured.angle()).isCloseTo(angle, withinPercentage(2));
        assertThat(measured.angle() * measured.rms() / 1e-3).isCloseTo(update, withinPercentage(2));
        assertThat(measured.rms()).isCloseTo(Equilibrium.adam(1e-3, 1e-4, 0.9).rms(), withinPercentage(3));
    }

    @Test
    void decoupledSgdRotatesSlower() {
        Sgd sgd = new Sgd(SIZE, new CoupledSgd(0.9, 0, false), DecayStyle.BEFORE);
        Measured measured = walk(sgd, 0.1, 5e-3, 12_000, 1000, true);

        assertThat(measured.norm()).isCloseTo(Math.pow(0.1 / (2 * 5e-3 * 0.01), 0.25), withinPercentage(1));
        assertThat(measured.angle()).isCloseTo(Math.sqrt(2 * 0.1 * 5e-3 * 0.1 / 1.9), withinPercentage(1));
    }

    @Test
    void adamwApproachesItsEquilibriumAsPredicted() {
        for (int steps : new int[] {1000, 5000, 10_000}) {
            Measured measured =
                    walk(new Adam(SIZE, Betas.DEFAULT, 1e-8, DecayStyle.BEFORE), 1e-3, 0.1, steps, 1, false);

            assertThat(measured.rms()).isCloseTo(Approach.rms(0.02, 1e-3, 1e-4, steps), withinPercentage(3));
        }
    }

    /** Weights of RMS 0.02, or of norm 1 on a scale-invariant function; averages over the last steps. */
    private static Measured walk(
            ReferenceOptimizer optimizer, double rate, double decay, int steps, int averaged, boolean scaleInvariant) {
        SplittableRandom random = new SplittableRandom(9);
        double[] weights = gaussian(random, scaleInvariant ? 1 / Math.sqrt(SIZE) : 0.02);
        double rms = 0;
        double norm = 0;
        double angle = 0;
        for (int step = 0; step < steps; step++) {
            double[] before = weights.clone();
            double[] gradient = gaussian(random, scaleInvariant ? 1 / Math.sqrt(SIZE) : 1);
            if (scaleInvariant) {
                project(gradient, weights);
            }
            optimizer.step(weights, gradient, rate, decay);
            if (step >= steps - averaged) {
                rms += Norms.norm(weights) / Math.sqrt(SIZE) / averaged;
                norm += Norms.norm(weights) / averaged;
                angle += angle(before, weights) / averaged;
            }
        }
        return new Measured(rms, norm, angle);
    }

    /** The gradient of a scale-invariant function: orthogonal to the weights and as 1/‖w‖. */
    private static void project(double[] gradient, double[] weights) {
        double square = Math.pow(Norms.norm(weights), 2);
        double along = dot(gradient, weights) / square;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (gradient[i] - along * weights[i]) / Math.sqrt(square);
        }
    }

    private static double angle(double[] a, double[] b) {
        double[] difference = new double[a.length];
        double scale = Norms.norm(a) / Norms.norm(b);
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - scale * b[i];
        }
        return 2 * Math.asin(Norms.norm(difference) / (2 * Norms.norm(a)));
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] gaussian(SplittableRandom random, double deviation) {
        double[] values = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            values[i] = deviation * random.nextGaussian();
        }
        return values;
    }
}
