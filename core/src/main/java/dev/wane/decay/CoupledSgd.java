package dev.wane.decay;

/**
 * An L2 penalty's gradient λθ added to the loss gradient before SGD's momentum: torch's {@code SGD(weight_decay)}.
 *
 * <p>With no loss gradient the weight follows θ″ = (1 + μ − x)θ′ − μθ with x = ηsλ(1 − a); the long-run decay per step
 * is d = 1 − z, z the slow root of z² − (1 + μ − x)z + μ = 0, which is ηλ(1 − a)/(1 − μ) to first order. Nesterov:
 * z² − (1 + μ)(1 − x)z + μ(1 − x) = 0. Above x = (1 − √μ)² the roots are complex and the decay oscillates: d = 1 − √μ.
 * Far above, the root that lasts is negative and d = 1 − |z|, below 0 where the decay grows.
 *
 * @param momentum μ in [0, 1)
 * @param dampening a in [0, 1); 0 under Nesterov; without momentum it has no effect, as in torch
 * @param nesterov torch's Nesterov form
 */
public record CoupledSgd(double momentum, double dampening, boolean nesterov) implements DecayConvention {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if momentum or dampening is outside [0, 1), or Nesterov has no momentum or any
     *     dampening
     */
    public CoupledSgd {
        requireShare("momentum", momentum);
        requireShare("dampening", dampening);
        if (nesterov && (momentum == 0 || dampening != 0)) {
            throw new IllegalArgumentException("nesterov needs momentum > 0 and dampening 0, got momentum " + momentum
                    + " and dampening " + dampening);
        }
    }

    @Override
    public String id() {
        return "coupled";
    }

    @Override
    public double decayPerStep(double learningRate, double multiplier, double weightDecay) {
        double x = learningRate * multiplier * weightDecay * (1 - effectiveDampening());
        if (momentum == 0) {
            return x;
        }
        return nesterov
                ? oneMinusSlowRoot((1 + momentum) * (1 - x), momentum * (1 - x), x)
                : oneMinusSlowRoot(1 + momentum - x, momentum, x);
    }

    @Override
    public double timescaleSteps(double learningRate, double weightDecay) {
        return (1 - momentum) / (learningRate * weightDecay * (1 - effectiveDampening()));
    }

    @Override
    public double weightDecayFor(double learningRate, double decayPerStep) {
        return decayPerStep * (1 - momentum) / (learningRate * (1 - effectiveDampening()));
    }

    /** From the quadratic: x = d(1 − μ − d)/(1 − d), Nesterov x = d(1 − μ − d)/(1 − (1 + μ)d); d below 1 − √μ. */
    @Override
    public double exactWeightDecayFor(double learningRate, double decayPerStep) {
        if (momentum == 0) {
            return decayPerStep / learningRate;
        }
        if (!(decayPerStep < 1 - Math.sqrt(momentum))) {
            return Double.NaN;
        }
        double divisor = nesterov ? 1 - (1 + momentum) * decayPerStep : 1 - decayPerStep;
        double x = decayPerStep * (1 - momentum - decayPerStep) / divisor;
        return x / (learningRate * (1 - dampening));
    }

    @Override
    public double torchWeightDecay(double learningRate, double weightDecay, boolean constantSchedule) {
        return weightDecay * (1 - effectiveDampening()) / (1 - momentum);
    }

    /**
     * The dampening that is applied.
     *
     * @return a, or 0 without momentum
     */
    public double effectiveDampening() {
        return momentum == 0 ? 0 : dampening;
    }

    /**
     * Whether the pure decay oscillates instead of falling.
     *
     * @param learningRate η, ≥ 0
     * @param weightDecay λ, ≥ 0
     * @return true where the characteristic roots are complex, or the one that lasts is negative
     */
    public boolean oscillates(double learningRate, double weightDecay) {
        double x = learningRate * weightDecay * (1 - effectiveDampening());
        double sum = nesterov ? (1 + momentum) * (1 - x) : 1 + momentum - x;
        double product = nesterov ? momentum * (1 - x) : momentum;
        return momentum > 0 && (sum < 0 || sum * sum < 4 * product);
    }

    /**
     * Above which ηλ(1 − a) the pure decay oscillates: (1 − √μ)², Nesterov (1 − μ)²/(1 + μ)².
     *
     * @return the limit; 1 without momentum
     */
    public double oscillationLimit() {
        if (nesterov) {
            double ratio = (1 - momentum) / (1 + momentum);
            return ratio * ratio;
        }
        double root = 1 - Math.sqrt(momentum);
        return root * root;
    }

    /**
     * The mean square of the update over that of gradients without correlation: 1/(1 − μ²), Nesterov
     * (1 + μ)² + μ⁴/(1 − μ²).
     *
     * @return at least 1
     */
    public double updateVariance() {
        double square = momentum * momentum;
        return nesterov ? (1 + momentum) * (1 + momentum) + square * square / (1 - square) : 1 / (1 - square);
    }

    /**
     * Above which ηλ(1 − a) the pure decay grows without bound: 2(1 + μ), Nesterov 2(1 + μ)/(1 + 2μ).
     *
     * @return the limit
     */
    public double stabilityLimit() {
        return nesterov ? 2 * (1 + momentum) / (1 + 2 * momentum) : 2 * (1 + momentum);
    }

    /**
     * Whether the pure decay dies away.
     *
     * @param learningRate η, ≥ 0
     * @param weightDecay λ, ≥ 0
     * @return true below the stability limit
     */
    public boolean stable(double learningRate, double weightDecay) {
        return learningRate * weightDecay * (1 - effectiveDampening()) < stabilityLimit();
    }

    /** Of p(z) = z² − sum·z + product = 0, written with p(1) = x so that tiny decays keep their digits; the root that lasts. */
    private static double oneMinusSlowRoot(double sum, double product, double x) {
        double discriminant = sum * sum - 4 * product;
        if (discriminant < 0) {
            return 1 - Math.sqrt(product);
        }
        if (sum < 0) {
            return 1 - (Math.sqrt(discriminant) - sum) / 2;
        }
        return x == 0 ? 0 : 2 * x / (2 - sum + Math.sqrt(discriminant));
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), got " + value);
        }
    }
}
