package dev.wane.formulas;

import dev.wane.decay.Corrected;
import dev.wane.decay.CorrectedRaw;
import dev.wane.decay.CoupledSgd;
import dev.wane.decay.Decay;
import dev.wane.decay.DecayConvention;
import dev.wane.decay.DecoupledLr;
import dev.wane.decay.DecoupledSchedule;
import dev.wane.decay.Multiplied;
import dev.wane.decay.Penalty;
import dev.wane.decay.RawDecay;
import dev.wane.decay.Timescale;
import java.util.List;

/** Of the package {@code decay}. */
final class DecayFormulas {
    private DecayFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(DecoupledLr.class, "d = η·s·λ", x -> x.eta * x.s * x.lambda, x -> d(x, new DecoupledLr())),
                new Formula(
                        DecoupledSchedule.class, "d = s·λ", x -> x.s * x.lambda, x -> d(x, new DecoupledSchedule())),
                new Formula(RawDecay.class, "d = λ", x -> x.lambda, x -> d(x, new RawDecay())),
                new Formula(
                        Corrected.class, "d = η·s²·λ", x -> x.eta * x.s * x.s * x.lambda, x -> d(x, new Corrected())),
                new Formula(
                        CorrectedRaw.class,
                        "d = (ηs)²λ",
                        x -> Math.pow(x.eta * x.s, 2) * x.lambda,
                        x -> d(x, new CorrectedRaw())),
                new Formula(
                        Multiplied.class,
                        "decays by 2ηλ",
                        x -> 2 * x.eta * x.lambda,
                        x -> new Multiplied(2, new DecoupledLr()).decayPerStep(x.eta, 1, x.lambda)),
                new Formula(
                        Penalty.class,
                        "λ = 2c",
                        x -> 2 * x.lambda,
                        x -> new Decay(x.lambda, new Penalty(2, new CoupledSgd(0, 0, false)))
                                .plain()
                                .weightDecay()),
                new Formula(CoupledSgd.class, "z² − (1 + μ − x)z + μ = 0", x -> 0, x -> {
                    double z = 1 - d(x, new CoupledSgd(x.mu, x.a, false));
                    double pull = x.eta * x.s * x.lambda * (1 - x.a);
                    return z * z - (1 + x.mu - pull) * z + x.mu;
                }),
                new Formula(CoupledSgd.class, "z² − (1 + μ)(1 − x)z + μ(1 − x) = 0", x -> 0, x -> {
                    double z = 1 - d(x, new CoupledSgd(x.mu, 0, true));
                    double pull = x.eta * x.s * x.lambda;
                    return z * z - (1 + x.mu) * (1 - pull) * z + x.mu * (1 - pull);
                }),
                new Formula(
                        CoupledSgd.class,
                        "ηλ(1 − a)/(1 − μ) to first order",
                        x -> 1 / (x.eta * x.lambda * (1 - x.a) / (1 - x.mu)),
                        x -> new CoupledSgd(x.mu, x.a, false).timescaleSteps(x.eta, x.lambda)),
                new Formula(
                        CoupledSgd.class,
                        "Above x = (1 − √μ)² the roots are complex and the decay oscillates: d = 1 − √μ",
                        x -> 1 - Math.sqrt(x.mu),
                        x -> new CoupledSgd(x.mu, 0, false)
                                .decayPerStep(1, 1, 1.001 * Math.pow(1 - Math.sqrt(x.mu), 2))),
                new Formula(
                        CoupledSgd.class,
                        "(1 − √μ)², Nesterov (1 − μ)²/(1 + μ)²",
                        x -> Math.pow(1 - x.mu, 2) / Math.pow(1 + x.mu, 2),
                        x -> new CoupledSgd(x.mu, 0, true).oscillationLimit()),
                new Formula(
                        Timescale.class,
                        "epochs = τ/M, runFraction = τ/(E·M), samples = τ·B",
                        x -> 1 / x.d / (x.data / x.batch) + 1 / x.d / (x.epochs * x.data / x.batch) + x.batch / x.d,
                        x -> {
                            Timescale tau =
                                    Timescale.ofSteps(1 / x.d, x.data / x.batch, x.epochs * x.data / x.batch, x.batch);
                            return tau.epochs() + tau.runFraction() + tau.samples();
                        }));
    }

    private static double d(Draw x, DecayConvention convention) {
        return convention.decayPerStep(x.eta, x.s, x.lambda);
    }
}
