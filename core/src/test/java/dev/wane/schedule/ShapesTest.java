package dev.wane.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShapesTest {
    private static final Piecewise STEPS =
            new Piecewise(List.of(new Piecewise.Point(0, 1), new Piecewise.Point(10, 0.1)), false);
    private static final Piecewise LINES =
            new Piecewise(List.of(new Piecewise.Point(0, 1), new Piecewise.Point(10, 0.5)), true);

    static Stream<ScheduleShape> shapes() {
        return Stream.of(
                new Constant(),
                new Linear(0.1),
                new Cosine(0.1),
                new CosineRestarts(30, 2, 0.05),
                new CosineRestarts(30, 1, 0),
                new Wsd(40, 0.1),
                new InverseTime(25),
                new InverseSqrt(25),
                new UnderWarmup(new Cosine(0.1), 17),
                new UnderWarmup(new Linear(0), 17),
                STEPS,
                LINES);
    }

    /** The exact sums against brute force in a plain loop. */
    @ParameterizedTest
    @MethodSource("shapes")
    void sumsAreThoseOfEveryStep(ScheduleShape shape) {
        Schedule schedule = new Schedule(shape, 17);
        double sum = 0;
        double squares = 0;
        for (long step = 0; step < 200; step++) {
            double multiplier = step < 17 ? (step + 1) / 17.0 : shape.at(step - 17, 183);
            sum += multiplier;
            squares += multiplier * multiplier;
        }

        assertThat(schedule.sum(200)).isCloseTo(sum, within(1e-11));
        assertThat(schedule.sumOfSquares(200)).isCloseTo(squares, within(1e-11));
    }

    static Stream<Schedule> closed() {
        return Stream.of(
                Schedule.constant(),
                new Schedule(new Constant(), 100),
                new Schedule(new Linear(0), 0),
                new Schedule(new Linear(0.1), 7),
                new Schedule(new Linear(1), 7),
                new Schedule(new Cosine(0), 0),
                new Schedule(new Cosine(0.1), 150),
                new Schedule(new Cosine(1), 0),
                new Schedule(new Wsd(300, 0), 20),
                new Schedule(new Wsd(3, 0.2), 20));
    }

    /** Long enough for the closed forms, too short for them, and in between. */
    @ParameterizedTest
    @MethodSource("closed")
    void sumsOfPowersNeedNoSteps(Schedule schedule) {
        for (long steps : new long[] {160, 161, 1000, 20_000}) {
            for (int power = 0; power <= 28; power++) {
                int k = power;
                double brute =
                        schedule.multipliers(steps).map(s -> Math.pow(s, k)).sum();
                assertThat(PowerSums.of(schedule, steps, power))
                        .as("%s, %d steps, power %d", schedule, steps, power)
                        .isCloseTo(brute, within(2e-14 * brute));
            }
        }
    }

    @Test
    void sumsOfPowersAreUnknownForOtherShapes() {
        assertThat(PowerSums.of(new Schedule(new InverseTime(25), 0), 100, 2)).isNaN();
        assertThat(PowerSums.of(new Schedule(new Linear(0), 101), 100, 2)).isNaN();
    }

    /** Closed forms are right to the order of a step. */
    @ParameterizedTest
    @MethodSource("shapes")
    void closedFormsAreTheSumsOfLongRuns(ScheduleShape shape) {
        Schedule schedule = new Schedule(shape.scaled(1000), 17_000);
        double sum = AnalyticSums.sum(schedule, 200_000);
        double squares = AnalyticSums.sumOfSquares(schedule, 200_000);

        if (!Double.isNaN(sum)) {
            assertThat(sum).isCloseTo(schedule.sum(200_000), within(2.0));
            assertThat(squares).isCloseTo(schedule.sumOfSquares(200_000), within(2.0));
        }
        assertThat(Double.isNaN(sum))
                .isEqualTo(!(shape instanceof Constant
                        || shape instanceof Linear
                        || shape instanceof Cosine
                        || shape instanceof Wsd));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeStartsAtThePeakUnlessItBeganBeforeAndStaysBelowIt(ScheduleShape shape) {
        assertThat(shape.at(0, 200) == 1).isEqualTo(!(shape instanceof UnderWarmup));
        for (long step = 0; step < 200; step++) {
            assertThat(shape.at(step, 200)).isBetween(0.0, 1.0);
        }
    }

    /** Half of the cosine is over in the middle of the run, however long the warm-up was. */
    @Test
    void aShapeUnderAWarmUpBeginsWithTheRun() {
        Schedule schedule = UnderWarmup.schedule(new Cosine(0), 80);

        assertThat(schedule.multiplier(39, 200)).isEqualTo(0.5);
        assertThat(schedule.multiplier(100, 200)).isCloseTo(0.5, within(1e-15));
        assertThat(schedule.scaled(2).multiplier(200, 400)).isCloseTo(0.5, within(1e-15));
        assertThat(UnderWarmup.schedule(new Linear(0), 0).shape()).isEqualTo(new Linear(0));
        assertThatThrownBy(() -> new UnderWarmup(new Constant(), 5)).hasMessageContaining("only linear and cosine");
        assertThatThrownBy(() -> new UnderWarmup(new Linear(0), -1)).hasMessageContaining("got -1");
    }

    @Test
    void formulasAsWritten() {
        assertThat(new InverseTime(25).at(50, 200)).isEqualTo(1 / (1 + 50 / 25.0));
        assertThat(new InverseSqrt(25).at(50, 200)).isEqualTo(1 / Math.sqrt(1 + 50 / 25.0));
        assertThat(new Wsd(40, 0.1).at(160, 200)).isEqualTo(1);
        assertThat(new Wsd(40, 0.1).at(180, 200)).isEqualTo(1 - (1 - 0.1) * 20 / 40);
        assertThat(new Wsd(400, 0).at(100, 200)).isEqualTo(0.5);
        assertThat(new CosineRestarts(30, 2, 0).at(30, 200)).isEqualTo(1);
        assertThat(new CosineRestarts(30, 2, 0).at(60, 200)).isCloseTo(0.5, within(1e-15));
        assertThat(new CosineRestarts(30, 1, 0).at(75, 200)).isCloseTo(0.5, within(1e-15));
        assertThat(STEPS.at(9, 200)).isEqualTo(1);
        assertThat(STEPS.at(10, 200)).isEqualTo(0.1);
        assertThat(LINES.at(5, 200)).isEqualTo(0.75);
        assertThat(LINES.at(50, 200)).isEqualTo(0.5);
    }

    @Test
    void pointsKeepTheirOrderInAShorterRun() {
        Piecewise dense = new Piecewise(
                List.of(new Piecewise.Point(0, 1), new Piecewise.Point(1, 0.5), new Piecewise.Point(2, 0.1)), false);

        assertThat(((Piecewise) dense.scaled(0.1)).points())
                .extracting(Piecewise.Point::step)
                .containsExactly(0L, 1L, 2L);
    }

    @Test
    void weightDecaySchedules() {
        WeightDecaySchedule rising = new WeightDecaySchedule(WeightDecaySchedule.Kind.COSINE, 10);
        double x = 25 / 100.0;

        assertThat(rising.multiplier(0, 100)).isEqualTo(1);
        assertThat(rising.multiplier(25, 100)).isEqualTo(10 + (1 - 10) * 0.5 * (1 + Math.cos(Math.PI * x)));
        assertThat(new WeightDecaySchedule(WeightDecaySchedule.Kind.LINEAR, 3).multiplier(25, 100))
                .isEqualTo(1 + (3 - 1) * x);
        assertThat(WeightDecaySchedule.constant().multiplier(25, 100)).isEqualTo(1);
    }

    @Test
    void rangesAreChecked() {
        assertThatThrownBy(() -> new Wsd(0, 0)).hasMessage("decaySteps must be >= 1, got 0");
        assertThatThrownBy(() -> new InverseTime(Double.NaN)).hasMessage("decaySteps must be finite and > 0, got NaN");
        assertThatThrownBy(() -> new CosineRestarts(1, 0.5, 0)).hasMessage("growth must be finite and >= 1, got 0.5");
        assertThatThrownBy(() -> new Piecewise(List.of(), false)).hasMessage("points must not be empty");
        assertThatThrownBy(() -> new Piecewise.Point(-1, 1)).hasMessageContaining("got -1, 1.0");
        assertThatThrownBy(() -> new WeightDecaySchedule(WeightDecaySchedule.Kind.LINEAR, -1))
                .hasMessage("end must be finite and >= 0, got -1.0");
    }

    /** Rising and falling lines, a piece that the run cuts off, points behind its end, and steps of one value. */
    @Test
    void powersOfPiecesAreTheirSums() {
        List<Piecewise.Point> points = List.of(
                new Piecewise.Point(3, 0.2),
                new Piecewise.Point(40, 1),
                new Piecewise.Point(700, 0.1),
                new Piecewise.Point(710, 0),
                new Piecewise.Point(5000, 0.5));
        for (boolean joined : new boolean[] {false, true}) {
            for (long steps : new long[] {2, 30, 500, 705, 3000, 9000}) {
                for (int power : new int[] {0, 1, 2, 5}) {
                    Schedule schedule = new Schedule(new Piecewise(points, joined), 2);
                    double sum = LongStream.range(0, steps)
                            .mapToDouble(step -> Math.pow(schedule.multiplier(step, steps), power))
                            .sum();
                    assertThat(PowerSums.of(schedule, steps, power)).isCloseTo(sum, withinPercentage(1e-10));
                }
            }
        }
    }
}
