package dev.wane.lab.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.runs.Extent;
import dev.wane.formats.runs.MetricChoice;
import dev.wane.formats.runs.PastRun;
import dev.wane.formats.runs.RunSet;
import dev.wane.formats.runs.SweepRun;
import dev.wane.framework.Registry;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.RunLength;
import dev.wane.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Sweeps whose best timescale, curvature and effects are planted. */
class SweepAnalysisTest {
    private static final double BEST = 4;
    private static final double CURVATURE = 0.01;
    private static final double DATA = 5000;
    private static final MetricChoice ERROR = new MetricChoice("error", false, false);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final List<SweepRun> runs = new ArrayList<>();

    @Test
    void theBestTimescaleIsFoundInARandomSearchOfLearningRateAndDecay() {
        search(60, 50, 0.003);

        SettingFindings all = only();

        assertThat(all.label()).isEqualTo("all runs");
        assertThat(all.axis()).isEqualTo(TimescaleAxis.EPOCHS);
        assertThat(all.hasOptimum()).isTrue();
        double[] interval = Objects.requireNonNull(
                Objects.requireNonNull(all.fit()).parabola().fiellerInterval());
        assertThat(BEST).isBetween(interval[0], interval[1]);
        assertThat(interval[1] / interval[0]).isLessThan(1.5);
        double rate = Objects.requireNonNull(all.recipe().learningRate());
        assertThat(50 / (DATA * rate * all.weightDecay())).isCloseTo(BEST, within(1.0));
    }

    /** 95 % intervals of vertex and cost hold the truth in at least 90 of 100 sweeps. */
    @Test
    void intervalsHoldTheTruthAsOftenAsTheySay() {
        int vertex = 0;
        int cost = 0;
        for (int sweep = 0; sweep < 100; sweep++) {
            runs.clear();
            search(30, 50, 0.005);
            TimescaleFit fit = Objects.requireNonNull(only().fit());
            double[] interval = fit.parabola().fiellerInterval();
            vertex += interval != null && interval[0] <= BEST && BEST <= interval[1] ? 1 : 0;
            Cost four = fit.cost(4);
            double truth = CURVATURE * 4;
            cost += Objects.requireNonNull(four.low()) <= truth && truth <= Objects.requireNonNull(four.high()) ? 1 : 0;
        }
        assertThat(vertex).isGreaterThanOrEqualTo(90);
        assertThat(cost).isGreaterThanOrEqualTo(90);
    }

    @Test
    void whatMissingTheBestCostsGrowsWithTheSquareOfTheDoublings() {
        search(200, 50, 0.001);
        TimescaleFit fit = Objects.requireNonNull(only().fit());

        assertThat(fit.cost(2).loss()).isCloseTo(CURVATURE, within(0.0005));
        assertThat(fit.cost(8).loss()).isCloseTo(9 * fit.cost(2).loss(), within(1e-12));
        assertThat(fit.cost(2).within()).isTrue();
    }

    @Test
    void settingsAreComparedEachByItself() {
        search(40, 50, 0.002);
        search(30, 400, 0.002);

        List<SettingFindings> settings = findings().settings();

        assertThat(settings).extracting(SettingFindings::label).containsExactly("batch size 50", "batch size 400");
        assertThat(settings)
                .allSatisfy(setting -> assertThat(
                                Objects.requireNonNull(setting.fit()).parabola().vertex())
                        .isCloseTo(BEST, within(0.8)));
    }

    /** A dropout of 0.3 wants a timescale 16 times longer: together the two have no best. */
    @Test
    void aDimensionThatMovesTheBestMakesSettingsOfItsLevels() {
        for (int i = 0; i < 48; i++) {
            boolean dropped = i % 2 == 1;
            double place = 0.25 * Math.pow(2, i / 6);
            double error = error(dropped ? place / 16 : place) + 0.002 * random.nextGaussian();
            add(1e-3, 50, place, error, Map.of("dropout", dropped ? "0.3" : "0.0", "note", "n" + i % 3));
        }
        assertThat(findings().settings())
                .extracting(SettingFindings::label)
                .containsExactlyInAnyOrder("dropout 0.0", "dropout 0.3");
        assertThat(findings().settings()).allSatisfy(setting -> {
            double expected = setting.label().endsWith("0.3") ? 16 * BEST : BEST;
            assertThat(Objects.requireNonNull(setting.fit()).parabola().vertex())
                    .isCloseTo(expected, withinPercentage(15));
        });
    }

    @Test
    void aDimensionThatOnlyAddsSomethingDoesNotSplit() {
        for (int i = 0; i < 48; i++) {
            double place = 0.25 * Math.pow(2, i / 6);
            double error = error(place) + 0.05 * (i % 2) + 0.002 * random.nextGaussian();
            add(1e-3, 50, place, error, Map.of("dropout", "0." + i % 2));
        }
        assertThat(only().label()).isEqualTo("all runs");
    }

    @Test
    void aSmallEffectIsSeenBesideALargeOne() {
        for (int i = 0; i < 64; i++) {
            double place = 0.25 * Math.pow(2, i / 8);
            double error = error(place) + 0.06 * (i % 2) + 0.01 * (i / 2 % 2) + 0.004 * random.nextGaussian();
            add(1e-3, 50, place, error, Map.of("dropout", "0." + i % 2, "augment", "a" + i / 2 % 2));
        }
        assertThat(findings().dimensions())
                .filteredOn(DimensionFinding::standsOut)
                .extracting(DimensionFinding::name)
                .containsExactlyInAnyOrder("dropout", "augment");
    }

    /** A table and the tracker that it was taken from hold the same runs; runs of one source may be seeds. */
    @Test
    void aRunOfTwoSourcesCountsOnce() {
        search(30, 50, 0.003);
        runs.addAll(List.copyOf(runs));

        SweepFindings both = findings(List.of(30, 30));
        assertThat(both.settings().getFirst().places()).hasSize(30);
        assertThat(both.notes()).contains("30 runs are in several sources, and count once");
        assertThat(only().places()).hasSize(60);
    }

    /** What split the runs, and what was held with another, is not judged: nothing of it is left. */
    @Test
    void whatSplitTheRunsIsNotCalledNothing() {
        for (int i = 0; i < 48; i++) {
            boolean dropped = i % 2 == 1;
            double place = 0.25 * Math.pow(2, i / 6);
            double error = error(dropped ? place / 16 : place) + 0.002 * random.nextGaussian();
            add(1e-3, 50, place, error, Map.of("dropout", dropped ? "0.3" : "0.0", "seed", "s" + i % 3));
        }
        assertThat(findings().dimensions()).extracting(DimensionFinding::name).containsExactly("seed");
    }

    /** Levels without an effect stand out as often as they should: in 5 of 100, though the parabola took freedom too. */
    @Test
    void aSeedWithoutEffectStandsOutRarely() {
        int stands = 0;
        for (int sweep = 0; sweep < 200; sweep++) {
            runs.clear();
            for (int i = 0; i < 6; i++) {
                double place = BEST * Math.pow(2, i / 2 - 1);
                add(1e-3, 50, place, error(place) + 0.004 * random.nextGaussian(), Map.of("seed", "s" + i % 2));
            }
            stands += findings().dimensions().stream().anyMatch(DimensionFinding::standsOut) ? 1 : 0;
        }
        assertThat(stands).isLessThanOrEqualTo(20);
    }

    /** Freed of what the learning rate does, an effect is as large as it was planted. */
    @Test
    void anEffectHasItsSizeBesideAGreatOneOfTheLearningRate() {
        for (int i = 0; i < 60; i++) {
            double rate = 1e-3 * Math.pow(2, random.nextInt(5) - 2);
            double place = 0.5 * Math.pow(2, 6 * random.nextDouble());
            double own = 0.03 * Math.pow(Math.log(rate / 1e-3) / Math.log(2), 2);
            double error = error(place) + own + 0.01 * (i % 2) + 0.004 * random.nextGaussian();
            add(rate, 50, place, error, Map.of("dropout", "0." + i % 2));
        }
        assertThat(findings().dimensions())
                .filteredOn(found -> found.name().equals("dropout"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.standsOut()).isTrue();
                    assertThat(found.range()).isCloseTo(0.01, within(0.004));
                });
    }

    /** Where nothing is planted, nothing is found, and no run is sent anywhere. */
    @Test
    void noiseHasNoTrend() {
        int told = 0;
        for (int sweep = 0; sweep < 100; sweep++) {
            runs.clear();
            for (int i = 0; i < 24; i++) {
                add(1e-3, 50, 0.5 * Math.pow(2, i / 3), 0.3 + 0.01 * random.nextGaussian(), Map.of());
            }
            String best = OptimumWords.best(only());
            told += best.startsWith("no best timescale") ? 0 : 1;
        }
        assertThat(told).isLessThanOrEqualTo(12);
    }

    /** Exponential on one side and flat on the other: a parabola's interval held the best in a quarter of such sweeps. */
    @Test
    void theIntervalHoldsTheBestOfACrookedValley() {
        int held = 0;
        for (int sweep = 0; sweep < 100; sweep++) {
            runs.clear();
            for (int i = 0; i < 30; i++) {
                double doublings = -4 + i / 3 * 0.9;
                double error = 0.2 + 0.04 * (Math.exp(-0.35 * doublings) + 0.35 * doublings - 1);
                add(1e-3, 50, BEST * Math.pow(2, doublings), error + 0.005 * random.nextGaussian(), Map.of());
            }
            double[] interval = Objects.requireNonNull(only().fit()).parabola().fiellerInterval();
            held += interval == null || (interval[0] <= BEST && BEST <= interval[1]) ? 1 : 0;
        }
        assertThat(held).isGreaterThanOrEqualTo(88);
    }

    @Test
    void aValleyThatIsSteeperOnOneSideIsSaidToBe() {
        for (int i = 0; i < 33; i++) {
            double doublings = -4 + i / 4.0;
            double steep = doublings < 0 ? 4 : 1;
            double error = 0.2 + steep * CURVATURE * doublings * doublings + 0.0005 * random.nextGaussian();
            add(1e-3, 50, BEST * Math.pow(2, doublings), error, Map.of());
        }
        assertThat(OptimumWords.best(only())).contains("one side is steeper than the other");
    }

    /** Fieller's interval where the curvature is barely resolved: the delta method's held 53 of 63. */
    @Test
    void intervalsHoldTheTruthWhereTheCurvatureIsWeak() {
        int bounded = 0;
        int held = 0;
        for (int sweep = 0; sweep < 300; sweep++) {
            runs.clear();
            for (int i = 0; i < 24; i++) {
                double doublings = -3 + i / 4;
                double error = 0.2 + 0.003 * doublings * doublings + 0.01 * random.nextGaussian();
                add(1e-3, 50, BEST * Math.pow(2, doublings), error, Map.of());
            }
            TimescaleFit fit = Objects.requireNonNull(only().fit());
            double[] interval = fit.edge() == 0 ? fit.parabola().fiellerInterval() : null;
            if (interval != null) {
                bounded++;
                held += interval[0] <= BEST && BEST <= interval[1] ? 1 : 0;
            }
        }
        assertThat((double) held / bounded).isGreaterThanOrEqualTo(0.9);
        assertThat(bounded).isGreaterThanOrEqualTo(150);
    }

    @Test
    void aSweepThatGetsBetterToItsEdgeHasNoBestAndIsToldWhereToGoOn() {
        for (double place : new double[] {32, 64, 128, 256, 512}) {
            add(1e-3, 50, place, error(place), Map.of());
        }

        SettingFindings all = only();

        assertThat(all.hasOptimum()).isFalse();
        assertThat(OptimumWords.best(all)).contains("they get better up to the smallest timescale");
        assertThat(all.next())
                .extracting(NextRun::place)
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(16, within(1e-9)),
                        second -> assertThat(second).isCloseTo(8, within(1e-9)),
                        third -> assertThat(third).isCloseTo(4, within(1e-9)));
        assertThat(all.next().getFirst().weightDecay()).isCloseTo(50 / (DATA * 1e-3 * 16), within(1e-9));
    }

    @Test
    void tooFewRunsHaveNoBest() {
        add(1e-3, 50, 4, 0.2, Map.of());
        add(1e-3, 50, 8, 0.3, Map.of());

        assertThat(only().fit()).isNull();
        assertThat(OptimumWords.best(only()))
                .isEqualTo(
                        "no best timescale: fewer than five runs, or fewer than three timescales; the best run has λ 2.5,"
                                + " τ 4 epochs");
    }

    @Test
    void moreRunsOfTheKindAdvisedNarrowTheIntervalMoreThanOthers() {
        search(12, 50, 0.005);
        SettingFindings all = only();
        double advised = all.next().getFirst().place();
        double vertex = Objects.requireNonNull(all.fit()).parabola().vertex();
        assertThat(Math.abs(Math.log(advised / vertex) / Math.log(2))).isCloseTo(2, within(0.01));
    }

    @Test
    void aDimensionThatDidSomethingStandsOutAndOthersDoNot() {
        for (int i = 0; i < 200; i++) {
            double place = Math.pow(2, random.nextDouble(-1, 5));
            boolean flip = i % 2 == 0;
            add(
                    i % 3 == 0 ? 1e-3 : 4e-3,
                    50,
                    place,
                    error(place) + (flip ? -0.004 : 0) + 0.002 * random.nextGaussian(),
                    Map.of("augment", flip ? "flip" : "none", "dropout", Double.toString(i % 5), "name", "run" + i));
        }

        List<DimensionFinding> found = findings().dimensions();

        assertThat(found)
                .extracting(DimensionFinding::name)
                .containsExactlyInAnyOrder("augment", "dropout", "learning rate");
        assertThat(found.getFirst().name()).isEqualTo("augment");
        assertThat(found.getFirst().standsOut()).isTrue();
        assertThat(found.getFirst().range()).isCloseTo(0.004, within(0.001));
        assertThat(found.subList(1, 3)).noneMatch(DimensionFinding::standsOut);
    }

    @Test
    void runsThatTellNothingAreCounted() {
        search(20, 50, 0.002);
        add(1e-3, 50, 4, Double.NaN, Map.of());
        add(1e-5, 50, 1e6, 0.3, Map.of());
        Recipe recipe = runs.getFirst().recipe();
        runs.add(new SweepRun(new PastRun("off", true, Map.of(), figure(0.4)), recipe.withWeightDecay(0), Map.of()));
        runs.add(new SweepRun(new PastRun("?", true, Map.of(), figure(0.4)), recipe.withoutWeightDecay(), Map.of()));
        runs.add(new SweepRun(new PastRun("dead", false, Map.of(), figure(0.4)), recipe, Map.of()));
        runs.add(new SweepRun(new PastRun("blind", true, Map.of(), Map.of()), recipe, Map.of()));

        RunCounts counts = findings().counts();

        assertThat(counts.unfinished()).isEqualTo(1);
        assertThat(counts.unmeasured()).isEqualTo(1);
        assertThat(counts.diverged()).isEqualTo(1);
        assertThat(counts.withoutDecay()).isEqualTo(1);
        assertThat(counts.unplaced()).isEqualTo(1);
        assertThat(counts.inert()).isEqualTo(1);
    }

    @Test
    void aHeldDecayCannotTellTimescaleFromLearningRate() {
        for (double rate : new double[] {1e-4, 3e-4, 1e-3, 3e-3, 1e-2}) {
            add(rate, 50, 50 / (DATA * rate * 0.5), 0.2 + rate, Map.of());
        }
        assertThat(only().confounded()).isTrue();
    }

    @Test
    void adamWithL2IsLaidOutByItsNumber() {
        Recipe recipe = Recipe.of(Registry.get("torch", "adam"))
                .learningRate(1e-3)
                .batchSize(50.0)
                .build();
        for (double weightDecay : new double[] {1e-5, 1e-4, 1e-3, 1e-2, 1e-1}) {
            double off = Math.log10(weightDecay / 1e-3);
            runs.add(new SweepRun(
                    new PastRun("r", true, Map.of(), figure(0.2 + 0.01 * off * off)),
                    recipe.withWeightDecay(weightDecay),
                    Map.of()));
        }

        assertThat(only().axis()).isEqualTo(TimescaleAxis.INVERSE_WEIGHT_DECAY);
        assertThat(only().weightDecay()).isCloseTo(1e-3, within(1e-8));
    }

    /** Three rates at one λ and a fourth point: a quadratic effect of the rate cannot be told from the timescale's. */
    @Test
    void aSweepThatIsTooThinForEveryEffectIsFittedWithoutOne() {
        for (double noise : new double[] {-1e-3, 0, 1e-3}) {
            for (double rate : new double[] {1e-3, 2e-3, 4e-3}) {
                add(rate, 50, 50 / (DATA * rate * 0.1), 0.3 + rate + noise, Map.of());
            }
            add(2e-3, 50, 50 / (DATA * 2e-3 * 0.025), 0.35 + noise, Map.of());
        }
        assertThat(findings().settings()).isNotEmpty();
    }

    @Test
    void whereNothingIsKnownThatIsAnErrorWithTheRemedy() {
        runs.add(new SweepRun(
                new PastRun("r", true, Map.of(), figure(0.2)),
                Recipe.of(Registry.get("torch", "adamw")).build(),
                Map.of()));
        assertThatThrownBy(this::findings)
                .isInstanceOf(InputException.class)
                .hasMessageContaining(
                        "of no run are learning rate and weight decay known: name the columns by --column");
    }

    private void search(int count, int batch, double noise) {
        for (int i = 0; i < count; i++) {
            double rate = Math.pow(10, random.nextDouble(-4, -2));
            double place = Math.pow(2, random.nextDouble(-1, 5));
            add(rate, batch, place, error(place) + noise * random.nextGaussian(), Map.of());
        }
    }

    private static double error(double place) {
        double doublings = Math.log(place / BEST) / Math.log(2);
        return 0.2 + CURVATURE * doublings * doublings;
    }

    private void add(double rate, int batch, double place, double error, Map<String, String> others) {
        Recipe recipe = Recipe.of(Registry.get("torch", "adamw"))
                .learningRate(rate)
                .weightDecay(batch / (DATA * rate * place))
                .batchSize((double) batch)
                .datasetSize(DATA)
                .length(new RunLength.Epochs(20))
                .schedule(Schedule.constant())
                .build();
        runs.add(new SweepRun(new PastRun("run" + runs.size(), true, Map.of(), figure(error)), recipe, others));
    }

    private static Map<String, Extent> figure(double error) {
        return Map.of("error", Extent.of(error));
    }

    private SweepFindings findings() {
        return findings(List.of(runs.size()));
    }

    private SweepFindings findings(List<Integer> sizes) {
        RunSet set =
                new RunSet("planted", "W&B", runs.stream().map(SweepRun::run).toList(), Map.of());
        return SweepAnalysis.of(set, sizes, runs, ERROR);
    }

    private SettingFindings only() {
        List<SettingFindings> settings = findings().settings();
        assertThat(settings).hasSize(1);
        return settings.getFirst();
    }
}
