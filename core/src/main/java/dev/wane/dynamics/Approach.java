package dev.wane.dynamics;

import java.util.function.DoubleUnaryOperator;

/**
 * How weights approach their equilibrium, and what a decay is equivalent to on the way.
 *
 * @see Equilibrium
 */
public final class Approach {
    private Approach() {}

    /**
     * The weights' size under AdamW after some steps: RMS_t² = a^{2t}·RMS₀² + (1 − a^{2t})·η²/(2d), a = 1 − d. Without
     * decay it grows as RMS_t² = RMS₀² + η²t.
     *
     * @param initialRms RMS₀ ≥ 0
     * @param learningRate η &gt; 0, constant
     * @param decayPerStep d in [0, 1)
     * @param step t ≥ 0
     * @return RMS after t steps
     * @see <a href="https://arxiv.org/abs/2305.17212">Kosson, Messmer and Jaggi (2023), section 3</a>
     */
    public static double rms(double initialRms, double learningRate, double decayPerStep, double step) {
        double kept = Math.exp(2 * step * Math.log1p(-decayPerStep));
        double added = decayPerStep == 0
                ? learningRate * learningRate * step
                : (1 - kept) * learningRate * learningRate / (2 * decayPerStep);
        return Math.sqrt(kept * initialRms * initialRms + added);
    }

    /**
     * The weights' size at every step of a run of updates that do not depend on it (AdamW, Lion, Muon): RMS_{t+1}² =
     * (1 − d_t)²·RMS_t² + s_t²·d(2 − d)·RMS_∞², the random walk of updates with momentum seen on the scale of many steps.
     *
     * @param initialRms RMS₀ ≥ 0
     * @param equilibriumRms RMS_∞ at the peak, see {@link Equilibrium}
     * @param run the decay of every step, at most 2³¹ − 1 of them
     * @return RMS after step 0 … S − 1; NaN where no decay per step exists
     */
    public static double[] rms(double initialRms, double equilibriumRms, DecayRun run) {
        double peak = run.peakDecay();
        double added = peak * (2 - peak) * equilibriumRms * equilibriumRms;
        return walk(initialRms, run, square -> added);
    }

    /**
     * The norm of scale-invariant weights under SGD over its equilibrium at the peak, at every step of a run: r_{t+1}² =
     * (1 − d_t)²·r_t² + s_t²·d(2 − d)/r_t².
     *
     * @param initial r₀ &gt; 0
     * @param run the decay of every step, at most 2³¹ − 1 of them
     * @return r after step 0 … S − 1; NaN where no decay per step exists
     * @see <a href="https://arxiv.org/abs/2106.15739">Lobacheva et al. (2021), the recursion of the norm</a>
     */
    public static double[] relativeNorm(double initial, DecayRun run) {
        double peak = run.peakDecay();
        return walk(initial, run, square -> peak * (2 - peak) / square);
    }

    private static double[] walk(double initial, DecayRun run, DoubleUnaryOperator added) {
        double[] sizes = new double[Math.toIntExact(run.steps())];
        double square = initial * initial;
        for (int step = 0; step < sizes.length; step++) {
            double left = 1 - run.decayPerStep(step);
            double share = run.schedule().multiplier(step, run.steps());
            square = left * left * square + share * share * added.applyAsDouble(square);
            sizes[step] = Math.sqrt(square);
        }
        return sizes;
    }

    /**
     * Steps in which the distance to the equilibrium falls by e: 1/(2d) for RMS² under AdamW, 1/(4d) for ‖w‖⁴ of
     * scale-invariant weights under SGD.
     *
     * @param sgd whether the update is SGD's
     * @param decayPerStep d &gt; 0
     * @return steps
     * @see <a href="https://arxiv.org/abs/2305.17212">Kosson, Messmer and Jaggi (2023), section 3</a>
     */
    public static double relaxationSteps(boolean sgd, double decayPerStep) {
        return 1 / ((sgd ? 4 : 2) * decayPerStep);
    }

    /**
     * The growth per step of the learning rate that, without any decay, trains a scale-invariant network as constant
     * (η, λ) does: (1 − d)^−2.
     *
     * @param decayPerStep d in [0, 1); with momentum 1 − slow root
     * @return factor ≥ 1
     * @see <a href="https://arxiv.org/abs/1910.07454">Li and Arora (2019)</a>
     */
    public static double equivalentGrowth(double decayPerStep) {
        return Math.exp(-2 * Math.log1p(-decayPerStep));
    }

    /**
     * What (η/m, mλ) does to the relative update at width multiplier m, compared with (η, λ): an extra warm-up
     * s_t = (1 + (m² − 1)a^{2t})^−½, a = 1 − d, from 1/m to 1.
     *
     * @param width m ≥ 1
     * @param decayPerStep d in (0, 1)
     * @param step t ≥ 0
     * @return s_t in [1/m, 1]
     * @see <a href="https://arxiv.org/abs/2510.19093">Kosson et al. (2025)</a>
     */
    public static double widthWarmup(double width, double decayPerStep, double step) {
        double kept = Math.exp(2 * step * Math.log1p(-decayPerStep));
        return 1 / Math.sqrt(1 + (width * width - 1) * kept);
    }

    /**
     * The step at which {@link #widthWarmup} reaches a value: t = ln((m² − 1)/(s^−2 − 1))/(−2 ln a).
     *
     * @param width m &gt; 1
     * @param decayPerStep d in (0, 1)
     * @param share s in [1/m, 1)
     * @return t ≥ 0
     */
    public static double widthWarmupStep(double width, double decayPerStep, double share) {
        return Math.log((width * width - 1) / (1 / (share * share) - 1)) / (-2 * Math.log1p(-decayPerStep));
    }

    /**
     * Steps without instability of a scale-invariant network whose gradient has died away: ln(growth)/(2ηλ), growth the
     * factor by which the effective learning rate may rise.
     *
     * @param growth η_eff at the instability over η_eff now, &gt; 1
     * @param decayPerStep ηλ &gt; 0
     * @return steps
     * @see <a href="https://arxiv.org/abs/2106.15739">Lobacheva et al. (2021)</a>
     */
    public static double quietPhase(double growth, double decayPerStep) {
        return Math.log(growth) / (2 * decayPerStep);
    }

    /**
     * The gradient of a scale-invariant network over its weight in equilibrium under SGD: ‖g‖/‖w‖ = √(2λ/η), which rises
     * without bound as a schedule takes η to 0. Corrected decay (AdamC) keeps it.
     *
     * @param weightDecay λ ≥ 0 of a coupled penalty
     * @param learningRate η &gt; 0 of the step
     * @return the ratio
     * @see <a href="https://arxiv.org/abs/2506.02285">Defazio (2025)</a>
     */
    public static double gradientToWeight(double weightDecay, double learningRate) {
        return Math.sqrt(2 * weightDecay / learningRate);
    }

    /**
     * The largest norm that orthogonal updates can hold against their decay: ‖W‖_op ≤ scale/λ.
     *
     * @param weightDecay λ &gt; 0, decoupled-lr
     * @param scale the updates' factor, 1 or for example 0.2·√max(A, B)
     * @return the limit after many steps
     * @see <a href="https://arxiv.org/abs/2506.15054">Chen, Li and Liu (2025), Muon as constrained optimisation</a>
     */
    public static double spectralBound(double weightDecay, double scale) {
        return scale / weightDecay;
    }

    /**
     * How many steps back a step still weighs a share of the newest one's: ln(c)/ln(1 − d).
     *
     * @param share c in (0, 1]
     * @param decayPerStep d in (0, 1), constant
     * @return steps
     */
    public static double memorySpan(double share, double decayPerStep) {
        return Math.log(share) / Math.log1p(-decayPerStep);
    }

    /**
     * A weight that sign updates of one direction push, from 0: (1 − (1 − ηλ)^t)/λ, at most 1/λ.
     *
     * @param weightDecay λ &gt; 0, decoupled-lr
     * @param decayPerStep ηλ in (0, 1)
     * @param step t ≥ 0
     * @return |θ_t|
     * @see <a href="https://arxiv.org/abs/2310.05898">Chen et al. (2023), Lion as constrained optimisation</a>
     */
    public static double signBound(double weightDecay, double decayPerStep, double step) {
        return -Math.expm1(step * Math.log1p(-decayPerStep)) / weightDecay;
    }
}
