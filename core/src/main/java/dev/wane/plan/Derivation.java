package dev.wane.plan;

import dev.wane.dynamics.Approach;
import dev.wane.law.Ratios;
import dev.wane.law.Setting;
import dev.wane.law.WidthScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a law's λ comes about, step by step. */
public final class Derivation {
    private static final double REACHED = 0.9;

    private Derivation() {}

    /**
     * What every law starts from: the base's decay and the ratios of sizes.
     *
     * @param plan the plan
     * @return lines for people
     */
    public static List<String> start(Plan plan) {
        Setting base = Setting.of(plan.base());
        List<String> steps = new ArrayList<>();
        steps.add("base: λ₁ = " + text(base.weightDecay()) + " ("
                + base.convention().id() + ") at η₁ = " + text(base.learningRate()) + " decays by d₁ = "
                + text(base.decayPerStep()) + " per step");
        ratios(Ratios.of(base, Setting.of(plan.target())), steps);
        return steps;
    }

    /**
     * The steps from there to a law's λ.
     *
     * @param plan the plan
     * @param alternative one of its applicable answers
     * @return lines for people
     */
    public static List<String> of(Plan plan, Alternative alternative) {
        Setting target = Setting.of(plan.target());
        List<String> steps = new ArrayList<>();
        steps.add("learning rate: η₂ = " + text(alternative.learningRate())
                + (alternative.law().inSpread() ? " (" + rule(alternative) + ")" : ""));
        steps.add(alternative.law().id() + " keeps " + alternative.law().keeps() + ": "
                + alternative.law().formula());
        steps.add("so d₂ = " + text(1 / alternative.timescale().steps()) + " per step, λ₂ = "
                + text(alternative.weightDecay()) + " (" + target.convention().id() + ")");
        widthWarmup(Ratios.of(Setting.of(plan.base()), target).width(), alternative, steps);
        return steps;
    }

    private static String rule(Alternative alternative) {
        return alternative.rateGiven() ? "given" : alternative.rule().id() + " rule";
    }

    /** μP with mλ changes the relative update early on: said where it is more than a tenth. */
    private static void widthWarmup(double width, Alternative alternative, List<String> steps) {
        if (alternative.law().equals(WidthScaling.MUP) && width * REACHED > 1) {
            double decay = 1 / alternative.timescale().steps();
            steps.add("beside the base this is a warm-up of the relative update from 1/" + text(width) + " of it, at "
                    + text(100 * REACHED) + " % after " + text(Approach.widthWarmupStep(width, decay, REACHED))
                    + " steps (Kosson et al. 2025)");
        }
    }

    private static void ratios(Ratios ratios, List<String> steps) {
        List<String> changed = new ArrayList<>();
        add("batch κ = B₂/B₁", ratios.batch(), changed);
        add("steps per epoch M₁/M₂", ratios.stepsPerEpoch(), changed);
        add("run E₁M₁/(E₂M₂)", ratios.runSteps(), changed);
        add("width m", ratios.width(), changed);
        add("depth", ratios.depth(), changed);
        if (!changed.isEmpty()) {
            steps.add("ratios: " + String.join(", ", changed));
        }
    }

    private static void add(String name, double ratio, List<String> changed) {
        if (ratio != 1 && !Double.isNaN(ratio)) {
            changed.add(name + " = " + text(ratio));
        }
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
