package dev.wane.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.decay.Corrected;
import dev.wane.decay.CorrectedRaw;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.DecoupledSchedule;
import dev.wane.decay.Multiplied;
import dev.wane.decay.Penalty;
import dev.wane.decay.RawDecay;
import dev.wane.framework.Family;
import dev.wane.recipe.Betas;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.Wsd;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DynamicsTest {
    private static final CoupledSgd NO_MOMENTUM = new CoupledSgd(0, 0, false);
    private static final Schedule COSINE = new Schedule(new Cosine(0), 0);
    private static final Schedule LINEAR = new Schedule(new Linear(0), 0);

    /** Known answer T51: Π(1 − 1e-3·s_t) over 1,000 steps. */
    @Test
    void retentionUnderSchedules() {
        Decay decay = Decay.decoupledLr(1);
        assertThat(Retention.of(DecayRun.of(decay, 1e-3, Schedule.constant(), 1000))
                        .run())
                .isCloseTo(.3676954248, within(1e-10));
        assertThat(Retention.of(DecayRun.of(decay, 1e-3, COSINE, 1000)).run()).isCloseTo(.6061135984, within(1e-10));
        assertThat(Retention.of(DecayRun.of(decay, 1e-3, LINEAR, 1000)).run()).isCloseTo(.6061262385, within(1e-10));
    }

    /** Known answers T20 to T24: torch SGD with momentum 0.9, η = 0.1, λ = 5e-4, no loss gradient. */
    @ParameterizedTest
    @CsvSource({
        "1, false, 0.99995",
        "2, false, 0.9998550025",
        "10, false, 0.9979318503",
        "100, false, 0.9553437983",
        "1000, false, 0.6078410251",
        "1, true, 0.999905",
        "2, true, 0.999769509025",
        "10, true, 0.9976393091",
        "100, true, 0.9549295461",
        "1000, true, 0.6077022502"
    })
    void retentionOfMomentum(long steps, boolean nesterov, double expected) {
        Decay decay = new Decay(5e-4, new CoupledSgd(0.9, 0, nesterov));

        Retention retention = Retention.of(DecayRun.of(decay, 0.1, Schedule.constant(), steps));

        assertThat(retention.run()).isCloseTo(expected, within(1e-10));
        assertThat(retention.total()).isEqualTo(-Math.log(retention.run()));
    }

    static Stream<DecayConvention> powersOfTheSchedule() {
        return Stream.of(
                new DecoupledLr(),
                new DecoupledSchedule(),
                new RawDecay(),
                new Corrected(),
                new CorrectedRaw(),
                new CoupledSgd(0, 0, false),
                new Multiplied(0.5, new DecoupledLr()));
    }

    /** The series against the product over every step, for small and for large decay. */
    @ParameterizedTest
    @MethodSource("powersOfTheSchedule")
    void effectiveDecayNeedsNoSteps(DecayConvention convention) {
        for (double perStep : new double[] {0, 1e-9, 1e-4, 0.01, 0.05, 0.06, 0.9}) {
            Decay decay = new Decay(convention.weightDecayFor(0.1, perStep), convention);
            for (Schedule schedule : List.of(Schedule.constant(), COSINE, new Schedule(new Wsd(500, 0.1), 30))) {
                DecayRun run = DecayRun.of(decay, 0.1, schedule, 3000);
                assertThat(Retention.effective(run)).isCloseTo(Retention.of(run).effective(), withinPercentage(1e-12));
            }
        }
    }

    /** A long run is not walked step by step, and comes to the same. */
    @Test
    void longRunsHaveTheSameFigures() {
        DecayRun run = DecayRun.of(Decay.decoupledLr(0.1), 1e-3, new Schedule(new Cosine(0.1), 2000), 100_000);
        Retention retention = Retention.of(run);

        assertThat(retention.total()).isCloseTo(run.decays().sum(), withinPercentage(1e-11));
        assertThat(retention.effective())
                .isCloseTo(-run.decays().map(d -> Math.log1p(-d)).sum(), withinPercentage(1e-11));
    }

    @Test
    void totalIsFirstOrderAndEffectiveExact() {
        Retention retention = Retention.of(DecayRun.of(Decay.decoupledLr(0.1), 1e-3, Schedule.constant(), 10_000));

        assertThat(retention.total()).isCloseTo(1, within(1e-12));
        assertThat(retention.run()).isCloseTo(.3678610464, within(1e-10));
        assertThat(retention.effective()).isEqualTo(-Math.log(retention.run()), within(1e-12));
    }

    /** Known answers T70 to T72: τ = 0.2 of 1,000 steps at peak. */
    @ParameterizedTest
    @CsvSource({
        "constant, .0066540, .3942296, 393.73",
        "linear, .0815382, .0249380, 866.57",
        "cosine, .0814956, .0041450, 760.91"
    })
    void memory(String schedule, double initial, double lastTenth, double effective) {
        Memory memory = Memory.of(DecayRun.of(Decay.decoupledLr(5), 1e-3, byName(schedule), 1000));

        assertThat(memory.initialWeight()).isCloseTo(initial, within(1e-7));
        assertThat(memory.lastTenthMass()).isCloseTo(lastTenth, within(1e-7));
        assertThat(memory.effectiveSteps()).isCloseTo(effective, within(5e-3));
    }

    /** Known answers T61 and T62, and the Javadoc's formula evaluated as written. */
    @Test
    void equilibriumOfAdamW() {
        Equilibrium slow = Equilibrium.adam(1e-3, 1e-4, 0.9);
        assertThat(slow.rms()).isCloseTo(.0706789728, within(1e-10));
        assertThat(slow.rotationPerStep()).isCloseTo(.003244501, within(1e-9));

        Equilibrium fast = Equilibrium.adam(1e-2, 1e-3, 0.9);
        assertThat(fast.rms()).isCloseTo(.2226102392, within(1e-10));
        double a = 1 - 1e-3;
        double u = Math.sqrt((1 - 0.9) / (1 + 0.9));
        assertThat(fast.rms())
                .isCloseTo(1e-2 * u * Math.sqrt((1 + a * 0.9) / ((1 - a * a) * (1 - a * 0.9))), withinPercentage(1e-9));
    }

    /** Known answer T63. */
    @Test
    void equilibriumOfSgd() {
        Decay momentum = new Decay(5e-4, new CoupledSgd(0.9, 0, false));
        Decay plain = new Decay(5e-4, new CoupledSgd(0, 0, false));

        assertThat(equilibrium(momentum, 0.9).rotationPerStep()).isCloseTo(.0072547625, within(1e-10));
        assertThat(equilibrium(plain, 0).rotationPerStep()).isCloseTo(.01, within(1e-12));
        assertThat(equilibrium(momentum, 0.9).rms()).isNaN();
    }

    private static Equilibrium equilibrium(Decay decay, double momentum) {
        return Equilibrium.of(Family.SGD, decay, 0.1, new CoupledSgd(momentum, 0, false), Betas.DEFAULT, Double.NaN);
    }

    /** ηλ of a coupled penalty without its momentum, factor and dampening within; the decay per step of others. */
    @Test
    void theIntrinsicLearningRateIsInTorchsTerms() {
        Decay penalty = new Decay(1e-3, new Penalty(2, new CoupledSgd(0.9, 0, false)));

        assertThat(Equilibrium.intrinsic(penalty, 0.1)).isCloseTo(2e-4, within(1e-15));
        assertThat(Equilibrium.intrinsic(new Decay(1e-3, new CoupledSgd(0.9, 0.5, false)), 0.1))
                .isCloseTo(5e-5, within(1e-18));
        assertThat(Equilibrium.intrinsic(new Decay(1e-3, new RawDecay()), 0.1)).isEqualTo(1e-3);
    }

    /** From far above and below to 1, where the predicted norm stays. */
    @Test
    void theNormOfSgdsWeightsApproachesItsEquilibrium() {
        DecayRun run = DecayRun.of(Decay.decoupledLr(0.1), 0.01, Schedule.constant(), 5000);

        for (double initial : new double[] {0.3, 1, 4}) {
            double[] norm = Approach.relativeNorm(initial, run);
            assertThat(norm[4999]).isCloseTo(1, within(1e-3));
        }
    }

    /** 1,600,000 steps leave e^−803 of a weight, less than a double can hold: A = −S·ln(slow root). */
    @Test
    void longRunsWithMomentumKeepTheirEffectiveDecay() {
        Decay decay = new Decay(5e-4, new CoupledSgd(0.9, 0, false));

        Retention retention = Retention.of(DecayRun.of(decay, 0.1, Schedule.constant(), 1_600_000));

        assertThat(retention.effective())
                .isCloseTo(-1_600_000 * Math.log1p(-decay.perStep(0.1)), withinPercentage(1e-3));
        assertThat(retention.run()).isZero();
    }

    @Test
    void noDecayNoEquilibrium() {
        assertThat(Equilibrium.of(Family.ADAM, Decay.decoupledLr(0), 1e-3, NO_MOMENTUM, Betas.DEFAULT, Double.NaN))
                .isNull();
        assertThat(Equilibrium.of(Family.ADAM, Decay.decoupledLr(1000), 1e-3, NO_MOMENTUM, Betas.DEFAULT, Double.NaN))
                .isNull();
    }

    private static Schedule byName(String name) {
        return switch (name) {
            case "linear" -> LINEAR;
            case "cosine" -> COSINE;
            default -> Schedule.constant();
        };
    }
}
