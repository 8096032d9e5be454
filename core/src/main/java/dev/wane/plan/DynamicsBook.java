package dev.wane.plan;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Bfloat16;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.framework.Factor;
import dev.wane.framework.Family;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.schedule.AnalyticSums;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a decay does in a run, for people: the second half of {@code docs/laws.md}. */
final class DynamicsBook {
    private static final double RATE = 1e-3;
    private static final double LAMBDA = 0.1;
    private static final double PER_STEP = RATE * LAMBDA;
    private static final double BETA = 0.9;
    private static final CoupledSgd HEAVY = new CoupledSgd(0.9, 0, false);
    private static final long STEPS = 40_000;
    private static final DecayRun RUN =
            DecayRun.of(Decay.decoupledLr(LAMBDA), RATE, new Schedule(new Cosine(0), 0), STEPS);

    private DynamicsBook() {}

    /** One thing that follows from a decay, with a number. */
    private record Entry(String name, String formula, String source, String example) {
        String markdown() {
            return """

                    ## %s

                    - Formula: `%s`
                    - Source: %s
                    - Example: %s
                    """.formatted(name, formula, source, example);
        }
    }

    static String markdown() {
        return """

                # What a decay does in a run

                The examples are AdamW with η = 1e-3, λ = 0.1, β₁ = 0.9, a cosine to zero over 40,000 steps, where nothing
                else is said. `wane explain` prints these figures for a recipe of yours.
                """ + entries().map(Entry::markdown).collect(Collectors.joining()) + penalties();
    }

    private static Stream<Entry> entries() {
        return Stream.of(memory(), weights(), limits(), schedules(), List.of(average(), criticalBatch(), bfloat16()))
                .flatMap(List::stream);
    }

    private static List<Entry> memory() {
        Memory memory = Memory.of(RUN);
        return List.of(
                new Entry(
                        "timescale",
                        "τ = 1/d steps; half-life ln 2/−ln(1−d)",
                        "arXiv:2405.13698",
                        say("τ = %s steps", 1 / PER_STEP)),
                new Entry(
                        "memory",
                        "c_j = d_j·Π_{i>j}(1−d_i); Σ c_j = 1 − Π(1−d_i)",
                        "arXiv:2405.13698",
                        say(
                                "the initial weights keep %s of their size, the last tenth of the run gives %s of the result",
                                memory.initialWeight(), memory.lastTenthMass())));
    }

    private static List<Entry> weights() {
        Equilibrium adam = Equilibrium.adam(RATE, PER_STEP, BETA);
        Equilibrium lion = Equilibrium.lion(RATE / 10, PER_STEP, BETA, 0.99);
        Equilibrium sgd = Objects.requireNonNull(
                Equilibrium.of(Family.SGD, new Decay(5e-4, HEAVY), 0.1, HEAVY, Betas.DEFAULT, Double.NaN));
        return List.of(
                new Entry(
                        "equilibrium of AdamW",
                        "RMS = ηU·√((1+aβ₁)/((1−a²)(1−aβ₁))), rotation √((1−a²)(1−β₁²))/(1+aβ₁), a = 1−d, U² = (1−β₁)/(1+β₁)",
                        "arXiv:2305.17212, exact in d: derived",
                        say("RMS %s, rotation %s rad per step", adam.rms(), adam.rotationPerStep())),
                new Entry(
                        "equilibrium of SGD",
                        "rotation √(2ηλ/(1+μ)): ηλ alone, the intrinsic learning rate",
                        "arXiv:2305.17212, arXiv:2010.02916",
                        say(
                                "η = 0.1, λ = 5e-4, μ = 0.9: %s rad per step, reached in about %s steps",
                                sgd.rotationPerStep(), sgd.relaxationSteps())),
                new Entry(
                        "equilibrium of Lion",
                        "RMS √(η²/2d)·√(2/π)/√F, rotation √(π/2)·√(2d)·√F, F = (1−β₁)² + β₁²(1−β₂)/(1+β₂)",
                        "arXiv:2305.17212",
                        say(
                                "η = 1e-4, λ = 1, β = 0.9 and 0.99: RMS %s, rotation %s rad per step",
                                lion.rms(), lion.rotationPerStep())),
                new Entry(
                        "approach",
                        "RMS_t² = a^{2t}·RMS₀² + (1−a^{2t})·η²/(2d)",
                        "arXiv:2305.17212",
                        say(
                                "from 0.1, constant η: %s after 1,000 steps, %s after 10,000; the distance falls by e in %s steps",
                                Approach.rms(0.1, RATE, PER_STEP, 1000),
                                Approach.rms(0.1, RATE, PER_STEP, 10_000),
                                Approach.relaxationSteps(false, PER_STEP))));
    }

    private static List<Entry> limits() {
        return List.of(
                new Entry(
                        "equivalent learning rate",
                        "constant (η, λ) trains a scale-invariant network as no decay and η growing by (1−d)^−2 per step",
                        "arXiv:1910.07454",
                        say(
                                "η = 0.1, λ = 5e-4: %s in 1,000 steps",
                                Math.pow(Approach.equivalentGrowth(0.1 * 5e-4), 1000))),
                new Entry(
                        "quiet phase",
                        "ln(growth)/(2ηλ) steps until the effective learning rate of a network without gradient has grown so far",
                        "arXiv:2106.15739",
                        say("η = 0.1, λ = 5e-4, growth 10: %s steps", Approach.quietPhase(10, 0.1 * 5e-4))),
                new Entry(
                        "box of sign updates",
                        "|θ_t| ≤ (1−(1−ηλ)^t)/λ from 0",
                        "arXiv:2310.05898",
                        say(
                                "Lion with η = 1e-4, λ = 1: at most %s after 10,000 steps and 1 for ever",
                                Approach.signBound(1, 1e-4, 10_000))),
                new Entry(
                        "warm-up hidden in a width rule",
                        "(η/m, mλ) moves as (η, λ) with s_t = (1+(m²−1)a^{2t})^−½",
                        "arXiv:2510.19093",
                        say("m = 8: from 0.125 to 0.9 in %s steps", Approach.widthWarmupStep(8, PER_STEP, 0.9))));
    }

    private static List<Entry> schedules() {
        Schedule cosine = new Schedule(new Cosine(0), 0);
        Schedule linear = new Schedule(new Linear(0), 0);
        return List.of(
                new Entry(
                        "total decay",
                        "Σ s_t = w/2 + (T−w)(1+f)/2 for linear and cosine to f after w warm-up steps",
                        "derived",
                        say(
                                "%s·ηλ, half of a constant run; with f = 0.1 %s·ηλ",
                                AnalyticSums.sum(cosine, STEPS),
                                AnalyticSums.sum(new Schedule(new Cosine(0.1), 0), STEPS))),
                new Entry(
                        "corrected decay (AdamC)",
                        "d_t = λη_t²/η: Σ s_t² in the place of Σ s_t",
                        "arXiv:2506.02285",
                        say(
                                "the total decay of AdamW needs λ × %s under a cosine, × %s under a line",
                                AnalyticSums.sum(cosine, STEPS) / AnalyticSums.sumOfSquares(cosine, STEPS),
                                AnalyticSums.sum(linear, STEPS) / AnalyticSums.sumOfSquares(linear, STEPS))));
    }

    private static Entry average() {
        return new Entry(
                "moving average of the weights",
                "ρ₂ = ρ₁^κ at κ times the batch",
                "arXiv:2307.13813 [unchecked]",
                say(
                        "0.9999 becomes %s at 8 times the batch",
                        new ModelEma(0.9999).scaled(8).momentum()));
    }

    private static Entry criticalBatch() {
        return new Entry(
                "critical batch",
                "(S/S_min − 1)(E/E_min − 1) = 1; Kaplan: 2e8/L^(1/0.21) tokens at loss L",
                "arXiv:1812.06162, arXiv:2001.08361",
                say("at a loss of 3: %s tokens", CriticalBatch.kaplan(3)));
    }

    private static Entry bfloat16() {
        return new Entry(
                "decay lost in bfloat16 weights",
                "θ(1−d) rounds back to θ for every weight if d < 2^−9 = 0.00195, for none if d > 2^−8",
                "derived",
                "d = 1e-4, θ = 1: the decay is " + (Bfloat16.losesDecay(1, PER_STEP) ? "lost" : "kept")
                        + "; d = 0.005: it is " + (Bfloat16.losesDecay(1, 0.005) ? "lost" : "kept"));
    }

    private static String penalties() {
        return """

                ## sum or mean, with or without ½

                What is added to the loss, and the λ of torch's SGD that does the same (P parameters, N_s samples).

                | penalty | row of `wane frameworks formula` | torch's λ | for c = 100, P = 1e6, N_s = 50,000 |
                |---|---|---|---|
                """ + Registry.of("formula").stream().map(DynamicsBook::row).collect(Collectors.joining());
    }

    private static String row(Optimizer penalty) {
        double factor = penalty.factor().at(quantity -> quantity == Factor.Quantity.PARAMETERS ? 1e6 : 50_000);
        String over = penalty.factor().by() == Factor.Quantity.NONE
                ? ""
                : penalty.factor().by() == Factor.Quantity.PARAMETERS ? "/P" : "/N_s";
        return say(
                "| " + penalty.note() + " | `" + penalty.id() + "` | %s·c" + over + " | %s |\n",
                penalty.factor().value(),
                factor * 100);
    }

    private static String say(String text, Object... numbers) {
        Object[] said = new Object[numbers.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = LawBook.text((double) numbers[i]);
        }
        return String.format(Locale.ROOT, text, said);
    }
}
