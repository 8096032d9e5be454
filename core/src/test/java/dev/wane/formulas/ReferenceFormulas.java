package dev.wane.formulas;

import dev.wane.decay.CoupledSgd;
import dev.wane.recipe.Betas;
import dev.wane.reference.Adam;
import dev.wane.reference.DecayStyle;
import dev.wane.reference.Lamb;
import dev.wane.reference.Lars;
import dev.wane.reference.Lion;
import dev.wane.reference.Muon;
import dev.wane.reference.ReferenceOptimizer;
import dev.wane.reference.RmsProp;
import dev.wane.reference.Sgd;
import java.util.List;

/** Of the package {@code reference}: two steps of one weight, the second with a gradient of −½ of the first. */
final class ReferenceFormulas {
    private ReferenceFormulas() {}

    static List<Formula> all() {
        return List.of(
                new Formula(
                        DecayStyle.class,
                        "θ ← (1 − ηλ)θ, then the update",
                        x -> (1 - x.eta * x.lambda) * x.theta - x.eta * x.g,
                        x -> first(x, new Sgd(1, new CoupledSgd(0, 0, false), DecayStyle.BEFORE))),
                new Formula(
                        DecayStyle.class,
                        "The update, then θ ← (1 − ηλ)θ",
                        x -> (1 - x.eta * x.lambda) * (x.theta - x.eta * x.g),
                        x -> first(x, new Sgd(1, new CoupledSgd(0, 0, false), DecayStyle.AFTER))),
                new Formula(
                        DecayStyle.class,
                        "g ← g + λθ",
                        x -> x.theta - x.eta * (x.g + x.lambda * x.theta),
                        x -> first(x, new Sgd(1, new CoupledSgd(0, 0, false), DecayStyle.COUPLED))),
                new Formula(
                        Adam.class,
                        "u = m̂/(√v̂ + ε)",
                        ReferenceFormulas::adam,
                        x -> second(x, new Adam(1, betas(x), x.eps, DecayStyle.BEFORE))),
                new Formula(
                        Lion.class,
                        "u = sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g; θ ← θ − ηu",
                        x -> {
                            double keep = 1 - x.eta * x.lambda;
                            double one = keep * x.theta - x.eta * Math.signum(x.g);
                            double m = (1 - x.beta2) * x.g;
                            return keep * one - x.eta * Math.signum(x.beta1 * m + (1 - x.beta1) * -x.g / 2);
                        },
                        x -> second(x, new Lion(1, betas(x), DecayStyle.BEFORE))),
                new Formula(
                        RmsProp.class,
                        "v ← αv + (1 − α)g², u = g/(√v + ε)",
                        x -> {
                            double v = (1 - x.beta2) * x.g * x.g;
                            double one = x.theta - x.eta * x.g / (Math.sqrt(v) + x.eps);
                            v = x.beta2 * v + (1 - x.beta2) * x.g * x.g / 4;
                            return one + x.eta * x.g / 2 / (Math.sqrt(v) + x.eps);
                        },
                        x -> second(x, 0, new RmsProp(1, x.beta2, 0, x.eps, DecayStyle.COUPLED))),
                new Formula(
                        Lars.class,
                        "the local rate τ = c·‖θ‖/(‖g‖ + λ‖θ‖), then v ← μv + ητ(g + λθ), θ ← θ − v",
                        x -> {
                            double v = x.eta * lars(x, x.theta, x.g);
                            double one = x.theta - v;
                            v = x.mu * v + x.eta * lars(x, one, -x.g / 2);
                            return one - v;
                        },
                        x -> second(x, new Lars(1, x.mu, 0.02))),
                new Formula(
                        Lamb.class,
                        "r = m̂/(√v̂ + ε) + λθ, θ ← θ − η·(‖θ‖/‖r‖)·r",
                        x -> {
                            double r = x.g / (Math.abs(x.g) + x.eps) + x.lambda * x.theta;
                            return x.theta - x.eta * (Math.abs(x.theta) / Math.abs(r)) * r;
                        },
                        x -> first(x, new Lamb(1, betas(x), x.eps, DecayStyle.COUPLED))),
                new Formula(
                        Lamb.class,
                        "Decoupled, r has no λθ, and θ ← (1 − ηλ)θ comes before the ratio is taken",
                        x -> {
                            double r = x.g / (Math.abs(x.g) + x.eps);
                            double decayed = (1 - x.eta * x.lambda) * x.theta;
                            return decayed - x.eta * (Math.abs(decayed) / Math.abs(r)) * r;
                        },
                        x -> first(x, new Lamb(1, betas(x), x.eps, DecayStyle.BEFORE))),
                new Formula(
                        Muon.class,
                        "X ← aX + (bA + cA²)X with A = XXᵀ and (a, b, c) = (3.4445, −4.775, 2.0315)",
                        x -> {
                            double v = Math.signum(x.g);
                            for (int i = 0; i < 5; i++) {
                                double square = v * v;
                                v = 3.4445 * v + (-4.775 * square + 2.0315 * square * square) * v;
                            }
                            return (1 - x.eta * x.lambda) * x.theta - x.eta * v;
                        },
                        x -> first(x, new Muon(1, 1, 0, false, Muon.Scale.ORIGINAL))),
                new Formula(
                        Muon.class,
                        "√max(1, rows/columns)",
                        x -> Math.sqrt(Math.max(1, (double) x.w / x.steps))
                                + Math.sqrt(Math.max(1, (double) x.steps / x.w)),
                        x -> Muon.Scale.ORIGINAL.of((int) x.w, (int) x.steps)
                                + Muon.Scale.ORIGINAL.of((int) x.steps, (int) x.w)),
                new Formula(
                        Muon.class,
                        "0.2·√max(rows, columns)",
                        x -> 0.2 * Math.sqrt(Math.max(x.w, x.steps)),
                        x -> Muon.Scale.MATCH_RMS_ADAMW.of((int) x.w, (int) x.steps)));
    }

    /** m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m/(1 − β₁^t), v̂ = v/(1 − β₂^t), θ ← θ − ηu. */
    private static double adam(Draw x) {
        double theta = x.theta;
        double m = 0;
        double v = 0;
        double[] gradients = {x.g, -x.g / 2};
        for (int t = 1; t <= 2; t++) {
            double g = gradients[t - 1];
            theta *= 1 - x.eta * x.lambda;
            m = x.beta1 * m + (1 - x.beta1) * g;
            v = x.beta2 * v + (1 - x.beta2) * g * g;
            double mHat = m / (1 - Math.pow(x.beta1, t));
            double vHat = v / (1 - Math.pow(x.beta2, t));
            theta -= x.eta * mHat / (Math.sqrt(vHat) + x.eps);
        }
        return theta;
    }

    private static double lars(Draw x, double theta, double g) {
        double local = 0.02 * Math.abs(theta) / (Math.abs(g) + x.lambda * Math.abs(theta));
        return local * (g + x.lambda * theta);
    }

    private static Betas betas(Draw x) {
        return new Betas(x.beta1, x.beta2);
    }

    private static double first(Draw x, ReferenceOptimizer optimizer) {
        double[] weight = {x.theta};
        optimizer.step(weight, new double[] {x.g}, x.eta, x.lambda);
        return weight[0];
    }

    private static double second(Draw x, ReferenceOptimizer optimizer) {
        return second(x, x.lambda, optimizer);
    }

    private static double second(Draw x, double lambda, ReferenceOptimizer optimizer) {
        double[] weight = {x.theta};
        optimizer.step(weight, new double[] {x.g}, x.eta, lambda);
        optimizer.step(weight, new double[] {-x.g / 2}, x.eta, lambda);
        return weight[0];
    }
}
