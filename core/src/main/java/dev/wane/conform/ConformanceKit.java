package dev.wane.conform;

import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.WeightDecaySchedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The cases of the kit. The same on every machine: inputs come from a fixed seed. */
public final class ConformanceKit {
    private static final int STEPS = 20;
    private static final int SIZE = 12;
    private static final long SEED = 20250101;
    private static final int PARTS = 4;

    private ConformanceKit() {}

    /**
     * Every case.
     *
     * @return in a fixed order
     */
    public static List<ConformanceCase> cases() {
        List<ConformanceCase> cases = new ArrayList<>();
        sgd(cases);
        adaptive(cases);
        cases.add(make(
                "rmsprop-coupled",
                "L2 inside RMSprop",
                "rmsprop",
                1e-2,
                0.1,
                Settings.of("decay", "coupled", "smoothing", 0.99, "momentum", 0.9, "eps", 1e-8)));
        cases.add(make(
                "lion-decoupled",
                "sign updates, decay before the update",
                "lion",
                1e-2,
                0.1,
                Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.99)));
        cases.add(make(
                "lars", "decay inside the trust ratio", "lars", 1, 0.1, Settings.of("momentum", 0.9, "trust", 1e-3)));
        cases.add(make(
                "lamb",
                "decay inside the trust ratio",
                "lamb",
                1e-2,
                0.1,
                Settings.of("beta1", 0.9, "beta2", 0.999, "eps", 1e-6)));
        cases.add(make(
                "muon",
                "decay by the unadjusted learning rate",
                "muon",
                1e-2,
                0.1,
                Settings.of("rows", 3, "momentum", 0.95, "nesterov", true, "scale", "match_rms_adamw")));
        schedules(cases);
        batches(cases);
        return cases;
    }

    /**
     * A case of ten steps with any settings: what generated equivalence tests compare with.
     *
     * @param optimizer as in {@link ConformanceCase#optimizer}
     * @param settings of the optimizer
     * @param learningRate η &gt; 0
     * @param weightDecay λ ≥ 0
     * @return the case
     */
    public static ConformanceCase tenSteps(
            String optimizer, Settings settings, double learningRate, double weightDecay) {
        ConformanceCase whole = make("ten-steps", "equivalence", optimizer, learningRate, weightDecay, settings);
        return new ConformanceCase(
                whole.name(),
                whole.property(),
                optimizer,
                settings,
                whole.initial(),
                whole.gradients().subList(0, 10),
                List.of(),
                Arrays.copyOf(whole.learningRates(), 10),
                Arrays.copyOf(whole.weightDecays(), 10),
                whole.expected().subList(0, 10));
    }

    private static void sgd(List<ConformanceCase> cases) {
        cases.add(make("sgd-coupled", "L2 without momentum", "sgd", 0.1, 0.1, Settings.of("decay", "coupled")));
        cases.add(make(
                "sgd-momentum-coupled",
                "L2 enters the momentum buffer",
                "sgd",
                0.1,
                0.1,
                Settings.of("decay", "coupled", "momentum", 0.9)));
        cases.add(make(
                "sgd-dampening-coupled",
                "the first buffer is the gradient, undampened",
                "sgd",
                0.1,
                0.1,
                Settings.of("decay", "coupled", "momentum", 0.9, "dampening", 0.5)));
        cases.add(make(
                "sgd-nesterov-coupled",
                "L2 enters the look-ahead too",
                "sgd",
                0.1,
                0.1,
                Settings.of("decay", "coupled", "momentum", 0.9, "nesterov", true)));
        cases.add(make(
                "sgd-momentum-decoupled",
                "decay stays out of the buffer",
                "sgd",
                0.1,
                0.1,
                Settings.of("decay", "before", "momentum", 0.9)));
        double[] cosine = new Schedule(new Cosine(0), 5)
                .multipliers(STEPS)
                .map(s -> 0.1 * s)
                .toArray();
        cases.add(make(
                "sgd-momentum-schedule",
                "the learning rate of the step, outside the momentum buffer",
                "sgd",
                cosine,
                constant(0.1),
                Settings.of("decay", "coupled", "momentum", 0.9)));
        cases.add(make(
                "sgd-clipped",
                "gradients are clipped on both sides",
                "sgd",
                0.1,
                0,
                Settings.of("decay", "coupled", "clip", 0.5)));
    }

    private static void adaptive(List<ConformanceCase> cases) {
        cases.add(make(
                "adam-coupled",
                "L2 inside the preconditioner",
                "adam",
                1e-2,
                0.1,
                Settings.of("decay", "coupled", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8)));
        cases.add(make(
                "adamw",
                "decay before the update, ε outside the root",
                "adamw",
                1e-2,
                0.1,
                Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8)));
        cases.add(make(
                "adamw-large-epsilon",
                "ε outside the root, visibly",
                "adamw",
                1e-2,
                0.1,
                Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.95, "eps", 1e-2)));
        cases.add(make(
                "adamw-after",
                "decay after the update (old transformers, MXNet)",
                "adamw",
                1e-2,
                0.1,
                Settings.of("decay", "after", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8)));
        cases.add(make(
                "adamw-excluded",
                "a parameter without decay",
                "adamw",
                1e-2,
                0,
                Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8)));
    }

    private static void schedules(List<ConformanceCase> cases) {
        double[] cosine = new Schedule(new Cosine(0), 5)
                .multipliers(STEPS)
                .map(s -> 1e-2 * s)
                .toArray();
        double[] constant = constant(0.1);
        WeightDecaySchedule rising = new WeightDecaySchedule(WeightDecaySchedule.Kind.COSINE, 4);
        double[] moving = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            moving[step] = 0.1 * rising.multiplier(step, STEPS);
        }
        Settings adamw = Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8);
        cases.add(make(
                "adamw-schedule", "decay follows the learning rate of the step", "adamw", cosine, constant, adamw));
        cases.add(make("adamw-weight-decay-schedule", "λ of the step", "adamw", constant(1e-2), moving, adamw));
        cases.add(make(
                "adamc-schedule",
                "decay follows the square of the learning rate",
                "adamc",
                cosine,
                constant,
                Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8, "peakLearningRate", 1e-2)));
    }

    /** Steps whose gradient is the mean of several; under SGD a sum would show in full, under Adam in ε alone. */
    private static void batches(List<ConformanceCase> cases) {
        String accumulated = "4 accumulated micro-batches are one step: one decay, the mean gradient";
        String replicated = "the number of replicas does not matter: one decay per step, the mean gradient";
        cases.add(inParts("sgd-accumulation", accumulated, "sgd", 0.1, coupled("microBatches")));
        cases.add(inParts("sgd-replicas", replicated, "sgd", 0.1, coupled("replicas")));
        cases.add(inParts("adamw-accumulation", accumulated, "adamw", 1e-2, decoupled("microBatches")));
        cases.add(inParts("adamw-replicas", replicated, "adamw", 1e-2, decoupled("replicas")));
    }

    private static Settings coupled(String parts) {
        return Settings.of("decay", "coupled", "momentum", 0.9, parts, PARTS);
    }

    private static Settings decoupled(String parts) {
        return Settings.of("decay", "before", "beta1", 0.9, "beta2", 0.999, "eps", 1e-8, parts, PARTS);
    }

    private static ConformanceCase inParts(
            String name, String property, String optimizer, double rate, Settings settings) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] initial = random.doubles(SIZE, -1, 1).toArray();
        List<List<double[]>> parts = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            parts.add(Stream.generate(() -> random.doubles(SIZE, -1, 1).toArray())
                    .limit(PARTS)
                    .toList());
        }
        List<double[]> gradients = parts.stream().map(ConformanceKit::mean).toList();
        double[] rates = constant(rate);
        double[] decays = constant(0.1);
        return new ConformanceCase(
                name,
                property,
                optimizer,
                settings,
                initial,
                gradients,
                parts,
                rates,
                decays,
                Simulation.run(optimizer, settings, initial, gradients, rates, decays));
    }

    private static double[] mean(List<double[]> parts) {
        double[] mean = new double[SIZE];
        for (double[] part : parts) {
            for (int i = 0; i < SIZE; i++) {
                mean[i] += part[i] / parts.size();
            }
        }
        return mean;
    }

    private static ConformanceCase make(
            String name, String property, String optimizer, double rate, double decay, Settings settings) {
        return make(name, property, optimizer, constant(rate), constant(decay), settings);
    }

    private static ConformanceCase make(
            String name, String property, String optimizer, double[] rates, double[] decays, Settings settings) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[] initial = random.doubles(SIZE, -1, 1).toArray();
        List<double[]> gradients = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            gradients.add(random.doubles(SIZE, -1, 1).toArray());
        }
        List<double[]> expected = Simulation.run(optimizer, settings, initial, gradients, rates, decays);
        return new ConformanceCase(
                name, property, optimizer, settings, initial, gradients, List.of(), rates, decays, expected);
    }

    private static double[] constant(double value) {
        double[] values = new double[STEPS];
        Arrays.fill(values, value);
        return values;
    }
}
