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
import dev.wane.law.Nanochat;
import dev.wane.recipe.Betas;
import dev.wane.recipe.ModelEma;
import dev.wane.schedule.AnalyticSums;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Linear;
import dev.wane.schedule.Schedule;
import java.util.List;
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

    static String markdown() {
        return """

                # What a decay does in a run

                The examples are AdamW with η = 1e-3, λ = 0.1, β₁ = 0.9, a cosine to zero over 40,000 steps, where nothing
                else is said. `wane explain` prints these figures for a recipe of yours.
                """ + entries().map(BookEntry::markdown).collect(Collectors.joining()) + penalties();
    }

    private static Stream<BookEntry> entries() {
        return Stream.of(
                        memory(),
                        weights(),
                        limits(),
                        schedules(),
                        List.of(average(), criticalBatch(), onePass(), nanochat(), bfloat16()),
                        CasesBook.entries())
                .flatMap(List::stream);
    }

    private static List<BookEntry> memory() {
        Memory memory = Memory.of(RUN);
        return List.of(
                new BookEntry(
                        "timescale",
                        "τ = 1/d steps; half-life ln 2/−ln(1−d)",
                        "decay that is a share of the weight; constant learning rate, at the peak otherwise",
                        "arXiv:2405.13698",
                        BookEntry.say("τ = %s steps", 1 / PER_STEP)),
                new BookEntry(
                        "memory",
                        "c_j = d_j·Π_{i>j}(1−d_i); Σ c_j = 1 − Π(1−d_i)",
                        "any schedule, decoupled decay or a penalty without momentum",
                        "arXiv:2405.13698",
                        BookEntry.say(
                                "the initial weights keep %s of their size, the last tenth of the run gives %s of the result",
                                memory.initialWeight(), memory.lastTenthMass())));
    }

    private static List<BookEntry> weights() {
        Equilibrium adam = Equilibrium.adam(RATE, PER_STEP, BETA);
        Equilibrium lion = Equilibrium.lion(RATE / 10, PER_STEP, BETA, 0.99);
        Equilibrium sgd = Objects.requireNonNull(
                Equilibrium.of(Family.SGD, new Decay(5e-4, HEAVY), 0.1, HEAVY, Betas.DEFAULT, Double.NaN));
        Equilibrium muon = Objects.requireNonNull(Equilibrium.of(
                Family.MUON, Decay.decoupledLr(0.1), RATE, new CoupledSgd(0.95, 0, false), Betas.DEFAULT, 0.2));
        return List.of(
                new BookEntry(
                        "equilibrium of AdamW",
                        "RMS = ηU·√((1+aβ₁)/((1−a²)(1−aβ₁))), rotation √((1−a²)(1−β₁²))/(1+aβ₁), a = 1−d, U² = (1−β₁)/(1+β₁)",
                        "scale-invariant weights, gradients that are mostly noise, constant learning rate",
                        "arXiv:2305.17212, exact in d: derived",
                        BookEntry.say("RMS %s, rotation %s rad per step", adam.rms(), adam.rotationPerStep())),
                new BookEntry(
                        "equilibrium of SGD",
                        "rotation √(2ηλ/(1+μ)): ηλ alone, the intrinsic learning rate",
                        "scale-invariant weights, gradients that are mostly noise, constant learning rate; a penalty in the gradient, classical momentum",
                        "arXiv:2305.17212, arXiv:2010.02916",
                        BookEntry.say(
                                "η = 0.1, λ = 5e-4, μ = 0.9: %s rad per step, reached in about %s steps",
                                sgd.rotationPerStep(), sgd.relaxationSteps())),
                new BookEntry(
                        "equilibrium of Lion",
                        "RMS √(η²/2d)·√(2/π)/√F, rotation √(π/2)·√(2d)·√F, F = (1−β₁)² + β₁²(1−β₂)/(1+β₂)",
                        "scale-invariant weights, gradients that are mostly noise, small d",
                        "arXiv:2305.17212",
                        BookEntry.say(
                                "η = 1e-4, λ = 1, β = 0.9 and 0.99: RMS %s, rotation %s rad per step",
                                lion.rms(), lion.rotationPerStep())),
                new BookEntry(
                        "equilibrium of Muon",
                        "RMS √(η²/2d)·U√((1+μ)/(1−μ)), rotation √(2d(1−μ)/(1+μ)), U the RMS of an update",
                        "matrices under orthogonal updates, gradients that are mostly noise, small d",
                        "arXiv:2305.17212",
                        BookEntry.say(
                                "η = 1e-3, λ = 0.1, μ = 0.95, U = 0.2: RMS %s, rotation %s rad per step",
                                muon.rms(), muon.rotationPerStep())),
                new BookEntry(
                        "approach",
                        "RMS_t² = a^{2t}·RMS₀² + (1−a^{2t})·η²/(2d)",
                        "the same as its equilibrium, constant learning rate",
                        "arXiv:2305.17212",
                        BookEntry.say(
                                "from 0.1, constant η: %s after 1,000 steps, %s after 10,000; the distance falls by e in %s steps",
                                Approach.rms(0.1, RATE, PER_STEP, 1000),
                                Approach.rms(0.1, RATE, PER_STEP, 10_000),
                                Approach.relaxationSteps(false, PER_STEP))));
    }

    private static List<BookEntry> limits() {
        return List.of(
                new BookEntry(
                        "equivalent learning rate",
                        "constant (η, λ) trains a scale-invariant network as no decay and η growing by (1−d)^−2 per step",
                        "networks of scale-invariant weights alone, SGD with a penalty, without momentum",
                        "arXiv:1910.07454",
                        BookEntry.say(
                                "η = 0.1, λ = 5e-4: %s in 1,000 steps",
                                Math.pow(Approach.equivalentGrowth(0.1 * 5e-4), 1000))),
                new BookEntry(
                        "quiet phase",
                        "ln(growth)/(2ηλ) steps until the effective learning rate of a network without gradient has grown so far",
                        "scale-invariant weights under SGD whose training loss has all but vanished",
                        "arXiv:2106.15739",
                        BookEntry.say("η = 0.1, λ = 5e-4, growth 10: %s steps", Approach.quietPhase(10, 0.1 * 5e-4))),
                new BookEntry(
                        "box of sign updates",
                        "|θ_t| ≤ (1−(1−ηλ)^t)/λ from 0",
                        "Lion and other sign updates with decoupled decay",
                        "arXiv:2310.05898",
                        BookEntry.say(
                                "Lion with η = 1e-4, λ = 1: at most %s after 10,000 steps and 1 for ever",
                                Approach.signBound(1, 1e-4, 10_000))),
                new BookEntry(
                        "ball of orthogonal updates",
                        "‖W‖_op ≤ scale/λ",
                        "Muon with decoupled decay, after many steps",
                        "arXiv:2506.15054",
                        BookEntry.say(
                                "λ = 0.1, updates scaled by 0.2·√1024: at most %s",
                                Approach.spectralBound(0.1, 0.2 * Math.sqrt(1024)))),
                new BookEntry(
                        "box of AdamW",
                        "|θ| ≤ 1/λ",
                        "AdamW on the whole data set, after many steps",
                        "arXiv:2404.04454 [unchecked]",
                        BookEntry.say("λ = 0.1: at most %s", 1 / 0.1)),
                new BookEntry(
                        "gradient at the end of a schedule",
                        "‖g‖/‖w‖ = √(2λ/η): it rises as η falls, and stays under corrected decay",
                        "scale-invariant weights under SGD in equilibrium",
                        "arXiv:2506.02285",
                        BookEntry.say(
                                "λ = 5e-4: %s at η = 0.1, %s at η = 0.001",
                                Approach.gradientToWeight(5e-4, 0.1), Approach.gradientToWeight(5e-4, 0.001))),
                new BookEntry(
                        "memory span",
                        "ln c/ln(1−d) steps back a step weighs the share c of the newest",
                        "constant learning rate",
                        "derived",
                        BookEntry.say("c = 0.01: %s steps", Approach.memorySpan(0.01, PER_STEP))),
                new BookEntry(
                        "warm-up hidden in a width rule",
                        "(η/m, mλ) moves as (η, λ) with s_t = (1+(m²−1)a^{2t})^−½",
                        "hidden matrices under AdamW from an initialisation far from equilibrium",
                        "arXiv:2510.19093",
                        BookEntry.say(
                                "m = 8: from 0.125 to 0.9 in %s steps", Approach.widthWarmupStep(8, PER_STEP, 0.9))));
    }

    private static List<BookEntry> schedules() {
        Schedule cosine = new Schedule(new Cosine(0), 0);
        Schedule linear = new Schedule(new Linear(0), 0);
        return List.of(
                new BookEntry(
                        "total decay",
                        "Σ s_t = w/2 + (T−w)(1+f)/2 for linear and cosine to f after w warm-up steps",
                        "decay that follows the learning rate",
                        "derived",
                        BookEntry.say(
                                "%s·ηλ, half of a constant run; with f = 0.1 %s·ηλ",
                                AnalyticSums.sum(cosine, STEPS),
                                AnalyticSums.sum(new Schedule(new Cosine(0.1), 0), STEPS))),
                new BookEntry(
                        "corrected decay (AdamC)",
                        "d_t = λη_t²/η: Σ s_t² in the place of Σ s_t",
                        "weights that a normalisation follows",
                        "arXiv:2506.02285",
                        BookEntry.say(
                                "the total decay of AdamW needs λ × %s under a cosine, × %s under a line",
                                AnalyticSums.sum(cosine, STEPS) / AnalyticSums.sumOfSquares(cosine, STEPS),
                                AnalyticSums.sum(linear, STEPS) / AnalyticSums.sumOfSquares(linear, STEPS))));
    }

    private static BookEntry average() {
        return new BookEntry(
                "moving average of the weights",
                "ρ₂ = ρ₁^κ at κ times the batch",
                "a learning rate scaled with the batch",
                "arXiv:2307.13813 [unchecked]",
                BookEntry.say(
                        "0.9999 becomes %s at 8 times the batch",
                        new ModelEma(0.9999).scaled(8).momentum()));
    }

    private static BookEntry criticalBatch() {
        return new BookEntry(
                "critical batch",
                "(S/S_min − 1)(E/E_min − 1) = 1; Kaplan: 2e8/L^(1/0.21) tokens at loss L",
                "gradients that are mostly noise; Kaplan: language models",
                "arXiv:1812.06162, arXiv:2001.08361 [unchecked]",
                BookEntry.say("at a loss of 3: %s tokens", CriticalBatch.kaplan(3)));
    }

    private static BookEntry onePass() {
        return new BookEntry(
                "best and critical batch in one pass",
                "B = 0.0306·D^0.383 and B_crit = 0.0471·D^0.462 sequences of 2,048 tokens, D tokens seen",
                "one-pass language models of 111M to 3.3B",
                "arXiv:2505.13738, B_crit [unchecked]",
                BookEntry.say(
                        "1e10 tokens: %s sequences, critical %s tokens",
                        CriticalBatch.powerLinesBestSequences(1e10), CriticalBatch.powerLines(1e10)));
    }

    private static BookEntry nanochat() {
        return new BookEntry(
                "nanochat's batch, and its earlier λ by depth",
                "B = 2^round(log₂(2^19·(D/D₁)^0.383)) tokens; λ ≈ 0.22·(12/depth)²",
                "nanochat's own models, matrices under Muon",
                "github.com/karpathy/nanochat",
                BookEntry.say(
                        "10 times its tokens: %s tokens; 20 layers: λ = %s",
                        Nanochat.batchTokens(10), Nanochat.weightDecay(20)));
    }

    private static BookEntry bfloat16() {
        return new BookEntry(
                "decay lost in bfloat16 weights",
                "θ(1−d) rounds back to θ for every weight if d < 2^−9 = 0.00195, for none if d > 2^−8",
                "weights kept in bfloat16 alone, decay applied by itself, rounding to nearest",
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
        return BookEntry.say(
                "| " + penalty.note() + " | `" + penalty.id() + "` | %s·c" + over + " | %s |\n",
                penalty.factor().value(),
                factor * 100);
    }
}
