package dev.wane.conform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.decay.CoupledSgd;
import dev.wane.recipe.Betas;
import dev.wane.reference.Adam;
import dev.wane.reference.AdamForm;
import dev.wane.reference.DecayStyle;
import dev.wane.reference.ReferenceOptimizer;
import dev.wane.reference.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {
    @Test
    void namesAreUniqueAndEveryCaseMeetsItself() {
        List<ConformanceCase> cases = ConformanceKit.cases();

        assertThat(cases).extracting(ConformanceCase::name).doesNotHaveDuplicates();
        assertThat(cases)
                .allSatisfy(each -> assertThat(ConformanceCheck.check(each, each.expected(), 0))
                        .isEmpty());
    }

    /** AdamW written out as its formula, independent of the reference optimizers. */
    @Test
    void adamwIsItsFormula() {
        ConformanceCase adamw = find("adamw");
        double theta = adamw.initial()[0];
        double m = 0;
        double v = 0;
        for (int t = 1; t <= adamw.steps(); t++) {
            double g = adamw.gradients().get(t - 1)[0];
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + (1 - 0.999) * g * g;
            double u = m / (1 - Math.pow(0.9, t)) / (Math.sqrt(v / (1 - Math.pow(0.999, t))) + 1e-8);
            theta = (1 - 1e-2 * 0.1) * theta - 1e-2 * u;
            assertThat(adamw.expected().get(t - 1)[0]).isCloseTo(theta, within(1e-14));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "adamw, AFTER, decays after the update",
        "adamw, COUPLED, 'adds λθ to the gradient: L2, not decoupled decay'",
        "adamw-after, BEFORE, decays before the update",
        "adam-coupled, BEFORE, decays before the update"
    })
    void aWrongPlaceOfTheDecayIsNamed(String name, DecayStyle style, String diagnosis) {
        ConformanceCase expected = find(name);

        List<double[]> wrong = path(expected, new Adam(12, Betas.DEFAULT, 1e-8, style), 1);

        assertThat(diagnosis(expected, wrong)).isEqualTo(diagnosis);
    }

    @ParameterizedTest
    @CsvSource({
        "EPSILON_INSIDE, ε inside the root",
        "EPSILON_UNCORRECTED, ε is not bias-corrected",
        "UNCORRECTED, does not correct the bias of its moments"
    })
    void anotherFormOfAdamIsNamed(AdamForm form, String diagnosis) {
        ConformanceCase expected = find("adamw-large-epsilon");
        Adam other = new Adam(12, new Betas(0.9, 0.95), 1e-2, form, DecayStyle.BEFORE);

        assertThat(diagnosis(expected, path(expected, other, 1))).isEqualTo(diagnosis);
    }

    @Test
    void noDecayTwiceTheDecayAndDecayPerMicroBatchAreNamed() {
        assertThat(diagnosis(find("adamw"), adam(find("adamw"), 0))).isEqualTo("does not decay at all");
        assertThat(diagnosis(find("adamw"), adam(find("adamw"), 2))).isEqualTo("decays by twice λ");
        ConformanceCase accumulated = find("adamw-accumulation");
        double perMicroBatch = (1 - Math.pow(1 - 1e-3, 4)) / 1e-3;
        assertThat(diagnosis(accumulated, adam(accumulated, perMicroBatch)))
                .isEqualTo("decays once per micro-batch or replica");
    }

    @Test
    void clippingOfOneSideIsNamed() {
        ConformanceCase expected = find("sgd-clipped");
        Sgd plain = new Sgd(12, new CoupledSgd(0, 0, false), DecayStyle.COUPLED);
        List<double[]> clipped = new ArrayList<>();
        double[] weights = expected.initial().clone();
        for (double[] gradient : expected.gradients()) {
            double[] g = gradient.clone();
            for (int i = 0; i < g.length; i++) {
                g[i] = Math.min(0.5, g[i]);
            }
            plain.step(weights, g, 0.1, 0);
            clipped.add(weights.clone());
        }

        assertThat(diagnosis(expected, clipped)).isEqualTo("clips one side only");
    }

    @Test
    void uncorrectedDecayIsNamed() {
        assertThat(diagnosis(find("adamc-schedule"), adam(find("adamc-schedule"), 1)))
                .isEqualTo("decays by ηλ, not by η²λ/η_max");
    }

    @Test
    void theFirstWrongStepIsNamedAndNaNIsNotEqual() {
        ConformanceCase expected = find("adamw");
        List<double[]> wrong = new ArrayList<>(
                expected.expected().stream().map(double[]::clone).toList());
        wrong.get(7)[3] = Double.NaN;

        ConformanceCheck.Failure failure =
                ConformanceCheck.check(expected, wrong, 1e-9).orElseThrow();

        assertThat(failure.step()).isEqualTo(7);
        assertThat(failure.maxRelativeError()).isInfinite();
        assertThat(failure.diagnosis()).isEqualTo("weights that are not finite");
    }

    @Test
    void aWrongShapeIsAFailure() {
        assertThat(ConformanceCheck.check(find("adamw"), List.of(new double[12]), 1e-9)
                        .orElseThrow()
                        .diagnosis())
                .isEqualTo("must have 20 steps of 12 weights");
    }

    /** The parts' mean is the step's gradient, whoever computes them; a sum is something else, and named. */
    @Test
    void accumulationIsALargeBatch() {
        for (String name : List.of("sgd-accumulation", "sgd-replicas", "adamw-accumulation", "adamw-replicas")) {
            ConformanceCase expected = find(name);
            for (int step = 0; step < expected.steps(); step++) {
                assertThat(mean(expected.parts().get(step)))
                        .containsExactly(expected.gradients().get(step), within(1e-15));
            }
        }
        assertThat(find("adamw-replicas").gradients().getFirst())
                .isNotEqualTo(find("adamw").gradients().getFirst());
        Settings summed = Settings.of("decay", "coupled", "momentum", 0.9, "gradientFactor", 4);
        assertThat(diagnosis(find("sgd-accumulation"), find("sgd-accumulation").under("sgd", summed)))
                .isEqualTo("sums the gradients, which are to be averaged");
    }

    /** DJL's SGD: the same as torch's until the learning rate moves. */
    @Test
    void aRateInsideTheBufferIsNamed() {
        Settings inside = Settings.of("decay", "coupled", "momentum", 0.9, "rateInside", true);
        ConformanceCase moving = find("sgd-momentum-schedule");

        assertThat(diagnosis(moving, moving.under("sgd", inside)))
                .isEqualTo("multiplies the learning rate into the momentum buffer");
        assertThat(ConformanceCheck.check(
                        find("sgd-momentum-coupled"),
                        find("sgd-momentum-coupled").under("sgd", inside),
                        1e-12))
                .isEmpty();
    }

    @Test
    void decaysThatIgnoreWhatTheyAreGivenAreNamed() {
        ConformanceCase excluded = find("adamw-excluded");
        ConformanceCase moving = find("adamw-weight-decay-schedule");
        ConformanceCase adamw = find("adamw");

        assertThat(diagnosis(excluded, decayed(excluded, step -> 0.1))).isEqualTo("decays what is excluded");
        assertThat(diagnosis(moving, decayed(moving, step -> moving.weightDecays()[0])))
                .isEqualTo("keeps the λ of the first step");
        assertThat(diagnosis(adamw, decayed(adamw, step -> 0.1 / 1e-2))).isEqualTo("decays by λ, not by ηλ");
    }

    private static List<double[]> decayed(ConformanceCase expected, IntToDoubleFunction decay) {
        Adam adam = new Adam(12, Betas.DEFAULT, 1e-8, DecayStyle.BEFORE);
        List<double[]> path = new ArrayList<>();
        double[] weights = expected.initial().clone();
        for (int step = 0; step < expected.steps(); step++) {
            adam.step(
                    weights, expected.gradients().get(step), expected.learningRates()[step], decay.applyAsDouble(step));
            path.add(weights.clone());
        }
        return path;
    }

    private static double[] mean(List<double[]> parts) {
        double[] mean = new double[parts.getFirst().length];
        parts.forEach(part -> Arrays.setAll(mean, i -> mean[i] + part[i] / parts.size()));
        return mean;
    }

    private static String diagnosis(ConformanceCase expected, List<double[]> actual) {
        return ConformanceCheck.check(expected, actual, 1e-9).orElseThrow().diagnosis();
    }

    private static List<double[]> adam(ConformanceCase expected, double decayFactor) {
        return path(expected, new Adam(12, Betas.DEFAULT, 1e-8, DecayStyle.BEFORE), decayFactor);
    }

    private static List<double[]> path(ConformanceCase expected, ReferenceOptimizer optimizer, double decayFactor) {
        List<double[]> path = new ArrayList<>();
        double[] weights = expected.initial().clone();
        for (int step = 0; step < expected.steps(); step++) {
            optimizer.step(
                    weights,
                    expected.gradients().get(step),
                    expected.learningRates()[step],
                    decayFactor * expected.weightDecays()[step]);
            path.add(weights.clone());
        }
        return path;
    }

    private static ConformanceCase find(String name) {
        return ConformanceKit.cases().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
