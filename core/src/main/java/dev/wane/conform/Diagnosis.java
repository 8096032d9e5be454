package dev.wane.conform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the known deviation that explains wrong weights: the case is run again with each of them. */
final class Diagnosis {
    private static final String UNKNOWN = "no known deviation explains it";

    private record Deviation(String text, String optimizer, Settings settings, double decayFactor, int repeats) {}

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
        all.add(new Deviation("does not decay at all", optimizer, settings, 0, 1));
        all.add(same(expected, "decays after the update", with(settings, "decay", "after")));
        all.add(same(expected, "decays before the update", with(settings, "decay", "before")));
        all.add(same(expected, "adds λθ to the gradient: L2, not decoupled decay", with(settings, "decay", "coupled")));
        all.add(same(expected, "ε inside the root", with(settings, "form", "epsilon_inside")));
        all.add(same(expected, "ε is not bias-corrected", with(settings, "form", "epsilon_uncorrected")));
        all.add(same(expected, "does not correct the bias of its moments", with(settings, "form", "uncorrected")));
        all.add(same(expected, "clips one side only", with(settings, "clipsPositiveOnly", true)));
        all.add(same(expected, "does not clip", with(settings, "clip", Double.POSITIVE_INFINITY)));
        all.add(same(expected, "ignores dampening", with(settings, "dampening", 0.0)));
        all.add(same(expected, "ignores nesterov", with(settings, "nesterov", false)));
        all.add(new Deviation("decays by twice λ", optimizer, settings, 2, 1));
        all.add(new Deviation("decays once per micro-batch or replica", optimizer, settings, 1, (int) parts(settings)));
        if (optimizer.equals("adamc")) {
            all.add(new Deviation("decays by ηλ, not by η²λ/η_max", "adamw", settings, 1, 1));
        }
        all.add(new Deviation("decay does not follow the learning rate", optimizer, settings, Double.NaN, 1));
        return all;
    }

    private static double parts(Settings settings) {
        return Math.max(settings.number("microBatches", 1), settings.number("replicas", 1));
    }

    private static Deviation same(ConformanceCase expected, String text, Settings settings) {
        return new Deviation(text, expected.optimizer(), settings, 1, 1);
    }

    private static Settings with(Settings settings, String name, Object value) {
        Map<String, Object> values = new LinkedHashMap<>(settings.values());
        values.put(name, value);
        return new Settings(values);
    }

    private static List<double[]> path(ConformanceCase expected, Deviation deviation) {
        double[] decays = expected.weightDecays().clone();
        double peak = 0;
        for (double rate : expected.learningRates()) {
            peak = Math.max(peak, rate);
        }
        for (int step = 0; step < decays.length; step++) {
            double rate = expected.learningRates()[step];
            double kept = Math.pow(1 - rate * decays[step], deviation.repeats());
            double repeated = rate == 0 ? decays[step] : (1 - kept) / rate;
            double constant = rate == 0 ? 0 : decays[step] * peak / rate;
            decays[step] = Double.isNaN(deviation.decayFactor()) ? constant : deviation.decayFactor() * repeated;
        }
        return Simulation.run(
                deviation.optimizer(),
                deviation.settings(),
                expected.initial(),
                expected.gradients(),
                expected.learningRates(),
                decays);
    }
}
