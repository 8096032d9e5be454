package dev.wane.formulas;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.dynamics.Approach;
import dev.wane.dynamics.Bfloat16;
import dev.wane.dynamics.DecayRun;
import dev.wane.dynamics.Equilibrium;
import dev.wane.dynamics.Memory;
import dev.wane.dynamics.Retention;
import dev.wane.framework.Family;
import dev.wane.recipe.Betas;
import dev.wane.schedule.Cosine;
import dev.wane.schedule.Schedule;
import java.util.Arrays;
import java.util.List;

/** Of the package {@code dynamics}. */
final class DynamicsFormulas {
    private static final double RMS = 0.07;

    private DynamicsFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(
                        Retention.class,
                        "run = Π(1 − d_t)",
                        DynamicsFormulas::product,
                        x -> retention(x).run()),
                new Formula(
                        Retention.class,
                        "total = Σ d_t",
                        x -> run(x).decays().sum(),
                        x -> retention(x).total()),
                new Formula(
                        Retention.class,
                        "effective = −ln run",
                        x -> -Math.log(product(x)),
                        x -> retention(x).effective()),
                new Formula(
                        Retention.class,
                        "(1 − d)^M",
                        x -> Math.pow(1 - x.d, x.data / x.batch),
                        x -> Retention.perEpoch(x.d, x.data / x.batch)),
                new Formula(
                        Memory.class,
                        "c_j = d_j·Π_{i&gt;j}(1 − d_i)",
                        x -> weight(x, x.t),
                        x -> Memory.curve(run(x))[(int) x.t]),
                new Formula(
                        Memory.class,
                        "Π(1 − d_t), the weight",
                        DynamicsFormulas::product,
                        x -> Memory.of(run(x)).initialWeight()),
                new Formula(
                        Memory.class,
                        "(Σc)²/Σc²",
                        x -> {
                            double[] c = Memory.curve(run(x));
                            return Math.pow(Arrays.stream(c).sum(), 2)
                                    / Arrays.stream(c).map(v -> v * v).sum();
                        },
                        x -> Memory.of(run(x)).effectiveSteps()),
                new Formula(
                        Memory.class,
                        "Σ c over the last ⌈S/10⌉ steps",
                        x -> Arrays.stream(Memory.curve(run(x)))
                                .skip(x.steps - Math.ceilDiv(x.steps, 10L))
                                .sum(),
                        x -> Memory.of(run(x)).lastTenthMass()),
                new Formula(
                        Approach.class,
                        "RMS_t² = a^{2t}·RMS₀² + (1 − a^{2t})·η²/(2d), a = 1 − d",
                        x -> {
                            double kept = Math.pow(1 - x.d, 2 * x.t);
                            return Math.sqrt(kept * x.theta * x.theta + (1 - kept) * x.eta * x.eta / (2 * x.d));
                        },
                        x -> Approach.rms(x.theta, x.eta, x.d, x.t)),
                new Formula(
                        Approach.class,
                        "RMS_t² = RMS₀² + η²t",
                        x -> Math.sqrt(x.theta * x.theta + x.eta * x.eta * x.t),
                        x -> Approach.rms(x.theta, x.eta, 0, x.t)),
                new Formula(
                        Approach.class,
                        "RMS_{t+1}² = (1 − d_t)²·RMS_t² + s_t²·d(2 − d)·RMS_∞²",
                        x -> {
                            double before = Approach.rms(x.theta, RMS, run(x))[(int) x.t - 1];
                            double added = new Cosine(0).at(x.t, x.steps) * RMS;
                            double d = run(x).peakDecay();
                            return Math.sqrt(Math.pow(1 - run(x).decayPerStep(x.t), 2) * before * before
                                    + added * added * d * (2 - d));
                        },
                        x -> Approach.rms(x.theta, RMS, run(x))[(int) x.t]),
                new Formula(
                        Approach.class,
                        "r_{t+1}² = (1 − d_t)²·r_t² + s_t²·d(2 − d)/r_t²",
                        x -> {
                            double before = Approach.relativeNorm(x.theta, run(x))[(int) x.t - 1];
                            double share = new Cosine(0).at(x.t, x.steps);
                            double d = run(x).peakDecay();
                            return Math.sqrt(Math.pow(1 - run(x).decayPerStep(x.t), 2) * before * before
                                    + share * share * d * (2 - d) / (before * before));
                        },
                        x -> Approach.relativeNorm(x.theta, run(x))[(int) x.t]),
                new Formula(
                        Approach.class,
                        "1/(2d) for RMS² under AdamW, 1/(4d) for ‖w‖⁴",
                        x -> 1 / (2 * x.d) + 1 / (4 * x.d),
                        x -> Approach.relaxationSteps(false, x.d) + Approach.relaxationSteps(true, x.d)),
                new Formula(
                        Approach.class, "(1 − d)^−2", x -> Math.pow(1 - x.d, -2), x -> Approach.equivalentGrowth(x.d)),
                new Formula(
                        Approach.class,
                        "s_t = (1 + (m² − 1)a^{2t})^−½, a = 1 − d",
                        x -> Math.pow(1 + (x.m * x.m - 1) * Math.pow(1 - x.d, 2 * x.t), -0.5),
                        x -> Approach.widthWarmup(x.m, x.d, x.t)),
                new Formula(
                        Approach.class,
                        "t = ln((m² − 1)/(s^−2 − 1))/(−2 ln a)",
                        x -> 1 / x.d,
                        x -> Approach.widthWarmupStep(x.m, x.d, Approach.widthWarmup(x.m, x.d, 1 / x.d))),
                new Formula(
                        Approach.class,
                        "ln(growth)/(2ηλ)",
                        x -> Math.log(x.m) / (2 * x.eta * x.lambda),
                        x -> Approach.quietPhase(x.m, x.eta * x.lambda)),
                new Formula(
                        Approach.class,
                        "‖g‖/‖w‖ = √(2λ/η)",
                        x -> Math.sqrt(2 * x.lambda / x.eta),
                        x -> Approach.gradientToWeight(x.lambda, x.eta)),
                new Formula(
                        Approach.class,
                        "‖W‖_op ≤ scale/λ",
                        x -> x.m / x.lambda,
                        x -> Approach.spectralBound(x.lambda, x.m)),
                new Formula(
                        Approach.class,
                        "ln(c)/ln(1 − d)",
                        x -> Math.log(x.mu) / Math.log(1 - x.d),
                        x -> Approach.memorySpan(x.mu, x.d)),
                new Formula(
                        Approach.class,
                        "(1 − (1 − ηλ)^t)/λ",
                        x -> (1 - Math.pow(1 - x.eta * x.lambda, x.t)) / x.lambda,
                        x -> Approach.signBound(x.lambda, x.eta * x.lambda, x.t)),
                new Formula(
                        Equilibrium.class,
                        "RMS = ηU·√((1 + aβ₁)/((1 − a²)(1 − aβ₁)))",
                        x -> {
                            double keep = 1 - x.d;
                            return x.eta
                                    * Math.sqrt((1 - x.beta1) / (1 + x.beta1))
                                    * Math.sqrt((1 + keep * x.beta1) / ((1 - keep * keep) * (1 - keep * x.beta1)));
                        },
                        x -> Equilibrium.adam(x.eta, x.d, x.beta1).rms()),
                new Formula(
                        Equilibrium.class,
                        "√((1 − a²)(1 − β₁²))/(1 + aβ₁)",
                        x -> Math.sqrt((1 - (1 - x.d) * (1 - x.d)) * (1 - x.beta1 * x.beta1))
                                / (1 + (1 - x.d) * x.beta1),
                        x -> Equilibrium.adam(x.eta, x.d, x.beta1).rotationPerStep()),
                new Formula(
                        Equilibrium.class,
                        "rotation √(2ηλ/(1 + μ))",
                        x -> Math.sqrt(2 * x.eta * x.lambda / (1 + x.mu)),
                        x -> sgd(x, new Decay(x.lambda, new CoupledSgd(x.mu, 0, false)), false)),
                new Formula(
                        Equilibrium.class,
                        "√(2d(1 − μ)/(1 + μ))",
                        x -> Math.sqrt(2 * x.eta * x.lambda * (1 - x.mu) / (1 + x.mu)),
                        x -> sgd(x, Decay.decoupledLr(x.lambda), false)),
                new Formula(
                        Equilibrium.class,
                        "√(2ηλ(1 − μ)S)",
                        x -> Math.sqrt(2 * x.eta * x.lambda * (1 - x.mu) * nesterovVariance(x.mu)),
                        x -> sgd(x, new Decay(x.lambda, new CoupledSgd(x.mu, 0, true)), true)),
                new Formula(
                        Equilibrium.class,
                        "(1 − μ)√(2dS)",
                        x -> (1 - x.mu) * Math.sqrt(2 * x.eta * x.lambda * nesterovVariance(x.mu)),
                        x -> sgd(x, Decay.decoupledLr(x.lambda), true)),
                new Formula(
                        Equilibrium.class,
                        "√(η²/2d)·U√((1 + μ)/(1 − μ))",
                        x -> Math.sqrt(x.eta * x.eta / (2 * x.eta * x.lambda))
                                * 0.2
                                * Math.sqrt((1 + x.mu) / (1 - x.mu)),
                        x -> Equilibrium.of(
                                        Family.MUON,
                                        Decay.decoupledLr(x.lambda),
                                        x.eta,
                                        new CoupledSgd(x.mu, 0, false),
                                        Betas.DEFAULT,
                                        0.2)
                                .rms()),
                new Formula(
                        CoupledSgd.class,
                        "1/(1 − μ²)",
                        x -> 1 / (1 - x.mu * x.mu),
                        x -> new CoupledSgd(x.mu, 0, false).updateVariance()),
                new Formula(
                        Equilibrium.class,
                        "F = (1 − β₁)² + β₁²(1 − β₂)/(1 + β₂)",
                        DynamicsFormulas::lionFactor,
                        x -> Equilibrium.lionFactor(x.beta1, x.beta2)),
                new Formula(
                        Equilibrium.class,
                        "RMS √(η²/2d)·√(2/π)/√F",
                        x -> Math.sqrt(x.eta * x.eta / (2 * x.d)) * Math.sqrt(2 / Math.PI) / Math.sqrt(lionFactor(x)),
                        x -> Equilibrium.lion(x.eta, x.d, x.beta1, x.beta2).rms()),
                new Formula(
                        Equilibrium.class,
                        "rotation √(π/2)·√(2d)·√F",
                        x -> Math.sqrt(Math.PI / 2) * Math.sqrt(2 * x.d) * Math.sqrt(lionFactor(x)),
                        x -> Equilibrium.lion(x.eta, x.d, x.beta1, x.beta2).rotationPerStep()),
                new Formula(
                        Equilibrium.class,
                        "−ηU²β₁/(1 − aβ₁) over RMS·U",
                        x -> {
                            double square = (1 - x.beta1) / (1 + x.beta1);
                            return -x.eta
                                    * square
                                    * x.beta1
                                    / (1 - (1 - x.d) * x.beta1)
                                    / (Equilibrium.adam(x.eta, x.d, x.beta1).rms() * Math.sqrt(square));
                        },
                        x -> Equilibrium.adamCosine(x.eta, x.d, x.beta1)),
                new Formula(
                        Equilibrium.class,
                        "√((1 − β₁)/(1 + β₁))",
                        x -> Math.sqrt((1 - x.beta1) / (1 + x.beta1)),
                        x -> Equilibrium.updateRms(x.beta1)),
                new Formula(
                        Bfloat16.class,
                        "θ(1 − d) rounds back to θ for every weight if d &lt; 2^−9, and for none if d &gt; 2^−8",
                        x -> 1,
                        x -> {
                            float weight = Bfloat16.round((float) x.theta);
                            boolean kept = Bfloat16.losesDecay(weight, 0.999 * Math.pow(2, -9));
                            return kept && !Bfloat16.losesDecay(weight, 1.001 * Math.pow(2, -8)) ? 1 : 0;
                        }));
    }

    private static DecayRun run(Draw x) {
        return DecayRun.of(Decay.decoupledLr(x.lambda), x.eta, new Schedule(new Cosine(0), 0), x.steps);
    }

    private static Retention retention(Draw x) {
        return Retention.of(run(x));
    }

    private static double product(Draw x) {
        return run(x).decays().reduce(1, (left, d) -> left * (1 - d));
    }

    private static double weight(Draw x, long j) {
        double left = run(x).decays().skip(j + 1).reduce(1, (product, d) -> product * (1 - d));
        return run(x).decayPerStep(j) * left;
    }

    private static double lionFactor(Draw x) {
        return Math.pow(1 - x.beta1, 2) + x.beta1 * x.beta1 * (1 - x.beta2) / (1 + x.beta2);
    }

    private static double sgd(Draw x, Decay decay, boolean nesterov) {
        CoupledSgd momentum = new CoupledSgd(x.mu, 0, nesterov);
        return Equilibrium.of(Family.SGD, decay, x.eta, momentum, Betas.DEFAULT, Double.NaN)
                .rotationPerStep();
    }

    /** S = (1 + μ)² + μ⁴/(1 − μ²), as the sum over a gradient's share of every later update. */
    private static double nesterovVariance(double mu) {
        double sum = (1 + mu) * (1 + mu);
        for (int k = 2; k < 4000; k++) {
            sum += Math.pow(mu, 2 * k);
        }
        return sum;
    }
}
