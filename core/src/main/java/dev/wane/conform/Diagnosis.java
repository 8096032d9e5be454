package dev.wane.conform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Finds the known deviation that explains wrong weights: the case is run again with each of them. */
final class Diagnosis {
    private static final String UNKNOWN = "no known deviation explains it";

    /** λ that has the effect of a deviation at a step. */
    @FunctionalInterface
    private interface StepDecay {
        double of(ConformanceCase expected, int step);
    }

    private record Deviation(String text, String optimizer, Settings settings, StepDecay decay) {}

    private static final StepDecay AS_GIVEN = (expected, step) -> expected.weightDecays()[step];
    private static final StepDecay AT_THE_PEAK = (expected, step) -> {
        double rate = expected.learningRates()[step];
        double peak = Arrays.stream(expected.learningRates()).max().orElse(rate);
        return rate == 0 ? 0 : expected.weightDecays()[step] * peak / rate;
    };
    private static final StepDecay NOT_BY_THE_RATE = (expected, step) -> {
        double rate = expected.learningRates()[step];
        return rate == 0 ? 0 : expected.weightDecays()[step] / rate;
    };
    private static final double USUAL = 0.1;

    private Diagnosis() {}

    static String of(ConformanceCase expected, List<double[]> actual, double tolerance) {
        return deviations(expected).stream()
                .filter(deviation -> ConformanceCheck.error(path(expected, deviation), actual) <= tolerance)
                .map(Deviation::text)
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static List<Deviation> deviations(ConformanceCase expected) {
        List<Deviation> all = new ArrayList<>();
        Settings settings = expected.settings();
        String optimizer = expected.optimizer();
        all.add(new Deviation("does not decay at all", optimizer, settings, (each, step) -> 0));
        all.add(same(expected, "decays after the update", with(settings, "decay", "after")));
        all.add(same(expected, "decays before the update", with(settings, "decay", "before")));
        all.add(same(expected, "adds λθ to the gradient: L2, not decoupled decay", with(settings, "decay", "coupled")));
        all.add(same(expected, "ε inside the root", with(settings, "form", "epsilon_inside")));
        all.add(same(expected, "ε is not bias-corrected", with(settings, "form", "epsilon_uncorrected")));
        all.add(same(expected, "does not correct the bias of its moments", with(settings, "form", "uncorrected")));
        all.add(same(expected, "clips one side only", with(settings, "clipsPositiveOnly", true)));
        all.add(same(expected, "clips one side only", with(settings, "clipsNegativeOnly", true)));
        all.add(same(expected, "does not clip", with(settings, "clip", Double.POSITIVE_INFINITY)));
        all.add(same(expected, "ignores dampening", with(settings, "dampening", 0.0)));
        all.add(same(expected, "ignores nesterov", with(settings, "nesterov", false)));
        all.add(same(
                expected,
                "multiplies the learning rate into the momentum buffer",
                with(settings, "rateInside", optimizer.equals("sgd"))));
        all.add(new Deviation("decays by twice λ", optimizer, settings, (each, step) -> 2 * each.weightDecays()[step]));
        parts(expected, all);
        if (optimizer.equals("adamc")) {
            all.add(new Deviation("decays by ηλ, not by η²λ/η_max", "adamw", settings, AS_GIVEN));
        }
        all.add(new Deviation("decay does not follow the learning rate", optimizer, settings, AT_THE_PEAK));
        all.add(new Deviation("decays by λ, not by ηλ", optimizer, settings, NOT_BY_THE_RATE));
        all.add(new Deviation(
                "keeps the λ of the first step", optimizer, settings, (each, step) -> each.weightDecays()[0]));
        all.add(new Deviation("decays what is excluded", optimizer, settings, (each, step) -> USUAL));
        return all;
    }

    /** Of steps whose gradient is the mean of several. */
    private static void parts(ConformanceCase expected, List<Deviation> all) {
        Settings settings = expected.settings();
        int parts = expected.parts().isEmpty() ? 1 : expected.parts().getFirst().size();
        if (parts == 1) {
            return;
        }
        String optimizer = expected.optimizer();
        all.add(new Deviation("decays once per micro-batch or replica", optimizer, settings, (each, step) -> {
            double rate = each.learningRates()[step];
            double kept = Math.pow(1 - rate * each.weightDecays()[step], parts);
            return rate == 0 ? 0 : (1 - kept) / rate;
        }));
        all.add(same(
                expected, "sums the gradients, which are to be averaged", with(settings, "gradientFactor", parts)));
    }

    private static Deviation same(ConformanceCase expected, String text, Settings settings) {
        return new Deviation(text, expected.optimizer(), settings, AS_GIVEN);
    }

    private static Settings with(Settings settings, String name, Object value) {
        Map<String, Object> values = new LinkedHashMap<>(settings.values());
        values.put(name, value);
        return new Settings(values);
    }

    private static List<double[]> path(ConformanceCase expected, Deviation deviation) {
        double[] decays = IntStream.range(0, expected.steps())
                .mapToDouble(step -> deviation.decay().of(expected, step))
                .toArray();
        return Simulation.run(
                deviation.optimizer(),
                deviation.settings(),
                expected.initial(),
                expected.gradients(),
                expected.learningRates(),
                decays);
    }
}
