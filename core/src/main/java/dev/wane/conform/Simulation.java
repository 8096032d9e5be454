package dev.wane.conform;

import dev.wane.decay.CoupledSgd;
import dev.wane.reference.Adam;
import dev.wane.reference.AdamForm;
import dev.wane.reference.DecayStyle;
import dev.wane.reference.Lamb;
import dev.wane.reference.Lars;
import dev.wane.reference.Lion;
import dev.wane.reference.Muon;
import dev.wane.reference.ReferenceOptimizer;
import dev.wane.reference.RmsProp;
import dev.wane.reference.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Runs the reference optimizers over a case's inputs. */
final class Simulation {
    private Simulation() {}

    static List<double[]> run(
            String optimizer,
            Settings settings,
            double[] initial,
            List<double[]> gradients,
            double[] rates,
            double[] decays) {
        ReferenceOptimizer reference = optimizer(optimizer, settings, initial.length);
        double peak = settings.number("peakLearningRate", 1);
        double[] weights = initial.clone();
        List<double[]> path = new ArrayList<>();
        for (int step = 0; step < gradients.size(); step++) {
            double corrected = optimizer.equals("adamc") ? rates[step] / peak : 1;
            double[] given = scaled(gradients.get(step), settings.number("gradientFactor", 1));
            double[] gradient = clipped(given, settings.number("clip", Double.POSITIVE_INFINITY), settings);
            if (settings.flag("rateInside")) {
                reference.step(weights, scaled(gradient, rates[step]), 1, rates[step] * decays[step]);
            } else {
                reference.step(weights, gradient, rates[step], decays[step] * corrected);
            }
            path.add(weights.clone());
        }
        return path;
    }

    private static double[] scaled(double[] gradient, double factor) {
        return Arrays.stream(gradient).map(g -> factor * g).toArray();
    }

    /** Each component within ±limit; a faulty library clips one side only. */
    private static double[] clipped(double[] gradient, double limit, Settings settings) {
        double[] clipped = gradient.clone();
        for (int i = 0; i < clipped.length; i++) {
            double low = settings.flag("clipsPositiveOnly") ? Double.NEGATIVE_INFINITY : -limit;
            double high = settings.flag("clipsNegativeOnly") ? Double.POSITIVE_INFINITY : limit;
            clipped[i] = Math.max(low, Math.min(high, clipped[i]));
        }
        return clipped;
    }

    private static AdamForm form(Settings settings) {
        return AdamForm.valueOf(settings.text("form", "usual").toUpperCase(Locale.ROOT));
    }

    private static ReferenceOptimizer optimizer(String optimizer, Settings settings, int size) {
        String usual = optimizer.equals("lamb") ? "coupled" : "before";
        DecayStyle style = DecayStyle.valueOf(settings.text("decay", usual).toUpperCase(Locale.ROOT));
        double epsilon = settings.number("eps", 1e-8);
        double momentum = settings.number("momentum", 0);
        return switch (optimizer) {
            case "sgd" ->
                new Sgd(
                        size,
                        new CoupledSgd(momentum, settings.number("dampening", 0), settings.flag("nesterov")),
                        style);
            case "adam", "adamw", "adamc" -> new Adam(size, settings.betas(), epsilon, form(settings), style);
            case "lion" -> new Lion(size, settings.betas(), style);
            case "rmsprop" -> new RmsProp(size, settings.number("smoothing", 0.99), momentum, epsilon, style);
            case "lars" -> new Lars(size, momentum, settings.number("trust", 1e-3));
            case "lamb" -> new Lamb(size, settings.betas(), epsilon, style);
            case "muon" ->
                new Muon(
                        (int) settings.number("rows", 1),
                        size / (int) settings.number("rows", 1),
                        settings.number("momentum", 0.95),
                        settings.flag("nesterov"),
                        Muon.Scale.valueOf(settings.text("scale", "original").toUpperCase(Locale.ROOT)));
            default -> throw new IllegalArgumentException("no reference for optimizer '" + optimizer + "'");
        };
    }
}
